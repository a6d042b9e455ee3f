//! The retention triangle.

use crate::calc::args::{Cells, left_out};
use crate::calc::spec::LEVEL;
use crate::calc::{Answer, Args, Calc, CalcError, Choice, Default, Figure, Holds, Results, Role};
use crate::ground::estimate::Caveat;
use crate::infer::cohorts::{Purchase, triangle};
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

pub(in crate::calc) const COHORTS: Calc = Calc {
    name: "cohorts",
    group: "retention",
    summary: "Customers by month of first purchase: who still buys and for how much, month by month",
    roles: &[
        Role {
            name: "customer",
            default: Default::Named(&["customer_id", "customer", "id"]),
            required: true,
            holds: Holds::Text,
            help: "who bought",
        },
        Role {
            name: "date",
            default: Default::Named(&["date"]),
            required: true,
            holds: Holds::Date,
            help: "day of the purchase, as 2026-01-31",
        },
        Role {
            name: "amount",
            default: Default::Named(&["amount"]),
            required: false,
            holds: Holds::Number,
            help: "what was paid",
        },
    ],
    second: None,
    options: &[
        Choice {
            name: "as-of",
            default: None,
            allowed: &[],
            help: "last day that the records cover; the newest purchase unless given",
        },
        LEVEL,
    ],
    table_is_optional: false,
    run,
};

/// Amounts as whole numbers of one step, 10 to the minus `scale`.
struct Amounts {
    whole: Cells<i128>,
    scale: u32,
}

/// Amounts in the smallest step among them: exact sums of any decimals.
fn exact(args: &Args<'_>) -> Result<Option<Amounts>, CalcError> {
    // Strict reading first: it names the cell and the remedy.
    if args.numbers("amount")?.is_none() {
        return Ok(None);
    }
    let texts = args.texts("amount").unwrap_or_default();
    let mut decimals = Vec::with_capacity(texts.len());
    for (place, text) in texts.iter().enumerate() {
        let read = |text: &&str| {
            Decimal::from_str_exact(text).or_else(|_| Decimal::from_scientific(text)).map_err(|_| {
                args.fault("amount", place, "has too many digits", "round it to at most 20 digits")
            })
        };
        decimals.push(text.as_ref().map(read).transpose()?);
    }
    let scale = decimals.iter().flatten().map(|d| d.normalize().scale()).max().unwrap_or(0);
    let whole = |(place, decimal): (usize, &Option<Decimal>)| -> Result<Option<i128>, CalcError> {
        let Some(decimal) = decimal else { return Ok(None) };
        let mut at_scale = decimal.normalize();
        let missing = scale - at_scale.scale();
        let set = at_scale.set_scale(0).ok().and_then(|()| at_scale.to_i128());
        let value = set.and_then(|digits| digits.checked_mul(10_i128.checked_pow(missing)?));
        value.map(Some).ok_or_else(|| {
            args.fault("amount", place, "is too large", "use a larger unit, such as thousands")
        })
    };
    decimals
        .iter()
        .enumerate()
        .map(whole)
        .collect::<Result<_, _>>()
        .map(|whole| Some(Amounts { whole, scale }))
}

fn run(args: &Args<'_>) -> Result<Answer, CalcError> {
    let level = args.level()?;
    let customers = args.texts("customer").unwrap_or_default();
    let days = args.days("date")?.unwrap_or_default();
    let amounts = exact(args)?;
    let mut purchases = Vec::with_capacity(days.len());
    let (mut blank, mut unpriced) = (0, 0_u64);
    for (place, (customer, day)) in customers.iter().zip(&days).enumerate() {
        let (Some(customer), Some(day)) = (customer, day) else {
            blank += 1;
            continue;
        };
        let amount = amounts.as_ref().and_then(|a| a.whole[place]);
        unpriced += u64::from(amounts.is_some() && amount.is_none());
        purchases.push(Purchase { customer, day: *day, amount: amount.unwrap_or(0) });
    }
    let newest = purchases.iter().map(|p| p.day).max();
    let as_of = match args.option("as-of") {
        Some(text) => Some(text.parse().map_err(|help: String| args.bad("as-of", &help))?),
        None => newest,
    };
    let mut caveats: Vec<Caveat> = left_out(blank, "no customer or no date").into_iter().collect();
    if unpriced > 0 {
        let text =
            format!("{unpriced} purchases without an amount count as purchases and add nothing to revenue");
        caveats.push(Caveat::Note { text });
    }
    let Some(as_of) = as_of else {
        let help = "fill the customer and date columns".to_owned();
        return Err(CalcError::Data { what: "there are no purchases".to_owned(), help });
    };
    let later = purchases.iter().filter(|p| p.day > as_of).count() as u64;
    caveats.extend(left_out(later, "later than the last day of the records"));
    let cohorts = triangle(&purchases, as_of, level);
    let unit = amounts.as_ref().map(|a| 10.0_f64.powi(a.scale as i32));
    let mut results = Results::new().with("as_of", Figure::text(as_of.to_string()));
    let mut incomplete = false;
    let mut by_cohort = Results::new();
    for cohort in &cohorts {
        let (mut active, mut retention, mut still) = (Results::new(), Results::new(), Results::new());
        let (mut revenue, mut complete) = (Results::new(), Results::new());
        for age in &cohort.ages {
            let month = age.month.to_string();
            active.put(&month, Figure::count(age.active));
            retention.put(&month, Figure::from(&age.retention));
            still.put(&month, Figure::count(age.still_active));
            if let Some(unit) = unit {
                revenue.put(&month, Figure::real(age.amount as f64 / unit));
            }
            complete.put(&month, Figure::yes(age.complete));
            incomplete |= !age.complete;
        }
        let mut group = Results::new().with("customers", Figure::count(cohort.customers));
        group.group("active", active);
        group.group("retention", retention);
        group.group("active_then_or_later", still);
        if unit.is_some() {
            group.group("revenue", revenue);
        }
        group.group("complete", complete);
        by_cohort.group(&cohort.label, group);
    }
    results.group("cohorts", by_cohort);
    if incomplete {
        let text = format!("records end on {as_of}, inside a month: its figures are too low");
        caveats.push(Caveat::Note { text });
    }
    Ok(Answer { method: Some("classic".to_owned()), level: Some(level.value()), results, caveats })
}
