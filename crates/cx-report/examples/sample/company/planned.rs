//! A plan of the invented company: three things that may be done, two of them chosen.

use super::returns::returns;
use cx_core::findings::{
    BaseFound, CandidateFound, ChangeFound, ChoiceFound, Fact, FrontierFound, LearningFound, MoneyFound,
    Opportunity, PlanReport, PortfolioFound, RealisationFound, Records, ResponseFound, ShrunkFound,
    StepFound, TestFound,
};
use cx_core::ground::estimate::{Absent, Estimate, Interval, Method, Refused, Size};
use cx_core::ground::unit::Unit;

const NOTICES: &str = "NOTICES";
const COACH: &str = "COACH";
const BOT: &str = "BOT";

fn drawn(value: f64, low: f64, high: f64) -> Estimate {
    let interval = Interval::closed(low, high, 0.90, Method::Draws);
    Estimate::new(value, Some(interval), Unit::Money, Size { n: 10_000, ..Size::default() })
}

fn change(key: &str, by: [f64; 3], unit: Unit, from: f64) -> ChangeFound {
    ChangeFound {
        key: key.into(),
        sort: "relative".into(),
        by,
        unit,
        from: Some(from),
        to: Some(from * (1.0 + by[1])),
        lasting: [0.0, 0.5, 1.0],
    }
}

fn base() -> Vec<BaseFound> {
    let one = |key: &str, name: &str, value: f64, half: f64, unit: Unit| BaseFound {
        key: key.into(),
        name: name.into(),
        estimate: Estimate::new(
            value,
            Some(Interval::closed(value - half, value + half, 0.95, Method::PercentileBootstrap)),
            unit,
            Size { n: 318_204, ..Size::default() },
        ),
        provenance: "data".into(),
    };
    vec![
        one("churn", "share that leaves", 0.0141, 0.0004, Unit::Share),
        one("margin", "contribution margin of an active customer", 31.4, 0.3, Unit::Money),
        one("contacts", "contacts of an active customer", 0.21, 0.004, Unit::PerUnit),
    ]
}

/// Worth of one of the candidates: as those of the initiatives, with figures of its own.
fn money(npv: &Estimate, cost: f64, pays: f64) -> Result<MoneyFound, Absent> {
    let known = returns().initiatives.into_iter().find_map(|one| one.money.ok()).ok_or(Absent::NoData)?;
    Ok(MoneyFound { npv: npv.clone(), cost: drawn(cost, 0.9 * cost, 1.2 * cost), pays, held: None, ..known })
}

fn candidate(
    (id, name, strategy): (&str, &str, &str),
    (npv, cost, pays): (Estimate, f64, f64),
    test: TestFound,
) -> CandidateFound {
    CandidateFound {
        id: id.into(),
        name: name.into(),
        strategy: strategy.into(),
        owner: Some("P. Zieliński".into()),
        customers: 318_204.0,
        population: None,
        changes: vec![test.change.clone()],
        promise: RealisationFound { family: strategy.into(), resolved: 3, mean: 0.7, origin: "prior".into() },
        money: money(&npv, cost, pays),
        as_promised: None,
        share_needed: Some(0.42),
        cut: 0.0,
        tests: vec![test],
        learning: Some(LearningFound {
            worth: 31_000.0,
            price: 140_000.0,
            withheld: 90_000.0,
            tells: true,
            test_first: false,
        }),
    }
}

fn test(change: ChangeFound, even: Option<f64>, detectable: Option<f64>, power: f64) -> TestFound {
    TestFound {
        months: 12,
        per_arm: 159_102.0,
        expected: 0.7 * change.by[1],
        even,
        detectable,
        ratio: even.zip(detectable).map(|(e, d)| e / d),
        power: Some(power),
        needed_per_arm: even.map(|_| 88_400.0),
        change,
    }
}

fn candidates() -> Vec<CandidateFound> {
    let less = |key: &str, by: [f64; 3], unit: Unit, from: f64| change(key, by, unit, from);
    vec![
        candidate(
            (NOTICES, "Delay notices before customers ask", "proactive"),
            (drawn(1_310_000.0, -180_000.0, 3_420_000.0), 640_000.0, 0.91),
            test(less("churn", [-0.02, -0.05, -0.09], Unit::Share, 0.0141), Some(-0.021), Some(-0.018), 0.97),
        ),
        candidate(
            (COACH, "Coaching by recorded calls", "training"),
            (drawn(420_000.0, -390_000.0, 1_510_000.0), 510_000.0, 0.74),
            test(less("churn", [-0.01, -0.03, -0.06], Unit::Share, 0.0141), Some(-0.017), Some(-0.018), 0.71),
        ),
        candidate(
            (BOT, "Assistant for invoices", "technology_ai"),
            (drawn(-240_000.0, -610_000.0, 330_000.0), 900_000.0, 0.19),
            test(less("contacts", [-0.04, -0.09, -0.16], Unit::PerUnit, 0.21), None, None, 0.99),
        ),
    ]
}

fn choice(id: &str, chosen: bool, (estimated, net, cost): (f64, f64, f64), frequency: f64) -> ChoiceFound {
    let last_in = chosen.then_some(0.95 * net);
    ChoiceFound { id: id.into(), chosen, estimated, net, cost, frequency, last_in }
}

