//! `initiatives.csv`: what the company does to serve customers better.

use crate::calendar::Day;
use crate::error::Error;
use crate::folder::Folder;
use crate::sheet::Sheet;

pub(crate) const FILE: &str = "initiatives.csv";

/// One initiative, as the people who run it describe it.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Initiative {
    pub id: &'static str,
    pub name: &'static str,
    pub strategy: &'static str,
    pub from: Day,
    /// The day after its last; none while it lasts.
    pub until: Option<Day>,
    pub owner: &'static str,
    pub department: &'static str,
    /// The metric it should move.
    pub moves: &'static str,
    /// How it was decided who gets it.
    pub assigned_by: &'static str,
    /// First day of the records by which the worst were picked; none where nobody was.
    pub selected_from: Option<Day>,
    /// The column whose values are assigned; blank where customers are.
    pub unit: &'static str,
    pub stream: &'static str,
    pub horizon_months: u32,
    /// Share of the benefit that arrives as cash, 0 to 1.
    pub cash_share: f64,
    /// Customers the cost was paid for; none where it was all those assigned.
    pub population: Option<u64>,
}

impl Initiative {
    /// The day after the last on which it acts, at most the day after `last`.
    pub(crate) fn end(&self, last: Day) -> Day {
        self.until.map_or(last.plus(1), |day| day.min(last.plus(1)))
    }
}

/// Writes the list; gives the number of rows.
pub(crate) fn write(list: &[Initiative], folder: &mut Folder) -> Result<u64, Error> {
    let mut sheet = Sheet::plain(folder.create(FILE)?, ',');
    sheet.head(
        "Id,Name,Strategy,From,Until,Owner,Department,Moves,Assigned by,Picked by records from,Unit,Value stream,Horizon months,Cash share,Customers paid for",
    );
    for one in list {
        sheet.text(one.id).text(one.name).text(one.strategy).cell(one.from);
        // People write the last day, not the one after it.
        sheet.maybe(one.until.map(|day| day.plus(-1))).text(one.owner).text(one.department);
        sheet.text(one.moves).text(one.assigned_by).maybe(one.selected_from).text(one.unit).text(one.stream);
        sheet.cell(one.horizon_months).cell(one.cash_share).maybe(one.population).end();
    }
    sheet.finish().map_err(Error::io(&folder.path(FILE)))
}
