//! What a test by lot would find, against what has to be found: before money is spent.

use super::spread::Spread;
use crate::findings::TestFound;
use crate::infer::power::{
    Aim, mean_detectable, mean_power, mean_size, share_detectable, share_power, share_size,
};
use crate::infer::sensitivity::detectability;
use crate::studies::scenario::base::Base;
use crate::studies::scenario::model::standing;
use crate::studies::scenario::run::change;
use crate::studies::scenario::{Change, Key, Request, Sort, Term};

/// What is known of a candidate before its tests.
#[derive(Debug, Clone, Copy)]
pub(super) struct Known {
    /// Customers that it is for.
    pub customers: f64,
    /// Share of the promise that is expected to come.
    pub comes: f64,
    /// The change at which it just pays, where it is one change.
    pub even: Option<f64>,
    /// Share of all changes at which they just pay.
    pub needed: Option<f64>,
}

/// How a change of a figure shows between two arms.
enum Shows {
    /// As a share lost over the test, from the share lost in a month.
    Lost { monthly: f64 },
    /// As a mean over the test with a standard deviation, from a mean of a month; `per` is how much of it one
    /// unit of the figure is.
    Mean { monthly: f64, per: f64, sd: f64 },
}

/// Tests of each change of a request.
pub(super) fn tests(request: &Request, base: &Base, spread: &Spread, known: Known) -> Vec<TestFound> {
    let one = |term: &Term| test(request, base, spread, known, term);
    request.terms.iter().filter_map(one).collect()
}

fn test(request: &Request, base: &Base, spread: &Spread, known: Known, term: &Term) -> Option<TestFound> {
    let shows = shows(request, base, spread, term.key)?;
    let (arm, months) = ((known.customers / 2.0).floor(), spread.months);
    let promised = term.change.amount.middle();
    let expected = promised * known.comes;
    let even = known.even.or_else(|| known.needed.map(|share| share * promised)).filter(|x| *x != 0.0);
    let up = promised > 0.0;
    let detectable = shows.detectable(term, arm, months, up);
    Some(TestFound {
        change: change(request, base, term),
        months: months.round() as u32,
        per_arm: arm,
        expected,
        even,
        detectable,
        // Where no possible change would be found, one that pays would be missed.
        ratio: even.zip(detectable).and_then(|(e, d)| detectability(e.abs(), d.abs())).map(|d| d.ratio),
        power: shows.power(term, expected, arm, months),
        needed_per_arm: even.and_then(|even| shows.size(term, even, months)),
    })
}

fn shows(request: &Request, base: &Base, spread: &Spread, key: Key) -> Option<Shows> {
    let figure = |key: Key| standing(request, base, key).ok().map(|(x, _)| x.value);
    match key {
        Key::Churn | Key::Retention => Some(Shows::Lost { monthly: figure(Key::Churn)? }),
        Key::Margin | Key::Spend => {
            Some(Shows::Mean { monthly: figure(Key::Margin)?, per: 1.0, sd: spread.margin? })
        }
        Key::Contacts => {
            Some(Shows::Mean { monthly: figure(Key::Contacts)?, per: 1.0, sd: spread.contacts? })
        }
        Key::CostToServe => {
            Some(Shows::Mean { monthly: figure(Key::CostToServe)?, per: 1.0, sd: spread.service? })
        }
        Key::ContactCost => Some(Shows::Mean {
            monthly: figure(Key::ContactCost)?,
            per: figure(Key::Contacts)?,
            sd: spread.service?,
        }),
        Key::Satisfied => None,
    }
}

/// The share that is lost over some months.
fn over(monthly: f64, months: f64) -> f64 {
    1.0 - (1.0 - monthly.clamp(0.0, 1.0)).powf(months)
}

/// The share of a month behind a share lost over some months.
fn monthly(over: f64, months: f64) -> f64 {
    1.0 - (1.0 - over).powf(months.recip())
}

/// Churn after a change of a term.
fn churn_after(term: &Term, churn: f64, by: f64) -> f64 {
    match term.key {
        Key::Retention => 1.0 - term.change.after(1.0 - churn, by),
        _ => term.change.after(churn, by),
    }
}

/// The change, in its own terms, that leads from a base to a value.
fn change_to(change: Change, base: f64, value: f64) -> f64 {
    match change.sort {
        Sort::Relative => value / base - 1.0,
        Sort::Points | Sort::Absolute => value - base,
    }
}

