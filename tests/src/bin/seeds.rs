//! Writes the page of the demo companies, seed by seed.
//!
//! `cargo run -p cx-tests --bin seeds -- --seeds 200 --write docs/generated/seeds.md`
//! writes every company 200 times into a folder that is removed again, asks
//! `cx roi` for its initiatives, and writes the page at the end. Without
//! `--write` the page goes to standard output.

use cx_demo::Company;
use cx_tests::seeds::{CASES, Page, Tally, samples};
use std::io::{self, Write};
use std::path::PathBuf;
use std::process::ExitCode;
use std::{env, fs};

/// The first seed; the next are those after it.
const FIRST: u64 = 5000;

fn main() -> ExitCode {
    match run(env::args().skip(1).collect()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            let _ = writeln!(io::stderr(), "seeds: {error}");
            ExitCode::FAILURE
        }
    }
}

fn run(arguments: Vec<String>) -> io::Result<()> {
    let (mut write, mut seeds) = (None, 200);
    let mut rest = arguments.into_iter();
    while let Some(argument) = rest.next() {
        let mut value = || rest.next().ok_or_else(|| bad(&format!("{argument} needs a value")));
        match argument.as_str() {
            "--write" => write = Some(PathBuf::from(value()?)),
            "--seeds" => seeds = number(&value()?)?,
            other => return Err(bad(&format!("unknown argument `{other}`"))),
        }
    }
    let mut tallies = vec![Tally::default(); CASES.len()];
    for seed in FIRST..FIRST + u64::from(seeds) {
        for company in Company::ALL {
            let folder = tempfile::tempdir()?;
            let found = samples(*company, seed, folder.path());
            let own = CASES.iter().zip(&mut tallies).filter(|(case, _)| case.company == *company);
            own.zip(&found).for_each(|((_, tally), sample)| tally.add(sample));
        }
        writeln!(io::stderr(), "seed {seed}")?;
    }
    let page = Page::of(&tallies);
    let Some(path) = write else {
        return io::stdout().write_all(page.text.as_bytes());
    };
    let half = path.with_extension("part");
    fs::write(&half, &page.text)?;
    fs::rename(&half, &path)
}

fn number(text: &str) -> io::Result<u32> {
    text.parse().map_err(|_| bad(&format!("`{text}` is no count")))
}

fn bad(what: &str) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidInput, what.to_owned())
}
