//! Takes questions in and hands answers out.

use super::Answer;
use super::cache::Cache;
use super::job::{Job, State};
use crate::http::{Kind, Problem};
use crate::metering::Load;
use futures_util::future::{Either, select};
use std::collections::{HashMap, VecDeque};
use std::pin::pin;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;
use tokio::sync::{Semaphore, broadcast};

/// Jobs that can still be asked for by their name.
const REMEMBERED: usize = 256;

/// The pool.
#[derive(Debug)]
pub(crate) struct Desk {
    permits: Semaphore,
    studies: usize,
    queue: usize,
    time_limit: Duration,
    book: Mutex<Book>,
    cache: Mutex<Cache>,
    news: broadcast::Sender<Arc<Job>>,
}

/// What runs, waits and was.
#[derive(Debug, Default)]
struct Book {
    /// By question and state of the files: equal ones share a run.
    open: HashMap<String, Arc<Job>>,
    /// By age.
    jobs: VecDeque<Arc<Job>>,
    waiting: usize,
    running: usize,
    closed: bool,
}

/// What somebody asks for, and where it is asked for again.
#[derive(Debug)]
pub(crate) struct Ticket {
    /// Equal for equal questions over files in an equal state.
    pub(crate) key: String,
    /// The workspace; none for formulas.
    pub(crate) workspace: Option<String>,
    /// The question as an address.
    pub(crate) question: String,
}

impl Desk {
    /// A pool that runs so many studies at once.
    pub(crate) fn new(studies: usize, queue: usize, time_limit: Duration, cache: usize) -> Self {
        Self {
            permits: Semaphore::new(studies),
            studies,
            queue,
            time_limit,
            book: Mutex::default(),
            cache: Mutex::new(Cache::new(cache)),
            news: broadcast::Sender::new(REMEMBERED),
        }
    }

    /// Every job from now on, whenever it begins, goes on or ends.
    pub(crate) fn listen(&self) -> broadcast::Receiver<Arc<Job>> {
        self.news.subscribe()
    }

    /// Tells whoever listens; where nobody does there is nobody to tell.
    fn tell(&self, job: &Arc<Job>) {
        let _ = self.news.send(Arc::clone(job));
    }

    /// A kept answer.
    pub(crate) fn kept(&self, tag: &str) -> Option<Answer> {
        self.cache.lock().unwrap_or_else(PoisonError::into_inner).get(tag)
    }

    /// Keeps an answer.
    pub(crate) fn keep(&self, answer: Answer) {
        self.cache.lock().unwrap_or_else(PoisonError::into_inner).put(answer);
    }

    /// Joins the run of an equal question, or queues a new one; true where it joined.
    ///
    /// # Errors
    /// [`Kind::Busy`] where too many wait.
    pub(crate) fn submit(
        self: &Arc<Self>,
        ticket: Ticket,
        work: impl FnOnce(&Job) -> Result<Answer, Problem> + Send + 'static,
    ) -> Result<(Arc<Job>, bool), Problem> {
        let mut book = self.book();
        if let Some(job) = book.open.get(&ticket.key) {
            return Ok((Arc::clone(job), true));
        }
        if book.closed {
            return Err(Problem::new(Kind::Busy, "the server stops").retry_after(10));
        }
        if book.waiting + book.running >= self.queue + self.studies {
            let detail = format!("{} studies run and {} wait", book.running, book.waiting);
            return Err(Problem::new(Kind::Busy, detail).retry_after(5).help("ask again a little later"));
        }
        let job = Arc::new(Job::new(ticket.workspace, ticket.question));
        book.waiting += 1;
        book.open.insert(ticket.key.clone(), Arc::clone(&job));
        book.jobs.push_back(Arc::clone(&job));
        if book.jobs.len() > REMEMBERED + self.queue + self.studies {
            book.jobs.pop_front();
        }
        drop(book);
        self.tell(&job);
        tokio::spawn(Arc::clone(self).run(ticket.key, Arc::clone(&job), work));
        Ok((job, false))
    }

    async fn run(
        self: Arc<Self>,
        key: String,
        job: Arc<Job>,
        work: impl FnOnce(&Job) -> Result<Answer, Problem> + Send + 'static,
    ) {
        // A job that is told to stop leaves the queue at once.
        let turn = match select(pin!(self.permits.acquire()), pin!(job.wake.notified())).await {
            Either::Left((Ok(permit), _)) => Some(permit),
            Either::Left((Err(_), _)) | Either::Right(_) => None,
        };
        self.book().waiting -= 1;
        let ended = match turn {
            None => Err(job.why_stopped().unwrap_or_else(|| Problem::new(Kind::Busy, "the server stops"))),
            Some(_permit) => {
                self.book().running += 1;
                job.set(State::Running);
                self.tell(&job);
                let ended = self.worked(&job, work).await;
                self.book().running -= 1;
                ended
            }
        };
        if let Ok(answer) = &ended {
            self.keep(answer.clone());
        }
        self.close(&key, &job);
        job.set(ended.map_or_else(State::Failed, State::Done));
        self.tell(&job);
    }

    /// Runs the work on a thread of its own and waits until that has really stopped.
    async fn worked(
        &self,
        job: &Arc<Job>,
        work: impl FnOnce(&Job) -> Result<Answer, Problem> + Send + 'static,
    ) -> Result<Answer, Problem> {
        let of = Arc::clone(job);
        let mut thread = tokio::task::spawn_blocking(move || work(&of));
        let ended = match tokio::time::timeout(self.time_limit, &mut thread).await {
            Ok(ended) => ended,
            Err(_) => {
                job.stop(Kind::TimeLimit);
                thread.await
            }
        };
        match (ended, job.why_stopped()) {
            (Ok(Ok(answer)), _) => Ok(answer),
            (_, Some(stopped)) => Err(stopped),
            (Ok(Err(problem)), None) => Err(problem),
            (Err(panic), None) => {
                tracing::error!(job = job.id, %panic, "a study stopped by a fault of the program");
                Err(Problem::new(Kind::Internal, "an internal fault")
                    .help("this is a fault of cx, not of your data; please report it with the journal"))
            }
        }
    }

    /// A job by its name.
    pub(crate) fn job(&self, id: &str) -> Option<Arc<Job>> {
        self.book().jobs.iter().find(|job| job.id == id).cloned()
    }

    /// Tells a job to stop; equal questions from now on run anew.
    pub(crate) fn cancel(&self, job: &Arc<Job>) {
        self.book().open.retain(|_, open| !Arc::ptr_eq(open, job));
        job.stop(Kind::Cancelled);
    }

    /// Takes nothing in any more and tells everything to stop.
    pub(crate) fn stop(&self) {
        let mut book = self.book();
        book.closed = true;
        book.open.values().for_each(|job| job.stop(Kind::Busy));
        self.permits.close();
    }

    /// What runs, waits and is kept.
    pub(crate) fn load(&self) -> Load {
        let (answers, bytes) = self.cache.lock().unwrap_or_else(PoisonError::into_inner).size();
        let book = self.book();
        Load { running: book.running, waiting: book.waiting, answers, bytes }
    }

    fn close(&self, key: &str, job: &Arc<Job>) {
        let mut book = self.book();
        if book.open.get(key).is_some_and(|open| Arc::ptr_eq(open, job)) {
            book.open.remove(key);
        }
    }

    fn book(&self) -> MutexGuard<'_, Book> {
        self.book.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
