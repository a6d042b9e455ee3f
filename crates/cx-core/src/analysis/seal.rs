//! A seal: the hashes of everything that a report was made from, and of the report.

use super::plan::plan_in;
use super::{Company, Error, ErrorKind, Options, Place, Project, Promises};
use crate::ground::period::Day;
use crate::ledger::{Hash, Ledger, LedgerFault, NOTHING_BEFORE, text_hash, verify};
use crate::tables::load::SourceFile;
use serde::{Deserialize, Serialize};
use std::path::Path;

/// What a report was made from, as hashes. Equal inputs, seed and version give an equal report.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Seal {
    /// Form of this seal.
    pub seal: u32,
    /// Version of the program.
    pub version: String,
    /// Seed of resampled worlds.
    pub seed: u64,
    /// The as-of day that was given on the command line; none where the records or the settings said it.
    pub as_of: Option<Day>,
    /// SHA-256 of the settings file.
    pub settings: Hash,
    /// SHA-256 of `plan.toml`; none where there is none.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub plan: Option<Hash>,
    /// Every data file that was read, in the order of the settings.
    pub files: Vec<SealedFile>,
    /// The ledger of promises.
    pub ledger: SealedLedger,
    /// SHA-256 of the report as JSON.
    pub report: Hash,
}

/// A data file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SealedFile {
    /// As the settings name it.
    pub file: String,
    /// SHA-256 of its bytes.
    pub sha256: Hash,
}

/// A ledger as it stood.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SealedLedger {
    /// Its records.
    pub entries: usize,
    /// SHA-256 of its bytes.
    pub sha256: Hash,
    /// Hash of its last record.
    pub head: Hash,
}

/// One thing that was looked at.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Held {
    /// What: a file, the settings, the ledger, the report.
    pub what: String,
    /// Whether it is as it was.
    pub holds: bool,
    /// What was found, in words.
    pub says: String,
}

impl Held {
    /// Something that is as it was.
    pub fn holds(what: impl Into<String>, says: impl Into<String>) -> Self {
        Self { what: what.into(), holds: true, says: says.into() }
    }

    /// Something that is not.
    pub fn fails(what: impl Into<String>, says: impl Into<String>) -> Self {
        Self { what: what.into(), holds: false, says: says.into() }
    }
}

/// The form of seals that are written now.
const FORM: u32 = 1;

/// Seals a company's records with the report that was made of them.
///
/// # Errors
/// A ledger that does not verify: what is broken is not sealed.
pub fn seal(company: &Company, report: &str, version: &str, options: &Options<'_>) -> Result<Seal, Error> {
    let promises = Promises::read(&company.project.dir)?;
    let (_, settings) = Project::read(&company.project.dir)?;
    Ok(Seal {
        seal: FORM,
        version: version.to_owned(),
        seed: company.seed(options),
        as_of: options.as_of,
        settings: text_hash(&settings),
        plan: plan_hash(&company.project.dir)?,
        files: files(company),
        ledger: SealedLedger {
            entries: promises.ledger.entries().len(),
            sha256: text_hash(&promises.text),
            head: promises.ledger.head().to_owned(),
        },
        report: text_hash(report),
    })
}

/// SHA-256 of the plan of a folder; none where there is none.
fn plan_hash(dir: &Path) -> Result<Option<Hash>, Error> {
    let file = plan_in(dir);
    match std::fs::read_to_string(&file) {
        Ok(text) => Ok(Some(text_hash(&text))),
        Err(e) if e.kind() == std::io::ErrorKind::NotFound => Ok(None),
        Err(e) => {
            let place = Place { file: file.display().to_string(), ..Place::default() };
            Err(Error::new(ErrorKind::Io, format!("cannot be read ({e})")).at(place))
        }
    }
}

fn files(company: &Company) -> Vec<SealedFile> {
    let hashed = |f: &SourceFile| SealedFile {
        file: f.shown.clone(),
        sha256: f.hash.as_ref().map(|h| h.sha256.clone()).unwrap_or_default(),
    };
    company.loaded.files.iter().map(hashed).collect()
}

impl Seal {
    /// Reads a seal.
    ///
    /// # Errors
    /// [`ErrorKind::Data`] where the text is no seal, [`ErrorKind::Unsupported`] where it is of a newer form.
    pub fn read(text: &str, shown: &str) -> Result<Self, Error> {
        let place = || Place { file: shown.to_owned(), ..Place::default() };
        let seal: Self = serde_json::from_str(text).map_err(|e| {
            Error::new(ErrorKind::Data, format!("is no seal ({e})"))
                .at(place())
                .help("write one with `cx verify --seal FILE`")
        })?;
        if seal.seal != FORM {
            let message = format!("is a seal of form {}, and this program knows {FORM}", seal.seal);
            return Err(Error::new(ErrorKind::Unsupported, message).at(place()));
        }
        Ok(seal)
    }

