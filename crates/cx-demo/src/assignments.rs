//! `assignments.csv`: who got what, since when.

use crate::calendar::Day;
use crate::error::Error;
use crate::folder::Folder;
use crate::sheet::Sheet;
use serde::Serialize;
use std::collections::BTreeMap;

pub(crate) const FILE: &str = "assignments.csv";

/// Who is assigned.
#[derive(Debug, Clone)]
pub(crate) enum Who {
    /// A customer, by number.
    Customer(String),
    /// A region, a shop, a house.
    Unit(&'static str),
}

/// One customer or unit in one arm.
#[derive(Debug, Clone)]
pub(crate) struct Assignment {
    pub initiative: &'static str,
    pub who: Who,
    pub treated: bool,
    pub assigned: Day,
    /// The day it met the change.
    pub exposed: Option<Day>,
}

/// Who is in which arm of an initiative.
#[derive(Debug, Default, Clone, Copy, Serialize)]
pub(crate) struct Arms {
    pub treatment: u64,
    pub control: u64,
    pub exposed: u64,
}

/// Writes the list; gives the arms of each initiative.
pub(crate) fn write(
    list: &[Assignment],
    folder: &mut Folder,
) -> Result<(u64, BTreeMap<&'static str, Arms>), Error> {
    let mut sheet = Sheet::plain(folder.create(FILE)?, ',');
    sheet.head("Initiative,Customer,Unit,Arm,Assigned,First contact");
    let mut arms: BTreeMap<&'static str, Arms> = BTreeMap::new();
    for one in list {
        let (customer, unit) = match &one.who {
            Who::Customer(number) => (number.as_str(), ""),
            Who::Unit(name) => ("", *name),
        };
        sheet.text(one.initiative).text(customer).text(unit);
        sheet.text(if one.treated { "treatment" } else { "control" });
        sheet.cell(one.assigned).maybe(one.exposed).end();
        let arms = arms.entry(one.initiative).or_default();
        *(if one.treated { &mut arms.treatment } else { &mut arms.control }) += 1;
        arms.exposed += u64::from(one.exposed.is_some());
    }
    let rows = sheet.finish().map_err(Error::io(&folder.path(FILE)))?;
    Ok((rows, arms))
}
