//! Where the growth of revenue came from.

use super::Context;
use super::gather::{by_group, days, sums};
use crate::findings::BridgeStep;
use crate::ground::estimate::{Caveat, Estimate, Size};
use crate::ground::unit::Unit;
use crate::infer::Level;
use crate::infer::lifetime_value::of_draws;
use crate::reduce::Reduced;
use crate::reduce::plan::Reduction;
use crate::stats::{WORLDS, group_weight};

/// Days of a year.
const YEAR: i32 = 365;

/// Revenue of the last two years: what stood before, what those customers
/// brought since, and new customers by origin, with and without an origin known.
pub(super) fn reductions(context: &Context<'_>) -> [Option<Reduction>; 2] {
    if context.days() < 2 * YEAR {
        return [None, None];
    }
    let end = context.covered.1;
    let params = days(context, &[("Y0", end.plus(-2 * YEAR)), ("Y1", end.plus(-YEAR)), ("END", end)]);
    let rows = "transactions where occurred_at >= Y0 and occurred_at < END per customer_id { \
                before = sum(amount where occurred_at < Y1), now = sum(amount where occurred_at >= Y1) }";
    let (kept, fresh) = ("if(before > 0, now, 0)", "if(before > 0, 0, now)");
    let known = [
        "before",
        kept,
        "if(before <= 0 and surely(customers.acquisition_kind = 'earned'), now, 0)",
        "if(before <= 0 and surely(customers.acquisition_kind = 'bought'), now, 0)",
        fresh,
    ];
    [sums(context, rows, &params, &known), sums(context, rows, &params, &["before", kept, fresh])]
}

/// Revenue by where it came from.
#[derive(Debug, Clone)]
pub(super) struct Origins {
    steps: Vec<BridgeStep>,
}

impl Origins {
    /// From what was gathered; none without two years of records.
    pub(super) fn of(context: &Context<'_>, [known, plain]: [Option<&Reduced>; 2]) -> Option<Self> {
        let (reduced, origin) = known.map(|r| (r, true)).or_else(|| plain.map(|r| (r, false)))?;
        let groups = by_group(reduced);
        let n: u64 = groups.iter().map(|(_, t)| t.units).sum();
        let size = Size { n, clusters: n, events: None, effective: None };
        let estimate = |f: &dyn Fn(&dyn Fn(usize) -> f64) -> f64| {
            let value = f(&|i| groups.iter().map(|(_, t)| t.sum(i)).sum());
            let world = |b: u32| {
                let weight = |g: u32| group_weight(context.seed, g, b) as f64;
                Some(f(&|i| groups.iter().map(|(g, t)| weight(*g) * t.sum(i)).sum()))
            };
            let worlds: Vec<Option<f64>> = (0..WORLDS).map(world).collect();
            amount(value, &worlds, size, context.level).affine(context.minor().recip(), 0.0, Unit::Money)
        };
        let mut steps = vec![step("revenue the year before", estimate(&|s| s(0)), true)];
        steps.push(step("customers who stayed, more or less", estimate(&|s| s(1) - s(0)), false));
        if origin {
            steps.push(step("new customers who were recommended", estimate(&|s| s(2)), false));
            steps.push(step("new customers who were bought", estimate(&|s| s(3)), false));
            let mut unknown = estimate(&|s| s(4) - s(2) - s(3));
            if unknown.value.is_some_and(|x| x > 0.0) {
                let text = "earned growth lies between none and all of this".to_owned();
                unknown = unknown.with_caveat(Caveat::Note { text });
                steps.push(step("new customers of unknown origin", unknown, false));
            }
            steps.push(step("revenue of the last year", estimate(&|s| s(1) + s(4)), true));
        } else {
            let unknown = estimate(&|s| s(2)).with_caveat(Caveat::Note {
                text: "no origin is recorded, so how much of this was earned is not known".to_owned(),
            });
            steps.push(step("new customers of unknown origin", unknown, false));
            steps.push(step("revenue of the last year", estimate(&|s| s(1) + s(2)), true));
        }
        Some(Self { steps })
    }

    /// The steps of a bridge.
    pub(super) fn steps(&self) -> Vec<BridgeStep> {
        self.steps.clone()
    }
}

fn amount(value: f64, worlds: &[Option<f64>], size: Size, level: Level) -> Estimate {
    of_draws(Some(value), worlds, Unit::Money, size, level)
}

fn step(name: &str, amount: Estimate, total: bool) -> BridgeStep {
    BridgeStep { name: name.to_owned(), amount, total }
}
