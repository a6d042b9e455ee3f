//! Whole files through the whole path: look, open, read.

use super::*;
use std::io::Write;
use std::ops::ControlFlow;
use std::path::PathBuf;

mod books;
mod columnar;
mod driver;
mod real;
mod traps;

/// A file on disk as long as this lives.
struct Held {
    path: PathBuf,
    _folder: tempfile::TempDir,
}

fn hold(name: &str, bytes: &[u8]) -> Held {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join(name);
    std::fs::write(&path, bytes).unwrap();
    Held { path, _folder: folder }
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

fn options(toml: &str) -> ReadOptions {
    toml::from_str(toml).unwrap()
}

/// Everything read from a file.
#[derive(Debug, Default, PartialEq)]
struct Table {
    names: Vec<String>,
    rows: Vec<Vec<Option<String>>>,
    lines: Vec<u64>,
    rejected: Vec<(u64, String, String)>,
    repaired: Vec<(u64, u64)>,
}

impl Table {
    fn column(&self, name: &str) -> Vec<Option<&str>> {
        let at = self
            .names
            .iter()
            .position(|n| n == name)
            .unwrap_or_else(|| panic!("no {name} in {:?}", self.names));
        self.rows.iter().map(|row| row.get(at).and_then(|cell| cell.as_deref())).collect()
    }

    fn texts(&self) -> Vec<Vec<&str>> {
        self.rows.iter().map(|row| row.iter().map(|c| c.as_deref().unwrap_or("(null)")).collect()).collect()
    }
}

fn read_all(file: &RawFile, projection: &Projection) -> Result<Table, SourceError> {
    let mut table = Table::default();
    for task in file.tasks(0, projection)? {
        let _ = task.run(&mut |batch| {
            assert_eq!(batch.first_row, table.rows.len() as u64);
            table.names = batch.frame.get_column_names_owned().iter().map(ToString::to_string).collect();
            for i in 0..batch.frame.height() {
                let cell = |c: &polars::prelude::Column| {
                    let value = c.get(i).unwrap();
                    (!value.is_null()).then(|| match value {
                        polars::prelude::AnyValue::Float64(x) => x.to_string(),
                        value => value.str_value().into_owned(),
                    })
                };
                table.rows.push(batch.frame.columns().iter().map(cell).collect());
                table.lines.push(batch.lines.of(i));
            }
            let rejected = batch.rejected.iter();
            table.rejected.extend(rejected.map(|r| (r.line, r.reason.to_string(), r.text().into_owned())));
            table.repaired.extend(batch.repaired.iter().map(|r| (r.line, r.byte)));
            ControlFlow::Continue(())
        })?;
    }
    Ok(table)
}

fn read(bytes: &[u8], settings: &str) -> Result<Table, SourceError> {
    let held = hold("f", bytes);
    let file = RawFile::open(&held.path, "f", &options(settings))?;
    read_all(&file, &Projection::All)
}
