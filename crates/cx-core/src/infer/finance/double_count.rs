//! The same money claimed twice: twelve rules, and what each takes off.

use super::Kind;
use super::joint::Joint;
use crate::ground::evidence::Grade;

/// How a claim got from the initiative to money.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Route {
    /// Effect on behaviour or cash by a design, then priced.
    Direct,
    /// Effect on the score, linkage and causal share, then priced.
    Chain,
}

/// What a claim was priced with, where that decides how much of it counts.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Priced {
    /// Nothing that any rule takes off.
    Plainly,
    /// Quoted for the treated: `interaction` is inside, and inside its partner too.
    ForTheTreated {
        /// (A₁−A₀)(m₁−m₀), present value.
        interaction: f64,
    },
    /// By a lifetime value that holds referrals.
    WithReferrals,
    /// Saved customers at the value of new ones.
    AsNewCustomers {
        /// Residual lifetime value over that of a new customer, 0..1.
        residual: f64,
    },
    /// Less to be spent on winning customers.
    Acquisition {
        /// True where the budget is cut.
        budget_cut: bool,
    },
    /// Contacts at full cost.
    FullCost {
        /// Variable cost over full cost, 0..1.
        variable: f64,
    },
    /// An upsell that holds a rise of price.
    WithPrice {
        /// The part that is price, in money.
        price: f64,
    },
    /// A yearly benefit times a lifetime.
    Lifetime {
        /// Discounted years of the horizon over years claimed, 0..1.
        within: f64,
    },
    /// A gain of stores.
    Stores {
        /// The part that moved from other stores, in money.
        moved: f64,
    },
}

/// One row of a business case.
#[derive(Debug, Clone, PartialEq)]
pub struct Claim {
    /// Its name.
    pub id: String,
    /// The initiative.
    pub initiative: String,
    /// The customers.
    pub population: String,
    /// What pays it.
    pub kind: Kind,
    /// How it got to money.
    pub route: Route,
    /// How the effect was found.
    pub grade: Grade,
    /// Present value claimed, in money.
    pub value: f64,
    /// Share of it that is cash, 0..1.
    pub cash: f64,
    /// What it was priced with.
    pub priced: Priced,
}

/// The rules, numbered as in the specification.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Rule {
    /// Both routes for one stream: one only.
    TwoRoutes = 1,
    /// Satisfaction and retention priced: retention only.
    SatisfactionAndRetention,
    /// Retention and spend of the same customers, each for the treated: the identity.
    RetentionAndSpend,
    /// A lifetime value with referrals, and referrals: one ledger.
    ReferralsTwice,
    /// Saved customers at the value of new ones: the residual value.
    SavedAsNew,
    /// Less acquisition because churn is lower: only if the budget is cut.
    AcquisitionNotCut,
    /// Fewer contacts and fewer posts: the cash share of the contacts.
    ContactsAndHeadcount,
    /// Several initiatives on the same customers: their joint value.
    SameCustomers,
    /// Cost per contact at full cost: variable only.
    FullCost,
    /// A rise of price labelled upsell: split.
    PriceAsUpsell,
    /// A yearly benefit times a lifetime: the horizon.
    BeyondHorizon,
    /// Gains that moved between stores: the net.
    MovedBetweenStores,
}

impl Rule {
    /// Its number, 1 to 12.
    pub const fn number(self) -> u8 {
        self as u8
    }
}

/// One collision and what it cost.
#[derive(Debug, Clone, PartialEq)]
pub struct Collision {
    /// The rule.
    pub rule: Rule,
    /// Claims that collided; what was taken off came from the first.
    pub claims: Vec<String>,
    /// What was taken off, in money.
    pub off: f64,
}

/// A business case after the rules: counted = claimed − Σ off, exactly.
#[derive(Debug, Clone, PartialEq)]
pub struct Counted {
    /// What counts, by claim in the order given.
    pub counted: Vec<f64>,
    /// What was taken off, and why.
    pub collisions: Vec<Collision>,
}

impl Counted {
    /// The sum that counts.
    pub fn total(&self) -> f64 {
        self.counted.iter().sum()
    }
}

