//! The form of a line, and the chain through them.

use super::{Hash, LedgerFault, NOTHING_BEFORE, What, record_hash};

/// Digits of a hash.
const DIGITS: usize = 64;

/// A line taken apart.
#[derive(Debug, Clone, Copy)]
pub(super) struct Line<'a> {
    pub(super) hash: &'a str,
    pub(super) previous: &'a str,
    pub(super) record: &'a str,
}

/// A record as its line, line feed included.
pub(super) fn line_of(previous: &str, record: &str) -> (Hash, String) {
    let hash = record_hash(previous, record);
    let line = format!("{{\"hash\":\"{hash}\",\"previous\":\"{previous}\",\"record\":{record}}}\n");
    (hash, line)
}

impl<'a> Line<'a> {
    /// Takes a line apart by its one form. The text of the record is not read
    /// and written again: the hash is of these bytes and of no others.
    fn of(text: &'a str) -> Result<Self, What> {
        let (hash, rest) = field(text, "{\"hash\":\"").ok_or(What::Form("it does not begin with a hash"))?;
        let (previous, rest) =
            field(rest, ",\"previous\":\"").ok_or(What::Form("it names no previous hash"))?;
        let record = rest
            .strip_prefix(",\"record\":")
            .and_then(|rest| rest.strip_suffix('}'))
            .ok_or(What::Form("it holds no record"))?;
        Ok(Self { hash, previous, record })
    }

    fn linked(&self, wanted: &str) -> Result<(), What> {
        if self.previous != wanted {
            return Err(What::Previous { stated: self.previous.to_owned(), wanted: wanted.to_owned() });
        }
        let wanted = record_hash(self.previous, self.record);
        if self.hash != wanted {
            return Err(What::Hash { stated: self.hash.to_owned(), wanted });
        }
        Ok(())
    }
}

/// A name, a hash in quotes, and what follows.
fn field<'a>(text: &'a str, name: &str) -> Option<(&'a str, &'a str)> {
    let rest = text.strip_prefix(name)?;
    let hash = rest.get(..DIGITS)?;
    let plain = hash.bytes().all(|b| b.is_ascii_digit() || (b'a'..=b'f').contains(&b));
    plain.then_some((hash, rest.get(DIGITS..)?.strip_prefix('"')?))
}

/// The lines of a ledger, each linked to the one before.
pub(super) fn lines(text: &str) -> Result<Vec<Line<'_>>, LedgerFault> {
    let mut found = Vec::new();
    let mut previous = NOTHING_BEFORE;
    for (i, line) in text.split_inclusive('\n').enumerate() {
        let at = |what| LedgerFault { line: i + 1, what };
        let whole =
            line.strip_suffix('\n').ok_or_else(|| at(What::Form("it does not end with a line feed")))?;
        let line = Line::of(whole).map_err(at)?;
        line.linked(previous).map_err(at)?;
        previous = line.hash;
        found.push(line);
    }
    Ok(found)
}

/// Holds the chain of a ledger, and gives its last hash. A ledger without
/// records has the hash before all.
///
/// `seen` is a hash that was printed before: it must still be in the chain,
/// or lines were cut off after it was.
///
/// # Errors
/// The first line that was tampered with, and which of its fields differs.
///
/// # Examples
/// ```
/// use cx_core::ledger::{verify, What};
/// assert!(verify("", None).is_ok());
/// let fault = verify("{\"hash\":\"no\"}\n", None).unwrap_err();
/// assert_eq!((fault.line, matches!(fault.what, What::Form(_))), (1, true));
/// ```
pub fn verify(text: &str, seen: Option<&str>) -> Result<Hash, LedgerFault> {
    let lines = lines(text)?;
    if let Some(seen) = seen.filter(|seen| *seen != NOTHING_BEFORE)
        && !lines.iter().any(|line| line.hash == seen)
    {
        return Err(LedgerFault { line: lines.len() + 1, what: What::CutOff(seen.to_owned()) });
    }
    Ok(lines.last().map_or(NOTHING_BEFORE, |line| line.hash).to_owned())
}
