//! What customers will still bring: all of it waits for fitted models.

use crate::ground::unit::{Direction, Unit};
use crate::studies::metrics::declaration::{Category, Declaration, Status, at_least};

const BASE: Declaration = Declaration {
    category: Category::Value,
    unit: Unit::Money,
    direction: Direction::Higher,
    min_n: at_least(300),
    ..Declaration::BASE
};

pub(super) const CLV_REVENUE: Declaration = Declaration {
    id: "clv_revenue",
    name: "Lifetime revenue",
    meaning: "Revenue expected from a customer over the whole relationship.",
    edges: "Popular, but it is revenue: it pays for no initiative and never enters a return on investment.",
    source: "practice",
    status: Status::Study { command: "cx value" },
    ..BASE
};

pub(super) const CLV: Declaration = Declaration {
    id: "clv",
    name: "Customer lifetime value, discounted margin",
    meaning: "What a customer's future contribution margins are worth today.",
    edges: "Three usual conventions of timing give 366.67, 333.33 and 266.67 for the same customer (margin 100, \
            retention 80 %, rate 10 %), so convention, horizon and margin level belong to its name.",
    source: "Gupta & Lehmann; Fader & Hardie 2012",
    status: Status::Study { command: "cx value" },
    ..BASE
};

pub(super) const CLV_CONTRACTUAL_SBG: Declaration = Declaration {
    id: "clv_contractual_sbg",
    name: "CLV, contractual (shifted beta-geometric)",
    meaning: "Lifetime value where renewals are seen and customers differ in loyalty.",
    edges: "A constant retention rate undervalues customers, those of longest standing most.",
    source: "Fader & Hardie 2007, 2010",
    status: Status::Study { command: "cx value" },
    ..BASE
};

pub(super) const CLV_NONCONTRACTUAL_BGNBD: Declaration = Declaration {
    id: "clv_noncontractual_bgnbd",
    name: "CLV, noncontractual (BG/NBD + gamma-gamma)",
    meaning: "Lifetime value where silence is the only sign of leaving.",
    min_n: at_least(500),
    edges: "It holds only where how often and how much people buy have little to do with each other.",
    source: "Fader, Hardie & Lee 2005; Fader & Hardie 2013",
    status: Status::Study { command: "cx value" },
    ..BASE
};

pub(super) const RESIDUAL_CLV: Declaration = Declaration {
    id: "residual_clv",
    name: "Residual CLV",
    meaning: "What a present customer's remaining margins are worth today.",
    edges: "This, not the value of a new customer, is what saving a customer is worth.",
    source: "Fader & Hardie 2010",
    status: Status::Study { command: "cx value" },
    ..BASE
};

pub(super) const CUSTOMER_EQUITY: Declaration = Declaration {
    id: "customer_equity",
    name: "Customer equity",
    meaning: "Remaining value of all present customers plus the value of those still to be won.",
    min_n: at_least(1),
    edges: "How many will be won is a plan, not a measurement, and stands apart from the rest.",
    source: "Gupta, Lehmann & Stuart 2004; Rust, Lemon & Zeithaml 2004",
    status: Status::Study { command: "cx value" },
    ..BASE
};

pub(super) const PROMOTER_VALUE_GAP: Declaration = Declaration {
    id: "promoter_value_gap",
    name: "Value gap by score band",
    meaning: "How much more promoters are worth than passives and detractors who are otherwise alike.",
    min_n: at_least(50),
    edges: "The raw gap mixes in tenure, plan and who chooses to answer; raw and adjusted always stand together.",
    source: "Bain",
    status: Status::Study { command: "cx linkage" },
    ..BASE
};

pub(super) const CUSTOMER_REFERRAL_VALUE: Declaration = Declaration {
    id: "customer_referral_value",
    name: "Customer referral value",
    meaning: "Worth of the customers whom a customer brought.",
    min_n: at_least(50),
    edges: "Some of them would have come anyway, and how many is rarely known. Never add it to the lifetime \
            values of those referred.",
    source: "Kumar, Petersen & Leone 2007, 2010",
    status: Status::Study { command: "cx value" },
    ..BASE
};

pub(super) const REVENUE_AT_RISK: Declaration = Declaration {
    id: "revenue_at_risk",
    name: "Revenue at risk",
    meaning: "Revenue expected to be lost within a year from customers who may leave.",
    direction: Direction::Lower,
    edges: "An expectation, not what could be saved: that takes the effect of doing something.",
    source: "practice",
    status: Status::Study { command: "cx retention" },
    ..BASE
};