fn step(id: &str, name: &str, strategy: &str, days: [&str; 3], delay: f64) -> StepFound {
    let [begins, live, judged] = days.map(str::to_owned);
    StepFound {
        id: id.into(),
        name: name.into(),
        strategy: strategy.into(),
        owner: Some("P. Zieliński".into()),
        begins,
        live,
        judged,
        test_first: id == COACH,
        delay,
        urgency: delay / 3.0,
    }
}

fn portfolio() -> PortfolioFound {
    let both = || vec![NOTICES.to_owned(), COACH.to_owned()];
    let point = |budget: f64, chosen: Vec<String>, [mean, pays, shortfall, spent]: [f64; 4]| FrontierFound {
        budget,
        chosen,
        mean,
        pays,
        shortfall,
        spent,
    };
    PortfolioFound {
        objective: "sure".into(),
        asked: Some(0.7),
        budget: Some(1_500_000.0),
        chosen: both(),
        npv: drawn(1_690_000.0, -420_000.0, 4_480_000.0),
        mean: 1_820_000.0,
        pays: 0.9,
        shortfall: -610_000.0,
        spent: 1_150_000.0,
        unspent: Some(350_000.0),
        overlap: 64_000.0,
        shrunk: Ok(ShrunkFound { mean: 2.1, as_estimated: 1_960_000.0 }),
        choices: vec![
            choice(NOTICES, true, (1_460_000.0, 1_390_000.0, 640_000.0), 0.88),
            choice(COACH, true, (470_000.0, 430_000.0, 510_000.0), 0.69),
            choice(BOT, false, (-220_000.0, -120_000.0, 900_000.0), 0.11),
        ],
        frontier: vec![
            point(375_000.0, Vec::new(), [0.0; 4]),
            point(750_000.0, vec![NOTICES.into()], [1_390_000.0, 0.91, -330_000.0, 640_000.0]),
            point(1_500_000.0, both(), [1_820_000.0, 0.9, -610_000.0, 1_150_000.0]),
        ],
        roadmap: vec![
            step(
                NOTICES,
                "Delay notices before customers ask",
                "proactive",
                ["2026-07-01", "2026-10-01", "2027-10-01"],
                11_000.0,
            ),
            step(
                COACH,
                "Coaching by recorded calls",
                "training",
                ["2026-10-01", "2027-04-01", "2028-04-01"],
                3_400.0,
            ),
        ],
    }
}

fn facts(
    opportunities: &[Opportunity],
    candidates: &[CandidateFound],
    portfolio: &PortfolioFound,
) -> Vec<Fact> {
    let rows = Records { table: "subscriptions".into(), rows: 318_204, units: 318_204, ..Records::default() };
    let fact = |id: String, name: String, estimate: &Estimate| {
        Fact::new(id, name, estimate.clone())
            .by("benefit - cost, median of joint draws", "practice")
            .from_records(std::slice::from_ref(&rows))
            .assuming("horizon", "36 months from each start")
    };
    let mut list =
        vec![fact("plan/npv".into(), "Net present value of the chosen together".into(), &portfolio.npv)];
    for one in opportunities {
        let id = format!("plan/opportunity/{}", one.change.key);
        list.push(fact(id, format!("Worth of a change of {}", one.change.key), &one.worth));
    }
    for one in candidates {
        let npv = one.money.iter().map(|money| &money.npv);
        list.extend(npv.map(|npv| {
            fact(format!("plan/{}/npv", one.id), format!("Net present value of {}", one.name), npv)
        }));
    }
    list
}

/// The plan.
pub(crate) fn planned() -> PlanReport {
    let opportunity = |change: ChangeFound, worth: Estimate| Opportunity { change, worth };
    let opportunities = vec![
        opportunity(
            change("churn", [-0.1; 3], Unit::Share, 0.0141),
            drawn(7_900_000.0, 7_600_000.0, 8_200_000.0),
        ),
        opportunity(
            change("margin", [0.01; 3], Unit::Money, 31.4),
            drawn(2_800_000.0, 2_760_000.0, 2_840_000.0),
        ),
    ];
    let (candidates, portfolio) = (candidates(), portfolio());
    let no_ceiling = Refused {
        rule: "no_ceiling".into(),
        reason: "the values rise as if there were no ceiling, or have reached it".into(),
        lift: "ask for a spend near the ceiling".into(),
    };
    PlanReport {
        name: "2027".into(),
        as_of: "2026-06-30".into(),
        currency: Some("PLN".into()),
        horizon_months: 36,
        assumptions: vec![("horizon".into(), "36 months from each start".into())],
        customers: 318_204.0,
        base: base(),
        known: Vec::new(),
        responses: vec![
            ResponseFound { of: NOTICES.into(), sizes: Vec::new(), enough: Ok(720_000.0) },
            ResponseFound { of: BOT.into(), sizes: Vec::new(), enough: Err(Absent::Refused(no_ceiling)) },
        ],
        facts: facts(&opportunities, &candidates, &portfolio),
        records: Vec::new(),
        opportunities,
        candidates,
        portfolio: Ok(portfolio),
    }
}
