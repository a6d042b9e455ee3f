//! What a check finds, whichever way the records are held.

use cx_core::analysis::{Checked, Company, Options, Project, check};
use cx_core::ground::issue::Fault;
use polars::prelude::{Column, DataFrame, ParquetWriter};
use std::path::Path;
use std::sync::atomic::AtomicBool;

fn checked(folder: &Path, memory: usize, as_of: Option<&str>) -> Checked {
    let cancel = AtomicBool::new(false);
    let options = Options {
        threads: 2,
        memory,
        as_of: as_of.map(|day| day.parse().expect("a day")),
        thorough: true,
        ..Options::quiet(&cancel)
    };
    let company = Company::load(Project::open(folder).expect("settings"), &options).expect("records");
    check(&company, true, &cancel).expect("a check")
}

fn settings(file: &str) -> String {
    format!(
        "format = 1\n[project]\nname = \"Acme\"\ntime_zone = \"UTC\"\n[questions]\nrecommend = \"0-10\"\n\
         [[source]]\nname = \"survey\"\nfiles = [\"{file}\"]\n[source.responses]\nresponse_id = \"id\"\n\
         customer_id = \"who\"\nanswered_at = \"day\"\nquestion = {{ value = \"recommend\" }}\nvalue = \"score\"\n"
    )
}

/// Cells of a Parquet file too large to be held are checked like any others.
#[test]
fn a_file_that_is_decoded_at_every_scan_is_checked_cell_by_cell() {
    let folder = tempfile::tempdir().expect("a folder");
    let n = 3000_usize;
    let score = |i: usize| match i {
        1441 => "eleven".to_owned(),
        77 | 2000 => "12".to_owned(),
        5 => String::new(),
        _ => (i % 11).to_string(),
    };
    let who = |i: usize| (i % 10 != 3).then(|| format!("c{i}"));
    let mut frame = DataFrame::new_infer_height(vec![
        Column::new("id".into(), (0..n as i64).collect::<Vec<_>>()),
        Column::new("who".into(), (0..n).map(who).collect::<Vec<_>>()),
        Column::new("day".into(), (0..n).map(|i| format!("2026-01-{:02}", 1 + i % 28)).collect::<Vec<_>>()),
        Column::new("score".into(), (0..n).map(score).collect::<Vec<_>>()),
    ])
    .expect("a frame");
    let file = std::fs::File::create(folder.path().join("answers.parquet")).expect("a file");
    ParquetWriter::new(file).finish(&mut frame).expect("written");
    std::fs::write(folder.path().join("cx.toml"), settings("answers.parquet")).expect("written");
    let (held, streamed) = (checked(folder.path(), 1 << 30, None), checked(folder.path(), 0, None));
    let issues = |checked: &Checked| -> Vec<(Fault, Option<String>, u64)> {
        let mut list: Vec<_> = checked.issues().map(|i| (i.fault, i.column.clone(), i.count)).collect();
        list.sort_by_key(|(fault, column, n)| (format!("{fault:?}"), column.clone(), *n));
        list
    };
    assert_eq!(issues(&held), issues(&streamed));
    let count = |fault: Fault| streamed.issues().filter(|i| i.fault == fault).map(|i| i.count).sum::<u64>();
    assert_eq!(
        (count(Fault::NotANumber), count(Fault::OutOfScale), count(Fault::NoCustomer)),
        (1, 2, 300),
        "{:?}",
        issues(&streamed)
    );
    assert_eq!(
        held.tables,
        streamed
            .tables
            .iter()
            .cloned()
            .zip(&held.tables)
            .map(|(mut s, h)| {
                // Threads meet batches in any order, so that other places may be shown.
                s.issues.clone_from(&h.issues);
                s
            })
            .collect::<Vec<_>>()
    );
    assert_eq!(held.quarantine, streamed.quarantine);
}

#[test]
fn rows_after_the_day_that_somebody_set_are_named() {
    let folder = tempfile::tempdir().expect("a folder");
    let rows = "id,who,day,score\n1,a,2026-01-05,9\n2,b,2026-01-06,8\n3,c,2062-01-07,7\n";
    std::fs::write(folder.path().join("answers.csv"), rows).expect("written");
    std::fs::write(folder.path().join("cx.toml"), settings("answers.csv")).expect("written");
    let later = |as_of: Option<&str>| -> Vec<(u64, u64)> {
        let found = checked(folder.path(), 1 << 30, as_of);
        let issues = found.issues().filter(|i| i.fault == Fault::InTheFuture);
        issues.map(|i| (i.count, i.samples[0].line)).collect()
    };
    assert_eq!(later(Some("2026-01-31")), [(1, 4)]);
    assert_eq!(later(Some("2026-01-05")), [(2, 3)]);
    assert_eq!(later(None), [], "the newest record makes the day");
}