/// Applies the twelve rules to the rows of a business case.
///
/// Rules about one row go first (they say what it is worth), then those about
/// two rows of one initiative and population, then those about several
/// initiatives on one population, whose sum is cut to the `joint` values given
/// (without one nothing is cut: the guard on the total remains). A direct
/// route counts where its grade is Q or better, else the chain. Nothing is
/// taken off a loss: a negative claim stays. Source: definition of this product.
///
/// # Examples
/// ```
/// use cx_core::ground::evidence::Grade;
/// use cx_core::infer::finance::{count_once, Claim, Kind, Priced, Route, Rule};
/// let direct = Claim {
///     id: "trial".into(), initiative: "notices".into(), population: "contracts".into(),
///     kind: Kind::Retention, route: Route::Direct, grade: Grade::R,
///     value: 830.0, cash: 1.0, priced: Priced::Plainly,
/// };
/// let chain = Claim { id: "linkage".into(), route: Route::Chain, grade: Grade::A, value: 600.0, ..direct.clone() };
/// let counted = count_once(&[direct, chain], &[]);
/// assert_eq!(counted.total(), 830.0);
/// assert_eq!((counted.collisions[0].rule, counted.collisions[0].off), (Rule::TwoRoutes, 600.0));
/// ```
pub fn count_once(claims: &[Claim], joint: &[Joint]) -> Counted {
    let mut ledger =
        Ledger { claims, left: claims.iter().map(|c| c.value).collect(), collisions: Vec::new() };
    for (i, claim) in claims.iter().enumerate() {
        if let Some((rule, off)) = alone(claim) {
            ledger.take(rule, i, &[], off);
        }
    }
    for i in 0..claims.len() {
        for j in 0..claims.len() {
            let same =
                claims[i].initiative == claims[j].initiative && claims[i].population == claims[j].population;
            if i != j
                && same
                && let Some((rule, off)) = ledger.together(i, j)
            {
                ledger.take(rule, i, &[j], off);
            }
        }
    }
    for set in joint {
        ledger.cut(set);
    }
    Counted { counted: ledger.left, collisions: ledger.collisions }
}

/// What one row alone claims too much.
fn alone(claim: &Claim) -> Option<(Rule, f64)> {
    let beyond = |kept: f64| claim.value * (1.0 - kept.clamp(0.0, 1.0));
    match claim.priced {
        Priced::AsNewCustomers { residual } => Some((Rule::SavedAsNew, beyond(residual))),
        Priced::Acquisition { budget_cut: false } => Some((Rule::AcquisitionNotCut, claim.value)),
        Priced::FullCost { variable } => Some((Rule::FullCost, beyond(variable))),
        Priced::WithPrice { price } => Some((Rule::PriceAsUpsell, price)),
        Priced::Lifetime { within } => Some((Rule::BeyondHorizon, beyond(within))),
        Priced::Stores { moved } => Some((Rule::MovedBetweenStores, moved)),
        _ => None,
    }
}

struct Ledger<'a> {
    claims: &'a [Claim],
    left: Vec<f64>,
    collisions: Vec<Collision>,
}

