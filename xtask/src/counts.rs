//! How many tests passed and failed, from what each suite prints.

use std::fmt;
use std::ops::AddAssign;

/// Tests that ran.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Counts {
    /// Passed.
    pub(crate) passed: u64,
    /// Failed.
    pub(crate) failed: u64,
}

impl AddAssign for Counts {
    fn add_assign(&mut self, other: Self) {
        self.passed += other.passed;
        self.failed += other.failed;
    }
}

impl fmt::Display for Counts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "tests: {} passed, {} failed", self.passed, self.failed)
    }
}

/// The number just before a word: `812 passed; 0 failed`.
fn before(line: &str, word: &str) -> Option<u64> {
    let words: Vec<&str> = line.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).collect();
    let at = words.iter().position(|w| *w == word)?;
    words[at.checked_sub(1)?].parse().ok()
}

/// `test result: ok. 12 passed; 0 failed; …`, one line a binary.
pub(crate) fn of_cargo(lines: &[String]) -> Counts {
    let mut counts = Counts::default();
    for line in lines.iter().filter(|line| line.starts_with("test result:")) {
        counts += Counts {
            passed: before(line, "passed").unwrap_or_default(),
            failed: before(line, "failed").unwrap_or_default(),
        };
    }
    counts
}

/// `Tests  2 failed | 84 passed (86)`, once at the end.
pub(crate) fn of_vitest(lines: &[String]) -> Counts {
    let last = lines.iter().rev().find(|line| line.trim_start().starts_with("Tests "));
    last.map_or(Counts::default(), |line| Counts {
        passed: before(line, "passed").unwrap_or_default(),
        failed: before(line, "failed").unwrap_or_default(),
    })
}

/// `ok  name` for a promise kept, `broken: reason` for one that was not.
pub(crate) fn of_browser(lines: &[String]) -> Counts {
    let start = |word: &str| lines.iter().filter(|line| line.starts_with(word)).count() as u64;
    Counts { passed: start("ok  "), failed: start("broken: ") }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(text: &str) -> Vec<String> {
        text.lines().map(str::to_owned).collect()
    }

    #[test]
    fn cargo_is_summed_over_binaries() {
        let text = "running 3 tests\ntest result: ok. 12 passed; 0 failed; 1 ignored; 0 measured; 3 filtered out; finished in 0.1s\n\
                    test result: FAILED. 4 passed; 2 failed; 0 ignored; 0 measured";
        assert_eq!(of_cargo(&lines(text)), Counts { passed: 16, failed: 2 });
        assert_eq!(of_cargo(&[]), Counts::default());
    }

    #[test]
    fn vitest_says_it_once() {
        let text = " Test Files  9 passed (9)\n      Tests  2 failed | 84 passed | 1 skipped (87)\n";
        assert_eq!(of_vitest(&lines(text)), Counts { passed: 84, failed: 2 });
        assert_eq!(of_vitest(&lines("      Tests  84 passed (84)")), Counts { passed: 84, failed: 0 });
    }

    #[test]
    fn promises_are_counted() {
        let text = "ok  1440-light: charts drawn (12)  80 ms\nok  prints (9 pages)  1 ms\nbroken: no";
        assert_eq!(of_browser(&lines(text)), Counts { passed: 2, failed: 1 });
        assert_eq!(Counts { passed: 2, failed: 1 }.to_string(), "tests: 2 passed, 1 failed");
    }
}
