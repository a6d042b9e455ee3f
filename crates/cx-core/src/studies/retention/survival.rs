//! How long customers stay, whole and by group.

use super::Context;
use super::ages::{Ages, by_values, together};
use super::base::History;
use super::curves::{Ground, curve, horizon};
use crate::findings::{GroupTest, Groups, Records, Survival};
use crate::ground::estimate::{Absent, Caveat};
use crate::ground::segment::{NONE_VALUE, Slice};
use crate::infer::looks::benjamini_hochberg;
use crate::infer::survival::{Table, Weighting, log_rank};
use crate::reduce::Reduced;
use std::collections::BTreeMap;

/// Most groups with a curve of their own; the rest are one group.
const MOST: usize = 8;
/// Fewest customers of a group that stands alone.
const LEAST: u64 = 20;
/// The groups that are too small, together.
pub(super) const OTHER: &str = "(other)";

/// Lives of everybody and of the groups of every dimension looked at.
#[derive(Debug)]
pub(super) struct Lives {
    pub whole: Ages,
    /// Per cut: its columns, and the lives of each group.
    pub cuts: Vec<(Vec<String>, BTreeMap<Vec<String>, Ages>)>,
    /// Ages are whole months.
    pub whole_months: bool,
    pub records: Records,
}

impl Lives {
    /// From plans of [`History::lives`]: everybody, then one per cut.
    pub(super) fn of(
        context: &Context<'_>,
        history: &History,
        cuts: &[Vec<String>],
        found: &[Reduced],
    ) -> Self {
        let whole = together(by_values(&found[0]).values());
        let least = context.privacy.max(LEAST);
        let cut = |(columns, reduced): (&Vec<String>, &Reduced)| {
            let mut groups: BTreeMap<Vec<String>, Ages> = BTreeMap::new();
            for ((values, _), ages) in by_values(reduced) {
                let values = values.into_iter().map(|v| v.unwrap_or_else(|| NONE_VALUE.to_owned())).collect();
                groups.entry(values).or_default().absorb(&ages, 0);
            }
            (columns.clone(), merged(&groups, columns.len(), least))
        };
        let cuts = cuts.iter().zip(&found[1..]).map(cut).collect();
        let whole_months = history.snapshot.is_some() && whole.whole_months();
        Self { whole, cuts, whole_months, records: history.records(context, &found[0].tally) }
    }
}

/// Small groups, and those past the largest, become one.
fn merged(groups: &BTreeMap<Vec<String>, Ages>, columns: usize, least: u64) -> BTreeMap<Vec<String>, Ages> {
    let mut order: Vec<(u64, Vec<String>)> = groups.iter().map(|(v, a)| (a.units(), v.clone())).collect();
    order.sort_by(|a, b| b.0.cmp(&a.0).then_with(|| a.1.cmp(&b.1)));
    let kept: Vec<&Vec<String>> = (order.iter().take(if order.len() > MOST { MOST - 1 } else { MOST }))
        .filter(|(n, _)| *n >= least)
        .map(|(_, v)| v)
        .collect();
    let mut out: BTreeMap<Vec<String>, Ages> = BTreeMap::new();
    for (values, ages) in groups {
        let name = if kept.contains(&values) { values.clone() } else { vec![OTHER.to_owned(); columns] };
        out.entry(name).or_default().absorb(ages, 0);
    }
    // One group apart from the rest must not be told by subtraction.
    out.retain(|name, ages| name.iter().any(|v| v != OTHER) || ages.units() >= least);
    out
}

