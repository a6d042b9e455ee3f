//! Effort as customers report it.

use super::BASE;
use crate::ground::unit::{Direction, Unit};
use crate::studies::metrics::declaration::{Declaration, at_least, plain, variant, variant_in};

pub(super) const CES1_MEAN: Declaration = Declaration {
    id: "ces1_mean",
    name: "Customer Effort Score 1.0",
    meaning: "Mean effort the customer had to make, from 1, very little, to 5, very much.",
    unit: Unit::ScalePoints,
    direction: Direction::Lower,
    forms: &[plain(
        "mean(value) of responses where question = 'effort' and answered and maybe(about is missing) \
         and scale_min = 1 and scale_max = 5 and scale_best = 1",
    )],
    min_n: at_least(20),
    cut: &["channel", "touchpoint"],
    edges: "Lower is better here and higher in version 2.0. Some tools ask 1-5 with 5 for easy under the \
            same name: the scale of the question says which end is best, and that form is not counted here.",
    source: "Dixon, Freeman & Toman 2010",
    ..BASE
};

pub(super) const CES2_MEAN: Declaration = Declaration {
    id: "ces2_mean",
    name: "Customer Effort Score 2.0, mean",
    meaning: "Mean agreement that the company made it easy, from 1 to 7.",
    unit: Unit::ScalePoints,
    forms: &[plain(
        "mean(value) of responses where question = 'effort' and answered and maybe(about is missing) \
         and scale_min = 1 and scale_max = 7 and scale_best = 7",
    )],
    min_n: at_least(20),
    cut: &["channel", "touchpoint"],
    edges: "One of three summaries of the same answers, beside the share agreeing and the net: \
            a target must name which.",
    source: "Dixon, Toman & DeLisi 2013",
    ..BASE
};

pub(super) const CES2_AGREE: Declaration = Declaration {
    id: "ces2_agree",
    name: "Customer Effort Score 2.0, agreement",
    meaning: "Share agreeing at least somewhat that the company made it easy.",
    forms: &[plain(
        "share(value >= 5) of responses where question = 'effort' and answered and maybe(about is missing) \
         and scale_min = 1 and scale_max = 7 and scale_best = 7",
    )],
    cut: &["channel", "touchpoint"],
    edges: "Points 5, 6 and 7 of 1-7. It cannot be turned into the mean or the net once summed up.",
    source: "Dixon, Toman & DeLisi 2013",
    ..BASE
};

pub(super) const CES2_NET: Declaration = Declaration {
    id: "ces2_net",
    name: "Customer Effort Score 2.0, net easy",
    meaning: "Answers that it was easy minus answers that it was not.",
    unit: Unit::Points,
    forms: &[plain(
        "net(value >= 6, value <= 3) of responses where question = 'effort' and answered \
         and maybe(about is missing) and scale_min = 1 and scale_max = 7 and scale_best = 7",
    )],
    min_n: at_least(100),
    cut: &["channel", "touchpoint"],
    edges: "6 and 7 against 1 to 3 of 1-7: the middle, 4 and 5, is lopsided by construction.",
    ..BASE
};

pub(super) const CES10_LOW: Declaration = Declaration {
    id: "ces10_low",
    name: "Customer Effort Score, 1-10 low is good",
    meaning: "Mean effort rated from 1, easiest, to 10.",
    unit: Unit::ScalePoints,
    direction: Direction::Lower,
    forms: &[
        plain(
            "mean(value) of responses where question = 'effort' and answered and maybe(about is missing) \
             and scale_min = 1 and scale_max = 10 and scale_best = 1",
        ),
        variant_in(
            "above-3",
            Unit::Share,
            "share(value > 3) of responses where question = 'effort' and answered \
             and maybe(about is missing) and scale_min = 1 and scale_max = 10 and scale_best = 1",
        ),
    ],
    min_n: at_least(20),
    cut: &["channel", "touchpoint"],
    edges: "Compares with the other effort scales only through `ease_100`. \
            `above-3` is the share for whom it was not easy.",
    ..BASE
};

pub(super) const CES_EASY_HARD: Declaration = Declaration {
    id: "ces_easy_hard",
    name: "Ease, two-option",
    meaning: "Share answering \"easy\" where one can only say easy or hard.",
    forms: &[plain(
        "share(from_best = 0) of responses where question = 'effort' and answered \
         and maybe(about is missing) and scale_min = 0 and scale_max = 1",
    )],
    cut: &["channel", "touchpoint"],
    edges: "No middle to choose, so it does not compare with the agreement on 1-7.",
    ..BASE
};

pub(super) const EASE_100: Declaration = Declaration {
    id: "ease_100",
    name: "Harmonised ease index",
    meaning: "Mean ease over every effort scale in use, 100 being easiest.",
    unit: Unit::Index,
    forms: &[plain(
        "mean(harmonised) of responses where question = 'effort' and answered \
         and maybe(about is missing)",
    )],
    cut: &["channel", "touchpoint"],
    edges: "2.1 on 1-5 with 1 for easy becomes 72.5, 5.6 on 1-7 becomes 76.7, 3.2 on 1-10 with 1 for easy 75.6. \
            When the mix of scales changes the index moves without anybody finding it easier.",
    source: "own definition",
    ..BASE
};

pub(super) const REPEAT_INFORMATION_RATE: Declaration = Declaration {
    id: "repeat_information_rate",
    name: "Had to repeat information",
    meaning: "Share who had to tell their story again.",
    direction: Direction::Lower,
    forms: &[
        plain(
            "share(value = 1) of responses where question = 'repeat_information' and answered \
             and maybe(about is missing) and scale_min = 0 and scale_max = 1",
        ),
        variant("recorded", "share(repeated_information) of interactions where maybe(kind = 'contact')"),
    ],
    cut: &["channel", "touchpoint"],
    edges: "As customers report it, yes being 1. `recorded` takes what was noted on the contact, \
            which misses whatever nobody noted.",
    source: "Dixon, Toman & DeLisi 2013",
    ..BASE
};
