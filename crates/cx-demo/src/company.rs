//! Which companies there are, and the one way to write them.

use crate::error::Error;
use crate::folder::Folder;
use crate::{airline, ecommerce, fashion, hotel, telecom};
use std::fmt;
use std::path::{Path, PathBuf};
use std::str::FromStr;

/// The seed of the demo that the docs and tests speak of.
pub const DEFAULT_SEED: u64 = 2026;

/// A made-up company.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Company {
    /// Brightline, mobile and fibre in thirty regions: one desk for every channel, region by region.
    Telecom,
    /// Atelier Moreau, forty fashion shops: assistants for those who book one.
    Fashion,
    /// Harbour & Hill, sixty hotels: live feedback in the worst of them first.
    Hotel,
    /// Meridian Air, an airline: an app for members invited by lot.
    Airline,
    /// Linden & Finch, an online shop for house and garden with a paid club.
    Ecommerce,
}

/// How large a demo is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Size {
    /// Customers on file; everything else follows from them.
    pub customers: u32,
}

/// What was written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Written {
    /// The company's name.
    pub name: String,
    /// Every file, sorted.
    pub files: Vec<PathBuf>,
    /// The settings that map them.
    pub settings: PathBuf,
    /// What was planted.
    pub truth: PathBuf,
    /// Rows of data in all files together, headings left out.
    pub rows: u64,
}

impl Company {
    /// Every company.
    pub const ALL: &'static [Self] =
        &[Self::Telecom, Self::Fashion, Self::Hotel, Self::Airline, Self::Ecommerce];

    /// The word that names it on the command line.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Telecom => "telecom",
            Self::Fashion => "fashion",
            Self::Hotel => "hotel",
            Self::Airline => "airline",
            Self::Ecommerce => "ecommerce",
        }
    }

    /// The words of all companies.
    pub(crate) fn names() -> String {
        Self::ALL.iter().map(|c| c.word()).collect::<Vec<_>>().join(", ")
    }
}

impl fmt::Display for Company {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.word())
    }
}

impl FromStr for Company {
    type Err = Error;
    fn from_str(word: &str) -> Result<Self, Error> {
        Self::ALL
            .iter()
            .copied()
            .find(|c| c.word() == word)
            .ok_or_else(|| Error::UnknownCompany(word.to_owned()))
    }
}

impl Size {
    /// The fewest customers for whom every planted effect has rows.
    pub const LEAST: u32 = 500;
}

impl Default for Size {
    /// 12,000 customers: at the shop about 60,000 order lines.
    fn default() -> Self {
        Self { customers: 12_000 }
    }
}

/// Writes a demo company into a folder.
///
/// The same company, seed and size give the same bytes on the same platform.
/// The folder may be absent, empty, or hold an earlier demo, which is replaced
/// file by file; anything else in it stays.
///
/// # Errors
/// A folder that holds other files, a demo that is too small to show anything,
/// or a disk that cannot be written; the folder is then as it was before.
///
/// # Examples
/// ```
/// use cx_demo::{Company, DEFAULT_SEED, Size, write};
/// let dir = tempfile::tempdir().unwrap();
/// let written = write(Company::Ecommerce, dir.path(), DEFAULT_SEED, Size { customers: 500 }).unwrap();
/// assert!(written.settings.ends_with("cx.toml"));
/// assert!(dir.path().join("orders.csv").exists());
/// ```
pub fn write(company: Company, dir: &Path, seed: u64, size: Size) -> Result<Written, Error> {
    if size.customers < Size::LEAST {
        return Err(Error::TooSmall { asked: size.customers, least: Size::LEAST });
    }
    let mut folder = Folder::open(dir)?;
    let (name, rows) = match company {
        Company::Telecom => telecom::write(&mut folder, seed, size)?,
        Company::Fashion => fashion::write(&mut folder, seed, size)?,
        Company::Hotel => hotel::write(&mut folder, seed, size)?,
        Company::Airline => airline::write(&mut folder, seed, size)?,
        Company::Ecommerce => ecommerce::write(&mut folder, seed, size)?,
    };
    let (settings, truth) = (folder.path("cx.toml"), folder.path(crate::folder::TRUTH));
    Ok(Written { name: name.to_owned(), files: folder.commit()?, settings, truth, rows })
}