impl Shows {
    /// The smallest change in the direction of the promise that a test finds with 80 %.
    fn detectable(&self, term: &Term, arm: f64, months: f64, up: bool) -> Option<f64> {
        match *self {
            Self::Lost { monthly: churn } => {
                let lost = over(churn, months);
                let least = share_detectable(lost, arm, Aim::USUAL)?;
                // More retention is less churn.
                let more_lost = up == (term.key == Key::Churn);
                let after = if more_lost { lost + least } else { lost - least };
                let after = monthly((0.0..1.0).contains(&after).then_some(after)?, months);
                Some(match term.key {
                    Key::Retention => change_to(term.change, 1.0 - churn, 1.0 - after),
                    _ => change_to(term.change, churn, after),
                })
            }
            Self::Mean { monthly, per, sd } => {
                let least = mean_detectable(arm, Aim::USUAL)? * sd / (months * per);
                let after = if up { monthly + least } else { monthly - least };
                let possible = after >= 0.0 || matches!(term.key, Key::Margin | Key::Spend);
                possible.then(|| change_to(term.change, monthly, after))
            }
        }
    }

    /// Chance that a test finds a change.
    fn power(&self, term: &Term, by: f64, arm: f64, months: f64) -> Option<f64> {
        match *self {
            Self::Lost { monthly } => {
                let after = churn_after(term, monthly, by);
                share_power(over(monthly, months), over(after, months), arm, Aim::USUAL.level())
            }
            Self::Mean { .. } => mean_power(self.effect(term, by, months)?, arm, Aim::USUAL.level()),
        }
    }

    /// Customers in each arm that find a change with 80 %.
    fn size(&self, term: &Term, by: f64, months: f64) -> Option<f64> {
        match *self {
            Self::Lost { monthly } => {
                let after = churn_after(term, monthly, by);
                share_size(over(monthly, months), over(after, months), Aim::USUAL).map(f64::ceil)
            }
            Self::Mean { .. } => mean_size(self.effect(term, by, months)?, Aim::USUAL).map(f64::ceil),
        }
    }

    /// A change of a mean in standard deviations of one customer.
    fn effect(&self, term: &Term, by: f64, months: f64) -> Option<f64> {
        let Self::Mean { monthly, per, sd } = *self else { return None };
        let effect = (term.change.after(monthly, by) - monthly) * per * months / sd;
        effect.is_finite().then_some(effect.abs())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn term(key: Key, change: &str) -> Term {
        Term { key, change: change.parse().unwrap(), lasting: Term::USUAL }
    }

    /// The notices of the method: 12 000 per arm at 18 % lost find 1.39 points.
    #[test]
    fn a_share_lost_is_found_as_by_hand() {
        let shows = Shows::Lost { monthly: monthly(0.18, 12.0) };
        let points = term(Key::Churn, "-1.4pp");
        let found = shows.detectable(&points, 12_000.0, 12.0, false).unwrap();
        let churn = monthly(0.18, 12.0);
        assert!((over(churn + found, 12.0) - (0.18 - 0.013_895_411)).abs() < 1e-8, "{found}");
        // The same change is found with 80 % by its own size, up to the variance under no effect.
        let size = shows.size(&points, found, 12.0).unwrap();
        assert!((size / 12_000.0 - 1.0).abs() < 0.05, "{size}");
        assert!((shows.power(&points, found, size, 12.0).unwrap() - 0.8).abs() < 1e-3);
        // The other side of the same figure.
        let kept = shows.detectable(&term(Key::Retention, "+1.4pp"), 12_000.0, 12.0, true).unwrap();
        assert!((kept + found).abs() < 1e-12);
        // Few customers would not show even the end of all leaving.
        assert_eq!(shows.detectable(&points, 10.0, 12.0, false), None);
    }

    /// Ten a month, a year, a standard deviation of 60: 8 % of 120 is 0.16 standard deviations.
    #[test]
    fn a_mean_is_found_as_by_hand() {
        let shows = Shows::Mean { monthly: 10.0, per: 1.0, sd: 60.0 };
        let by = term(Key::Margin, "+8%");
        assert!((shows.effect(&by, 0.08, 12.0).unwrap() - 0.16).abs() < 1e-12);
        let size = mean_size(0.16, Aim::USUAL).unwrap();
        assert_eq!(shows.size(&by, 0.08, 12.0), Some(size.ceil()));
        assert!((shows.detectable(&by, size, 12.0, true).unwrap() - 0.08).abs() < 1e-6);
        assert!((shows.power(&by, 0.08, size, 12.0).unwrap() - 0.8).abs() < 1e-6);
    }
}
