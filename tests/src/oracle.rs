//! Reference values: read, checked within their own tolerances, and every one claimed.
//!
//! They live outside the repository, in `$CX_SHARED` or else in `../shared`
//! beside the workspace. Without them a suite says so loudly and passes; with
//! `CX_REQUIRE=all` that is a failure.

use cx_core::calc::{CalcResult, Limit, Table, Value};
use serde_json::Value as Json;
use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

/// The folder of reference values; `None`, said on stderr, where there is none.
///
/// # Panics
/// Under `CX_REQUIRE=all` where there is none.
pub fn shared(suite: &str) -> Option<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared");
    let folder = std::env::var_os("CX_SHARED").map_or(root, PathBuf::from);
    if folder.join("oracle").is_dir() {
        return Some(folder);
    }
    let _ = writeln!(std::io::stderr(), "SKIPPED {suite}: no reference values in {}", folder.display());
    let required = std::env::var("CX_REQUIRE").is_ok_and(|x| x == "all");
    assert!(!required, "{suite} needs the reference values; set CX_SHARED");
    None
}

/// One expected number.
#[derive(Debug, Clone, Copy)]
struct Expected {
    value: f64,
    tolerance: f64,
    relative: bool,
}

impl Expected {
    fn holds(self, got: f64) -> bool {
        let allowed = if self.relative { self.tolerance * self.value.abs() } else { self.tolerance };
        (got - self.value).abs() <= allowed
    }

    /// Prints both numbers for `cargo xtask golden` (`CX_GOLDEN=print`).
    fn show(self, name: &str, got: f64) {
        if std::env::var_os("CX_GOLDEN").is_some_and(|word| word == "print") {
            let Self { value, tolerance, relative } = self;
            let off = got - value;
            let kind = if relative { "relative" } else { "absolute" };
            let line = format!(
                "golden {name}: expected {value}, got {got}, off {off:+.3e}, allowed {tolerance:e} {kind}"
            );
            let _ = writeln!(std::io::stdout(), "{line}");
        }
    }
}

/// The expected numbers of one folder.
#[derive(Debug)]
pub struct Oracle {
    folder: PathBuf,
    expected: BTreeMap<String, Expected>,
    absent: BTreeSet<String>,
    claimed: RefCell<BTreeSet<String>>,
}

impl Oracle {
    /// Opens a folder; `None` where there are no reference values.
    ///
    /// # Panics
    /// Where the folder is there and cannot be read.
    pub fn open(name: &str) -> Option<Self> {
        let folder = shared(name)?.join("oracle").join(name);
        let json = read_json(&folder.join("expected.json"));
        let entries =
            json["expected"].as_array().unwrap_or_else(|| panic!("{name}: no list of expected values"));
        let (mut expected, mut absent) = (BTreeMap::new(), BTreeSet::new());
        for entry in entries {
            let number = |field: &str| {
                entry[field].as_f64().unwrap_or_else(|| panic!("{name}: {field} of {entry} is no number"))
            };
            let key = entry["key"].as_str().unwrap_or_else(|| panic!("{name}: {entry} has no key"));
            let relative = match entry["tol_kind"].as_str() {
                Some("rel") => true,
                Some("abs") => false,
                other => panic!("{name}: unknown kind of tolerance {other:?}"),
            };
            let tolerance = number("tol");
            let mut insert = |key: String, value: f64| {
                let one = Expected { value, tolerance, relative };
                assert!(
                    expected.insert(key, one).is_none(),
                    "{name}: {key} stands twice",
                    key = entry["key"]
                );
            };
            match &entry["value"] {
                Json::Null => assert!(absent.insert(key.to_owned()), "{name}: {key} stands twice"),
                Json::Array(list) => {
                    for (i, part) in list.iter().enumerate() {
                        let value = part.as_f64();
                        insert(format!("{key}.{i}"), value.unwrap_or_else(|| panic!("{name}: {entry}")));
                    }
                }
                _ => insert(key.to_owned(), number("value")),
            }
        }
        assert!(!expected.is_empty(), "{name}: nothing is expected");
        Some(Self { folder, expected, absent, claimed: RefCell::default() })
    }

