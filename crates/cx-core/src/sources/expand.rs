//! Patterns to files.

use super::error::{Problem, SourceError, nearest};
use globset::{GlobBuilder, GlobMatcher};
use std::collections::HashSet;
use std::path::{Component, Path, PathBuf};
use walkdir::{DirEntry, WalkDir};

/// The folder below the settings where `cx check` keeps rows apart. What it
/// holds was read once already, so no wildcard reaches into it.
pub const QUARANTINE: &str = "quarantine";

/// The files that patterns name, sorted, each once.
///
/// `*` and `?` stay within one folder, `**` goes through all below, `{a,b}` and
/// `[…]` choose. Hidden files and folders (a leading dot) are left out unless
/// the pattern spells the dot, and so are the lock files of office programs
/// (`~$…`) and the folder [`QUARANTINE`]. Links are followed, loops are not, and a file reached twice counts
/// once. Relative patterns start at `base`, and so do the paths given back.
///
/// # Errors
/// A pattern that names nothing, a folder where a file is meant, a pattern that is none.
///
/// # Examples
/// ```
/// # let folder = tempfile::tempdir().unwrap();
/// # let base = folder.path();
/// std::fs::create_dir(base.join("2026")).unwrap();
/// std::fs::write(base.join("2026/march.csv"), "id\n1\n").unwrap();
/// let files = cx_core::sources::expand(base, &["**/*.csv"]).unwrap();
/// assert_eq!(files, [base.join("2026/march.csv")]);
/// let error = cx_core::sources::expand(base, &["2026/may.csv"]).unwrap_err();
/// assert_eq!(error.help().unwrap(), "nearby: `2026/march.csv`");
/// ```
pub fn expand<P: AsRef<str>>(base: &Path, patterns: &[P]) -> Result<Vec<PathBuf>, SourceError> {
    let mut found = Vec::new();
    for pattern in patterns {
        let pattern = pattern.as_ref();
        if pattern.contains(['*', '?', '[', '{']) && !base.join(pattern).is_file() {
            found.extend(matching(base, pattern)?);
        } else {
            found.push(single(base, pattern)?);
        }
    }
    found.sort();
    // The same file by another way (a link, a `..`) would count its rows twice.
    let mut seen = HashSet::new();
    found.retain(|path| seen.insert(path.canonicalize().unwrap_or_else(|_| path.clone())));
    Ok(found)
}

/// A path without wildcards.
fn single(base: &Path, pattern: &str) -> Result<PathBuf, SourceError> {
    let path = base.join(pattern);
    match path.metadata() {
        Ok(metadata) if metadata.is_dir() => Err(SourceError::new(pattern, Problem::Folder)),
        Ok(_) => Ok(path),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
            let near = neighbours(base, Path::new(pattern));
            Err(SourceError::new(pattern, Problem::NoFile { near }))
        }
        Err(error) => Err(SourceError::io(pattern, error)),
    }
}

fn matching(base: &Path, pattern: &str) -> Result<Vec<PathBuf>, SourceError> {
    let pattern = pattern.strip_prefix("./").unwrap_or(pattern);
    let matcher = matcher(pattern)?;
    let fixed = fixed_folders(Path::new(pattern));
    let deep = pattern.contains("**") || pattern.contains('{');
    let depth = Path::new(pattern).components().count() - fixed.components().count();
    let walk = WalkDir::new(base.join(&fixed)).follow_links(true).min_depth(1);
    let walk = if deep { walk } else { walk.max_depth(depth) };
    let kept_apart = !pattern.starts_with(QUARANTINE);
    let mut files = Vec::new();
    let entries = walk.into_iter().filter_entry(|entry| {
        is_meant(entry, pattern) && !(kept_apart && entry.path() == base.join(QUARANTINE))
    });
    for entry in entries {
        let entry = match entry {
            Ok(entry) => entry,
            // A link back to a folder above holds nothing new; one to nowhere holds nothing.
            Err(error) if error.loop_ancestor().is_some() => continue,
            Err(error) if error.io_error().is_some_and(|e| e.kind() == std::io::ErrorKind::NotFound) => {
                continue;
            }
            Err(error) => {
                let place = error.path().map_or_else(|| pattern.to_owned(), |p| p.display().to_string());
                return Err(SourceError::io(place, error.into()));
            }
        };
        let from_base = entry.path().strip_prefix(base).unwrap_or(entry.path());
        let place = if Path::new(pattern).is_absolute() { entry.path() } else { from_base };
        if entry.file_type().is_file() && matcher.is_match(place) {
            files.push(entry.into_path());
        }
    }
    if files.is_empty() {
        let near = neighbours(base, Path::new(pattern));
        return Err(SourceError::new(pattern, Problem::NoMatch { near }));
    }
    Ok(files)
}

fn matcher(pattern: &str) -> Result<GlobMatcher, SourceError> {
    let glob = GlobBuilder::new(pattern).literal_separator(true).build().map_err(|error| {
        let why = format!("holds a pattern that has no meaning ({})", error.kind());
        SourceError::new(pattern, Problem::Setting { setting: "files", why })
    })?;
    Ok(glob.compile_matcher())
}

