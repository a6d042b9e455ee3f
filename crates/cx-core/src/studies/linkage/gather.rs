//! Two readings of the records: how covariates lie, then outcomes by stratum and score.

use super::levels::{Cut, Of, expr, parts_of, stratum};
use super::records::{After, Records};
use super::window::{Index, periods};
use super::{Question, Setting};
use crate::ground::expr::Expr;
use crate::ground::fixed;
use crate::ground::unit::Unit;
use crate::infer::linkage::{Base, Cell, Outcome};
use crate::reduce::plan::{Gather, Reduction, Rows};
use crate::reduce::{Engine, ReduceError, Run, Stat, Tally};
use crate::stats::{Cells, Merge, Sketch};
use std::collections::BTreeMap;

/// Most combinations of levels that are told apart.
const MOST_STRATA: usize = 4096;

/// Fewest customers besides those who answered for a base of everybody.
const FEWEST_SILENT: u64 = 30;

/// Why the records cannot be read.
#[derive(Debug)]
pub(super) enum Fault {
    /// Reading failed.
    Reduce(ReduceError),
    /// A text of the plan is at fault: a fault of this program.
    Plan(String),
}

impl From<ReduceError> for Fault {
    fn from(error: ReduceError) -> Self {
        Self::Reduce(error)
    }
}

impl From<String> for Fault {
    fn from(text: String) -> Self {
        Self::Plan(text)
    }
}

/// Outcomes of one kind by levels, group and score.
#[derive(Debug, Clone)]
pub(super) struct Gathered {
    /// By score, in steps from the worst end.
    pub scores: BTreeMap<(Vec<u16>, u16), BTreeMap<i64, Outcome>>,
    /// Where its units went.
    pub tally: Tally,
}

