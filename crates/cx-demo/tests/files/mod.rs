//! A reader of delimited files that shares nothing with what wrote them.

#![allow(dead_code, reason = "each suite uses a part")]

use cx_demo::{Company, Size, write};
use serde_json::Value;
use std::collections::BTreeMap;
use std::io::Read;
use std::path::Path;

pub(crate) type Row = BTreeMap<String, String>;

/// Rows of a delimited file by heading; quotes may hold delimiters and line breaks.
pub(crate) fn rows(dir: &Path, name: &str, delimiter: char, skip: usize) -> Vec<Row> {
    let bytes = std::fs::read(dir.join(name)).unwrap();
    let mut text = String::new();
    if Path::new(name).extension().is_some_and(|e| e == "gz") {
        flate2::read::GzDecoder::new(&bytes[..]).read_to_string(&mut text).unwrap();
    } else {
        text = String::from_utf8(bytes).unwrap();
    }
    let (mut records, mut record, mut cell, mut quoted) = (Vec::new(), Vec::new(), String::new(), false);
    for c in text.trim_start_matches('\u{feff}').chars() {
        match c {
            '"' => quoted = !quoted,
            c if c == delimiter && !quoted => record.push(std::mem::take(&mut cell)),
            '\n' if !quoted => {
                record.push(std::mem::take(&mut cell));
                records.push(std::mem::take(&mut record));
            }
            '\r' => {}
            c => cell.push(c),
        }
    }
    assert!(record.is_empty() && cell.is_empty() && !quoted, "{name} ends in the middle of a row");
    let mut records = records.into_iter().skip(skip);
    let head: Vec<String> = records.next().unwrap();
    records
        .map(|cells| {
            assert_eq!(cells.len(), head.len(), "{name}: {cells:?}");
            head.iter().cloned().zip(cells).collect()
        })
        .collect()
}

/// A company in a folder of its own, and what was planted in it.
pub(crate) fn demo(company: Company, seed: u64, customers: u32) -> (tempfile::TempDir, Value) {
    let dir = tempfile::tempdir().unwrap();
    let written = write(company, dir.path(), seed, Size { customers }).unwrap();
    let truth = serde_json::from_str(&std::fs::read_to_string(written.truth).unwrap()).unwrap();
    (dir, truth)
}
