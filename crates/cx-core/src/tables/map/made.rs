//! Columns that are made from other columns of the same rows.

use super::apply::{Work, place};
use super::cells::Cell;
use super::compile::Compiled;
use crate::ground::issue::{Fault, Severity};
use crate::ground::period::Instant;
use crate::tables::column::{Column, NO_CODE, NO_TIME};
use crate::tables::schema::Kind;
use rust_decimal::Decimal;

impl Work<'_> {
    /// Amounts in foreign currencies, at the rate of their day.
    pub(super) fn convert_currency(&mut self, columns: &mut [Column], rows: &[usize]) {
        let mapper = self.mapper;
        let (Some(reporting), Some(place)) = (mapper.currency, mapper.place("currency")) else { return };
        let Column::Codes(currencies) = columns[place].clone() else { return };
        let clock = mapper.spec.clock.and_then(|c| mapper.place(c)).map(|i| columns[i].clone());
        let dictionary = mapper.columns[place].dictionary.clone();
        let mut days = mapper.calendar.clock();
        for output in mapper.outputs.iter().filter(|o| mapper.columns[o.column].kind == Kind::Money) {
            let Column::Num(mut amounts) = columns[output.column].clone() else { continue };
            for (at, amount) in amounts.iter_mut().enumerate().filter(|(_, a)| !a.is_nan()) {
                let code = currencies[at];
                let foreign = dictionary.as_ref().filter(|_| code != NO_CODE).map(|d| d.text(code));
                let foreign = foreign.filter(|c| c != reporting.code());
                let rate = match (&foreign, &clock) {
                    (None, _) => Some(Decimal::ONE),
                    (Some(c), Some(Column::Time(t))) if t[at] != NO_TIME => {
                        mapper.rates.get(c, days.day_of(Instant(t[at])))
                    }
                    _ => None,
                };
                let exact = output.rule.exact(&Cell::Float(*amount)).ok().and_then(|(d, _)| d);
                let scaled = exact.and_then(|d| d.checked_mul(rate?)?.checked_div(factor_of(&output.rule)));
                let minor = scaled.and_then(|d| reporting.to_minor(d));
                *amount = minor.map_or(f64::NAN, |(m, _)| m as f64);
                let name = &mapper.columns[output.column].name;
                match (minor, foreign) {
                    (None, currency) => {
                        let text = currency.unwrap_or_default();
                        self.note(Fault::MissingRate, Severity::Cell, name, &output.rule, rows[at], &text);
                    }
                    (Some((_, true)), None) => {
                        let text = self.shown(&output.rule, rows[at]);
                        self.note(Fault::RoundedAmount, Severity::Note, name, &output.rule, rows[at], &text);
                    }
                    _ => {}
                }
            }
            columns[output.column] = Column::Num(amounts);
        }
    }

    /// Columns made from others.
    pub(super) fn derive(&self, columns: &mut [Column], rows: &[usize]) {
        let mapper = self.mapper;
        let get = |name: &str, columns: &[Column]| mapper.place(name).map(|i| columns[i].clone());
        if let (Some(to), Some(Column::Num(before)), Some(Column::Num(after))) =
            (mapper.place("delta"), get("mrr_before", columns), get("mrr_after", columns))
        {
            columns[to] = Column::Num(before.iter().zip(&after).map(|(b, a)| a - b).collect());
        }
        let clock = mapper.spec.clock.and_then(|c| get(c, columns));
        if let (Some(to), Some(Column::Time(times))) = (mapper.place("day"), clock) {
            let mut days = mapper.calendar.clock();
            let day = |t: &i64| if *t == NO_TIME { f64::NAN } else { f64::from(days.day_of(Instant(*t)).0) };
            columns[to] = Column::Num(times.iter().map(day).collect());
        }
        if let Some(to) = mapper.place("_row") {
            columns[to] = Column::Time(rows.iter().map(|r| place(self.file, self.line(*r))).collect());
        }
    }
}

/// The factor that `exact` puts on an amount that already carries it.
fn factor_of(rule: &Compiled) -> Decimal {
    rule.exact(&Cell::Int(1)).ok().and_then(|(d, _)| d).unwrap_or(Decimal::ONE)
}
