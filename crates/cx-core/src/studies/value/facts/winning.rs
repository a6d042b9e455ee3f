//! Figures of winning customers: what it costs, when it has paid, whom they bring.

use super::super::contracts::Worth as Contracted;
use super::super::drawn::Drawn;
use super::super::run::Worth;
use super::book::Book;
use crate::findings::Fact;
use crate::ground::estimate::{Absent, Caveat, Estimate};
use crate::ground::unit::Unit;
use crate::infer::lifetime_value::{Referrals, of_draws, payback, type_one_draws};
use crate::infer::special::{Tails, normal};
use crate::stats::{WORLDS, cluster_hash, world_bits};

impl Book<'_> {
    /// What winning a customer costs, against what the customer brings.
    pub(super) fn winning(
        &self,
        worth: &Result<Worth, Absent>,
        contracts: &Result<Contracted, Absent>,
    ) -> Vec<Fact> {
        let mut list = Vec::new();
        list.extend(self.context.measured.iter().cloned());
        let Some(cac) = self.context.measured.iter().find(|f| f.id == "value/cac").map(|f| &f.estimate)
        else {
            return list;
        };
        let Some(cost) = drawn(cac, self.context.seed) else { return list };
        let revenue = match (worth, contracts) {
            (Ok(w), _) => Some((&w.new.discounted, &w.new.months, "transactions")),
            (_, Ok(c)) => Some((&c.new_discounted, &c.by_month, "subscriptions")),
            _ => None,
        };
        let (Some((revenue, months, table)), Ok((margin, _))) = (revenue, self.margin) else {
            if let Err(absent) = self.margin {
                list.push(Self::absent(
                    "value/clv_cac_ratio",
                    "Lifetime value over the cost of winning",
                    absent,
                ));
            }
            return list;
        };
        let clv = revenue.with(margin, |r, m| r * m);
        let ratio = clv.with(&cost, |v, c| if c > 0.0 { v / c } else { f64::NAN });
        let n = cac.size.n as f64;
        let mut fact = self.fact(
            "value/clv_cac_ratio",
            "Lifetime value over the cost of winning",
            &ratio,
            Unit::Ratio,
            n,
            table,
        );
        fact = fact.by("lifetime value in margin / cac, draw by draw", "practice");
        list.push(fact);
        let kept: Vec<f64> = months.iter().map(|m| m * margin.value).collect();
        let paid = payback(cost.value, &kept, |_| 1.0);
        let name = "Months until a new customer has paid for being won";
        let estimate = match paid {
            Some(month) => {
                let worlds: Vec<Option<f64>> = margin
                    .worlds
                    .iter()
                    .zip(&cost.worlds)
                    .map(|(m, c)| {
                        let kept: Vec<f64> = months.iter().map(|x| x * m.unwrap_or(margin.value)).collect();
                        c.and_then(|c| payback(c, &kept, |_| 1.0)).map(|t| f64::from(t) + 1.0)
                    })
                    .collect();
                of_draws(
                    Some(f64::from(month) + 1.0),
                    &worlds,
                    Unit::Months,
                    Self::size(n),
                    self.context.level,
                )
            }
            None => {
                let why = "the cost is not earned back within the horizon".to_owned();
                Estimate::absent(Absent::Undefined { why }, Unit::Months, Self::size(n))
            }
        };
        list.push(
            Fact::new("value/cac_payback", name, estimate).by(
                "first month in which the discounted margins of a new customer add up to cac",
                "practice",
            ),
        );
        list.push(self.referrals(&clv, &cost));
        list
    }

    /// What customers bring by recommending: a ledger of its own, never added to lifetime values.
    fn referrals(&self, clv: &Drawn, cost: &Drawn) -> Fact {
        let id = "value/referral";
        let name = "Worth of one recommended customer to the one who recommended";
        let terms = self.context.terms;
        let chance: Vec<f64> = match terms.referral_new {
            Some(share) => vec![share; WORLDS as usize],
            None => type_one_draws(0, 0, self.context.seed, WORLDS),
        };
        let middle = terms.referral_new.unwrap_or(0.5);
        let worth = |value: f64, cost: f64, share: f64| {
            let one = Referrals { customers: 1.0, value, cost_saved: cost, reward: terms.referral_reward };
            one.worth(share)
        };
        let worlds = clv.worlds.iter().zip(&cost.worlds).zip(&chance);
        let worlds = worlds.map(|((v, c), share)| v.zip(*c).map(|(v, c)| worth(v, c, *share)));
        let drawn = Drawn { value: worth(clv.value, cost.value, middle), worlds: worlds.collect() };
        let share = match terms.referral_new {
            Some(share) => format!("{share}, as set"),
            None => "unknown: Beta(2, 2)".to_owned(),
        };
        let mut fact = self.fact(id, name, &drawn, Unit::Money, 0.0, "customers");
        let text =
            "the referrer's ledger: never added to the lifetime values of those referred, and the saved \
                    cost of winning counts only where the budget falls"
                .to_owned();
        fact.estimate = fact.estimate.with_caveat(Caveat::Note { text });
        fact.by(
            "share who would not have come × (lifetime value − reward) + the others × (cac − reward)",
            "Kumar, Petersen & Leone 2007, 2010",
        )
        .assuming("would not have come anyway", share)
        .assuming("reward", format!("{}", terms.referral_reward))
    }
}

/// A figure of the catalogue in every world: lognormal by its standard error
/// or interval, as a positive cost is; independent of the customers' worlds.
fn drawn(estimate: &Estimate, seed: u64) -> Option<Drawn> {
    let value = estimate.value.filter(|x| *x > 0.0)?;
    let of_interval = || {
        let interval = estimate.interval?;
        let (low, high) = (interval.low.filter(|x| *x > 0.0)?, interval.high?);
        let z = normal::quantile(Tails::below(f64::midpoint(1.0, interval.level)));
        Some((high / low).ln() / (2.0 * z))
    };
    let sigma = of_interval().or_else(|| estimate.se.map(|se| (se / value).powi(2).ln_1p().sqrt()))?;
    let hash = cluster_hash(seed, b"cost of winning");
    let world = |b: u32| {
        let uniform = ((world_bits(hash, b) >> 12) as f64 + 0.5) / 2.0_f64.powi(52);
        Some(value * (sigma * normal::quantile(Tails::below(uniform))).exp())
    };
    Some(Drawn { value, worlds: (0..WORLDS).map(world).collect() })
}
