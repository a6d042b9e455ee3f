//! The satisfaction question and its summaries.

use super::BASE;
use crate::ground::unit::{Direction, Unit};
use crate::studies::metrics::declaration::{Declaration, MinN, at_least, plain, variant};

pub(super) const CSAT_T2B: Declaration = Declaration {
    id: "csat_t2b",
    name: "CSAT, top-two-box",
    meaning: "Share of answers at the two best points of the satisfaction question.",
    forms: &[
        plain(
            "share(from_best < boxes) of responses where question = 'satisfaction' and answered \
             and maybe(about is missing)",
        ),
        variant(
            "t3b",
            "share(from_best <= 2) of responses where question = 'satisfaction' and answered \
             and maybe(about is missing) and scale_max - scale_min >= 6",
        ),
    ],
    min_n: MinN { show: 30, compare: 100, rank: 100, events: 0 },
    cut: &["channel", "touchpoint"],
    edges: "4 and 5 of 1-5, 6 and 7 of 1-7, 9 and 10 of 1-10; on two or three points only the best counts. \
            Don't-know answers leave the base and are counted apart. \
            `t3b` takes three points, on scales of seven or more.",
    source: "practice; ISO 10004",
    ..BASE
};

pub(super) const CSAT_MEAN: Declaration = Declaration {
    id: "csat_mean",
    name: "CSAT, mean",
    meaning: "Mean answer to the satisfaction question, in points of its own scale.",
    unit: Unit::ScalePoints,
    forms: &[plain(
        "mean(value) of responses where question = 'satisfaction' and answered \
         and maybe(about is missing) and scale_best = scale_max",
    )],
    min_n: at_least(20),
    cut: &["channel", "touchpoint"],
    edges: "A percentage change of it depends on where the scale begins: 3.00 to 3.75 on 1-5 is 25 % there \
            and 37.5 % on 0-100. Scales on which the lowest point is best are left to `csat_100`.",
    source: "Morgan & Rego 2006",
    ..BASE
};

pub(super) const CSAT_100: Declaration = Declaration {
    id: "csat_100",
    name: "CSAT, 0-100 rescaled",
    meaning: "Mean satisfaction on an axis from 0, the worst point of the scale, to 100, the best.",
    unit: Unit::Index,
    forms: &[plain(
        "mean(harmonised) of responses where question = 'satisfaction' and answered \
         and maybe(about is missing)",
    )],
    min_n: at_least(20),
    cut: &["channel", "touchpoint"],
    edges: "Brings different scales to one range, not to one meaning: a trend across a change of scale \
            needs a study that links the two.",
    source: "ISO 10004",
    ..BASE
};

pub(super) const CSAT_NET: Declaration = Declaration {
    id: "csat_net",
    name: "Net satisfaction",
    meaning: "Answers at the best two points minus those at the worst two.",
    unit: Unit::Points,
    forms: &[plain(
        "net(from_best < boxes, from_worst < boxes) of responses where question = 'satisfaction' \
         and answered and maybe(about is missing)",
    )],
    min_n: at_least(100),
    cut: &["channel", "touchpoint"],
    edges: "One point at either end on scales of two or three points. Only point differences make sense.",
    ..BASE
};

pub(super) const DSAT_RATE: Declaration = Declaration {
    id: "dsat_rate",
    name: "Dissatisfaction rate",
    meaning: "Share of answers at the two worst points of the satisfaction question.",
    direction: Direction::Lower,
    forms: &[plain(
        "share(from_worst < boxes) of responses where question = 'satisfaction' and answered \
         and maybe(about is missing)",
    )],
    cut: &["channel", "touchpoint"],
    edges: "Often tells more about who will leave than the satisfied share does, and is not its complement.",
    source: "Mittal, Ross & Baldasare 1998",
    ..BASE
};
