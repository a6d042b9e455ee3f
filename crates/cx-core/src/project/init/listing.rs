//! The files of a folder: which may hold data, which belong together, what they are called.

use super::survey::{InitError, Shape};
use crate::sources::{QUARANTINE, RawFile, SourceError};
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use walkdir::WalkDir;

/// Folders below that are looked into.
const DEPTH: usize = 4;
/// Most files that are looked at.
const FILES: usize = 2000;
/// Files of one shape that are named one by one.
const NAMED: usize = 8;
/// Months in names of files.
const MONTHS: [&str; 24] = [
    "jan",
    "feb",
    "mar",
    "apr",
    "may",
    "jun",
    "jul",
    "aug",
    "sep",
    "oct",
    "nov",
    "dec",
    "january",
    "february",
    "march",
    "april",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
    "sept",
];
/// Names that are not data, whatever their ending.
const NOT_DATA: [&str; 9] =
    ["readme", "license", "licence", "description", "changelog", "cx.toml", "notes", "authors", "copying"];
/// Endings that may be data.
pub(super) const ENDINGS: [&str; 10] =
    ["csv", "tsv", "txt", "tab", "parquet", "xlsx", "ods", "jsonl", "ndjson", "dat"];

/// Files that may hold data, in order of their names, and those left alone by their endings.
pub(super) fn listing(folder: &Path) -> Result<(Vec<PathBuf>, Vec<(String, String)>), InitError> {
    std::fs::read_dir(folder).map_err(|e| SourceError::io(folder.display().to_string(), e))?;
    let (mut paths, mut left) = (Vec::new(), Vec::new());
    let hidden = |name: &str| name.starts_with(['.', '~']) || name == QUARANTINE;
    let walk = WalkDir::new(folder).max_depth(DEPTH).sort_by_file_name().into_iter();
    for entry in walk.filter_entry(|e| e.depth() == 0 || !hidden(&e.file_name().to_string_lossy())).flatten()
    {
        if !entry.file_type().is_file() {
            continue;
        }
        let name = entry.file_name().to_string_lossy().to_lowercase();
        let plain = name.strip_suffix(".gz").unwrap_or(&name);
        let ending = plain.rsplit_once('.').map_or("", |(_, e)| e);
        if NOT_DATA.iter().any(|n| plain.starts_with(n))
            || name.contains(".cx.")
            || plain.ends_with("quarantine.csv")
        {
            continue;
        }
        if !ENDINGS.contains(&ending) {
            let near = entry.path().strip_prefix(folder).unwrap_or(entry.path());
            left.push((near.display().to_string(), "not a table by its ending".to_owned()));
        } else if paths.len() < FILES {
            paths.push(entry.into_path());
        } else {
            left.push((entry.path().display().to_string(), format!("beyond the first {FILES} files")));
        }
    }
    Ok((paths, left))
}

/// A file's name without digits and months: `orders_2026-01.csv` and `orders_2026-02.csv` are parts of one
/// export, while files that are named otherwise may mean other things by the same words.
fn stem(file: &str) -> String {
    let last = file.rsplit(['/', '\\']).next().unwrap_or(file).to_lowercase();
    let words = last.split(|c: char| !c.is_alphabetic()).filter(|w| !w.is_empty() && !MONTHS.contains(w));
    words.collect::<Vec<_>>().join(" ")
}

/// Files of one folder, format, header and stem belong together.
pub(super) fn together(opened: Vec<(PathBuf, RawFile)>) -> Vec<(Vec<String>, Vec<RawFile>)> {
    let mut groups: Vec<(Vec<String>, Vec<RawFile>)> = Vec::new();
    for (near, file) in opened {
        let parent = near.parent().map(Path::to_path_buf);
        let same = groups.iter_mut().find(|(files, raw)| {
            let first = &raw[0];
            first.layout().format == file.layout().format
                && first.layout().names == file.layout().names
                && first.layout().header
                && Path::new(&files[0]).parent().map(Path::to_path_buf) == parent
                && stem(&files[0]) == stem(&near.display().to_string())
        });
        match same {
            Some((files, raw)) => {
                files.push(near.display().to_string());
                raw.push(file);
            }
            None => groups.push((vec![near.display().to_string()], vec![file])),
        }
    }
    groups
}

/// `exports/Orders 2026.csv.gz` as `orders_2026`.
pub(super) fn source_name(file: &str) -> String {
    let last = file.rsplit(['/', '\\']).next().unwrap_or(file);
    let stem = last.split('.').next().unwrap_or(last);
    let name = crate::project::sources::dimension_name(stem);
    if name.is_empty() { "source".to_owned() } else { name }
}

/// The files one by one, or a glob where they are many and it names no others.
pub(super) fn patterns(files: &[String]) -> Vec<String> {
    if files.len() <= NAMED {
        return files.iter().map(|f| escaped(f)).collect();
    }
    let first = &files[0];
    let shared = |a: &str, b: &str| a.chars().zip(b.chars()).take_while(|(x, y)| x == y).count();
    let head = files.iter().map(|f| shared(first, f)).min().unwrap_or(0);
    let reversed = |f: &str| f.chars().rev().collect::<String>();
    let tail = files.iter().map(|f| shared(&reversed(first), &reversed(f))).min().unwrap_or(0);
    let chars: Vec<char> = first.chars().collect();
    let (head, tail) = (head, tail.min(chars.len().saturating_sub(head)));
    let glob: String = chars[..head].iter().chain(&['*']).chain(&chars[chars.len() - tail..]).collect();
    vec![glob]
}

/// A file's own name as a pattern.
fn escaped(file: &str) -> String {
    file.chars().map(|c| if "*?[]{}".contains(c) { format!("[{c}]") } else { c.to_string() }).collect()
}

pub(super) fn distinct_names(shapes: &mut [Shape]) {
    let mut taken: BTreeSet<String> = BTreeSet::new();
    for shape in shapes {
        let stem = shape.name.clone();
        let mut n = 2;
        while !taken.insert(shape.name.clone()) {
            shape.name = format!("{stem}_{n}");
            n += 1;
        }
    }
}