impl Ledger<'_> {
    /// Takes off no more than is left, and nothing from a loss.
    fn take(&mut self, rule: Rule, from: usize, with: &[usize], off: f64) {
        let off = off.min(self.left[from]).max(0.0);
        if off > 0.0 {
            self.left[from] -= off;
            let names = std::iter::once(from).chain(with.iter().copied());
            let claims = names.map(|i| self.claims[i].id.clone()).collect();
            self.collisions.push(Collision { rule, claims, off });
        }
    }

    /// What row `i` loses beside row `j` of the same initiative and customers.
    fn together(&self, i: usize, j: usize) -> Option<(Rule, f64)> {
        let (a, b) = (&self.claims[i], &self.claims[j]);
        let stands = |c: &Claim| c.grade >= Grade::Q;
        if a.kind == b.kind && a.route != b.route {
            let direct = if a.route == Route::Direct { a } else { b };
            let loses = if stands(direct) { a.route == Route::Chain } else { a.route == Route::Direct };
            return loses.then_some((Rule::TwoRoutes, self.left[i]));
        }
        match (a.kind, b.kind, a.priced, b.priced) {
            (Kind::Satisfaction, Kind::Retention, ..) => Some((Rule::SatisfactionAndRetention, self.left[i])),
            (
                Kind::Spend,
                Kind::Retention,
                Priced::ForTheTreated { interaction },
                Priced::ForTheTreated { .. },
            ) => Some((Rule::RetentionAndSpend, interaction)),
            (Kind::Referral, _, _, Priced::WithReferrals) => Some((Rule::ReferralsTwice, self.left[i])),
            // The posts are the cash of the contacts: the contacts count by their cash share, the posts not again.
            (Kind::Headcount, Kind::CostToServe, ..) => Some((Rule::ContactsAndHeadcount, self.left[i])),
            (Kind::CostToServe, Kind::Headcount, ..) => {
                Some((Rule::ContactsAndHeadcount, self.left[i] * (1.0 - a.cash.clamp(0.0, 1.0))))
            }
            _ => None,
        }
    }

    /// Cuts the gains of several initiatives on one population to their joint value.
    fn cut(&mut self, set: &Joint) {
        let inside: Vec<usize> = (0..self.claims.len())
            .filter(|i| {
                let claim = &self.claims[*i];
                claim.population == set.population && set.initiatives.contains(&claim.initiative)
            })
            .collect();
        let first = inside.first().map(|i| &self.claims[*i].initiative);
        if inside.iter().all(|i| Some(&self.claims[*i].initiative) == first) {
            return;
        }
        let gains: f64 = inside.iter().map(|i| self.left[*i].max(0.0)).sum();
        let losses: f64 = inside.iter().map(|i| self.left[*i].min(0.0)).sum();
        let kept = ((set.value - losses).max(0.0) / gains).min(1.0);
        for i in &inside {
            let others: Vec<usize> = inside.iter().copied().filter(|j| j != i).collect();
            let off = self.left[*i].max(0.0) * (1.0 - kept);
            self.take(Rule::SameCustomers, *i, &others, off);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn claim(id: &str, kind: Kind, value: f64, priced: Priced) -> Claim {
        Claim {
            id: id.to_owned(),
            initiative: "one".to_owned(),
            population: "all".to_owned(),
            kind,
            route: Route::Direct,
            grade: Grade::R,
            value,
            cash: 0.6,
            priced,
        }
    }

    /// Each rule by its number, with what it must take off.
    #[test]
    fn every_rule_takes_off_what_it_says() {
        let plain = Priced::Plainly;
        let treated = Priced::ForTheTreated { interaction: 180.0 };
        let chain = Claim { route: Route::Chain, ..claim("chain", Kind::Retention, 600.0, plain) };
        let other = Claim { initiative: "two".to_owned(), ..claim("other", Kind::Retention, 80.0, plain) };
        let both = Joint {
            population: "all".to_owned(),
            initiatives: vec!["one".to_owned(), "two".to_owned()],
            value: 140.0,
        };
        let retention = |value, priced| claim("kept", Kind::Retention, value, priced);
        let cases: Vec<(u8, Vec<Claim>, Vec<Joint>, f64)> = vec![
            (1, vec![retention(830.0, plain), chain], vec![], 830.0),
            (2, vec![retention(830.0, plain), claim("s", Kind::Satisfaction, 400.0, plain)], vec![], 830.0),
            (3, vec![retention(3780.0, treated), claim("m", Kind::Spend, 4980.0, treated)], vec![], 8580.0),
            (
                4,
                vec![retention(500.0, Priced::WithReferrals), claim("r", Kind::Referral, 90.0, plain)],
                vec![],
                500.0,
            ),
            (5, vec![retention(500.0, Priced::AsNewCustomers { residual: 0.8 })], vec![], 400.0),
            (
                6,
                vec![claim("a", Kind::Acquisition, 300.0, Priced::Acquisition { budget_cut: false })],
                vec![],
                0.0,
            ),
            (
                7,
                vec![claim("c", Kind::CostToServe, 100.0, plain), claim("h", Kind::Headcount, 60.0, plain)],
                vec![],
                60.0,
            ),
            (8, vec![retention(100.0, plain), other], vec![both], 140.0),
            (
                9,
                vec![claim("c", Kind::CostToServe, 100.0, Priced::FullCost { variable: 0.35 })],
                vec![],
                35.0,
            ),
            (10, vec![claim("u", Kind::Spend, 100.0, Priced::WithPrice { price: 30.0 })], vec![], 70.0),
            (11, vec![retention(700.0, Priced::Lifetime { within: 0.5 })], vec![], 350.0),
            (12, vec![claim("s", Kind::Spend, 100.0, Priced::Stores { moved: 45.0 })], vec![], 55.0),
        ];
        for (number, claims, joint, wanted) in cases {
            let counted = count_once(&claims, &joint);
            assert!((counted.total() - wanted).abs() < 1e-9, "rule {number}: {counted:?}");
            assert!(
                counted.collisions.iter().all(|c| c.rule.number() == number),
                "rule {number}: {counted:?}"
            );
            assert!(!counted.collisions.is_empty(), "rule {number}");
            let claimed: f64 = claims.iter().map(|c| c.value).sum();
            let off: f64 = counted.collisions.iter().map(|c| c.off).sum();
            assert!((claimed - off - counted.total()).abs() < 1e-9, "rule {number}");
        }
    }

    #[test]
    fn a_weak_direct_route_gives_way_to_the_chain() {
        let direct = Claim { grade: Grade::T, ..claim("before", Kind::Retention, 900.0, Priced::Plainly) };
        let chain = Claim {
            route: Route::Chain,
            grade: Grade::A,
            ..claim("chain", Kind::Retention, 600.0, Priced::Plainly)
        };
        assert_eq!(count_once(&[direct, chain], &[]).counted, [0.0, 600.0]);
    }

    #[test]
    fn nothing_is_taken_off_a_loss() {
        let loss = claim("loss", Kind::Spend, -50.0, Priced::Stores { moved: 45.0 });
        assert_eq!(count_once(&[loss], &[]).total(), -50.0);
    }
}
