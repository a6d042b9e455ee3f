//! Units with fields, on their way to a sink.

use super::eval::Evaluation;
use super::feed::{Clusters, Feed, When};
use super::program::{BindError, Program, Slot};
use super::scope::{Attributes, Inputs, Scope};
use super::sink::Sink;
use super::store::{Deal, Gathered, Store};
use crate::ground::expr::Ty;
use crate::ground::period::Window;
use crate::reduce::plan::{Cluster, Reduction};
use crate::reduce::{ReduceError, Tally};
use crate::stats::cluster_hash;
use crate::tables::column::{Column, NO_CODE, View};
use crate::tables::dictionary::Dictionary;
use std::sync::Arc;

/// The column that tells a unit's period: its first instant.
pub(super) const WHEN: &str = "period.start";
/// The first instant after a unit's period.
const UNTIL: &str = "period.end";

/// The column that tells a row's place: file, then row.
pub(super) const ROW: &str = "_row";

/// A column of units.
#[derive(Debug, Clone)]
pub(super) struct UnitColumn {
    pub slot: Slot,
    pub column: Column,
}

/// Some units with their columns.
#[derive(Debug, Clone, Default)]
pub(super) struct Units {
    pub columns: Vec<UnitColumn>,
    pub rows: usize,
}

impl Units {
    pub(super) fn names(&self) -> Vec<&str> {
        self.columns.iter().map(|c| c.slot.name.as_str()).collect()
    }

    pub(super) fn views(&self) -> Vec<View<'_>> {
        self.columns.iter().map(|c| c.column.view()).collect()
    }

    /// The codes of the first column: the key of units made per key.
    fn first_codes(&self) -> &[u32] {
        match self.columns.first().map(|c| &c.column) {
            Some(Column::Codes(codes)) => codes,
            _ => &[],
        }
    }

    /// The text of a unit's own key.
    fn first_text(&self, unit: usize) -> String {
        let dictionary = self.columns.first().and_then(|c| c.slot.dictionary.as_ref());
        let code = self.first_codes().get(unit).copied().filter(|c| *c != NO_CODE);
        code.zip(dictionary).map_or_else(String::new, |(code, d)| d.text(code))
    }

    pub(super) fn codes(&self, name: &str) -> &[u32] {
        match self.columns.iter().find(|c| c.slot.name == name).map(|c| &c.column) {
            Some(Column::Codes(codes)) => codes,
            _ => &[],
        }
    }
}

/// How the units of a reduction stand or fall together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Together {
    /// Every unit for itself.
    Apart,
    /// Units made from the same group of rows lie side by side.
    Adjacent,
    /// By this column; units come in no useful order.
    By(String),
}

/// What happens to units once they are made.
#[derive(Debug)]
pub(super) struct UnitJob {
    pub reduction: usize,
    pub program: Program,
    feed: Feed,
    pub dictionaries: Vec<Option<Arc<Dictionary>>>,
    pub together: Together,
    seed: Option<u64>,
}

impl UnitJob {
    /// Binds what a reduction asks of its units, whose columns are given.
    pub(super) fn bind(
        number: usize,
        reduction: &Reduction,
        scope: &Scope<'_>,
        columns: &[Slot],
        adjacent: Option<&str>,
    ) -> Result<Self, BindError> {
        let mut program = Program::default();
        let has_customer = columns.iter().any(|c| c.name == "customer_id");
        let find = |name: &str| {
            columns.iter().find(|c| c.name == name).cloned().or_else(|| {
                // Attributes of the unit's customer.
                scope.find(name).filter(|slot| slot.name != name && has_customer)
            })
        };
        let (feed, dictionaries) =
            Feed::bind(reduction, reduction.rows.having.as_ref(), Some(WHEN), &mut program, &find)?;
        let together = match &reduction.cluster {
            Cluster::Unit => Together::Apart,
            Cluster::Column(name) if adjacent == Some(name) => Together::Adjacent,
            Cluster::Column(name) => Together::By(name.clone()),
        };
        Ok(Self {
            reduction: number,
            program,
            feed,
            dictionaries,
            together,
            seed: reduction.resampling.map(|r| r.seed),
        })
    }

    /// Sends units to the sink. `ends` tells where each group of adjacent units ends.
    pub(super) fn send(
        &self,
        units: &Units,
        ends: &[u32],
        attributes: &Attributes,
        resample: bool,
        key_text: &dyn Fn(u32) -> String,
        sink: &mut Sink,
    ) -> Result<(), ReduceError> {
        let (names, views) = (units.names(), units.views());
        let inputs = Inputs::new(&self.program.slots, &names, &views, attributes);
        let mut values = Evaluation::new(&self.program, inputs.views(&views), units.rows);
        let selected = values.selection(self.feed.condition);
        match &self.together {
            Together::Apart => self.feed.run(&mut values, &selected, When::Clock, None, sink),
            _ => {
                let hashes = match (self.seed.filter(|_| resample), &self.together) {
                    (Some(seed), Together::By(name)) => {
                        hashes(seed, units, units.codes(name), ends, key_text)
                    }
                    (Some(seed), _) => hashes(seed, units, units.first_codes(), ends, key_text),
                    _ => Vec::new(),
                };
                let clusters = Clusters { ends, hashes: &hashes };
                self.feed.run(&mut values, &selected, When::Clock, Some(&clusters), sink)
            }
        }
    }

