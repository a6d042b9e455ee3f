//! The lists that every company keeps alike: what it tries, on whom, what it
//! spends, what else happened.

use crate::assignments::{self, Arms, Assignment};
use crate::costs::{self, Account, CostTruth, Span, Spending};
use crate::error::Error;
use crate::figures::Figures;
use crate::folder::Folder;
use crate::initiatives::{self, Initiative};
use crate::sheet;
use crate::truth::{Planted, Truth};
use std::collections::BTreeMap;

/// The settings that map them.
macro_rules! settings {
    ($own:literal) => {
        concat!(include_str!($own), include_str!("../lists.toml"))
    };
}
pub(crate) use settings;

/// The lists of one company.
#[derive(Debug)]
pub(crate) struct Lists<'a> {
    pub span: Span,
    pub accounts: &'a [Account],
    pub spending: &'a [Spending],
    pub initiatives: &'a [Initiative],
    pub assignments: &'a [Assignment],
    /// Date, kind, what, note.
    pub events: &'a [&'a [&'a str]],
}

impl Lists<'_> {
    /// Writes them, and what they hold into the truth.
    pub(crate) fn write(
        &self,
        planted: &[Planted<'_>],
        figures: &Figures,
        truth: &mut Truth,
        folder: &mut Folder,
    ) -> Result<(), Error> {
        let costs: CostTruth = costs::write(self.span, self.accounts, self.spending, folder)?;
        let (assigned, arms): (u64, BTreeMap<&'static str, Arms>) =
            assignments::write(self.assignments, folder)?;
        truth.file(costs::FILE, costs.rows);
        truth.file(assignments::FILE, assigned);
        truth.file(initiatives::FILE, initiatives::write(self.initiatives, folder)?);
        truth.file("events.csv", sheet::list(folder, "events.csv", "Date,Kind,What,Note", self.events)?);
        truth.initiatives(planted, figures, &costs, &arms);
        truth.put("costs", &costs);
        Ok(())
    }
}
