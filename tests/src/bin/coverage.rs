//! Writes the page of coverage figures from a full run.
//!
//! `cargo run -p cx-tests --bin coverage -- --write docs/generated/coverage.md`
//! runs everything (about ten minutes) and replaces the page at the end.
//! Without `--write` the page goes to standard output. `--quick` repeats less.
//! `--only TEXT` runs the families, methods or populations that contain a text:
//! with `--write` the other rows of the page stay as they are, without it the
//! rows are printed.

use cx_tests::coverage::{Case, Document, Effort, FAMILIES};
use std::io::{self, Write};
use std::path::PathBuf;
use std::process::ExitCode;
use std::{env, fs};

fn main() -> ExitCode {
    match run(env::args().skip(1).collect()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            let _ = writeln!(io::stderr(), "coverage: {error}");
            ExitCode::FAILURE
        }
    }
}

fn run(arguments: Vec<String>) -> io::Result<()> {
    let (mut write, mut only, mut effort) = (None, None, Effort::Full);
    let mut rest = arguments.into_iter();
    while let Some(argument) = rest.next() {
        match argument.as_str() {
            "--quick" => effort = Effort::Quick,
            "--write" => write = Some(PathBuf::from(rest.next().ok_or_else(|| bad("--write needs a path"))?)),
            "--only" => only = Some(rest.next().ok_or_else(|| bad("--only needs a text"))?),
            other => return Err(bad(&format!("unknown argument `{other}`"))),
        }
    }
    let old = match (&only, &write) {
        (Some(part), None) => return rows(part, effort),
        (Some(_), Some(path)) => fs::read_to_string(path)?,
        (None, _) => String::new(),
    };
    let document = Document { text: old }.renewed(effort, |family, case| {
        let run = only.as_ref().is_none_or(|part| fits(part, family, case));
        if run {
            let _ = writeln!(io::stderr(), "{family}: {} on {}", case.method, case.population);
        }
        run
    });
    let Some(path) = write else {
        return io::stdout().write_all(document.text.as_bytes());
    };
    let half = path.with_extension("part");
    fs::write(&half, &document.text)?;
    fs::rename(&half, &path)
}

fn bad(what: &str) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidInput, what.to_owned())
}

fn fits(part: &str, family: &str, case: &Case) -> bool {
    [family, case.method, case.population].iter().any(|text| text.contains(part))
}

fn rows(part: &str, effort: Effort) -> io::Result<()> {
    let mut out = io::stdout().lock();
    for family in FAMILIES {
        let family = family();
        let fits = |text: &str| text.contains(part);
        for case in family.cases.iter().filter(|c| fits(family.title) || fits(c.method) || fits(c.population))
        {
            for &n in case.sizes {
                let tally = case.run(family.title, n, effort.repeats(case.cost, n));
                writeln!(
                    out,
                    "{:6.2} %  low {:5.2}  high {:5.2}  none {:5.2}  n {n:5}  {} | {}",
                    100.0 * tally.coverage(),
                    100.0 * tally.too_low as f64 / tally.given as f64,
                    100.0 * tally.too_high as f64 / tally.given as f64,
                    100.0 * (tally.repeats - tally.given) as f64 / tally.repeats as f64,
                    case.method,
                    case.population,
                )?;
            }
        }
    }
    Ok(())
}