/// Everything gathered.
#[derive(Debug, Clone)]
pub(super) struct Whole {
    pub cuts: Vec<Cut>,
    /// Customers without an answer, by levels and group.
    pub silent: BTreeMap<(Vec<u16>, u16), u64>,
    /// Whether the silent are known.
    pub over_base: bool,
    /// By outcome.
    pub outcomes: Vec<(After, Gathered)>,
    /// What the score cannot have changed, by outcome id.
    pub controls: Vec<(&'static str, Gathered)>,
    /// Changes of the outcome by changes of the score, by outcome id.
    pub changes: Vec<(&'static str, Gathered)>,
}

/// Reads the records twice.
pub(super) fn gather(
    setting: &Setting<'_>,
    question: &Question,
    records: &Records<'_>,
    index: &Index,
    engine: &dyn Engine,
    machine: &Run<'_>,
) -> Result<Whole, Fault> {
    let middle = (index.end.0 - index.first.0) / 2;
    let here = periods(setting, &[(index.first, index.end)]);
    let answers = records.answers(index.days, &[])?;
    let silent = if records.has_base() { Some(records.silent(index.days, middle)?) } else { None };
    let cuts = cuts(setting, records, index, middle, (&answers, silent.as_ref()), engine, machine)?;

    let wanted: Vec<&After> = records
        .after
        .iter()
        .filter(|after| question.outcomes.is_empty() || question.outcomes.iter().any(|id| id == after.id))
        .collect();
    let mut list = Vec::new();
    let of_answers = stratum(&cuts, Of::Answers)?;
    let cells = |rows: Rows, outcome: &str, band: &str| -> Result<Reduction, String> {
        let gather = Gather::Cells {
            stratum: of_answers.clone(),
            band: expr(band)?,
            outcome: expr(outcome)?,
            weight: None,
        };
        Ok(Reduction::plain(rows, Vec::new(), here.clone(), gather))
    };
    for after in &wanted {
        let (field, value) = Records::outcome(after, index.days);
        let extra: Vec<String> = field.into_iter().collect();
        list.push(cells(records.answers(index.days, &extra)?, &value, "from_worst")?);
    }
    let controlled: Vec<(&'static str, String)> =
        wanted.iter().filter_map(|after| Some((after.id, Records::control(after, index.days)?))).collect();
    for (_, field) in &controlled {
        let rows = records.answers(index.days, std::slice::from_ref(field))?;
        list.push(cells(rows, "_before", "from_worst")?);
    }
    let mut changed = Vec::new();
    for after in &wanted {
        if let Some((fields, value, band)) = records.change(after, index.days) {
            list.push(cells(records.answers(index.days, &fields)?, &value, &band)?);
            changed.push(after.id);
        }
    }
    if let Some(silent) = silent {
        let gather = Gather::Cells {
            stratum: stratum(&cuts, Of::Silent(middle))?,
            band: Expr::num(0.0),
            outcome: Expr::num(0.0),
            weight: None,
        };
        list.push(Reduction::plain(silent, Vec::new(), here, gather));
    }
    for reduction in &list {
        engine.supports(setting.data, reduction)?;
    }
    let mut results = engine.run(setting.data, &list, machine)?.into_iter();
    let mut next = || {
        let reduced = results.next().unwrap_or_default();
        let mut cells = Cells::default();
        for stat in reduced.cells.values() {
            if let Stat::Cells(found) = stat {
                cells.merge(found)?;
            }
        }
        Ok::<_, ReduceError>((cells, reduced.tally))
    };
    let mut outcomes = Vec::new();
    for after in wanted {
        let per = if after.unit == Unit::Money { minor(setting) } else { 1.0 };
        let (cells, tally) = next()?;
        outcomes.push((after.clone(), gathered(&cuts, &cells, tally, per)));
    }
    let ids = controlled.iter().map(|(id, _)| *id).chain(changed);
    let mut beside: Vec<(&'static str, Gathered)> = Vec::new();
    for id in ids {
        let money = outcomes.iter().any(|(after, _)| after.id == id && after.unit == Unit::Money);
        let (cells, tally) = next()?;
        beside.push((id, gathered(&cuts, &cells, tally, if money { minor(setting) } else { 1.0 })));
    }
    let changes = beside.split_off(controlled.len());
    let mut quiet = BTreeMap::new();
    if records.has_base() {
        for ((code, _), cell) in &next()?.0.0 {
            *quiet.entry(parts_of(&cuts, *code)).or_insert(0) += cell.n;
        }
    }
    let over_base = quiet.values().sum::<u64>() >= FEWEST_SILENT;
    Ok(Whole { cuts, silent: quiet, over_base, outcomes, controls: beside, changes })
}

/// Minor units in one major unit of the reporting currency.
pub(super) fn minor(setting: &Setting<'_>) -> f64 {
    setting.data.currency.map_or(100.0, |c| c.minor_per_major() as f64)
}

fn gathered(cuts: &[Cut], cells: &Cells, tally: Tally, per: f64) -> Gathered {
    let mut scores: BTreeMap<(Vec<u16>, u16), BTreeMap<i64, Outcome>> = BTreeMap::new();
    for ((code, score), cell) in &cells.0 {
        let sum = fixed::to_f64(cell.sum) / per;
        let squares = fixed::to_f64(cell.squares) / fixed::ONE as f64 / (per * per);
        let outcome = Outcome::counted(cell.n, sum, squares);
        scores.entry(parts_of(cuts, *code)).or_default().entry(*score).or_default().add(&outcome, 1.0);
    }
    Gathered { scores, tally }
}

/// Cuts every covariate that varies, as finely as the answers and the number
/// of combinations allow.
fn cuts(
    setting: &Setting<'_>,
    records: &Records<'_>,
    index: &Index,
    middle: i32,
    (answers, silent): (&Rows, Option<&Rows>),
    engine: &dyn Engine,
    machine: &Run<'_>,
) -> Result<Vec<Cut>, Fault> {
    let here = periods(setting, &[(index.first, index.end)]);
    let mut list = Vec::new();
    let mut sides: Vec<(&Rows, Of)> = vec![(answers, Of::Answers)];
    sides.extend(silent.map(|rows| (rows, Of::Silent(middle))));
    for known in &records.known {
        for (rows, of) in &sides {
            let reduction = if known.values.is_empty() {
                let gather = Gather::Sketch { value: of.value(known)? };
                Reduction::plain((*rows).clone(), Vec::new(), here.clone(), gather)
            } else {
                let gather = Gather::Totals { terms: vec![Expr::num(1.0)], weight: None };
                Reduction::plain((*rows).clone(), vec![known.name.to_owned()], here.clone(), gather)
            };
            engine.supports(setting.data, &reduction)?;
            list.push(reduction);
        }
    }
    let results = engine.run(setting.data, &list, machine)?;
    let levels = match index.answers {
        0..800 => 3,
        800..4000 => 4,
        _ => 5,
    };
    let mut cuts: Vec<Cut> = Vec::new();
    let mut combinations = 1;
    for (known, reduced) in records.known.iter().zip(results.chunks(sides.len())) {
        let cut = if known.values.is_empty() {
            let mut sketch = Sketch::default();
            let mut blank = 0;
            for side in reduced {
                blank += side.tally.blank;
                for stat in side.cells.values() {
                    if let Stat::Sketch(found) = stat {
                        sketch.merge(found).map_err(ReduceError::from)?;
                    }
                }
            }
            let per = if known.money { minor(setting) } else { 1.0 };
            Cut::of_number(known, &sketch, blank > 0, (levels, per))
        } else {
            let mut counts: BTreeMap<String, u64> = BTreeMap::new();
            for (key, stat) in reduced.iter().flat_map(|side| &side.cells) {
                if let (Some(Some(value)), Stat::Totals(totals)) = (key.values.first(), stat) {
                    *counts.entry(value.clone()).or_default() += totals.rows;
                }
            }
            Cut::of_text(known, &counts.into_iter().collect::<Vec<_>>(), levels)
        };
        if let Some(cut) = cut
            && combinations * cut.levels.len() <= MOST_STRATA
        {
            combinations *= cut.levels.len();
            cuts.push(cut);
        }
    }
    Ok(cuts)
}

impl Whole {
    /// The base of one outcome, its scores in bands. `silent` stand beside where they are known.
    pub(super) fn base(&self, gathered: &Gathered, share: bool, bands: &[&str], borders: [f64; 2]) -> Base {
        let empty = || vec![Outcome::default(); bands.len()];
        let mut cells: BTreeMap<(Vec<u16>, u16), Cell> = BTreeMap::new();
        let cell = |key: &(Vec<u16>, u16)| Cell {
            levels: key.0.clone(),
            group: key.1,
            silent: 0.0,
            answered: empty(),
        };
        for (key, scores) in &gathered.scores {
            let into = cells.entry(key.clone()).or_insert_with(|| cell(key));
            for (score, outcome) in scores {
                let band = borders.iter().filter(|border| *score as f64 > **border).count();
                into.answered[band].add(outcome, 1.0);
            }
        }
        if self.over_base {
            for (key, n) in &self.silent {
                cells.entry(key.clone()).or_insert_with(|| cell(key)).silent += *n as f64;
            }
        }
        Base {
            covariates: self.cuts.iter().map(Cut::covariate).collect(),
            bands: bands.iter().map(|b| (*b).to_owned()).collect(),
            share,
            cells: cells.into_values().collect(),
        }
    }
}
