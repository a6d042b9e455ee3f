//! Words for outcomes, grades, chances, assumptions and questions.

use crate::document::{Figure, Refusal};
use crate::inputs::worth::{About, Question};
use crate::sections::editor::{Editor, words};
use crate::sections::figures::sentence;
use cx_core::ground::estimate::Absent;
use cx_core::ground::evidence::Grade;
use cx_core::ground::unit::Unit;

impl Editor<'_> {
    /// What values rest on besides the records.
    pub(super) fn assumptions(&self) -> String {
        let all = &self.inputs.worth.assumptions;
        if all.is_empty() {
            return self.say.no_assumptions();
        }
        self.list(all.iter().map(|(name, value)| self.say.assumption(&words(name), value)))
    }

    /// A stretch of months: whole ones without decimals.
    pub(in crate::sections) fn months(&self, months: f64) -> String {
        if months.fract() == 0.0 && months >= 0.0 {
            self.say.survival_months(months as u64)
        } else {
            self.numbers.level(months, Unit::Months)
        }
    }

    /// How sure it is that one thing moves the other.
    pub(in crate::sections) fn grade(&self, grade: Grade) -> String {
        self.say.grade(grade.letter())
    }

    /// A score by the name that people give it.
    pub(super) fn score(&self, score: &str) -> String {
        self.say.score_name(score, &words(score))
    }

    /// The fixed word for a chance, 0..1; the lower end belongs to the class.
    pub(in crate::sections) fn chance(&self, chance: f64) -> String {
        let say = &self.say;
        match chance {
            x if x >= 0.95 => say.chance_almost_certain(),
            x if x >= 0.85 => say.chance_very_likely(),
            x if x >= 0.65 => say.chance_likely(),
            x if x >= 0.35 => say.chance_even(),
            x if x >= 0.15 => say.chance_unlikely(),
            x if x >= 0.05 => say.chance_very_unlikely(),
            _ => say.chance_almost_impossible(),
        }
    }

    /// A question that cannot be answered, with what would lift it.
    pub(super) fn unanswered(&self, question: &Question) -> Refusal {
        let say = &self.say;
        let (reason, lift) = match &question.absent {
            Absent::Refused(refused) => (sentence(&refused.reason), sentence(&refused.lift)),
            Absent::NotAvailable { needs } => (say.absent_needs(), say.absent_supply(&self.list(needs))),
            other => (self.absence(other), say.absent_more()),
        };
        Refusal {
            question: match question.about {
                About::Values => say.question_values(),
                About::Contracts => say.question_contracts(),
                About::Buyers => say.question_buyers(),
                About::Survival => say.question_survival(),
                About::Cohorts => say.question_cohorts(),
                About::Linkage => say.question_linkage(),
                About::Backtest => say.question_backtest(),
                About::Point => say.question_point(),
            },
            reason,
            lift,
        }
    }

    /// The interval of a figure in brackets after it; nothing without one.
    pub(in crate::sections) fn bracketed(&self, figure: &Figure) -> String {
        if figure.interval.is_empty() {
            String::new()
        } else {
            self.say.evidence_in_brackets(&figure.interval)
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::inputs::Inputs;
    use crate::sections::editor::Editor;
    use cx_core::findings::PeriodName;
    use cx_core::ground::estimate::Refused;

    /// A report on nothing.
    fn nothing() -> Inputs {
        Inputs {
            company: String::new(),
            as_of: String::new(),
            window: PeriodName { label: "all".into(), first: None, last: None, partial: false },
            level: 0.95,
            currency: None,
            version: String::new(),
            input_hash: String::new(),
            command: String::new(),
            explain: String::new(),
            cards: vec![],
            widened: false,
            trends: vec![],
            cuts: vec![],
            worth: crate::inputs::worth::Worth::default(),
            promises: Err(Refused { rule: String::new(), reason: String::new(), lift: String::new() }),
            returns: None,
            plan: None,
            claims: None,
            scales: std::collections::BTreeMap::new(),
            tables: vec![],
            files: vec![],
            issues: vec![],
            missing: vec![],
        }
    }

    #[test]
    fn the_lower_end_of_a_chance_belongs_to_its_class() {
        let inputs = nothing();
        let editor = Editor::new(&inputs, "en");
        for (chance, word) in [
            (0.95, "almost certain"),
            (0.949, "very likely"),
            (0.85, "very likely"),
            (0.65, "likely"),
            (0.35, "about even"),
            (0.349, "unlikely"),
            (0.15, "unlikely"),
            (0.05, "very unlikely"),
            (0.049, "almost impossible"),
        ] {
            assert_eq!(editor.chance(chance), word, "{chance}");
        }
    }
}
