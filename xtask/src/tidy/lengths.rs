//! Files stay readable in one sitting.

use super::{Code, Fault, SourceFile};

/// From here on a file asks to be split.
const WARN: usize = 400;
/// From here on it must be.
const FAIL: usize = 600;

const COUNTED: &[&str] = &["rs", "ts", "tsx", "mjs", "css"];

/// A file that is too long, its tests not counted.
pub(crate) fn check(file: &SourceFile, code: Option<&Code>) -> Option<Fault> {
    if file.is_test() || !COUNTED.contains(&file.ending()) {
        return None;
    }
    let tests: usize = code.map_or(0, |code| code.tests.iter().map(|(from, to)| to - from + 1).sum());
    let lines = file.text.lines().count() - tests;
    if lines <= WARN {
        return None;
    }
    let mild = lines <= FAIL;
    let rule = if mild { format!("about {WARN} is the aim") } else { format!("{FAIL} is the limit") };
    let message = format!("{lines} lines without tests; {rule}: split it by concept");
    Some(Fault { mild, ..Fault::file(&file.path, message) })
}
