//! Many files on several threads.

use super::*;
use std::fmt::Write;
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

fn files(texts: &[String]) -> (Vec<Held>, Vec<RawFile>) {
    let held: Vec<Held> = texts.iter().map(|t| hold("f.csv", t.as_bytes())).collect();
    let open =
        |(i, h): (usize, &Held)| RawFile::open(&h.path, format!("f{i}"), &ReadOptions::default()).unwrap();
    let files = held.iter().enumerate().map(open).collect();
    (held, files)
}

fn table(rows: usize) -> String {
    let mut text = String::from("id,n\n");
    for i in 0..rows {
        writeln!(text, "{i},x").unwrap();
    }
    text
}

/// What a caller's closure fails with.
#[derive(Debug)]
enum Failure {
    Source(SourceError),
    Caller(usize),
}

impl From<SourceError> for Failure {
    fn from(error: SourceError) -> Self {
        Self::Source(error)
    }
}

#[test]
fn every_batch_comes_once_whatever_the_threads() {
    let (_held, files) = files(&[table(10), table(200_000), table(1), table(70_000), table(0)]);
    for threads in [0, 1, 2, 7] {
        let seen = Mutex::new(vec![Vec::new(); files.len()]);
        for_each_batch(
            &files,
            &Projection::columns(["id"]),
            threads,
            &AtomicBool::new(false),
            |task, batch| {
                assert_eq!(task, batch.file);
                seen.lock().unwrap()[task].push((batch.first_row, batch.frame.height()));
                Ok::<(), SourceError>(())
            },
        )
        .unwrap();
        let seen = seen.into_inner().unwrap();
        assert_eq!(seen[1], [(0, 65_536), (65_536, 65_536), (131_072, 65_536), (196_608, 3392)]);
        assert_eq!(seen[3], [(0, 65_536), (65_536, 4464)]);
        assert_eq!((&seen[0], &seen[2], &seen[4]), (&vec![(0, 10)], &vec![(0, 1)], &vec![]));
    }
}

#[test]
fn the_first_failure_stops_all() {
    let (_held, files) = files(&[table(100_000), table(100_000), table(100_000)]);
    for threads in [1, 3] {
        let calls = AtomicUsize::new(0);
        let result = for_each_batch(&files, &Projection::All, threads, &AtomicBool::new(false), |task, _| {
            calls.fetch_add(1, Ordering::Relaxed);
            Err(Failure::Caller(task))
        });
        assert!(matches!(result, Err(Failure::Caller(task)) if task < files.len()));
        assert!(calls.into_inner() <= threads);
    }
}

#[test]
fn a_damaged_file_stops_all_and_is_named() {
    let mut texts = vec![table(10), table(10)];
    texts.push(format!("{}7,\"open", table(10)));
    let (_held, files) = files(&texts);
    for threads in [1, 2] {
        let result = for_each_batch(&files, &Projection::All, threads, &AtomicBool::new(false), |_, _| {
            Ok::<(), Failure>(())
        });
        let Err(Failure::Source(error)) = result else { panic!("no error") };
        assert_eq!((error.file(), error.line()), ("f2", Some(12)));
    }
}

#[test]
fn the_caller_can_stop() {
    let (_held, files) = files(&[table(300_000), table(300_000)]);
    let cancel = AtomicBool::new(false);
    let calls = AtomicUsize::new(0);
    let result = for_each_batch(&files, &Projection::All, 2, &cancel, |_, _| {
        calls.fetch_add(1, Ordering::Relaxed);
        cancel.store(true, Ordering::Relaxed);
        Ok::<(), SourceError>(())
    });
    assert_eq!(result.unwrap_err().kind(), ErrorKind::Interrupted);
    assert!(calls.into_inner() <= 2);
}

#[test]
fn a_missing_column_is_found_before_anything_is_read() {
    let (_held, files) = files(&[table(10), "id,m\n1,2\n".to_owned()]);
    let result = for_each_batch(&files, &Projection::columns(["n"]), 2, &AtomicBool::new(false), |_, _| {
        panic!("nothing is to be read");
        #[expect(unreachable_code, reason = "names the error's type")]
        Ok::<(), SourceError>(())
    });
    assert_eq!(result.unwrap_err().to_string(), "f1: there is no column `n`");
}
