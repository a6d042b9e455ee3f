//! A mapper that reads no more of a file than some columns need.

use super::compile::{Mapper, Output, Source};
use crate::tables::schema::Kind;

impl Mapper {
    /// The same mapper for some columns of the table: it reads no more of a
    /// file than these need, and what decides whether a row is kept.
    #[must_use]
    pub fn restricted(&self, columns: &[&str]) -> Self {
        let survey = self.spec.is_survey();
        let needed = |name: &str| {
            columns.contains(&name)
                || self.spec.required.contains(&name)
                || (survey && matches!(name, "value" | "question" | "status"))
                || (self.spec.clock == Some(name) && columns.contains(&"day"))
                || (matches!(name, "mrr_before" | "mrr_after") && columns.contains(&"delta"))
        };
        let money = self.columns.iter().any(|c| c.kind == Kind::Money && needed(&c.name));
        let keeps =
            |name: &str| needed(name) || (money && (name == "currency" || self.spec.clock == Some(name)));
        let outputs: Vec<Output> =
            self.outputs.iter().filter(|o| keeps(&self.columns[o.column].name)).cloned().collect();
        let made = |name: &str| survey && self.spec.column(name).is_some_and(|c| c.derived);
        let wanted = self.columns.iter().map(|c| {
            keeps(&c.name)
                || (made(&c.name) && columns.contains(&c.name.as_str()))
                || columns.contains(&c.name.as_str())
        });
        let wanted: Vec<bool> = wanted.collect();
        let comment = self.comment.clone().filter(|_| columns.contains(&"has_comment"));
        let mut restricted = Self { outputs, comment, wanted: Some(wanted), ..self.clone() };
        restricted.renumber_reads();
        restricted
    }

    /// Drops columns of the file that no rule reads any more.
    fn renumber_reads(&mut self) {
        let mut used: Vec<usize> = Vec::new();
        let mut note = |i: usize| {
            if !used.contains(&i) {
                used.push(i);
            }
        };
        let by_name = |name: &str| self.reads.iter().position(|r| r == name);
        let exprs = self.exclude.iter().chain(&self.filter);
        exprs.flat_map(|e| e.columns()).filter_map(by_name).for_each(&mut note);
        let rules = self
            .outputs
            .iter()
            .map(|o| &o.rule)
            .chain(self.answers.iter().map(|a| &a.rule))
            .chain(&self.comment);
        for rule in rules {
            let named = rule.filter.iter().flat_map(|e| e.columns()).filter_map(by_name);
            named.for_each(&mut note);
            match &rule.from {
                Source::Column(i) | Source::MonthsBefore(i, _) | Source::DaysBefore(i, _) => note(*i),
                Source::Expr(e) => e.columns().into_iter().filter_map(by_name).for_each(&mut note),
                Source::Nothing | Source::Constant(_) | Source::Instant(_) => {}
            }
        }
        used.sort_unstable();
        self.reads = used.iter().map(|i| self.reads[*i].clone()).collect();
        let place = |i: &mut usize| *i = used.binary_search(i).unwrap_or(0);
        let rules = self.outputs.iter_mut().map(|o| &mut o.rule);
        let rules = rules.chain(self.answers.iter_mut().map(|a| &mut a.rule)).chain(&mut self.comment);
        for rule in rules {
            if let Source::Column(i) | Source::MonthsBefore(i, _) | Source::DaysBefore(i, _) = &mut rule.from
            {
                place(i);
            }
        }
    }
}
