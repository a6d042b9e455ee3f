//! The question whether a customer would recommend us, and its summaries.

use super::BASE;
use crate::ground::unit::{Direction, Unit};
use crate::studies::metrics::declaration::{Declaration, MinN, at_least, plain, variant, variant_in};

pub(super) const NPS: Declaration = Declaration {
    id: "nps",
    name: "Net Promoter Score",
    meaning: "Likely recommenders minus unlikely ones, in points from -100 to 100.",
    unit: Unit::Points,
    forms: &[
        plain(
            "net(from_best <= 1, from_best >= 4) of responses where question = 'recommend' and answered \
             and maybe(about is missing) and scale_min = 0 and scale_max = 10",
        ),
        variant(
            "1-10",
            "net(from_best <= 1, from_best >= 4) of responses where question = 'recommend' and answered \
             and maybe(about is missing) and scale_min = 1 and scale_max = 10",
        ),
        variant(
            "5pt",
            "net(from_best = 0, from_best >= 2) of responses where question = 'recommend' and answered \
             and maybe(about is missing) and scale_min = 1 and scale_max = 5",
        ),
    ],
    min_n: MinN { show: 30, compare: 100, rank: 200, events: 0 },
    cut: &["channel", "touchpoint"],
    edges: "Questionnaires of 1-10 and 1-5 are variants of their own and do not compare with 0-10. \
            Only point differences make sense: a percentage change of a net is undefined. \
            Some call the share of promoters alone by this name; that is `promoter_share`.",
    source: "Reichheld 2003; Rocks 2016",
    ..BASE
};

pub(super) const PROMOTER_SHARE: Declaration = Declaration {
    id: "promoter_share",
    name: "Promoter share",
    meaning: "Share of answers at the two best points of the question whether one would recommend us.",
    forms: &[
        plain(
            "share(from_best <= 1) of responses where question = 'recommend' and answered \
             and maybe(about is missing) and scale_min = 0 and scale_max = 10",
        ),
        variant(
            "1-10",
            "share(from_best <= 1) of responses where question = 'recommend' and answered \
             and maybe(about is missing) and scale_min = 1 and scale_max = 10",
        ),
        variant(
            "5pt",
            "share(from_best = 0) of responses where question = 'recommend' and answered \
             and maybe(about is missing) and scale_min = 1 and scale_max = 5",
        ),
        variant(
            "yes-no",
            "share(from_best = 0) of responses where question = 'recommend' and answered \
             and maybe(about is missing) and scale_min = 0 and scale_max = 1",
        ),
    ],
    cut: &["channel", "touchpoint"],
    edges: "Read it with `detractor_share`: the same net can hide opposite mixes. \
            Where the question only knows yes and no, the share of yes is the variant `yes-no`.",
    source: "Reichheld 2003",
    ..BASE
};

pub(super) const DETRACTOR_SHARE: Declaration = Declaration {
    id: "detractor_share",
    name: "Detractor share",
    meaning: "Share of answers of 0 to 6 on the question whether one would recommend us.",
    direction: Direction::Lower,
    forms: &[
        plain(
            "share(from_best >= 4) of responses where question = 'recommend' and answered \
             and maybe(about is missing) and scale_min = 0 and scale_max = 10",
        ),
        variant(
            "1-10",
            "share(from_best >= 4) of responses where question = 'recommend' and answered \
             and maybe(about is missing) and scale_min = 1 and scale_max = 10",
        ),
        variant(
            "5pt",
            "share(from_best >= 2) of responses where question = 'recommend' and answered \
             and maybe(about is missing) and scale_min = 1 and scale_max = 5",
        ),
    ],
    cut: &["channel", "touchpoint"],
    edges: "How freely people use the low points differs between cultures: compare within a country.",
    source: "Reichheld 2003",
    ..BASE
};

