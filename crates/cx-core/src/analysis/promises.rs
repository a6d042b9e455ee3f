//! The promises of a project: the ledger in its folder.

use super::{Error, ErrorKind, Place};
use crate::ground::period::Instant;
use crate::ledger::{Hash, Ledger, LedgerFault, Record, What};
use std::io;
use std::path::{Path, PathBuf};

/// Name of the ledger in the folder of a project.
pub const PROMISES: &str = "promises.jsonl";

/// A line is some kilobytes and a company makes some promises a year; anything larger is something else.
const MOST_BYTES: u64 = 256 << 20;

/// The ledger of a project, as its file has it.
#[derive(Debug, Clone, PartialEq)]
pub struct Promises {
    /// The file.
    pub file: PathBuf,
    /// False where there is no such file: no promise was ever made.
    pub there: bool,
    /// Its text, byte for byte.
    pub text: String,
    /// What it says.
    pub ledger: Ledger,
}

/// A ledger with records added, to be written in place of the old one.
#[derive(Debug, Clone, PartialEq)]
pub struct Added {
    /// The file to write.
    pub file: PathBuf,
    /// Its whole text: what was there, byte for byte, and the new lines.
    pub text: String,
    /// What it says.
    pub ledger: Ledger,
    /// The records as they stand in it, with their moment.
    pub records: Vec<Record>,
}

impl Added {
    /// The last hash. Print it.
    pub fn head(&self) -> Hash {
        self.ledger.head().to_owned()
    }
}

impl Promises {
    /// The ledger's file in a folder.
    pub fn file_in(dir: &Path) -> PathBuf {
        if dir == Path::new(".") { PathBuf::from(PROMISES) } else { dir.join(PROMISES) }
    }

    /// The ledger of a folder; an empty one where there is no file.
    ///
    /// # Errors
    /// [`ErrorKind::Data`] with the line at fault where the chain is broken or a
    /// record makes no sense, [`ErrorKind::Io`] where the file cannot be read.
    ///
    /// # Examples
    /// ```
    /// # let folder = tempfile::tempdir().unwrap();
    /// use cx_core::analysis::{PROMISES, Promises};
    /// assert!(!Promises::read(folder.path()).unwrap().there);
    /// std::fs::write(folder.path().join(PROMISES), "{}\n").unwrap();
    /// let error = Promises::read(folder.path()).unwrap_err();
    /// assert_eq!(error.place.unwrap().line, Some(1));
    /// ```
    pub fn read(dir: &Path) -> Result<Self, Error> {
        let (file, text) = Self::text_in(dir)?;
        let there = text.is_some();
        let text = text.unwrap_or_default();
        let ledger = Ledger::read(&text).map_err(|fault| of_file(&file, &fault))?;
        Ok(Self { file, there, text, ledger })
    }

    /// Its first records alone, as it stood when it held no more.
    ///
    /// # Errors
    /// None that a ledger which was read can give: what comes first reads as it did.
    pub fn first(&self, entries: usize) -> Result<Self, Error> {
        let text: String = self.text.split_inclusive('\n').take(entries).collect();
        let ledger = Ledger::read(&text).map_err(|fault| of_file(&self.file, &fault))?;
        Ok(Self { file: self.file.clone(), there: self.there, text, ledger })
    }

    /// The text of the ledger of a folder, unread; none where there is no file.
    ///
    /// # Errors
    /// [`ErrorKind::Data`] where it is no text, [`ErrorKind::Io`] where it cannot be read.
    pub fn text_in(dir: &Path) -> Result<(PathBuf, Option<String>), Error> {
        let file = Self::file_in(dir);
        let place = || Place { file: file.display().to_string(), ..Place::default() };
        let io = |e: &io::Error| Error::new(ErrorKind::Io, format!("cannot be read ({e})")).at(place());
        let meta = match file.metadata() {
            Ok(meta) => meta,
            Err(e) if e.kind() == io::ErrorKind::NotFound => return Ok((file, None)),
            Err(e) => return Err(io(&e)),
        };
        if meta.len() > MOST_BYTES {
            let message = format!("is larger than {MOST_BYTES} bytes");
            return Err(Error::new(ErrorKind::Limit, message).at(place()).help("a ledger is small"));
        }
        let bytes = std::fs::read(&file).map_err(|e| io(&e))?;
        match String::from_utf8(bytes) {
            Ok(text) => Ok((file, Some(text))),
            Err(e) => {
                let sound = &e.as_bytes()[..e.utf8_error().valid_up_to()];
                let line = 1 + sound.split(|b| *b == b'\n').skip(1).count();
                let what = What::Form("it is not text in UTF-8");
                Err(of_file(&file, &LedgerFault { line, what }))
            }
        }
    }

    /// The ledger with records added, all of them or none, as written at a
    /// moment of the caller's clock. Nothing is written here.
    ///
    /// # Errors
    /// [`ErrorKind::Usage`] without records, [`ErrorKind::Data`] where one makes
    /// no sense or may not follow what is there; it is named with its mend.
    pub fn with(&self, records: &[Record], at: Instant) -> Result<Added, Error> {
        if records.is_empty() {
            return Err(Error::new(ErrorKind::Usage, "there is no record to add"));
        }
        let (mut ledger, mut text) = (self.ledger.clone(), self.text.clone());
        let before = ledger.entries().len();
        for record in records {
            let line = ledger.append(&record.clone().registered(at)).map_err(|fault| {
                let message = format!("the {} of `{}`: {}", record.word(), record.claim_id(), fault.what);
                Error::new(ErrorKind::Data, message).help(fault.what.help())
            })?;
            text.push_str(&line);
        }
        // What a reader will find must be what was meant.
        let read = Ledger::read(&text).map_err(|fault| of_file(&self.file, &fault))?;
        if read != ledger {
            let message = "the ledger does not read back as it was written";
            return Err(Error::new(ErrorKind::Internal, message));
        }
        let records = ledger.entries()[before..].iter().map(|entry| entry.record.clone()).collect();
        Ok(Added { file: self.file.clone(), text, ledger, records })
    }
}

/// A fault in the ledger's file.
pub(super) fn of_file(file: &Path, fault: &LedgerFault) -> Error {
    let place = Place { file: file.display().to_string(), line: Some(fault.line as u64), ..Place::default() };
    Error::new(ErrorKind::Data, fault.what.to_string()).at(place).help(fault.what.help())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ledger::Withdrawal;

    #[test]
    fn all_records_are_added_or_none() {
        let folder = tempfile::tempdir().unwrap();
        let promises = Promises::read(folder.path()).unwrap();
        let about_nothing = Record::Withdrawal(Withdrawal {
            claim_id: "P9".to_owned(),
            reason: "none".to_owned(),
            author: "nobody".to_owned(),
            registered_at: Instant(0),
        });
        let error = promises.with(&[about_nothing], Instant(5)).unwrap_err();
        assert_eq!(error.kind, ErrorKind::Data);
        assert!(error.message.contains("the withdrawal of `P9`: there is no promise"), "{error}");
        assert_eq!(promises.with(&[], Instant(5)).unwrap_err().kind, ErrorKind::Usage);
        assert!(!Promises::file_in(folder.path()).exists());
    }

    #[test]
    fn bytes_that_are_no_text_have_their_line() {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join(PROMISES), b"one\ntwo\xff\n").unwrap();
        let error = Promises::read(folder.path()).unwrap_err();
        assert_eq!((error.kind, error.place.unwrap().line), (ErrorKind::Data, Some(2)));
    }
}
