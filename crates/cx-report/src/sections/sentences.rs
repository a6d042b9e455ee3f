//! Findings in one sentence.

use super::editor::{Editor, words};
use super::reading::moved;
use crate::document::Figure;
use crate::numbers::Kind;
use cx_core::findings::{Card, Change, MixSplit, Verdict};
use cx_core::ground::unit::Unit;

impl Editor<'_> {
    /// What a card's figure for everybody says, against its target where it has one.
    pub(super) fn level_sentence(&self, card: &Card) -> String {
        let say = &self.say;
        let (name, period) = (card.metric.name.as_str(), self.period(&card.overall.period));
        let figure = self.figure(&card.overall.estimate);
        if let Some(why) = &figure.absent {
            return say.level_absent(name, &period, why);
        }
        let evidence = self.evidence(&figure);
        let value = figure.text.as_str();
        let Some(check) = &card.target else { return say.level(name, &period, value, &evidence) };
        let target = self.numbers.level(check.target, card.metric.unit);
        match check.verdict {
            Verdict::Meets => say.level_meets(name, &period, value, &evidence, &target),
            Verdict::Misses => say.level_misses(name, &period, value, &evidence, &target),
            Verdict::CannotBeTold => say.level_cannot_be_told(name, &period, value, &evidence, &target),
        }
    }

    /// The interval and the number of rows behind a figure.
    fn evidence(&self, figure: &Figure) -> String {
        if figure.interval.is_empty() {
            self.say.evidence_n(&figure.n)
        } else {
            self.say.evidence_interval(&figure.interval, &figure.n)
        }
    }

    /// What can be said about a change. A direction is named only where it is proven.
    pub(super) fn change_sentence(&self, card: &Card, change: &Change) -> String {
        let say = &self.say;
        let name = card.metric.name.as_str();
        let (before, after) = (self.period(&change.before), self.period(&change.after));
        let figure = self.difference(&change.difference);
        if let Some(why) = &figure.absent {
            return say.change_absent(name, &before, &after, why);
        }
        if moved(change) {
            let size = self.size(&change.difference);
            return if change.difference.value.is_some_and(|x| x > 0.0) {
                say.change_rose(name, &size.text, &size.interval, &before, &after)
            } else {
                say.change_fell(name, &size.text, &size.interval, &before, &after)
            };
        }
        match change.difference.interval {
            None => say.change_no_interval(name, &figure.text, &before, &after),
            Some(interval) if interval.contains(0.0) => {
                say.change_zero_inside(name, &before, &after, &figure.text, &figure.interval)
            }
            Some(_) => say.change_many_looks(name, &before, &after, &figure.text, &figure.interval),
        }
    }

    /// The same after a sentence that has named the metric and the period.
    pub(super) fn change_of_it(&self, change: &Change) -> String {
        let say = &self.say;
        let before = self.period(&change.before);
        let figure = self.difference(&change.difference);
        if let Some(why) = &figure.absent {
            return say.change_it_absent(&before, why);
        }
        if moved(change) {
            let size = self.size(&change.difference);
            return if change.difference.value.is_some_and(|x| x > 0.0) {
                say.change_it_rose(&size.text, &size.interval, &before)
            } else {
                say.change_it_fell(&size.text, &size.interval, &before)
            };
        }
        match change.difference.interval {
            None => say.change_it_no_interval(&figure.text, &before),
            Some(interval) if interval.contains(0.0) => {
                say.change_it_zero_inside(&before, &figure.text, &figure.interval)
            }
            Some(_) => say.change_it_many_looks(&before, &figure.text, &figure.interval),
        }
    }

    /// How a change splits into what happened within groups and what their mix did.
    pub(super) fn split_sentence(&self, split: &MixSplit, unit: Unit) -> String {
        let text = |x: f64| self.bare(x, unit, Kind::Difference).text;
        self.say.change_split(&words(&split.dimension), &text(split.within), &text(split.mix))
    }
}