    /// The settings and the ledger of a folder against the seal; no records are read.
    ///
    /// # Errors
    /// A file that cannot be read.
    pub fn check_folder(&self, dir: &Path) -> Result<Vec<Held>, Error> {
        let (file, text) = Project::read(dir)?;
        let settings = file.display().to_string();
        let mut found = vec![if text_hash(&text) == self.settings {
            Held::holds(settings, "the settings are as they were sealed")
        } else {
            Held::fails(settings, "the settings were changed after the seal")
        }];
        found.extend(self.check_plan(dir)?);
        found.extend(self.check_ledger(dir)?);
        Ok(found)
    }

    fn check_plan(&self, dir: &Path) -> Result<Option<Held>, Error> {
        let name = plan_in(dir).display().to_string();
        Ok(match (&self.plan, plan_hash(dir)?) {
            (None, None) => None,
            (Some(sealed), Some(now)) if *sealed == now => {
                Some(Held::holds(name, "the plan is as it was sealed"))
            }
            (Some(_), Some(_)) => Some(Held::fails(name, "the plan was changed after the seal")),
            (Some(_), None) => Some(Held::fails(name, "the plan is no longer there")),
            (None, Some(_)) => Some(Held::fails(name, "the plan was not there when it was sealed")),
        })
    }

    fn check_ledger(&self, dir: &Path) -> Result<Vec<Held>, Error> {
        let seen = (self.ledger.head != NOTHING_BEFORE).then_some(self.ledger.head.as_str());
        let mut found = check_ledger(dir, seen)?;
        if found.iter().all(|one| one.holds) {
            let (file, text) = Promises::text_in(dir)?;
            let text = text.unwrap_or_default();
            let sealed: String = text.split_inclusive('\n').take(self.ledger.entries).collect();
            let name = file.display().to_string();
            if text_hash(&sealed) != self.ledger.sha256 {
                found.push(Held::fails(name, "its first lines are not those that were sealed"));
            } else if text.len() > sealed.len() {
                let more = text[sealed.len()..].lines().count();
                found.push(Held::holds(name, format!("{more} records were added after the seal")));
            }
        }
        Ok(found)
    }

    /// The files of the company's records against the seal.
    pub fn check_files(&self, company: &Company) -> Vec<Held> {
        let now = files(company);
        let mut found = Vec::new();
        for sealed in &self.files {
            found.push(match now.iter().find(|one| one.file == sealed.file) {
                Some(one) if one.sha256 == sealed.sha256 => {
                    Held::holds(&sealed.file, "the file is as it was sealed")
                }
                Some(_) => Held::fails(&sealed.file, "the file was changed after the seal"),
                None => Held::fails(&sealed.file, "the file is no longer read"),
            });
        }
        let new = now.iter().filter(|one| !self.files.iter().any(|sealed| sealed.file == one.file));
        found.extend(new.map(|one| Held::fails(&one.file, "the file was not there when it was sealed")));
        found
    }

    /// The report against the seal.
    pub fn check_report(&self, report: &str, version: &str) -> Held {
        if text_hash(report) == self.report {
            return Held::holds("report", "made again it is the same, byte for byte");
        }
        let with = if self.version == version {
            String::new()
        } else {
            format!("; it was sealed by version {} and made again by {version}", self.version)
        };
        Held::fails("report", format!("made again it is not the one that was sealed{with}"))
    }
}

/// The chain of a folder's ledger, and whether a hash that was printed before is still in it.
///
/// # Errors
/// The file cannot be read.
pub fn check_ledger(dir: &Path, seen: Option<&str>) -> Result<Vec<Held>, Error> {
    let (file, text) = match Promises::text_in(dir) {
        Ok(found) => found,
        Err(error) if error.kind == ErrorKind::Data => {
            let line = error.place.as_ref().and_then(|p| p.line).unwrap_or(1);
            let file = Promises::file_in(dir).display().to_string();
            return Ok(vec![Held::fails(file, format!("line {line}: {}", error.message))]);
        }
        Err(error) => return Err(error),
    };
    let name = file.display().to_string();
    let Some(text) = text else {
        return Ok(vec![match seen.filter(|seen| *seen != NOTHING_BEFORE) {
            Some(seen) => Held::fails(name, format!("there is no ledger, and one ended with {seen}")),
            None => Held::holds(name, "there is no ledger: no promise was ever made"),
        }]);
    };
    let fault = |fault: LedgerFault| {
        Held::fails(&name, format!("line {}: {}; {}", fault.line, fault.what, fault.what.help()))
    };
    Ok(vec![match verify(&text, seen) {
        Err(broken) => fault(broken),
        Ok(head) => match Ledger::read(&text) {
            Err(broken) => fault(broken),
            Ok(ledger) => Held::holds(
                name.clone(),
                format!(
                    "{} records, each linked to the one before; the last hash is {head}",
                    ledger.entries().len()
                ),
            ),
        },
    }])
}