pub(super) const PASSIVE_SHARE: Declaration = Declaration {
    id: "passive_share",
    name: "Passive share",
    meaning: "Share of answers of 7 or 8 on the question whether one would recommend us.",
    direction: Direction::Neutral,
    forms: &[
        plain(
            "share(from_best in (2, 3)) of responses where question = 'recommend' and answered \
             and maybe(about is missing) and scale_min = 0 and scale_max = 10",
        ),
        variant(
            "1-10",
            "share(from_best in (2, 3)) of responses where question = 'recommend' and answered \
             and maybe(about is missing) and scale_min = 1 and scale_max = 10",
        ),
        variant(
            "5pt",
            "share(from_best = 1) of responses where question = 'recommend' and answered \
             and maybe(about is missing) and scale_min = 1 and scale_max = 5",
        ),
    ],
    cut: &["channel", "touchpoint"],
    edges: "Neither good nor bad in itself; what a point of the net is worth depends on whether it is won \
            from this group or from the detractors.",
    source: "Reichheld 2003",
    ..BASE
};

pub(super) const LTR_MEAN: Declaration = Declaration {
    id: "ltr_mean",
    name: "Mean likelihood to recommend",
    meaning: "Mean answer to the question whether one would recommend us, without bands.",
    unit: Unit::ScalePoints,
    forms: &[
        plain(
            "mean(value) of responses where question = 'recommend' and answered \
             and maybe(about is missing) and scale_min = 0 and scale_max = 10 and scale_best = 10",
        ),
        variant(
            "1-10",
            "mean(value) of responses where question = 'recommend' and answered \
             and maybe(about is missing) and scale_min = 1 and scale_max = 10 and scale_best = 10",
        ),
        variant_in(
            "0-100",
            Unit::Index,
            "mean(harmonised) of responses where question = 'recommend' and answered \
             and maybe(about is missing)",
        ),
    ],
    min_n: at_least(20),
    cut: &["channel", "touchpoint"],
    edges: "Uses every point of the answer, so it sees a shift with fewer answers than the net does; \
            prefer it for tests and drivers.",
    source: "Morgan & Rego 2006",
    ..BASE
};

pub(super) const TNPS: Declaration = Declaration {
    id: "tnps",
    name: "Transactional NPS",
    meaning: "The net of likely recommenders, asked right after one interaction.",
    unit: Unit::Points,
    forms: &[
        plain(
            "net(from_best <= 1, from_best >= 4) of responses where question = 'recommend' and answered \
             and maybe(about is missing) and survey_kind = 'transactional' and scale_min = 0 and scale_max = 10",
        ),
        variant(
            "1-10",
            "net(from_best <= 1, from_best >= 4) of responses where question = 'recommend' and answered \
             and maybe(about is missing) and survey_kind = 'transactional' and scale_min = 1 and scale_max = 10",
        ),
        variant(
            "5pt",
            "net(from_best = 0, from_best >= 2) of responses where question = 'recommend' and answered \
             and maybe(about is missing) and survey_kind = 'transactional' and scale_min = 1 and scale_max = 5",
        ),
    ],
    cut: &["touchpoint", "channel"],
    edges: "Never pool it with the relationship score: who is asked, when and about what all differ. \
            A customer asked after several contacts counts once for each, and the interval allows for it.",
    source: "Bain practice",
    ..BASE
};

pub(super) const RNPS: Declaration = Declaration {
    id: "rnps",
    name: "Relationship NPS",
    meaning: "The net of likely recommenders, asked on a schedule about the whole relationship.",
    unit: Unit::Points,
    forms: &[
        plain(
            "net(from_best <= 1, from_best >= 4) of responses where question = 'recommend' and answered \
             and maybe(about is missing) and survey_kind = 'relationship' and scale_min = 0 and scale_max = 10",
        ),
        variant(
            "1-10",
            "net(from_best <= 1, from_best >= 4) of responses where question = 'recommend' and answered \
             and maybe(about is missing) and survey_kind = 'relationship' and scale_min = 1 and scale_max = 10",
        ),
        variant(
            "5pt",
            "net(from_best = 0, from_best >= 2) of responses where question = 'recommend' and answered \
             and maybe(about is missing) and survey_kind = 'relationship' and scale_min = 1 and scale_max = 5",
        ),
    ],
    min_n: at_least(100),
    cut: &["channel"],
    edges: "The latest answer of a customer in a round counts. Asked of customers alone it says little \
            about growth; asked of everybody in the market it says more.",
    source: "Baehre et al. 2022",
    ..BASE
};
