//! A company's records, loaded, and what they cover.

use super::{Error, Project};
use crate::ground::period::Day;
use crate::reduce::Run;
use crate::studies::metrics::Known;
use crate::tables::load::{self, Loaded};
use sha2::{Digest, Sha256};
use std::fmt::Write as _;
use std::sync::atomic::AtomicBool;

/// Tables whose main clock says how far the records reach: what happened, and
/// not what was planned or spent.
pub(super) const DATED: [&str; 7] =
    ["customers", "subscriptions", "transactions", "responses", "interactions", "reviews", "mrr_changes"];

/// Bytes that a row takes in memory, about.
const ROW_BYTES: usize = 160;

/// How a run may use the machine, and what the caller overrides.
pub struct Options<'a> {
    /// Threads.
    pub threads: usize,
    /// Bytes of memory that the records may take; larger Parquet sources are decoded at every scan.
    pub memory: usize,
    /// Set to stop.
    pub cancel: &'a AtomicBool,
    /// The last complete day of records, instead of the settings' or the newest record's.
    pub as_of: Option<Day>,
    /// Seed of resampled worlds, instead of the settings'.
    pub seed: Option<u64>,
    /// Look at everything that can be wrong with the records, repeated lines among it.
    pub thorough: bool,
    /// Told the name of each stage as it begins.
    pub progress: &'a (dyn Fn(&str) + Sync),
}

impl<'a> Options<'a> {
    /// One thread, a gigabyte, and nothing said on the way: what differs is set beside.
    ///
    /// # Examples
    /// ```
    /// use cx_core::analysis::Options;
    /// let cancel = std::sync::atomic::AtomicBool::new(false);
    /// let options = Options { threads: 2, ..Options::quiet(&cancel) };
    /// assert!(options.as_of.is_none());
    /// ```
    pub fn quiet(cancel: &'a AtomicBool) -> Self {
        Self {
            threads: 1,
            memory: 1 << 30,
            cancel,
            as_of: None,
            seed: None,
            thorough: false,
            progress: &|_| {},
        }
    }

    /// The machine as reductions may use it: rows set aside take up to half the
    /// memory; what is decoded and the names of keys take the rest.
    pub(super) fn machine(&self) -> Run<'_> {
        Run { threads: self.threads.max(1), memory: self.memory / 2, cancel: self.cancel }
    }
}

impl std::fmt::Debug for Options<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Options")
            .field("threads", &self.threads)
            .field("memory", &self.memory)
            .field("as_of", &self.as_of)
            .field("seed", &self.seed)
            .field("thorough", &self.thorough)
            .finish_non_exhaustive()
    }
}

/// The records of a project.
#[derive(Debug)]
pub struct Company {
    /// Its settings.
    pub project: Project,
    /// Its tables, files and what was met on the way.
    pub loaded: Loaded,
    /// The last day of the records: given, set, or the newest record's. None
    /// where no record carries a moment.
    pub as_of: Option<Day>,
    /// The day is that of the newest record: nobody set it.
    pub newest: bool,
    /// First and last day that the records cover, both inside. None where no
    /// record carries a moment.
    pub covered: Option<(Day, Day)>,
    /// SHA-256 over the settings and the hashes of all files, in hexadecimal:
    /// equal where the input was equal.
    pub input_hash: String,
    /// What the records hold, once a metric has asked.
    pub(super) known: Known,
}

impl Company {
    /// Loads every file that the settings name.
    ///
    /// # Errors
    /// Settings that cannot be followed, files that cannot be read, [`super::ErrorKind::Interrupted`].
    pub fn load(project: Project, options: &Options<'_>) -> Result<Self, Error> {
        (options.progress)("reading");
        let settings = &project.settings;
        let load_options = load::Options {
            threads: options.threads.max(1),
            cancel: options.cancel,
            stream_above: (options.memory / ROW_BYTES) as u64,
            count_repeats: options.thorough,
            hash: true,
        };
        let loaded = load::load(
            &project.dir,
            &settings.sources,
            &settings.scales,
            settings.zone.as_ref(),
            settings.currency,
            &load_options,
        )
        .map_err(|error| Error::load(error, &project.shown(), &project.text))?;
        let (as_of, covered) = days(&project, &loaded, options.as_of);
        let input_hash = input_hash(&project.text, &loaded);
        let newest =
            options.as_of.is_none() && project.settings.as_of.is_none() && project.settings.covered.is_none();
        Ok(Self { project, loaded, as_of, newest, covered, input_hash, known: Known::default() })
    }

    /// The seed of resampled worlds.
    pub fn seed(&self, options: &Options<'_>) -> u64 {
        options.seed.unwrap_or(self.project.settings.seed)
    }
}

/// The as-of day and the days covered.
fn days(project: &Project, loaded: &Loaded, given: Option<Day>) -> (Option<Day>, Option<(Day, Day)>) {
    let settings = &project.settings;
    let calendar = &loaded.data.calendar;
    let spans = DATED.iter().filter_map(|name| loaded.data.table(name)?.span);
    let span = spans.reduce(|a, b| (a.0.min(b.0), a.1.max(b.1)));
    let newest = span.map(|(_, last)| calendar.day_of(last));
    let oldest = span.map(|(first, _)| calendar.day_of(first));
    let set = settings.as_of.or(settings.covered.map(|(_, last)| last));
    let as_of = given.or(set).or(newest);
    let first = settings.covered.map(|(first, _)| first).or(oldest).or(as_of);
    let last = match (as_of, settings.covered) {
        (Some(day), Some((_, last))) => Some(day.min(last)),
        (day, _) => day,
    };
    // A day before the first record leaves nothing; the range stays in order.
    (as_of, first.zip(last).map(|(first, last)| (first.min(last), last)))
}

