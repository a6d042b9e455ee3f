//! The records of the ledger, in the order they were written.

use cx_core::ground::estimate::Refused;
use cx_core::ground::evidence::Grade;
use cx_core::ground::period::{Day, Instant};
use cx_core::ground::unit::Unit;
use cx_core::infer::draws::Points;
use cx_core::ledger::{Amendment, Delivered, MetricName, Promise, Reading, Record, Resolution, Withdrawal};

/// Where the seven quantiles of a bell lie, in standard deviations.
const PLACES: [f64; 7] = [-1.645, -1.282, -0.674, 0.0, 0.674, 1.282, 1.645];

/// A text of this file that makes no sense.
pub(super) fn fault(reason: impl Into<String>) -> Refused {
    Refused { rule: "sample".into(), reason: reason.into(), lift: "a sample that makes sense".into() }
}

fn bell(middle: f64, spread: f64) -> Result<Points, Refused> {
    Points::checked(PLACES.map(|z| z.mul_add(spread, middle)))
}

pub(super) fn day(iso: &str) -> Result<Day, Refused> {
    iso.parse().map_err(|_| fault(format!("{iso} is no day")))
}

/// Noon of a day.
fn noon(iso: &str) -> Result<Instant, Refused> {
    Ok(Instant((i64::from(day(iso)?.0) * 24 + 12) * 3_600_000_000))
}

/// What came, as a bell.
pub(super) fn delivered(middle: f64, spread: f64, grade: Grade) -> Result<Delivered, Refused> {
    Ok(Delivered { gain: bell(middle, spread)?, se: spread, grade, paid: Some(true) })
}

/// Id, initiative, family and author.
type Who = [&'static str; 4];
/// The days on which it was written, on which the exposure begins, and on which it is judged.
type Days = [&'static str; 3];

fn promise(
    [id, initiative, family, author]: Who,
    (metric, variant, unit): (&str, &str, Unit),
    (middle, spread, pays): (f64, f64, Option<f64>),
    [written, exposed, due]: Days,
) -> Result<Promise, Refused> {
    Ok(Promise {
        claim_id: id.into(),
        initiative: initiative.into(),
        family: family.into(),
        metric: MetricName { id: metric.into(), variant: variant.into() },
        unit,
        population: "customers under contract".into(),
        baseline: Reading { value: 0.0, on: day(written)? },
        promised: bell(middle, spread)?,
        pays,
        due: day(due)?,
        exposed_from: noon(exposed)?,
        design: "as in the register".into(),
        analysis: "as `cx roi` does it".into(),
        decision_rule: "go on where the median pays".into(),
        author: author.into(),
        registered_at: noon(written)?,
    })
}

const ANNA: &str = "A. Lewandowska";
const PIOTR: &str = "P. Zieliński";
const NPV: (&str, &str, Unit) = ("npv", "36 months", Unit::Money);
const MARGIN: (&str, &str, Unit) = ("margin", "", Unit::Money);
const COST: (&str, &str, Unit) = ("cost_to_serve", "", Unit::Money);

pub(super) fn records() -> Result<Vec<Record>, Refused> {
    let desk: Who = ["P-07", "DESK", "omnichannel", PIOTR];
    let call: Who = ["P-09", "WELCOME", "proactive", ANNA];
    let made = |one: Result<Promise, Refused>| one.map(Record::Promise);
    let amended = |reason: &str, one: Result<Promise, Refused>| {
        one.map(|promise| Record::Amendment(Amendment { reason: reason.into(), promise }))
    };
    let [may, end] = ["2025-05-12", "2026-06-30"];
    [
        made(promise(
            ["P-01", "DESK", "omnichannel", PIOTR],
            NPV,
            (1.6e6, 5e5, Some(0.98)),
            [may, "2025-06-01", end],
        )),
        made(promise(
            ["P-10", "DESK", "omnichannel", PIOTR],
            ("contacts", "", Unit::PerUnit),
            (0.05, 0.02, None),
            [may, "2025-06-01", "2026-03-31"],
        )),
        made(promise(desk, COST, (0.2, 0.06, None), [may, "2025-06-01", end])),
        made(promise(
            ["P-02", "WELCOME", "proactive", ANNA],
            MARGIN,
            (6.0, 1.0, Some(0.97)),
            ["2025-08-11", "2025-09-01", end],
        )),
        made(promise(
            ["P-06", "WELCOME", "proactive", ANNA],
            ("kept", "", Unit::Share),
            (0.012, 0.004, None),
            ["2025-08-11", "2025-09-01", end],
        )),
        made(promise(
            ["P-03", "WELCOME", "proactive", ANNA],
            NPV,
            (2.5e5, 1.2e5, Some(0.9)),
            ["2025-10-06", "2025-09-01", "2026-03-31"],
        )),
        made(promise(
            ["P-04", "TRAIN", "training", PIOTR],
            NPV,
            (9e4, 6e4, Some(0.9)),
            ["2025-10-20", "2025-11-03", end],
        )),
        made(promise(
            ["P-05", "APP", "technology", PIOTR],
            ("spend", "", Unit::Money),
            (11.0, 4.0, None),
            ["2025-10-27", "2025-11-03", "2026-05-31"],
        )),
        amended(
            "two regions opened later",
            promise(desk, COST, (0.15, 0.05, None), ["2025-11-03", "2025-06-01", end]),
        ),
        Ok(Record::Withdrawal(Withdrawal {
            claim_id: "P-05".into(),
            reason: "nobody was drawn by lot".into(),
            author: PIOTR.into(),
            registered_at: noon("2026-02-10")?,
        })),
        resolution("P-10", delivered(0.03, 0.012, Grade::Q)?, ["", ""], "2026-03-31"),
        resolution("P-03", delivered(4.18e5, 3.01e5, Grade::R)?, ["Ask again in June", ""], "2026-04-02"),
        made(promise(
            ["P-08", "DESK", "omnichannel", PIOTR],
            NPV,
            (9e5, 4.2e5, Some(0.98)),
            ["2026-05-18", "2026-09-01", "2027-06-30"],
        )),
        made(promise(call, MARGIN, (4.0, 1.1, Some(0.95)), ["2026-05-18", "2026-07-01", "2026-12-31"])),
        amended(
            "the call begins a month later",
            promise(call, MARGIN, (3.2, 1.2, Some(0.93)), ["2026-06-15", "2026-08-01", "2026-12-31"]),
        ),
        resolution(
            "P-02",
            delivered(3.9, 1.22, Grade::R)?,
            [
                "Half of the calls go on, to those who had called before",
                "Who never called gains nothing from a call",
            ],
            "2026-06-30",
        ),
    ]
    .into_iter()
    .collect()
}

fn resolution(
    id: &str,
    delivered: Delivered,
    [decision, learnt]: [&str; 2],
    written: &str,
) -> Result<Record, Refused> {
    let words = |text: &str| (!text.is_empty()).then(|| text.to_owned());
    Ok(Record::Resolution(Resolution {
        claim_id: id.into(),
        delivered,
        decision: words(decision),
        learnt: words(learnt),
        author: "M. Kaczmarek".into(),
        registered_at: noon(written)?,
    }))
}
