//! Experience against expectation.

use super::BASE;
use crate::ground::unit::Unit;
use crate::studies::metrics::declaration::{Declaration, at_least, plain, variant};

pub(super) const EXPECTATION_GAP: Declaration = Declaration {
    id: "expectation_gap",
    name: "Expectation disconfirmation",
    meaning: "How far the experience exceeded (above 0) or missed (below 0) what was expected.",
    unit: Unit::ScalePoints,
    forms: &[
        plain(
            "mean(value - (scale_min + scale_max) / 2) of responses where question = 'expectation' \
             and answered and maybe(about is missing) and scale_best = scale_max",
        ),
        variant(
            "paired",
            "mean(perceived - expected) of responses where question in ('expected', 'perceived') \
             and answered and maybe(about is missing) and scale_best = scale_max \
             per response_id { expected = mean(value where question = 'expected'), \
             perceived = mean(value where question = 'perceived') } \
             where expected is known and perceived is known",
        ),
    ],
    min_n: at_least(50),
    cut: &["channel", "touchpoint"],
    edges: "One question from worse to better than expected, measured from the middle of its scale; \
            `paired` subtracts two answers of one customer, and both must be there.",
    source: "Oliver 1980",
    ..BASE
};

pub(super) const SERVQUAL_GAP: Declaration = Declaration {
    id: "servqual_gap",
    name: "SERVQUAL gap by dimension",
    meaning: "What was perceived minus what was expected, averaged over the dimensions of service.",
    unit: Unit::ScalePoints,
    forms: &[
        plain(
            "balanced(perceived - expected, item) of responses where question in ('expected', 'perceived') \
             and answered and maybe(about is missing) and item is known and scale_best = scale_max \
             per response_id, item { expected = mean(value where question = 'expected'), \
             perceived = mean(value where question = 'perceived') } \
             where expected is known and perceived is known",
        ),
        variant(
            "servperf",
            "balanced(perceived, item) of responses where question = 'perceived' \
             and answered and maybe(about is missing) and item is known and scale_best = scale_max \
             per response_id, item { perceived = mean(value) }",
        ),
    ],
    min_n: at_least(100),
    cut: &["item"],
    edges: "`item` holds the dimension, so that its questions are averaged within a submission first; \
            every dimension weighs the same. Differences are less reliable than perception alone, \
            which is the variant `servperf`.",
    source: "Parasuraman et al. 1988; Cronin & Taylor 1992",
    ..BASE
};
