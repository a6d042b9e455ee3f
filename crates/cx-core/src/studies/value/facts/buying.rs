//! Figures of customers without a contract.

use super::super::run::{Purchases, Worth};
use super::book::Book;
use crate::findings::Fact;
use crate::ground::estimate::Caveat;
use crate::ground::unit::Unit;

/// Correlation of frequency and spend beyond which their independence is doubted.
const CORRELATED: f64 = 0.3;

impl Book<'_> {
    pub(super) fn buying(&self, bought: &Purchases, worth: &Worth) -> Vec<Fact> {
        let customers = bought.found.customers as f64;
        let model = &bought.found.chosen;
        let table = "transactions";
        let remaining = &worth.remaining;
        let per_customer = remaining.revenue.map(|x| x / customers);
        let spend = "gamma-gamma";
        let source = "Fader, Hardie & Lee 2005; Fader & Hardie 2013";
        let mut list = Vec::new();
        if let Some(alive) = &remaining.alive {
            let name = "Mean chance that a customer is still one";
            list.push(
                self.fact("value/p_alive", name, alive, Unit::Share, customers, table)
                    .by(format!("mean over customers of P(alive | x, t_x, T) by {model}"), source),
            );
        }
        let name = "Purchases of a present customer in the next year";
        list.push(
            self.fact("value/purchases", name, &remaining.purchases, Unit::PerUnit, customers, table)
                .by(format!("mean over customers of the purchases expected in 52 weeks by {model}"), source),
        );
        let name = "Mean spend of a purchase";
        list.push(
            self.fact("value/spend", name, &worth.mean_spend, Unit::Money, customers, table)
                .by(format!("pv/(q − 1) of {spend}"), source),
        );
        let sum = format!("first purchase + Σ months E[purchases] × mean spend, by {model} and {spend}");
        let name = "Lifetime revenue of a new customer, undiscounted";
        let mut revenue =
            self.fact("value/clv_revenue", name, &worth.new.revenue, Unit::Money, customers, table);
        revenue = revenue.by(sum.clone(), "practice");
        list.push(Self::doubted(revenue, bought));
        let name = "Lifetime value of a new customer in margin, discounted";
        let clv = self.in_margin("value/clv", name, &worth.new.discounted, customers, table);
        list.push(Self::doubted(clv.by(format!("margin × ({sum}), discounted by month"), source), bought));
        let rest = format!(
            "Σ quarters of the horizon of E[purchases | x, t_x, T] × E[spend | x, own mean], discounted, by {model} and {spend}"
        );
        let name = "Revenue still to come from a present customer, discounted";
        let fact = self.fact("value/residual_revenue", name, &per_customer, Unit::Money, customers, table);
        list.push(Self::doubted(fact.by(rest.clone(), source), bought));
        let name = "Value still to come from a present customer, in margin";
        let fact = self.in_margin("value/residual_clv", name, &per_customer, customers, table);
        list.push(Self::doubted(fact.by(format!("margin × {rest}"), source), bought));
        let name = "Value of the present base";
        let fact = self.in_margin("value/customer_equity", name, &remaining.revenue, customers, table);
        list.push(Self::doubted(
            fact.by(format!("Σ customers of margin × {rest}"), "Gupta, Lehmann & Stuart 2004"),
            bought,
        ));
        list
    }

    /// With the doubts that concern every value by buying.
    fn doubted(mut fact: Fact, bought: &Purchases) -> Fact {
        if !fact.given() {
            return fact;
        }
        if let Some(rho) = bought.found.correlation.filter(|rho| rho.abs() > CORRELATED) {
            let text = format!(
                "frequency and spend go together (correlation {rho:.2}), and the model takes them as independent"
            );
            fact.estimate = fact.estimate.with_caveat(Caveat::Note { text });
        }
        match &bought.found.backtest {
            Err(_) => {
                let text = "no days could be held back: the forecast stands untested".to_owned();
                fact.estimate = fact.estimate.with_caveat(Caveat::Note { text });
            }
            Ok(test) => {
                let own = test.forecasts.iter().find(|f| f.name == bought.found.chosen);
                if let Some(own) = own.filter(|f| f.error.abs() > 0.1) {
                    let text = format!(
                        "on the days held back the model forecast {:+.0} % of what happened",
                        100.0 * own.error
                    );
                    fact.estimate = fact.estimate.with_caveat(Caveat::Note { text });
                }
            }
        }
        fact
    }
}
