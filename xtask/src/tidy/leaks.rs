//! Nothing names a machine, or where packages were downloaded.

use super::{Fault, SourceFile};

/// Hosts of package registries: what was fetched from where is the reader's own affair.
/// Written in two parts, so that this file does not find itself.
const HOSTS: &[(&str, &str)] = &[
    ("index.", "crates.io"),
    ("static.", "crates.io"),
    ("registry.", "npmjs.org"),
    ("registry.", "yarnpkg.com"),
    ("registry.", "npmmirror.com"),
    ("files.", "pythonhosted.org"),
    ("pypi.", "org/simple"),
    ("deb.", "debian.org"),
    ("security.", "debian.org"),
    ("archive.", "ubuntu.com"),
    ("http://", "registry"),
    ("https://", "registry"),
];

/// Folders that exist on one machine alone.
const PLACES: &[(&str, &str)] =
    &[("/ro", "ot/"), ("/ho", "me/"), ("/Us", "ers/"), ("/wo", "rk/"), ("C:\\Us", "ers\\")];

/// The one source a Rust lock file names, wherever packages came from.
const CRATES: &str = "registry+https://github.com/rust-lang/crates.io-index";

/// Names of registries and of machines.
pub(crate) fn check(file: &SourceFile) -> Vec<Fault> {
    let mut faults = Vec::new();
    let package_lock = file.name() == "package-lock.json";
    for (i, line) in file.text.lines().enumerate() {
        let mut say = |message: String| faults.push(Fault::line(&file.path, i + 1, message));
        if let Some((a, b)) = HOSTS.iter().find(|(a, b)| line.contains(&format!("{a}{b}"))) {
            say(format!("names a registry's host ({a}{b})"));
        }
        if let Some(place) = PLACES.iter().find_map(|(a, b)| place(line, &format!("{a}{b}"))) {
            say(format!("names a folder of one machine ({place})"));
        }
        let lock = line.trim_start();
        if file.name() == "Cargo.lock" && lock.starts_with("source = ") && !line.contains(CRATES) {
            say("a crate from somewhere else than the public registry".to_owned());
        }
        if package_lock && lock.starts_with("\"resolved\": \"http") {
            say("a lock file says where a package was downloaded; see the folder's .npmrc".to_owned());
        }
    }
    faults
}

/// A folder at the start of a path, not in the middle of one.
fn place<'a>(line: &'a str, folder: &str) -> Option<&'a str> {
    let found = line.match_indices(folder).find(|(at, _)| {
        let before = line[..*at].chars().next_back();
        before.is_none_or(|c| !c.is_alphanumeric() && !"._-/}*)$".contains(c))
    });
    found.map(|(at, text)| &line[at..at + text.len()])
}
