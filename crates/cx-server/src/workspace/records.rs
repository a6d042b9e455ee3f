//! Loaded records and their data version.

use super::Mark;
use crate::pool::digest;
use cx_core::analysis::{Company, Error, ErrorKind, Options, PLAN, PROMISES, Place, Project};
use std::path::Path;

/// The records of a workspace at one moment.
#[derive(Debug)]
pub(crate) struct Records {
    /// The files as they were.
    pub(crate) mark: Mark,
    /// Hash of everything that answers depend on: settings, records, plan, promises.
    pub(crate) version: String,
    /// The records.
    pub(crate) company: Company,
}

impl Records {
    /// Loads a folder.
    ///
    /// # Errors
    /// As [`Company::load`]; a plan or ledger that cannot be read.
    pub(super) fn load(dir: &Path, mark: Mark, options: &Options<'_>) -> Result<Self, Error> {
        let company = Company::load(Project::open(dir)?, options)?;
        let plan = optional(&dir.join(PLAN))?;
        let promises = optional(&dir.join(PROMISES))?;
        let version = digest(&[company.input_hash.as_bytes(), &plan, &promises]);
        Ok(Self { mark, version, company })
    }
}

/// The bytes of a file that need not be there: which of both it is counts as well.
fn optional(path: &Path) -> Result<Vec<u8>, Error> {
    match std::fs::read(path) {
        Ok(bytes) => Ok([&[1], bytes.as_slice()].concat()),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(vec![0]),
        Err(error) => {
            let place = Place { file: path.display().to_string(), ..Place::default() };
            Err(Error::new(ErrorKind::Io, format!("cannot be read ({error})")).at(place))
        }
    }
}
