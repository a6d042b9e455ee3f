//! The records with a lot and its effect in them.

use super::ground::Ground;
use super::people::{Lot, People};
use crate::studies::roi::Context;
use crate::tables::column::{Column, ColumnInfo, NO_CODE};
use crate::tables::dataset::{Dataset, Dictionaries, Table};
use crate::tables::dictionary::Dictionary;
use crate::tables::raised::Raise;
use crate::tables::schema::{Kind, TableSpec, table};
use std::sync::Arc;

/// The id of the initiative that is planted.
pub(super) const ID: &str = "recovery test";

/// What initiatives and their assignments are told by.
const KEYS: [(&str, Kind); 2] =
    [("initiative_id", Kind::Key { domain: "initiative" }), ("arm", Kind::Category)];

/// Records that take lots: the company's own without its initiatives and their costs.
#[derive(Debug)]
pub(super) struct Field<'a> {
    base: Dataset,
    ground: &'a Ground,
    people: &'a People,
    factor: f64,
    /// Keys of initiatives and arms, apart from the company's.
    names: Dictionaries,
}

impl<'a> Field<'a> {
    pub(super) fn new(context: &Context<'_>, ground: &'a Ground, people: &'a People, effect: f64) -> Self {
        let mut base = context.data.clone();
        base.tables.retain(|name, _| !["initiatives", "assignments", "costs"].contains(name));
        let mut names = Dictionaries::default();
        for (name, kind) in KEYS {
            names.of(name, kind);
        }
        let mut field = Self { base, ground, people, factor: 1.0 + effect, names };
        if let Some(spec) = table("initiatives") {
            let register = field.register(spec);
            field.base.tables.insert(spec.name, register);
        }
        field
    }

    /// Everybody's lines raised, whoever is drawn.
    pub(super) fn all_raised(&self) -> Dataset {
        let everybody: Vec<u32> = (0..self.people.list.len() as u32).collect();
        let mut data = self.base.clone();
        self.raise(&mut data, &everybody);
        data
    }

    /// The records with a lot in them and, where asked, its effect.
    pub(super) fn with(&self, lot: &Lot, effect: bool) -> Dataset {
        let mut data = self.base.clone();
        if let Some(spec) = table("assignments") {
            let drawn = self.assignments(spec, lot);
            data.tables.insert(spec.name, drawn);
        }
        if effect {
            self.raise(&mut data, &lot.treated);
        }
        data
    }

    fn raise(&self, data: &mut Dataset, treated: &[u32]) {
        let codes = || treated.iter().map(|i| self.people.list[*i as usize].code).filter(|c| *c != NO_CODE);
        let mut whose = vec![false; codes().max().map_or(0, |c| c as usize + 1)];
        codes().for_each(|code| whose[code as usize] = true);
        let raise = Raise {
            amounts: self.ground.amounts.clone(),
            key: "customer_id".to_owned(),
            whose,
            clock: "occurred_at".to_owned(),
            from: self.ground.from,
            factor: self.factor,
        };
        if let Some(lines) = data.tables.get_mut("transactions") {
            *lines = raise.of(lines);
        }
    }

    /// The register: one initiative by lot. Without a stream and a cost no money is drawn.
    fn register(&self, spec: &'static TableSpec) -> Table {
        let coded = |name: &str, word| self.coded(spec, name, std::iter::once(word));
        let started = (plain("started_at", Kind::Time), Column::Time(vec![self.ground.from.0]));
        Table::held(spec, vec![coded("initiative_id", ID), coded("assigned_by", "lot"), started])
    }

    /// One row a customer who was drawn.
    fn assignments(&self, spec: &'static TableSpec, lot: &Lot) -> Table {
        let (treated, control) = (lot.treated.len(), lot.control.len());
        let n = treated + control;
        let arms = std::iter::repeat_n("treatment", treated).chain(std::iter::repeat_n("control", control));
        let mut columns = vec![
            self.coded(spec, "initiative_id", std::iter::repeat_n(ID, n)),
            self.coded(spec, "arm", arms),
            (plain("assigned_at", Kind::Time), Column::Time(vec![self.ground.from.0; n])),
            (plain("day", Kind::Number), Column::Num(vec![f64::from(self.ground.day.0); n])),
            (plain("_row", Kind::Time), Column::Time((0..n as i64).collect())),
        ];
        let customers = self.base.table("transactions").and_then(|lines| lines.column("customer_id"));
        let who = lot.treated.iter().chain(&lot.control).map(|i| self.people.list[*i as usize].code);
        columns.extend(customers.map(|info| (info.clone(), Column::Codes(who.collect()))));
        Table::held(spec, columns)
    }

    /// A column of words; its keys are shared by every table of the field.
    fn coded<'w>(
        &self,
        spec: &TableSpec,
        name: &str,
        words: impl Iterator<Item = &'w str>,
    ) -> (ColumnInfo, Column) {
        let kind = spec.column(name).map_or(Kind::Category, |c| c.kind);
        let dictionary = self.names.clone().of(name, kind);
        let code = |word| dictionary.as_ref().map_or(NO_CODE, |d: &Arc<Dictionary>| d.code(word));
        let codes = Column::Codes(words.map(code).collect());
        (ColumnInfo { dictionary, ..plain(name, kind) }, codes)
    }
}

/// A column that is neither the company's own nor coded.
fn plain(name: &str, kind: Kind) -> ColumnInfo {
    ColumnInfo { name: name.to_owned(), kind, dictionary: None, own: false }
}
