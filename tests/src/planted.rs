//! Companies that tests plant, and the study of their initiatives.

use cx_core::analysis::{Company, Options, Project, RoiQuery, roi};
use cx_core::findings::{InitiativeFound, RoiReport};
use cx_core::stats::{cluster_hash, world_bits};
use std::path::Path;
use std::sync::atomic::AtomicBool;

/// An even number in 0..1 by name and place.
pub fn even(seed: u64, what: &str, i: u64) -> f64 {
    let hash = cluster_hash(cluster_hash(seed, what.as_bytes()), &i.to_le_bytes());
    ((world_bits(hash, 0) >> 11) as f64 + 0.5) / (1_u64 << 53) as f64
}

/// Writes files of a name and a text into a folder.
///
/// # Panics
/// Where a file cannot be written: the test then fails.
pub fn write_all(dir: &Path, files: &[(&str, &str)]) {
    for (name, text) in files {
        std::fs::write(dir.join(name), text).expect("a file is written");
    }
}

/// What the initiatives of the company in a folder gave back.
///
/// # Panics
/// Where settings or records cannot be read: the test then fails.
pub fn roi_of(dir: &Path, query: &RoiQuery, threads: usize) -> RoiReport {
    let cancel = AtomicBool::new(false);
    let options = Options { threads, ..Options::quiet(&cancel) };
    let project = Project::open(dir).expect("settings are read");
    let company = Company::load(project, &options).expect("records are read");
    roi(&company, query, &options).expect("the study runs")
}

/// One initiative of a report.
///
/// # Panics
/// Where the register has no such initiative: the test then fails.
pub fn initiative<'a>(report: &'a RoiReport, id: &str) -> &'a InitiativeFound {
    report.initiatives.iter().find(|one| one.id == id).expect("the register has it")
}

/// How many companies a simulation plants: few unless `CX_ROI_REPEATS` asks for more.
pub fn repeats() -> u64 {
    std::env::var("CX_ROI_REPEATS").ok().and_then(|n| n.parse().ok()).unwrap_or(5)
}