/// The survival of everybody, and of the groups asked for or that differ most clearly.
pub(super) fn survival(
    context: &Context<'_>,
    history: &History,
    lives: &Lives,
    asked: bool,
) -> Result<Survival, Absent> {
    if lives.whole.units() == 0 {
        return Err(Absent::NoData);
    }
    if lives.whole.units() < context.privacy {
        return Err(Absent::Suppressed { complementary: false });
    }
    let caveats = caveats(context, history, lives);
    let records = [lives.records.clone()];
    let ground = Ground { context, history, records: &records, caveats: &caveats };
    let whole = lives.whole.table(lives.whole_months);
    let mut looks: Vec<GroupTest> =
        lives.cuts.iter().map(|(columns, groups)| test(columns, groups, lives)).collect();
    correct(&mut looks, context.level.alpha());
    let best = (0..looks.len()).filter(|i| asked || looks[*i].significant).max_by(|a, b| {
        let clear = |i: usize| clearness(&looks[i]);
        // Of two that are equally clear the first counts.
        clear(*a).total_cmp(&clear(*b)).then_with(|| b.cmp(a))
    });
    let by = best.map(|i| {
        let (columns, groups) = &lives.cuts[i];
        let tables: Vec<(Slice, Table)> = groups
            .iter()
            .map(|(values, ages)| {
                let slice = Slice(columns.iter().cloned().zip(values.iter().cloned()).collect());
                (slice, ages.table(lives.whole_months))
            })
            .collect();
        let reach = horizon(tables.iter().map(|(_, table)| table));
        let mut curves: Vec<_> =
            tables.into_iter().map(|(slice, t)| curve(&ground, slice, &t, reach)).collect();
        curves.sort_by(|a, b| {
            let mean = |c: &crate::findings::Curve| c.mean.estimate.value.unwrap_or(f64::NEG_INFINITY);
            mean(b).total_cmp(&mean(a))
        });
        Groups { dimension: columns.join(","), curves, test: looks[i].clone() }
    });
    looks.sort_by(|a, b| clearness(b).total_cmp(&clearness(a)));
    let whole = curve(&ground, Slice::all(), &whole, horizon([&whole]));
    Ok(Survival { table: history.base.table.to_owned(), whole, by, looks, caveats })
}

/// How far a test lies beyond what chance brings: even where p values are too small to be told apart.
pub(super) fn clearness(test: &GroupTest) -> f64 {
    let df = f64::from(test.df.max(1));
    test.chi_square.map_or(f64::NEG_INFINITY, |x| (x - df) / (2.0 * df).sqrt())
}

fn test(columns: &[String], groups: &BTreeMap<Vec<String>, Ages>, lives: &Lives) -> GroupTest {
    let tables: Vec<Table> = groups.values().map(|ages| ages.table(lives.whole_months)).collect();
    let list: Vec<&Table> = tables.iter().collect();
    let mut found = GroupTest {
        dimension: columns.join(","),
        groups: groups.len(),
        chi_square: None,
        df: 0,
        p: None,
        p_adjusted: None,
        significant: false,
        refused: None,
    };
    match log_rank(&list, Weighting::Even) {
        Ok(result) => {
            found.chi_square = Some(result.test.chi_square);
            found.df = result.test.df;
            found.p = Some(result.test.p);
        }
        Err(refused) => found.refused = Some(refused),
    }
    found
}

/// Corrects for all dimensions looked at.
fn correct(looks: &mut [GroupTest], alpha: f64) {
    let places: Vec<usize> = (0..looks.len()).filter(|i| looks[*i].p.is_some()).collect();
    let p: Vec<f64> = places.iter().filter_map(|i| looks[*i].p).collect();
    for (i, p) in places.iter().zip(benjamini_hochberg(&p).p) {
        looks[*i].p_adjusted = Some(p);
        looks[*i].significant = p < alpha;
    }
}

fn caveats(context: &Context<'_>, history: &History, lives: &Lives) -> Vec<Caveat> {
    let mut caveats = Vec::new();
    if let Some(day) = history.snapshot {
        let text = format!(
            "all who left did so on {day}: the file tells how long they stayed, not when they left. The curve holds if \
             everybody who ever left is in it; if only the latest are, customers stay less long than it says"
        );
        caveats.push(Caveat::Note { text });
    }
    if let Some(since) = history.since {
        let day = context.data.calendar.day_of(since);
        let text = format!("ends are on record from {day}: older customers count from the age they had then");
        caveats.push(Caveat::Note { text });
    }
    let events = lives.whole.events();
    if events < 10 {
        caveats.push(Caveat::FewEvents { events, wanted: 10 });
    }
    caveats
}