    /// A table of the folder.
    pub fn table(&self, file: &str) -> Table {
        read_table(&self.folder.join(file))
    }

    /// Checks a number against its expected value and claims the key.
    ///
    /// # Panics
    /// Where the key is not expected or the number is out of tolerance.
    pub fn check(&self, key: &str, got: f64) {
        let Some(expected) = self.expected.get(key) else { panic!("{key} is not among the expected values") };
        expected.show(key, got);
        assert!(expected.holds(got), "{key}: {got} instead of {} ± {}", expected.value, expected.tolerance);
        self.claimed.borrow_mut().insert(key.to_owned());
    }

    /// Checks a figure that may be absent, as `null` among the expected values says.
    ///
    /// # Panics
    /// As [`Self::check`], and where one of the two has a figure and the other none.
    pub fn check_or_absent(&self, key: &str, got: Option<f64>) {
        if let Some(got) = got {
            return self.check(key, got);
        }
        assert!(self.absent.contains(key), "{key}: no figure where one is expected");
        self.claimed.borrow_mut().insert(key.to_owned());
    }

    /// An expected value itself, for suites that reach it less exactly and say why.
    ///
    /// # Panics
    /// Where the key is not expected.
    pub fn wanted(&self, key: &str) -> f64 {
        self.expected.get(key).unwrap_or_else(|| panic!("{key} is not among the expected values")).value
    }

    /// Keys that start with a prefix.
    pub fn keys<'a>(&'a self, prefix: &'a str) -> impl Iterator<Item = &'a str> {
        self.expected.keys().map(String::as_str).filter(move |key| key.starts_with(prefix))
    }

    /// Fails for every key that no check has claimed, but those that start with `others`.
    ///
    /// # Panics
    /// Where a key was not claimed.
    pub fn all_claimed_but(&self, others: &[&str]) {
        let claimed = self.claimed.borrow();
        let left: Vec<&String> = self
            .expected
            .keys()
            .chain(&self.absent)
            .filter(|key| !claimed.contains(*key) && !others.iter().any(|other| key.starts_with(other)))
            .collect();
        assert!(left.is_empty(), "no check claims {left:?}");
    }

    /// Fails for every key that no check has claimed.
    ///
    /// # Panics
    /// Where a key was not claimed.
    pub fn all_claimed(&self) {
        self.all_claimed_but(&[]);
    }
}

/// One worked example.
#[derive(Debug)]
pub struct Vector {
    /// Its name; names repeat.
    pub name: String,
    /// What goes in.
    pub input: Json,
    /// What must come out.
    pub expected: Json,
    tolerance: Json,
    relative: bool,
    claimed: RefCell<BTreeSet<String>>,
}

impl Vector {
    /// Checks a number against a part of the expected value, by its path in it
    /// (`""` for the whole, `score95.0`, `1.0`).
    ///
    /// # Panics
    /// Where there is no such part or the number is out of tolerance.
    pub fn check(&self, path: &str, got: f64) {
        let mut wanted = &self.expected;
        let mut tolerance = &self.tolerance;
        for step in path.split('.').filter(|step| !step.is_empty()) {
            wanted = step.parse::<usize>().map_or_else(|_| &wanted[step], |i| &wanted[i]);
            if tolerance.is_object() {
                tolerance = &tolerance[step];
            }
        }
        let value = wanted.as_f64().unwrap_or_else(|| panic!("{}: nothing expected at `{path}`", self.name));
        let tolerance =
            tolerance.as_f64().unwrap_or_else(|| panic!("{}: no tolerance at `{path}`", self.name));
        let expected = Expected { value, tolerance, relative: self.relative };
        expected.show(&format!("{} `{path}`", self.name), got);
        let holds = expected.holds(got);
        assert!(holds, "{} `{path}`: {got} instead of {value} ± {tolerance}", self.name);
        self.claimed.borrow_mut().insert(path.to_owned());
    }

    /// Fails for every number of the expected value that no check has claimed.
    ///
    /// # Panics
    /// Where one was not claimed.
    pub fn all_claimed(&self) {
        let mut left = Vec::new();
        numbers_in(&self.expected, String::new(), &mut left);
        left.retain(|path| !self.claimed.borrow().contains(path));
        assert!(left.is_empty(), "{} {}: no check claims {left:?}", self.name, self.input);
    }

