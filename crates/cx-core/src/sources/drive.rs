//! Reading many files on several threads.

use super::batch::RawBatch;
use super::error::{Problem, SourceError};
use super::file::RawFile;
use super::task::{Projection, Task};
use std::ops::ControlFlow;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};

/// Hands every batch of every file to `f`, together with the number of the
/// task it is from. Batches of one task come in order and on one thread; tasks
/// are numbered by file and place in it, whatever thread takes them and when,
/// so results gathered by that number do not depend on the threads.
///
/// Large tasks are begun first, so that no thread is left alone with one at the end.
///
/// # Errors
/// The first fault of a file or of `f`: of several at once the one with the
/// lowest task number. `cancel` stops reading at the next batch.
///
/// # Examples
/// ```
/// use cx_core::sources::{for_each_batch, Projection, RawFile, ReadOptions, SourceError};
/// use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
/// # let folder = tempfile::tempdir().unwrap();
/// # for (name, text) in [("a.csv", "id\n1\n2\n"), ("b.csv", "id\n3\n")] {
/// #     std::fs::write(folder.path().join(name), text).unwrap();
/// # }
/// let open = |name: &str| RawFile::open(folder.path().join(name), name, &ReadOptions::default());
/// let files = [open("a.csv").unwrap(), open("b.csv").unwrap()];
/// let rows = AtomicUsize::new(0);
/// for_each_batch(&files, &Projection::All, 2, &AtomicBool::new(false), |_task, batch| {
///     rows.fetch_add(batch.frame.height(), Ordering::Relaxed);
///     Ok::<(), SourceError>(())
/// }).unwrap();
/// assert_eq!(rows.into_inner(), 3);
/// ```
pub fn for_each_batch<E, F>(
    files: &[RawFile],
    projection: &Projection,
    threads: usize,
    cancel: &AtomicBool,
    f: F,
) -> Result<(), E>
where
    E: From<SourceError> + Send,
    F: Fn(usize, RawBatch) -> Result<(), E> + Sync,
{
    let mut tasks = Vec::new();
    for (index, file) in files.iter().enumerate() {
        tasks.extend(file.tasks(index, projection)?);
    }
    let mut order: Vec<usize> = (0..tasks.len()).collect();
    order.sort_by_key(|i| std::cmp::Reverse(tasks[*i].weight()));
    let crew = Crew {
        tasks: &tasks,
        order,
        next: AtomicUsize::new(0),
        cancel,
        failed: Mutex::new(None),
        stop: AtomicBool::new(false),
    };
    let hands = threads.clamp(1, tasks.len().max(1));
    if hands == 1 {
        crew.work(&f);
    } else {
        std::thread::scope(|scope| {
            for _ in 0..hands {
                scope.spawn(|| crew.work(&f));
            }
        });
    }
    match crew.failed.into_inner().unwrap_or_else(PoisonError::into_inner) {
        Some((_, error)) => Err(error),
        None if cancel.load(Ordering::Relaxed) => {
            let shown = files.first().map_or("", RawFile::shown);
            Err(SourceError::new(shown, Problem::Stopped).into())
        }
        None => Ok(()),
    }
}

/// What the threads share.
struct Crew<'a, E> {
    tasks: &'a [Task<'a>],
    /// The tasks' numbers, the largest task first.
    order: Vec<usize>,
    next: AtomicUsize,
    cancel: &'a AtomicBool,
    stop: AtomicBool,
    failed: Mutex<Option<(usize, E)>>,
}

impl<E: From<SourceError>> Crew<'_, E> {
    fn work<F: Fn(usize, RawBatch) -> Result<(), E>>(&self, f: &F) {
        while !self.is_over() {
            let Some(number) = self.order.get(self.next.fetch_add(1, Ordering::Relaxed)) else { return };
            let mut refused = None;
            let result = self.tasks[*number].run(&mut |batch| {
                if self.is_over() {
                    return ControlFlow::Break(());
                }
                match f(*number, batch) {
                    Ok(()) => ControlFlow::Continue(()),
                    Err(error) => {
                        refused = Some(error);
                        ControlFlow::Break(())
                    }
                }
            });
            if let Some(error) = refused.or_else(|| result.err().map(E::from)) {
                self.fail(*number, error);
            }
        }
    }

    fn is_over(&self) -> bool {
        self.stop.load(Ordering::Relaxed) || self.cancel.load(Ordering::Relaxed)
    }

    fn fail(&self, number: usize, error: E) {
        self.stop.store(true, Ordering::Relaxed);
        let mut failed = self.failed.lock().unwrap_or_else(PoisonError::into_inner);
        if failed.as_ref().is_none_or(|(first, _)| number < *first) {
            *failed = Some((number, error));
        }
    }
}
