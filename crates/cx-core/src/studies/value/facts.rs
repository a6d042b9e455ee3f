//! Figures with formula, rows and assumptions.

use super::Context;
use super::contracts::Worth as Contracted;
use super::drawn::Drawn;
use super::run::{Purchases, Worth};
use crate::findings::{BridgeStep, Fact, Records};
use crate::ground::estimate::{Absent, Caveat, Estimate, Size};
use crate::ground::unit::Unit;
use crate::infer::lifetime_value::{
    Convention, Newcomers, Referrals, newcomers_value, of_draws, payback, type_one_draws,
};
use crate::infer::special::{Tails, normal};
use crate::stats::{WORLDS, cluster_hash, world_bits};

/// Correlation of frequency and spend beyond which their independence is doubted.
const CORRELATED: f64 = 0.3;

/// Margin over revenue and where it is from, or why there is none.
type Margin = Result<(Drawn, &'static str), Absent>;

/// What the figures rest on besides the records.
pub(super) fn assumptions(context: &Context<'_>, margin: &Margin) -> Vec<(String, String)> {
    let terms = context.terms;
    let percent = |x: f64| format!("{:.1} %", 100.0 * x);
    let margin = match margin {
        Ok((drawn, origin)) => format!("{} of revenue, {origin}", percent(drawn.value)),
        Err(_) => "none".to_owned(),
    };
    let set = if terms.rate_is_set { "as set" } else { "not set, so a usual one" };
    [
        ("margin", margin),
        ("discount rate", format!("{} a year, {set}", percent(terms.rate))),
        ("horizon", format!("{} years", terms.years)),
        ("convention of contracts", terms.convention.name().replace('_', " ")),
    ]
    .map(|(name, value)| (name.to_owned(), value))
    .to_vec()
}

/// All figures, in reading order.
pub(super) fn facts(
    context: &Context<'_>,
    margin: &Margin,
    bought: &Result<Purchases, Absent>,
    worth: &Result<Worth, Absent>,
    contracts: &Result<Contracted, Absent>,
    records: &[Records],
) -> Vec<Fact> {
    let book = Book { context, margin, records };
    let mut facts = vec![book.margin()];
    match (bought, worth) {
        (Ok(bought), Ok(worth)) => facts.extend(book.buying(bought, worth)),
        (Ok(_), Err(absent)) | (Err(absent), _) => {
            if contracts.is_err() || !matches!(absent, Absent::NotAvailable { .. }) {
                facts.push(book.absent("value/clv", "Lifetime value of a new customer", absent));
            }
        }
    }
    match contracts {
        Ok(worth) => facts.extend(book.contracts(worth)),
        Err(absent) if !matches!(absent, Absent::NotAvailable { .. }) => {
            facts.push(book.absent("value/contracts/clv", "Lifetime value of a new contract", absent));
        }
        Err(_) => {}
    }
    facts.extend(book.winning(worth, contracts));
    facts
}

/// Writes facts with the same records and assumptions.
struct Book<'a> {
    context: &'a Context<'a>,
    margin: &'a Margin,
    records: &'a [Records],
}

