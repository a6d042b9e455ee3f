//! Figures of contracts.

use super::super::contracts::Worth as Contracted;
use super::book::Book;
use crate::findings::Fact;
use crate::ground::unit::Unit;
use crate::infer::lifetime_value::Convention;

impl Book<'_> {
    pub(super) fn contracts(&self, worth: &Contracted) -> Vec<Fact> {
        let n = worth.found.contracts as f64;
        let running = worth.found.running as f64;
        let table = "subscriptions";
        let law = &worth.found.chosen;
        let source = "Fader & Hardie 2007, 2010, 2012";
        let mut list = Vec::new();
        let name = "Revenue of a running contract a month";
        list.push(
            self.fact("value/contracts/monthly", name, &worth.monthly, Unit::Money, running, table)
                .by("mean of mrr over running contracts", "practice"),
        );
        let name = "Months that a new contract lasts within the horizon";
        list.push(
            self.fact("value/contracts/months", name, &worth.months, Unit::Months, n, table)
                .by(format!("Σ S(t) over the months of the horizon, by {law}"), source),
        );
        let name = "Lifetime revenue of a new contract, undiscounted";
        list.push(
            self.fact("value/contracts/clv_revenue", name, &worth.new_revenue, Unit::Money, n, table)
                .by(format!("monthly revenue × Σ S(t), by {law}"), "practice"),
        );
        let convention = self.context.terms.convention;
        let name = "Lifetime value of a new contract in margin, discounted";
        let mut clv = self
            .in_margin("value/contracts/clv", name, &worth.new_discounted, n, table)
            .by(format!("{}, by {law}", formula(convention)), source)
            .assuming("convention", convention.name());
        if let Ok((margin, _)) = self.margin {
            // The convention moves the figure by a third; the reader sees all three.
            for (convention, revenue) in &worth.by_convention {
                clv = clv
                    .assuming(&format!("by {}", convention.name()), format!("{:.2}", revenue * margin.value));
            }
        }
        list.push(clv);
        let rest = format!(
            "Σ over running contracts of Σ S(age + t)/S(age) × own monthly revenue, discounted, by {law}"
        );
        let name = "Revenue still to come from the running contracts, discounted";
        list.push(
            self.fact(
                "value/contracts/residual_revenue",
                name,
                &worth.remaining,
                Unit::Money,
                running,
                table,
            )
            .by(rest.clone(), source),
        );
        let each = worth.remaining.map(|x| x / running.max(1.0));
        let name = "Value still to come from a running contract, in margin";
        list.push(
            self.in_margin("value/contracts/residual_clv", name, &each, running, table)
                .by(format!("margin × {rest}, over contracts"), source),
        );
        let name = "Value of the running contracts";
        list.push(
            self.in_margin("value/contracts/customer_equity", name, &worth.remaining, running, table)
                .by(format!("margin × {rest}"), "Gupta, Lehmann & Stuart 2004"),
        );
        list
    }
}

/// The convention as a formula.
const fn formula(convention: Convention) -> &'static str {
    match convention {
        Convention::Immediate => "margin × Σ_{t ≥ 0} S(t)/(1 + i)^t",
        Convention::EndCertain => "margin × Σ_{t ≥ 1} S(t − 1)/(1 + i)^t",
        Convention::EndConditional => "margin × Σ_{t ≥ 1} S(t)/(1 + i)^t",
    }
}
