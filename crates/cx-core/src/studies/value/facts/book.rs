//! All figures in reading order, each with the same records and assumptions.

use super::super::Context;
use super::super::contracts::Worth as Contracted;
use super::super::drawn::Drawn;
use super::super::run::{Purchases, Worth};
use crate::findings::{Fact, Records};
use crate::ground::estimate::{Absent, Caveat, Estimate, Size};
use crate::ground::unit::Unit;

/// Margin over revenue and where it is from, or why there is none.
pub(super) type Margin = Result<(Drawn, &'static str), Absent>;

/// What the figures rest on besides the records.
pub(in super::super) fn assumptions(context: &Context<'_>, margin: &Margin) -> Vec<(String, String)> {
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
pub(in super::super) fn facts(
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
                facts.push(Book::absent("value/clv", "Lifetime value of a new customer", absent));
            }
        }
    }
    match contracts {
        Ok(worth) => facts.extend(book.contracts(worth)),
        Err(absent) if !matches!(absent, Absent::NotAvailable { .. }) => {
            facts.push(Book::absent("value/contracts/clv", "Lifetime value of a new contract", absent));
        }
        Err(_) => {}
    }
    facts.extend(book.winning(worth, contracts));
    facts
}

/// Writes facts with the same records and assumptions.
pub(super) struct Book<'a> {
    pub(super) context: &'a Context<'a>,
    pub(super) margin: &'a Margin,
    records: &'a [Records],
}

impl Book<'_> {
    pub(super) fn size(n: f64) -> Size {
        let n = n.round() as u64;
        Size { n, clusters: n, events: None, effective: None }
    }

    pub(super) fn of(&self, table: &str) -> Vec<Records> {
        self.records.iter().filter(|r| r.table == table).cloned().collect()
    }

    pub(super) fn fact(&self, id: &str, name: &str, drawn: &Drawn, unit: Unit, n: f64, table: &str) -> Fact {
        let estimate = drawn.estimate(unit, Self::size(n), self.context.level);
        self.noted(Fact::new(id, name, estimate).from_records(&self.of(table)))
    }

    /// With the rate and horizon that every sum over time rests on.
    pub(super) fn noted(&self, fact: Fact) -> Fact {
        if fact.estimate.unit != Unit::Money {
            return fact;
        }
        let terms = self.context.terms;
        fact.assuming("discount rate", format!("{} a year", terms.rate))
            .assuming("horizon", format!("{} years", terms.years))
    }

    pub(super) fn absent(id: &str, name: &str, absent: &Absent) -> Fact {
        Fact::new(id, name, Estimate::absent(absent.clone(), Unit::Money, Size::default()))
    }

    /// A figure of revenue carried into margin, or why not.
    pub(super) fn in_margin(&self, id: &str, name: &str, revenue: &Drawn, n: f64, table: &str) -> Fact {
        match self.margin {
            Ok((margin, origin)) => {
                let drawn = revenue.with(margin, |r, m| r * m);
                let share = format!("{:.4} of revenue, {origin}", margin.value);
                self.fact(id, name, &drawn, Unit::Money, n, table).assuming("margin", share)
            }
            Err(absent) => Self::absent(id, name, absent),
        }
    }

    pub(super) fn margin(&self) -> Fact {
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
}
