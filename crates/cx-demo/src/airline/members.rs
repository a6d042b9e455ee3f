//! `members.csv`: the frequent flyers, and the lots they drew.

use super::books::{APP_ID, INITIATIVES};
use super::world::{AS_OF, START, World};
use crate::assignments::{Assignment, Who};
use crate::calendar::Day;
use crate::dice::Dice;
use crate::error::Error;
use crate::folder::Folder;
use crate::initiatives::Initiative;
use crate::sheet::Sheet;

pub(super) const FILE: &str = "members.csv";

const HOMES: [(&str, f64); 5] =
    [("Porto", 0.3), ("Lisbon", 0.34), ("Faro", 0.12), ("Madeira", 0.14), ("Azores", 0.1)];
const LEVELS: [&str; 3] = ["blue", "silver", "gold"];

/// One member.
#[derive(Debug)]
pub(super) struct Member {
    pub joined: Day,
    /// Factor on flights.
    pub rate: f64,
    /// The day after which they fly no more; nobody sees it.
    pub stopped: Day,
    home: usize,
    level: usize,
    /// Would take the app, were it offered.
    pub would_take: bool,
}

/// What came of a trial for a member.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Lot {
    pub invited: bool,
    /// Invited, and took it up.
    pub uses: bool,
}

/// The number a member has in every file.
pub(super) fn number(member: usize) -> String {
    format!("MA{:07}", 1_200_345 + 13 * member)
}

/// Every member.
pub(super) fn members(world: &World) -> Vec<Member> {
    (0..world.customers as usize)
        .map(|i| {
            let mut dice = Dice::new(world.seed, "member", i as u64);
            let joined = if dice.chance(0.72) {
                START.plus(-1 - dice.exponential(900.0).min(4000.0) as i32)
            } else {
                START.plus(dice.below((AS_OF.0 - START.0) as usize) as i32)
            };
            let rate = dice.gamma(1.5) / 1.5;
            let level = usize::from(rate > 1.3) + usize::from(rate > 2.4);
            let stopped = joined.max(START).plus(dice.exponential(30.44 / world.stops).min(9000.0) as i32);
            let (home, would_take) = (dice.weighted(&HOMES.map(|(_, w)| w)), world.takes(APP_ID, i, rate));
            Member { joined, rate, stopped, home, level, would_take }
        })
        .collect()
}

/// The lot of a member in a trial; none for those who were no members yet.
pub(super) fn lot(world: &World, i: usize, member: &Member, trial: &Initiative) -> Option<Lot> {
    (member.joined < trial.from.plus(-14)).then(|| {
        let invited = Dice::new(world.seed, trial.name, i as u64).chance(world.invited);
        let takes =
            if trial.id == APP_ID { member.would_take } else { world.takes(trial.id, i, member.rate) };
        Lot { invited, uses: invited && takes }
    })
}

/// Everybody in a lottery; those who took it up met it on its first day.
pub(super) fn assignments(world: &World, members: &[Member]) -> Vec<Assignment> {
    let mut list = Vec::new();
    for trial in &INITIATIVES {
        for (i, member) in members.iter().enumerate() {
            let Some(lot) = lot(world, i, member, trial) else { continue };
            list.push(Assignment {
                initiative: trial.id,
                who: Who::Customer(number(i)),
                treated: lot.invited,
                assigned: trial.from.plus(-14),
                exposed: lot.uses.then_some(trial.from),
            });
        }
    }
    list
}

/// Writes the members; gives the number of rows.
pub(super) fn write(members: &[Member], folder: &mut Folder) -> Result<u64, Error> {
    let mut sheet = Sheet::plain(folder.create(FILE)?, ';').windows();
    sheet.head("\u{feff}Member;Enrolled;Home airport;Level");
    for (i, member) in members.iter().enumerate() {
        sheet.cell(number(i)).text(&member.joined.german()).text(HOMES[member.home].0);
        sheet.text(LEVELS[member.level]).end();
    }
    sheet.finish().map_err(Error::io(&folder.path(FILE)))
}
