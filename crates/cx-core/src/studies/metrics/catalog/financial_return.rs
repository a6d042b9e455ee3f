//! Metrics of the category `financial_return`: all of them need an effect
//! against what would have happened anyway, which no formula over rows gives.

use crate::ground::unit::{Direction, Unit};
use crate::studies::metrics::declaration::{Category, Declaration, Status, at_least};

const BASE: Declaration = Declaration {
    category: Category::FinancialReturn,
    unit: Unit::Ratio,
    direction: Direction::Higher,
    min_n: at_least(1),
    status: Status::Study { command: "cx roi" },
    ..Declaration::BASE
};

pub(super) static METRICS: &[Declaration] = &[
    Declaration {
        id: "roi",
        name: "Return on investment",
        meaning: "Net gain of an initiative per unit of its cost, both in today's money.",
        edges: "Gains are margins beyond what would have happened anyway. Where profit already has the cost taken \
                off, taking it off again turns +50 % into -50 %. Without a cost there is no ratio: see `npv`.",
        source: "Phillips; Forrester TEI",
        ..BASE
    },
    Declaration {
        id: "roi_seed_variant",
        name: "ROI, seed table variant",
        meaning: "Net profit minus cost, over cost, as some tables print it.",
        edges: "Equals `roi` where net profit means gross benefit, and `roi` minus one where the cost is already off. \
                Only for reconciliation: `cx roi` prints all three forms on one line.",
        source: "practice",
        ..BASE
    },
    Declaration {
        id: "bcr",
        name: "Benefit-cost ratio",
        meaning: "Benefits over costs, both in today's money.",
        edges: "One more than `roi`. Calling a saving a benefit or a lower cost changes it, though nothing else \
                changes: `npv` stays the same.",
        source: "Phillips",
        ..BASE
    },
    Declaration {
        id: "npv",
        name: "Net present value",
        meaning: "Benefits minus costs in today's money.",
        unit: Unit::Money,
        edges: "The figure to decide by. Whether flows fall at the end or the middle of a period is stored with it.",
        source: "finance",
        ..BASE
    },
    Declaration {
        id: "irr",
        name: "Internal rate of return",
        meaning: "The discount rate at which an initiative would just break even.",
        unit: Unit::Share,
        edges: "Flows that change sign more than once can have several such rates, or none: then none is given. \
                Where draws never earn back their cost, the lower limit is open.",
        source: "finance",
        ..BASE
    },
    Declaration {
        id: "payback_period",
        name: "Payback period",
        meaning: "Time until the sum of an initiative's flows turns non-negative.",
        unit: Unit::Months,
        direction: Direction::Lower,
        edges: "It ignores all that comes later. The sum can turn negative again, which is then said.",
        source: "finance",
        ..BASE
    },
    Declaration {
        id: "cost_of_delay",
        name: "Cost of delay",
        meaning: "Net present value lost for each period an initiative waits.",
        unit: Unit::Money,
        direction: Direction::Lower,
        edges: "`cx roi` gives that of half a year. Higher where the opportunity passes on a fixed date than where everything merely shifts.",
        source: "Reinertsen",
        ..BASE
    },
    Declaration {
        id: "probability_roi_positive",
        name: "Probability ROI is positive",
        meaning: "How likely an initiative is to earn more than it costs.",
        unit: Unit::Share,
        min_n: at_least(2500),
        edges: "No better than the model behind it: it stands beside the grade of the evidence.",
        source: "simulation",
        ..BASE
    },
    Declaration {
        id: "return_on_quality",
        name: "Return on quality",
        meaning: "Net present value of a quality effort over what was spent on it.",
        edges: "The same as `roi` where nothing but the effort itself costs money, which is what costs booked to an \
                initiative are.",
        source: "Rust, Zahorik & Keiningham 1995",
        ..BASE
    },
    Declaration {
        id: "return_on_experience",
        name: "Return on experience",
        meaning: "A label for what customers' and employees' experience bring together.",
        direction: Direction::Neutral,
        edges: "Nobody has published how to compute it, so it will be a scorecard and never a number.",
        source: "PwC",
        status: Status::Planned { why: "nobody has published how to compute it; planned as a scorecard" },
        ..BASE
    },
];