/// The folders at the beginning of a pattern that hold no wildcard.
fn fixed_folders(pattern: &Path) -> PathBuf {
    let plain = |part: &Component<'_>| !part.as_os_str().to_string_lossy().contains(['*', '?', '[', '{']);
    let mut parts: Vec<Component<'_>> = pattern.components().take_while(plain).collect();
    if parts.len() == pattern.components().count() {
        parts.pop();
    }
    parts.into_iter().collect()
}

/// Hidden names only where the pattern spells their dot; never lock files.
fn is_meant(entry: &DirEntry, pattern: &str) -> bool {
    let name = entry.file_name().to_string_lossy();
    if name.starts_with("~$") {
        return false;
    }
    !name.starts_with('.')
        || pattern
            .split('/')
            .any(|part| part.starts_with('.') && (part == name || part.contains(['*', '?', '['])))
}

/// Names like the one that was asked for, as they would be written in the settings.
fn neighbours(base: &Path, pattern: &Path) -> Vec<String> {
    let wanted = pattern.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
    let wanted: String = wanted.chars().filter(|c| !"*?[]{}".contains(*c)).collect();
    let mut folder = fixed_folders(pattern);
    if pattern.parent().is_some_and(|parent| base.join(parent).is_dir()) {
        folder = pattern.parent().map(Path::to_path_buf).unwrap_or_default();
    }
    let Ok(entries) = base.join(&folder).read_dir() else { return Vec::new() };
    let mut names: Vec<String> = entries
        .filter_map(Result::ok)
        .map(|entry| entry.file_name().to_string_lossy().into_owned())
        .filter(|name| !name.starts_with('.'))
        .collect();
    names.sort();
    nearest(&wanted, names.iter().map(String::as_str))
        .into_iter()
        .map(|name| folder.join(name).display().to_string())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sources::error::ErrorKind;
    use std::fs;

    fn folder(files: &[&str]) -> tempfile::TempDir {
        let folder = tempfile::tempdir().unwrap();
        for file in files {
            let path = folder.path().join(file);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, "x").unwrap();
        }
        folder
    }

    fn found(base: &Path, patterns: &[&str]) -> Vec<String> {
        let files = expand(base, patterns).unwrap();
        files.iter().map(|f| f.strip_prefix(base).unwrap().display().to_string()).collect()
    }

    #[test]
    fn patterns_find_files_sorted_and_once() {
        let f = folder(&[
            "b.csv",
            "a.csv",
            "a.csv.gz",
            "x/c.csv",
            "x/y/d.csv",
            ".cx/e.csv",
            "x/.h/f.csv",
            "x/~$c.csv",
            "x/.g.csv",
        ]);
        let base = f.path();
        assert_eq!(found(base, &["*.csv"]), ["a.csv", "b.csv"]);
        assert_eq!(found(base, &["b.csv", "*.csv", "./a.csv"]), ["a.csv", "b.csv"]);
        assert_eq!(found(base, &["**/*.csv"]), ["a.csv", "b.csv", "x/c.csv", "x/y/d.csv"]);
        assert_eq!(found(base, &["x/**/*.csv"]), ["x/c.csv", "x/y/d.csv"]);
        assert_eq!(found(base, &["*/*.csv"]), ["x/c.csv"]);
        assert_eq!(found(base, &["{a,x/c}.csv"]), ["a.csv", "x/c.csv"]);
        assert_eq!(found(base, &[".cx/*.csv"]), [".cx/e.csv"]);
        assert_eq!(found(base, &["x/.h/*"]), ["x/.h/f.csv"]);
        assert_eq!(found(base, &["x/.*.csv"]), ["x/.g.csv"]);
        assert_eq!(found(base, &["a.csv*"]), ["a.csv", "a.csv.gz"]);
        assert_eq!(expand(base, &[base.join("b.csv").to_str().unwrap()]).unwrap(), [base.join("b.csv")]);
        assert_eq!(expand(base, &[base.join("*.csv").to_str().unwrap()]).unwrap().len(), 2);
    }

    #[test]
    fn a_file_whose_name_looks_like_a_pattern_is_a_file() {
        let f = folder(&["data [1].csv", "data 1.csv"]);
        assert_eq!(found(f.path(), &["data [1].csv"]), ["data [1].csv"]);
    }

    #[test]
    fn nothing_found_names_what_is_near() {
        let f = folder(&["responses.csv.gz", "orders.csv", "x/y.csv"]);
        let error = expand(f.path(), &["resp*.csv"]).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::NotFound);
        assert_eq!(error.to_string(), "resp*.csv: no file matches");
        assert!(error.help().unwrap().contains("`responses.csv.gz`"), "{:?}", error.help());
        let error = expand(f.path(), &["order.csv"]).unwrap_err();
        assert_eq!(error.help().unwrap(), "nearby: `orders.csv`");
        let error = expand(f.path(), &["x"]).unwrap_err();
        assert_eq!(error.help().unwrap(), "name its files, for example `x/*.csv`");
        assert!(matches!(
            expand(f.path(), &["nowhere/*.csv"]).unwrap_err().problem(),
            Problem::NoMatch { .. }
        ));
        assert_eq!(expand(f.path(), &["[z.csv"]).unwrap_err().kind(), ErrorKind::Setting);
    }

    #[cfg(unix)]
    #[test]
    fn links_are_followed_and_loops_are_not() {
        use std::os::unix::fs::symlink;
        let f = folder(&["x/a.csv"]);
        let base = f.path();
        symlink(base.join("x"), base.join("again")).unwrap();
        symlink(base, base.join("x/loop")).unwrap();
        symlink(base.join("gone.csv"), base.join("dangling.csv")).unwrap();
        assert_eq!(found(base, &["**/*.csv"]), ["again/a.csv"]);
    }
}
