//! `employee_pulse.csv` and `staff_monthly.csv`: the people who work there.

use super::world::{AS_OF, START, World};
use crate::calendar::Day;
use crate::dice::Dice;
use crate::error::Error;
use crate::folder::Folder;
use crate::sheet::Sheet;
use serde::Serialize;
use std::collections::BTreeMap;

pub(super) const PULSE: &str = "employee_pulse.csv";
pub(super) const MONTHLY: &str = "staff_monthly.csv";

/// Units: name, people, share of promoters. The last is too small to show.
const UNITS: [(&str, u32, f64); 6] = [
    ("Warehouse", 58, 0.27),
    ("Customer care", 44, 0.31),
    ("Shop and app", 31, 0.4),
    ("Buying", 24, 0.37),
    ("Finance and people", 13, 0.34),
    ("Atelier", 5, 0.45),
];
/// Questions about the job, from 1 to 5, before the items of engagement.
const OPINIONS: usize = 5;
const ITEMS: [&str; 4] = ["Purpose", "Tools", "Growth", "Team"];

/// What was written about employees.
#[derive(Debug, Default, Serialize)]
pub(super) struct StaffTruth {
    pub pulse_rows: u64,
    pub monthly_rows: u64,
    /// Answers to `enps`.
    pub promoters: u64,
    pub passives: u64,
    pub detractors: u64,
    pub answered_by_unit: BTreeMap<&'static str, u64>,
    pub leavers: u64,
    pub leavers_by_choice: u64,
    pub absent_days: u64,
    pub scheduled_days: u64,
}

/// Writes both files.
pub(super) fn write(world: &World, folder: &mut Folder) -> Result<StaffTruth, Error> {
    let mut truth = StaffTruth::default();
    pulse(world, folder, &mut truth)?;
    monthly(world, folder, &mut truth)?;
    Ok(truth)
}

/// One pulse a quarter.
fn pulse(world: &World, folder: &mut Folder, truth: &mut StaffTruth) -> Result<(), Error> {
    let mut sheet = Sheet::plain(folder.create(PULSE)?, ';');
    sheet.head(&format!(
        "Answer;Employee;Unit;Date;State;eNPS;Job satisfaction;Listened;Heard;Involved;Empowered;{}",
        ITEMS.join(";")
    ));
    let mut first = START.plus(20);
    while first <= AS_OF {
        for (u, (unit, people, promoters)) in UNITS.iter().enumerate() {
            for e in 0..*people {
                let who = u * 100 + e as usize;
                let mut dice = Dice::new(world.seed, "pulse", (first.0 as u64) << 16 | who as u64);
                if !dice.chance(0.68) {
                    continue;
                }
                let day = first.plus(dice.below(9) as i32);
                sheet.cell(format_args!("p{:05}", sheet.rows() + 1)).cell(format_args!("E{:03}", who + 1));
                sheet.text(unit).cell(day.german()).text("done");
                let score = match dice.weighted(&[*promoters, 0.62 - promoters * 0.8, 0.38 - promoters * 0.2])
                {
                    0 => 9 + dice.below(2),
                    1 => 7 + dice.below(2),
                    _ => 2 + dice.below(5),
                };
                sheet.cell(score);
                for _ in 0..OPINIONS + ITEMS.len() {
                    sheet.cell(1 + dice.weighted(&[0.05, 0.11, 0.24, 0.36, 0.24]));
                }
                sheet.end();
                *(match score {
                    9.. => &mut truth.promoters,
                    7..=8 => &mut truth.passives,
                    _ => &mut truth.detractors,
                }) += 1;
                *truth.answered_by_unit.entry(unit).or_default() += 1;
            }
        }
        first = first.month_start(3).plus(20);
    }
    truth.pulse_rows = sheet.finish().map_err(Error::io(&folder.path(PULSE)))?;
    Ok(())
}

/// Heads, leavers, absence and training by unit and month.
fn monthly(world: &World, folder: &mut Folder, truth: &mut StaffTruth) -> Result<(), Error> {
    let mut sheet = Sheet::plain(folder.create(MONTHLY)?, ',');
    sheet.head("Month,Unit,Figure,Amount,Of,By choice,In time");
    let mut dice = Dice::new(world.seed, "staff", 0);
    let mut row =
        |month: Day, unit: &str, figure: &str, amount: u64, of: Option<u64>, choice: &str, done: &str| {
            sheet.cell(month).text(unit).text(figure).cell(amount).maybe(of).text(choice).text(done).end();
        };
    let mut month = START;
    while month.month_start(1) <= AS_OF.plus(1) {
        for (unit, people, _) in UNITS {
            let people = u64::from(people);
            row(month, unit, "headcount", people, None, "", "");
            for _ in 0..dice.poisson(people as f64 * 0.016) {
                let choice = dice.chance(0.72);
                row(month, unit, "leaver", 1, None, if choice { "yes" } else { "no" }, "");
                truth.leavers += 1;
                truth.leavers_by_choice += u64::from(choice);
            }
            let (absent, scheduled) = (dice.poisson(people as f64 * 0.5) as u64, people * 21);
            row(month, unit, "absence", absent, Some(scheduled), "", "");
            truth.absent_days += absent;
            truth.scheduled_days += scheduled;
            if month.month() % 3 == 0 {
                let trained = people.saturating_sub(dice.below(6) as u64);
                row(month, unit, "training", trained * 6, Some(people), "", "yes");
            }
        }
        month = month.month_start(1);
    }
    truth.monthly_rows = sheet.finish().map_err(Error::io(&folder.path(MONTHLY)))?;
    Ok(())
}