    /// A number of the input, by its path.
    ///
    /// # Panics
    /// Where there is none.
    pub fn number(&self, path: &str) -> f64 {
        let mut at = &self.input;
        for step in path.split('.') {
            at = step.parse::<usize>().map_or_else(|_| &at[step], |i| &at[i]);
        }
        at.as_f64().unwrap_or_else(|| panic!("{}: no input at `{path}`", self.name))
    }

    /// A list of numbers of the input; blanks as `None`.
    ///
    /// # Panics
    /// Where there is none.
    pub fn numbers(&self, name: &str) -> Vec<Option<f64>> {
        let list = self.input[name].as_array().unwrap_or_else(|| panic!("{}: no list {name}", self.name));
        list.iter().map(Json::as_f64).collect()
    }
}

/// Paths of the numbers in a value.
fn numbers_in(json: &Json, path: String, found: &mut Vec<String>) {
    let under = |step: &str| if path.is_empty() { step.to_owned() } else { format!("{path}.{step}") };
    match json {
        Json::Array(list) => {
            for (i, part) in list.iter().enumerate() {
                numbers_in(part, under(&i.to_string()), found);
            }
        }
        Json::Object(map) => {
            for (name, part) in map {
                numbers_in(part, under(name), found);
            }
        }
        Json::Number(_) => found.push(path),
        _ => {}
    }
}

/// All worked examples.
///
/// # Panics
/// Where the file is there and cannot be read.
pub fn vectors() -> Option<Vec<Vector>> {
    let json = read_json(&shared("golden vectors")?.join("design/golden-vectors.json"));
    let list = json["vectors"].as_array().unwrap_or_else(|| panic!("no list of vectors"));
    Some(
        list.iter()
            .map(|v| Vector {
                name: v["name"].as_str().unwrap_or_default().to_owned(),
                input: v["input"].clone(),
                expected: v["expected"].clone(),
                tolerance: v["tol"].clone(),
                relative: v["tol_kind"] == "rel",
                claimed: RefCell::default(),
            })
            .collect(),
    )
}

/// A figure of a result by its path; the numbers of counts and reals alike.
///
/// # Panics
/// Where there is no such figure or it is no number.
pub fn value(result: &CalcResult, path: &[&str]) -> f64 {
    let figure =
        result.results.figure(path).unwrap_or_else(|| panic!("no figure {path:?} in {:?}", result.results));
    match &figure.value {
        Some(Value::Real(x)) => *x,
        Some(Value::Count(n)) => *n as f64,
        other => panic!("{path:?} is {other:?}"),
    }
}

/// The closed limits of a figure.
///
/// # Panics
/// Where there is no such figure or a limit is open.
pub fn limits(result: &CalcResult, path: &[&str]) -> (f64, f64) {
    let figure = result.results.figure(path).unwrap_or_else(|| panic!("no figure {path:?}"));
    match (figure.low, figure.high) {
        (Some(Limit::At(low)), Some(Limit::At(high))) => (low, high),
        other => panic!("{path:?} has the limits {other:?}"),
    }
}

fn read_json(path: &Path) -> Json {
    let text = fs::read_to_string(path).unwrap_or_else(|e| panic!("{}: {e}", path.display()));
    serde_json::from_str(&text).unwrap_or_else(|e| panic!("{}: {e}", path.display()))
}

/// A plain table: no cell of the reference inputs holds a comma or a quote.
fn read_table(path: &Path) -> Table {
    let text = fs::read_to_string(path).unwrap_or_else(|e| panic!("{}: {e}", path.display()));
    assert!(!text.contains('"'), "{}: quoted cells", path.display());
    let mut lines =
        text.lines().map(|line| line.trim_end_matches('\r').split(',').map(str::to_owned).collect());
    let header = lines.next().unwrap_or_else(|| panic!("{}: empty", path.display()));
    Table::new(header, lines.collect()).unwrap_or_else(|e| panic!("{}: {e}", path.display()))
}