    /// Tells units one by one: the text of their key and the values of the terms.
    pub(super) fn list(
        &self,
        units: &Units,
        attributes: &Attributes,
        tally: &mut Tally,
        each: &mut dyn FnMut(&str, &[f64]) -> Result<(), ReduceError>,
    ) -> Result<(), ReduceError> {
        let (names, views) = (units.names(), units.views());
        let inputs = Inputs::new(&self.program.slots, &names, &views, attributes);
        let mut values = Evaluation::new(&self.program, inputs.views(&views), units.rows);
        let selected = values.selection(self.feed.condition);
        let vectors: Vec<_> = self.feed.terms().iter().map(|n| values.get(*n)).collect();
        let mut told = vec![0.0; vectors.len()];
        for unit in selected.iter().map(|u| *u as usize) {
            tally.units += 1;
            for (into, vector) in told.iter_mut().zip(&vectors) {
                *into = vector.number_at(unit);
            }
            if told.iter().any(|x| x.is_nan()) {
                tally.blank += 1;
            } else {
                each(&units.first_text(unit), &told)?;
            }
        }
        Ok(())
    }

    /// Units brought together by their cluster column, sent cluster by cluster.
    pub(super) fn send_gathered(
        &self,
        shape: &[Slot],
        parts: Vec<Gathered>,
        attributes: &Attributes,
        resample: bool,
        sink: &mut Sink,
    ) -> Result<(), ReduceError> {
        let Together::By(name) = &self.together else { return Ok(()) };
        let dictionary = shape.iter().find(|s| s.name == *name).and_then(|s| s.dictionary.clone());
        let keys = dictionary.as_ref().map_or(0, |d| d.len());
        let store = Store::build(Deal::ONE, parts, keys, 1);
        for stretch in store.stretches() {
            let groups = store.groups(stretch);
            let (Some(part), Some(first)) = (store.part(stretch.part), groups.first()) else { continue };
            let start = first.start;
            let end = groups.last().map_or(start, |g| g.end);
            let columns = shape
                .iter()
                .zip(&part.columns)
                .map(|(slot, packed)| UnitColumn { slot: slot.clone(), column: packed.unpack(start..end) })
                .collect();
            let units = Units { columns, rows: (end - start) as usize };
            let ends: Vec<u32> = groups.iter().map(|g| g.end - start).collect();
            let text = |code: u32| dictionary.as_ref().map_or_else(String::new, |d| d.text(code));
            self.send(&units, &ends, attributes, resample, &text, sink)?;
        }
        Ok(())
    }
}

/// The hash of each cluster, by the text of its key. What stands for itself
/// is hashed by its place in the files, or by its own key where units were
/// made per key.
fn hashes(seed: u64, units: &Units, codes: &[u32], ends: &[u32], text: &dyn Fn(u32) -> String) -> Vec<u64> {
    let places: &[i64] = match units.columns.iter().find(|c| c.slot.name == ROW).map(|c| &c.column) {
        Some(Column::Time(places)) => places,
        _ => &[],
    };
    let mut start = 0_usize;
    ends.iter()
        .map(|end| {
            let hash = match (codes.get(start), places.get(start)) {
                (Some(code), _) if *code != NO_CODE => cluster_hash(seed, text(*code).as_bytes()),
                (_, Some(place)) => cluster_hash(seed, &place.to_le_bytes()),
                _ => cluster_hash(seed, units.first_text(start).as_bytes()),
            };
            start = *end as usize;
            hash
        })
        .collect()
}

/// The slots of the columns that tell a unit's period.
pub(super) fn period_slots() -> [Slot; 2] {
    [WHEN, UNTIL].map(|name| Slot { name: name.to_owned(), ty: Ty::Time, dictionary: None })
}

/// The columns themselves, from the numbers of the units' periods.
pub(super) fn period_columns(
    windows: &[Window],
    periods: &(impl Iterator<Item = usize> + Clone),
) -> [UnitColumn; 2] {
    let instant = |period: usize, end: bool| {
        windows.get(period).map_or(0, |w| if end { w.end.0 } else { w.start.0.max(i64::MIN + 1) })
    };
    let column = |end: bool| Column::Time(periods.clone().map(|p| instant(p, end)).collect());
    let [when, until] = period_slots();
    [UnitColumn { slot: when, column: column(false) }, UnitColumn { slot: until, column: column(true) }]
}
