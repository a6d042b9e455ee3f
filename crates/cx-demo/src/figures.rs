//! What an initiative does to an outcome: by the laws, and as naive
//! comparisons of the records have it.

use crate::calendar::Day;
use serde_json::{Value, json};
use std::collections::BTreeMap;

/// A mean in the making: a sum over a number of customer-months, answers, stays.
#[derive(Debug, Default, Clone, Copy)]
struct Mean {
    sum: f64,
    n: f64,
}

impl Mean {
    fn add(&mut self, sum: f64, n: f64) {
        self.sum += sum;
        self.n += n;
    }

    fn value(self) -> Option<f64> {
        (self.n > 0.0).then(|| self.sum / self.n)
    }
}

/// How somebody stands to an initiative.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Standing {
    pub treated: bool,
    /// Its first day, for those treated their own.
    pub start: Day,
    /// The day after its last.
    pub end: Day,
}

/// A part of an outcome: what was recorded, and what the laws expected.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Part {
    pub recorded: f64,
    /// Customer-months, answers or stays it is of.
    pub n: f64,
    /// Expected without the initiative.
    pub without: f64,
    /// Expected with it; the same as without for those not treated.
    pub with: f64,
}

/// One outcome of one initiative.
#[derive(Debug, Default, Clone, Copy)]
pub(crate) struct Outcome {
    without: Mean,
    with: Mean,
    treated_before: Mean,
    treated_since: Mean,
    others_before: Mean,
    others_since: Mean,
}

impl Outcome {
    /// Adds a part of a day or month. Before is the year before the start.
    pub(crate) fn add(&mut self, standing: Standing, day: Day, part: Part) {
        let Standing { treated, start, end } = standing;
        let since = (start..end).contains(&day);
        if !since && !(start.month_start(-12)..start).contains(&day) {
            return;
        }
        let mean = match (treated, since) {
            (true, true) => &mut self.treated_since,
            (true, false) => &mut self.treated_before,
            (false, true) => &mut self.others_since,
            (false, false) => &mut self.others_before,
        };
        mean.add(part.recorded, part.n);
        if treated && since {
            self.without.add(part.without, part.n);
            self.with.add(part.with, part.n);
        }
    }

    /// What the initiative brought in all to those treated, in the outcome's unit.
    pub(crate) fn gained(&self) -> f64 {
        self.with.sum - self.without.sum
    }

    fn report(&self) -> Value {
        let over = |a: Mean, b: Mean| Some(a.value()? / b.value().filter(|b| *b != 0.0)? - 1.0);
        let difference = self.with.value().zip(self.without.value()).map(|(a, b)| a - b);
        json!({
            "true": {
                "without": self.without.value(),
                "with": self.with.value(),
                "absolute": difference,
                "relative": over(self.with, self.without),
                "counted": self.with.n,
            },
            "naive": {
                "before_after": over(self.treated_since, self.treated_before),
                "with_without": over(self.treated_since, self.others_since),
                "means": {
                    "treated_before": self.treated_before.value(),
                    "treated_since": self.treated_since.value(),
                    "others_before": self.others_before.value(),
                    "others_since": self.others_since.value(),
                },
            },
        })
    }
}

/// Outcomes by initiative and name.
#[derive(Debug, Default)]
pub(crate) struct Figures(BTreeMap<(&'static str, &'static str), Outcome>);

impl Figures {
    /// The outcome of an initiative under a name.
    pub(crate) fn of(&mut self, initiative: &'static str, outcome: &'static str) -> &mut Outcome {
        self.0.entry((initiative, outcome)).or_default()
    }

    /// What an initiative brought in all, in the outcome's unit.
    pub(crate) fn gained(&self, initiative: &'static str, outcome: &'static str) -> f64 {
        self.0.get(&(initiative, outcome)).map_or(0.0, Outcome::gained)
    }

    /// Every outcome of an initiative.
    pub(crate) fn report(&self, initiative: &str) -> Value {
        let own = self.0.iter().filter(|((id, _), _)| *id == initiative);
        Value::Object(own.map(|((_, name), outcome)| ((*name).to_owned(), outcome.report())).collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Before is the year before; what is treated later than others starts later.
    #[test]
    fn parts_fall_where_they_belong() {
        let start = Day::of(2025, 11, 1);
        let mut outcome = Outcome::default();
        let mut add = |treated, day, recorded| {
            let standing = Standing { treated, start, end: Day::of(2026, 11, 1) };
            outcome.add(standing, day, Part { recorded, n: 1.0, without: 10.0, with: 8.0 });
        };
        add(true, Day::of(2024, 10, 31), 1000.0);
        add(true, Day::of(2024, 11, 1), 10.0);
        add(true, start, 9.0);
        add(true, Day::of(2026, 11, 1), 1000.0);
        add(false, start, 12.0);
        let report = outcome.report();
        assert_eq!(report["true"]["relative"], json!(8.0 / 10.0 - 1.0));
        assert_eq!(report["true"]["absolute"], -2.0);
        assert_eq!(report["naive"]["before_after"], json!(9.0 / 10.0 - 1.0));
        assert_eq!(report["naive"]["with_without"], json!(9.0 / 12.0 - 1.0));
        assert_eq!(outcome.gained(), -2.0);
    }
}
