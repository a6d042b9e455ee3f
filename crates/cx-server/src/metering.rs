//! What Prometheus reads: counts of requests, their time, the pool and the cache.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

/// Upper ends of the classes of time, in seconds.
const CLASSES: [f64; 9] = [0.005, 0.025, 0.1, 0.25, 1.0, 2.5, 10.0, 30.0, 60.0];

/// Where an answer came from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Origin {
    /// The client has it already.
    Client,
    /// It was kept.
    Cache,
    /// Another request had asked the same and was not yet answered.
    Joined,
    /// It was worked out.
    Run,
}

impl Origin {
    const ALL: [(Self, &'static str); 4] =
        [(Self::Client, "client"), (Self::Cache, "cache"), (Self::Joined, "joined"), (Self::Run, "run")];
}

/// Requests of one route.
#[derive(Debug, Default, Clone)]
struct Times {
    classes: [u64; CLASSES.len()],
    count: u64,
    seconds: f64,
}

/// Counts since the start.
#[derive(Debug, Default)]
pub(crate) struct Metering {
    requests: Mutex<BTreeMap<(String, String, u16), u64>>,
    times: Mutex<BTreeMap<String, Times>>,
    origins: [AtomicU64; Origin::ALL.len()],
}

/// The state of the pool at one moment.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Load {
    /// Studies that run.
    pub(crate) running: usize,
    /// Studies that wait.
    pub(crate) waiting: usize,
    /// Answers that are kept.
    pub(crate) answers: usize,
    /// Their bytes.
    pub(crate) bytes: usize,
}

impl Metering {
    /// Counts a request. Routes are those of the table, so that strangers cannot fill the memory with names.
    pub(crate) fn request(&self, route: &str, method: &str, status: u16, took: Duration) {
        // A method is whatever the client wrote.
        let method = if ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"].contains(&method) {
            method
        } else {
            "other"
        };
        let key = (route.to_owned(), method.to_owned(), status);
        *self.requests.lock().unwrap_or_else(PoisonError::into_inner).entry(key).or_default() += 1;
        let mut times = self.times.lock().unwrap_or_else(PoisonError::into_inner);
        let of = times.entry(route.to_owned()).or_default();
        let seconds = took.as_secs_f64();
        for (count, _) in of.classes.iter_mut().zip(CLASSES).filter(|(_, end)| seconds <= *end) {
            *count += 1;
        }
        of.count += 1;
        of.seconds += seconds;
    }

    /// Counts an answer of a study.
    pub(crate) fn answer(&self, origin: Origin) {
        self.origins[origin as usize].fetch_add(1, Ordering::Relaxed);
    }

    /// The text that Prometheus reads.
    pub(crate) fn text(&self, load: Load) -> String {
        let mut out = String::new();
        let head = |out: &mut String, name: &str, kind: &str, help: &str| {
            // Writing to a string cannot fail.
            let _ = writeln!(out, "# HELP {name} {help}\n# TYPE {name} {kind}");
        };
        head(&mut out, "cx_build_info", "gauge", "The version that runs.");
        let _ = writeln!(out, "cx_build_info{{version=\"{}\"}} 1", env!("CARGO_PKG_VERSION"));
        head(&mut out, "cx_http_requests_total", "counter", "Requests by route, method and status.");
        for ((route, method, status), n) in &*self.requests.lock().unwrap_or_else(PoisonError::into_inner) {
            let _ = writeln!(
                out,
                "cx_http_requests_total{{route=\"{route}\",method=\"{method}\",status=\"{status}\"}} {n}"
            );
        }
        head(&mut out, "cx_http_request_seconds", "histogram", "Time to the head of the answer, by route.");
        for (route, of) in &*self.times.lock().unwrap_or_else(PoisonError::into_inner) {
            for (count, end) in of.classes.iter().zip(CLASSES) {
                let _ =
                    writeln!(out, "cx_http_request_seconds_bucket{{route=\"{route}\",le=\"{end}\"}} {count}");
            }
            let _ = writeln!(
                out,
                "cx_http_request_seconds_bucket{{route=\"{route}\",le=\"+Inf\"}} {n}\n\
                 cx_http_request_seconds_sum{{route=\"{route}\"}} {}\n\
                 cx_http_request_seconds_count{{route=\"{route}\"}} {n}",
                of.seconds,
                n = of.count
            );
        }
        head(&mut out, "cx_answers_total", "counter", "Answers of studies, by where they came from.");
        for (origin, word) in Origin::ALL {
            let n = self.origins[origin as usize].load(Ordering::Relaxed);
            let _ = writeln!(out, "cx_answers_total{{origin=\"{word}\"}} {n}");
        }
        for (name, help, value) in [
            ("cx_studies_running", "Studies that run.", load.running),
            ("cx_studies_waiting", "Studies that wait for their turn.", load.waiting),
            ("cx_answers_kept", "Answers that are kept.", load.answers),
            ("cx_answers_kept_bytes", "Bytes of the answers that are kept.", load.bytes),
        ] {
            head(&mut out, name, "gauge", help);
            let _ = writeln!(out, "{name} {value}");
        }
        out
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn classes_of_time_are_cumulative() {
        let metering = Metering::default();
        metering.request("/a", "GET", 200, Duration::from_millis(50));
        metering.request("/a", "BREW", 405, Duration::from_secs(100));
        metering.answer(Origin::Joined);
        let text = metering.text(Load { running: 1, waiting: 2, answers: 3, bytes: 4 });
        for line in [
            "cx_http_requests_total{route=\"/a\",method=\"other\",status=\"405\"} 1",
            "cx_http_request_seconds_bucket{route=\"/a\",le=\"0.025\"} 0",
            "cx_http_request_seconds_bucket{route=\"/a\",le=\"0.1\"} 1",
            "cx_http_request_seconds_bucket{route=\"/a\",le=\"60\"} 1",
            "cx_http_request_seconds_bucket{route=\"/a\",le=\"+Inf\"} 2",
            "cx_answers_total{origin=\"joined\"} 1",
            "cx_answers_total{origin=\"run\"} 0",
            "cx_answers_kept_bytes 4",
        ] {
            assert!(text.lines().any(|l| l == line), "{line}\n{text}");
        }
    }
}
