//! Every figure of the study by its id, with what it stands on.

use super::Setting;
use super::gather::Whole;
use super::window::Index;
use crate::findings::{Contrast, Counted, Fact, KappaUsed, OutcomeLinkage, PointValue, Records};
use crate::ground::estimate::{Absent, Estimate};
use crate::ground::evidence::Grade;
use crate::ground::unit::Unit;

/// What figures rest on.
pub(super) struct Known<'a> {
    pub kappa: &'a KappaUsed,
    pub index: &'a Index,
    pub used: &'a [Records],
    pub whole: &'a Whole,
}

/// The formulas of an outcome's columns.
struct Formulas {
    raw: &'static str,
    adjusted: &'static str,
    raw_difference: &'static str,
    adjusted_difference: &'static str,
    strata: &'static str,
}

const OF_WINDOW: Formulas = Formulas {
    raw: "mean of the outcome in the band",
    adjusted: "mean over the base of m(x) + a 1{band}/(rho pi(x)) (y - m(x)), five folds",
    raw_difference: "difference of the bands' means",
    adjusted_difference: "difference of the bands' doubly robust means",
    strata: "difference of the bands' means over exact strata",
};

const OF_LIFETIME: Formulas = Formulas {
    raw: "sum over windows t of r^t (m - c)/(1+i)^t: share kept, margin and cost to serve of the band",
    adjusted: "sum over windows t of r^t (m - c)/(1+i)^t: doubly robust share kept, margin and cost to serve",
    raw_difference: "difference of the bands' values",
    adjusted_difference: "difference of the bands' values, each from doubly robust means",
    strata: "difference of the bands' values, each from means over exact strata",
};