/// SHA-256 over the settings and the hashes of the files, in the order of the settings.
fn input_hash(text: &str, loaded: &Loaded) -> String {
    let mut hasher = Sha256::new();
    hasher.update((text.len() as u64).to_le_bytes());
    hasher.update(text);
    for file in &loaded.files {
        hasher.update(file.shown.as_bytes());
        hasher.update([0]);
        hasher.update(file.hash.as_ref().map_or("", |h| h.sha256.as_str()));
        hasher.update([0]);
    }
    let mut hash = String::with_capacity(64);
    for byte in hasher.finalize() {
        // Writing to a string cannot fail.
        let _ = write!(hash, "{byte:02x}");
    }
    hash
}

#[cfg(test)]
mod tests {
    use super::*;

    fn load(settings: &str, files: &[(&str, &str)], as_of: Option<&str>) -> Company {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("cx.toml"), settings).unwrap();
        for (name, text) in files {
            std::fs::write(folder.path().join(name), text).unwrap();
        }
        let cancel = AtomicBool::new(false);
        let options =
            Options { as_of: as_of.map(|d| d.parse().unwrap()), thorough: true, ..Options::quiet(&cancel) };
        Company::load(Project::open(folder.path()).unwrap(), &options).unwrap()
    }

    const CONTRACTS: &str = "format = 1\n[project]\nname = \"Acme\"\ntime_zone = \"Europe/Warsaw\"\n\
        [[source]]\nname = \"contracts\"\nfiles = [\"contracts.csv\"]\n\
        [source.subscriptions]\nsubscription_id = \"id\"\ncustomer_id = \"who\"\nplan = \"plan\"\n\
        started_at = \"from\"\nended_at = \"to\"\nend_reason = \"why\"\n";

    fn text(company: &Company, column: &str) -> Vec<String> {
        let table = company.loaded.data.table("customers").unwrap();
        let info = table.column(column).unwrap();
        let cancel = AtomicBool::new(false);
        let out = std::sync::Mutex::new(Vec::new());
        table
            .scan(&[column], 1, &cancel, &|_, batch| {
                use crate::tables::column::{NO_CODE, NO_TIME, View};
                let mut out = out.lock().unwrap();
                for row in 0..batch.rows {
                    out.push(match batch.columns[0] {
                        View::Codes(v) if v[row] == NO_CODE => String::new(),
                        View::Codes(v) => info.dictionary.as_ref().unwrap().text(v[row]),
                        View::Time(v) if v[row] == NO_TIME => String::new(),
                        View::Time(v) => company
                            .loaded
                            .data
                            .calendar
                            .day_of(crate::ground::period::Instant(v[row]))
                            .to_string(),
                        _ => String::new(),
                    });
                }
                Ok(())
            })
            .unwrap();
        out.into_inner().unwrap()
    }

    #[test]
    fn customers_come_from_their_contracts() {
        let rows = "id,who,plan,from,to,why\n\
            1,a,basic,2026-01-01,2026-02-01,price\n\
            2,a,gold,2026-02-10,2026-03-31,moved\n\
            3,b,basic,2026-01-05,2026-01-20,price\n\
            4,b,basic,2026-03-05,,\n\
            5,,basic,2026-03-06,,\n";
        let company = load(CONTRACTS, &[("contracts.csv", rows)], None);
        assert_eq!(text(&company, "customer_id"), ["a", "b"]);
        assert_eq!(text(&company, "acquired_at"), ["2026-01-01", "2026-01-05"]);
        assert_eq!(text(&company, "closed_at"), ["2026-03-31", ""], "b still has a contract");
        assert_eq!(text(&company, "close_reason"), ["moved", ""]);
        assert_eq!(text(&company, "plan"), ["gold", "basic"], "the newest contract counts");
    }

    #[test]
    fn the_newest_record_is_the_as_of_day_unless_told_otherwise() {
        let rows = "id,who,plan,from,to,why\n1,a,x,2026-01-01,2027-01-01,\n2,b,x,2026-03-06,,\n";
        let day = |s: &str| s.parse::<Day>().unwrap();
        let company = load(CONTRACTS, &[("contracts.csv", rows)], None);
        assert_eq!(company.as_of, Some(day("2026-03-06")), "an end that was agreed is no record of it");
        assert_eq!(company.covered, Some((day("2026-01-01"), day("2026-03-06"))));
        let given = load(CONTRACTS, &[("contracts.csv", rows)], Some("2026-02-01"));
        assert_eq!(given.covered, Some((day("2026-01-01"), day("2026-02-01"))));
        assert_eq!(given.input_hash, company.input_hash);
        let other = load(CONTRACTS, &[("contracts.csv", &rows.replace("03-06", "03-07"))], None);
        assert_ne!(other.input_hash, company.input_hash);
    }
}