impl Book<'_> {
    fn size(n: f64) -> Size {
        let n = n.round() as u64;
        Size { n, clusters: n, events: None, effective: None }
    }

    fn of(&self, table: &str) -> Vec<Records> {
        self.records.iter().filter(|r| r.table == table).cloned().collect()
    }

    fn fact(&self, id: &str, name: &str, drawn: &Drawn, unit: Unit, n: f64, table: &str) -> Fact {
        let estimate = drawn.estimate(unit, Self::size(n), self.context.level);
        self.noted(Fact::new(id, name, estimate).from_records(&self.of(table)))
    }

    /// With the rate and horizon that every sum over time rests on.
    fn noted(&self, fact: Fact) -> Fact {
        if fact.estimate.unit != Unit::Money {
            return fact;
        }
        let terms = self.context.terms;
        fact.assuming("discount rate", format!("{} a year", terms.rate))
            .assuming("horizon", format!("{} years", terms.years))
    }

    fn absent(&self, id: &str, name: &str, absent: &Absent) -> Fact {
        Fact::new(id, name, Estimate::absent(absent.clone(), Unit::Money, Size::default()))
    }

    /// A figure of revenue carried into margin, or why not.
    fn in_margin(&self, id: &str, name: &str, revenue: &Drawn, n: f64, table: &str) -> Fact {
        match self.margin {
            Ok((margin, origin)) => {
                let drawn = revenue.with(margin, |r, m| r * m);
                let share = format!("{:.4} of revenue, {origin}", margin.value);
                self.fact(id, name, &drawn, Unit::Money, n, table).assuming("margin", share)
            }
            Err(absent) => self.absent(id, name, absent),
        }
    }

    fn margin(&self) -> Fact {
        let name = "Contribution margin over revenue";
        match self.margin {
            Ok((drawn, origin)) => {
                let mut fact = self.fact("value/margin", name, drawn, Unit::Share, 0.0, "transactions");
                if *origin == "as set" {
                    fact.estimate.interval = None;
                    let text = "set by hand, and taken as exact".to_owned();
                    fact.estimate = fact.estimate.with_caveat(Caveat::Note { text });
                }
                fact.by("margin or amount − cogs, over amount", "practice").assuming("origin", *origin)
            }
            Err(absent) => Fact::new(
                "value/margin",
                name,
                Estimate::absent(absent.clone(), Unit::Share, Size::default()),
            ),
        }
    }

    fn buying(&self, bought: &Purchases, worth: &Worth) -> Vec<Fact> {
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
        list.push(self.doubted(revenue, bought));
        let name = "Lifetime value of a new customer in margin, discounted";
        let clv = self.in_margin("value/clv", name, &worth.new.discounted, customers, table);
        list.push(self.doubted(clv.by(format!("margin × ({sum}), discounted by month"), source), bought));
        let rest = format!(
            "Σ quarters of the horizon of E[purchases | x, t_x, T] × E[spend | x, own mean], discounted, by {model} and {spend}"
        );
        let name = "Revenue still to come from a present customer, discounted";
        let fact = self.fact("value/residual_revenue", name, &per_customer, Unit::Money, customers, table);
        list.push(self.doubted(fact.by(rest.clone(), source), bought));
        let name = "Value still to come from a present customer, in margin";
        let fact = self.in_margin("value/residual_clv", name, &per_customer, customers, table);
        list.push(self.doubted(fact.by(format!("margin × {rest}"), source), bought));
        let name = "Value of the present base";
        let fact = self.in_margin("value/customer_equity", name, &remaining.revenue, customers, table);
        list.push(self.doubted(
            fact.by(format!("Σ customers of margin × {rest}"), "Gupta, Lehmann & Stuart 2004"),
            bought,
        ));
        list
    }

    /// With the doubts that concern every value by buying.
    fn doubted(&self, mut fact: Fact, bought: &Purchases) -> Fact {
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

    fn contracts(&self, worth: &Contracted) -> Vec<Fact> {
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

    /// What winning a customer costs, against what the customer brings.
    fn winning(&self, worth: &Result<Worth, Absent>, contracts: &Result<Contracted, Absent>) -> Vec<Fact> {
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
                list.push(self.absent(
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

/// The convention as a formula.
const fn formula(convention: Convention) -> &'static str {
    match convention {
        Convention::Immediate => "margin × Σ_{t ≥ 0} S(t)/(1 + i)^t",
        Convention::EndCertain => "margin × Σ_{t ≥ 1} S(t − 1)/(1 + i)^t",
        Convention::EndConditional => "margin × Σ_{t ≥ 1} S(t)/(1 + i)^t",
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

/// From the present base to the base with those still to be won.
pub(super) fn equity(context: &Context<'_>, facts: &[Fact]) -> Vec<BridgeStep> {
    let find = |id: &str| facts.iter().find(|f| f.id == id && f.given());
    let present = find("value/customer_equity").or_else(|| find("value/contracts/customer_equity"));
    let Some(present) = present else { return Vec::new() };
    let step =
        |name: &str, amount: Estimate, total: bool| BridgeStep { name: name.to_owned(), amount, total };
    let mut list = vec![step("present customers", present.estimate.clone(), true)];
    let new = find("value/clv").or_else(|| find("value/contracts/clv"));
    let cac = find("value/cac").and_then(|f| f.estimate.value);
    let (Some(new), plan) = (new.and_then(|f| f.estimate.value), &context.terms.new_customers) else {
        return list;
    };
    let newcomers: Vec<Newcomers> =
        plan.iter().map(|n| Newcomers { customers: *n, value: new, cost: cac.unwrap_or(0.0) }).collect();
    if newcomers.is_empty() {
        return list;
    }
    let Some(value) = newcomers_value(&newcomers, context.terms.rate) else { return list };
    let mut amount = Estimate::new(value, None, Unit::Money, Size::default());
    let text = "a plan, not a measurement: how many will be won is taken as set".to_owned();
    amount = amount.with_caveat(Caveat::Note { text });
    if cac.is_none() {
        let text = "no cost of winning is known, so none is taken off".to_owned();
        amount = amount.with_caveat(Caveat::Note { text });
    }
    list.push(step("customers still to be won", amount, false));
    let whole = present.estimate.value.unwrap_or(0.0) + value;
    list.push(step("together", Estimate::new(whole, None, Unit::Money, Size::default()), true));
    list
}