impl Known<'_> {
    /// The figures of an outcome.
    pub(super) fn facts(&self, outcome: &OutcomeLinkage) -> Vec<Fact> {
        let mut facts = Vec::new();
        let formulas = if outcome.horizon.is_some() { OF_LIFETIME } else { OF_WINDOW };
        let mut put = |id: String, name: String, estimate: &Estimate, grade: Option<Grade>, formula: &str| {
            facts.push(self.fact(outcome, Fact::new(id, name, estimate.clone()), grade, formula));
        };
        for band in &outcome.bands {
            let id = |column: &str| format!("linkage/{}/{}/{column}", outcome.id, band.band);
            let name = |column: &str| format!("{}, {}s, {column}", outcome.name, band.band);
            put(id("raw"), name("as answered"), &band.raw, None, formulas.raw);
            put(id("adjusted"), name("adjusted"), &band.adjusted, Some(Grade::A), formulas.adjusted);
        }
        // Where change on change has the other sign, the score only moves at the same time.
        let conflict = outcome.slopes.as_ref().is_some_and(|slopes| slopes.signs_conflict);
        let grade = if conflict { Grade::T } else { Grade::A };
        if let Some(slopes) = &outcome.slopes {
            let id = |kind: &str| format!("linkage/{}/slope/{kind}", outcome.id);
            let name = |kind: &str| format!("{} per score point, {kind} customers", outcome.name);
            let formula = "slope of the outcome on the score beside the covariates";
            put(id("between"), name("between"), &slopes.between, Some(grade), formula);
            if let Some(within) = &slopes.within {
                let formula = "slope of the change of the outcome on the change of the score";
                put(id("within"), name("within"), within, Some(grade), formula);
            }
        }
        for contrast in &outcome.contrasts {
            let Contrast { upper, lower, .. } = contrast;
            let id = |column: &str| format!("linkage/{}/{upper}-{lower}/{column}", outcome.id);
            let name = |column: &str| format!("{}, {upper}s less {lower}s, {column}", outcome.name);
            put(id("raw"), name("as answered"), &contrast.raw, None, formulas.raw_difference);
            let formula = formulas.adjusted_difference;
            put(id("adjusted"), name("adjusted"), &contrast.adjusted, Some(grade), formula);
            let over = name("adjusted over exact strata");
            put(id("strata"), over, &contrast.strata, Some(grade), formulas.strata);
            let causal = name("adjusted times kappa");
            put(id("causal"), causal, &contrast.causal, Some(grade), "adjusted x kappa");
            for part in &contrast.parts {
                let formula =
                    "part of the adjusted difference: each factor's difference at the mean of the others";
                put(id(&part.id), name(&part.name), &part.estimate, Some(grade), formula);
            }
            if let Some(control) = &contrast.control {
                let formula = "the same difference in the outcome before the answer: ought to be 0";
                put(id("before"), name("before the answer"), &control.before, Some(Grade::A), formula);
                if let Some(corrected) = &control.corrected {
                    let formula = "adjusted difference less that before the answer";
                    let name = name("less what was there before");
                    put(id("corrected"), name, corrected, Some(grade), formula);
                }
            }
        }
        facts
    }

    /// What a point of NPS would be worth.
    pub(super) fn point(&self, point: &PointValue) -> Fact {
        let id = format!("linkage/nps_point/{}", point.path);
        let name = format!("Worth of one point of NPS per customer, {}", point.path.replace('-', " "));
        Fact::new(id, name, point.worth.clone())
            .by("share moved x difference of the bands' adjusted lifetime values x kappa", "practice")
            .from_records(self.used)
            .graded(Grade::A)
            .assuming("who moves", format!("{} % of the base", 100.0 * point.share))
            .assuming("kappa", format!("{:.2}, {}", self.kappa.mean, self.kappa.origin))
    }

    fn fact(&self, outcome: &OutcomeLinkage, fact: Fact, grade: Option<Grade>, formula: &str) -> Fact {
        let days = self.index.days;
        let windows = format!(
            "covariates {} days before, outcome from {} to {} days after",
            days.look_back,
            days.gap,
            days.gap + days.window
        );
        let mut fact = fact
            .by(formula, if grade.is_some() { "robins1994" } else { "practice" })
            .from_records(self.used)
            .assuming("windows", windows);
        if let Some(horizon) = &outcome.horizon {
            let margin = match horizon.counted {
                Counted::Revenue => "none: a value in revenue".to_owned(),
                Counted::Share(m) => format!("{m} of revenue, after the cost to serve of the mean customer"),
                Counted::Lines => "of the lines, before cost to serve".to_owned(),
            };
            fact = fact
                .assuming("horizon", format!("{:.2} years, {} windows", horizon.years, horizon.windows))
                .assuming("later windows", "each like the one seen, for those who are still customers")
                .assuming("discount rate a year", horizon.rate.to_string())
                .assuming("margin", margin)
                .assuming("recommendations", "not counted: they have a ledger of their own");
        }
        if let Some(grade) = grade {
            let names: Vec<String> = self.whole.cuts.iter().map(|cut| cut.covariate().name).collect();
            let base =
                if self.whole.over_base { "customers, answered or not" } else { "customers who answered" };
            fact = fact.graded(grade).assuming("adjusted for", names.join(", ")).assuming("base", base);
        }
        if formula.contains("kappa") {
            fact = fact.assuming("kappa", format!("{:.2}, {}", self.kappa.mean, self.kappa.origin));
        }
        fact
    }
}

/// Differences of spend in margin, where lines carry none.
pub(super) fn margins(setting: &Setting<'_>, outcome: &OutcomeLinkage, used: &[Records]) -> Vec<Fact> {
    if outcome.id != "spend" {
        return Vec::new();
    }
    let one = |contrast: &Contrast| {
        let Contrast { upper, lower, .. } = contrast;
        let id = format!("linkage/margin/{upper}-{lower}/adjusted");
        let name = format!("Margin of spend, {upper}s less {lower}s, adjusted");
        let fact = match setting.terms.margin {
            Some(margin) => Fact::new(id, name, contrast.adjusted.clone().affine(margin, 0.0, Unit::Money))
                .assuming("margin", margin.to_string()),
            None => {
                let needs = vec!["value.margin".to_owned()];
                let absent =
                    Estimate::absent(Absent::NotAvailable { needs }, Unit::Money, contrast.adjusted.size);
                Fact::new(id, name, absent)
            }
        };
        fact.by("difference of spend x margin", "practice").graded(Grade::A).from_records(used)
    };
    outcome.contrasts.iter().map(one).collect()
}
