//! What customers say of journeys and touchpoints.

use super::BASE;
use crate::ground::unit::Unit;
use crate::studies::metrics::declaration::{Declaration, Status, at_least, plain, variant};

pub(super) const JOURNEY_CSAT: Declaration = Declaration {
    id: "journey_csat",
    name: "Journey satisfaction",
    meaning: "Share content with a journey as a whole.",
    forms: &[plain(
        "share(from_best < boxes) of responses where question = 'satisfaction' and answered \
         and maybe(about is missing) and survey_kind = 'journey'",
    )],
    cut: &["channel"],
    edges: "A journey can be poor while every touchpoint looks fine: three at 95 % make 86 % if they are unrelated.",
    source: "Rawson, Duncan & Jones 2013",
    ..BASE
};

pub(super) const JOURNEY_NPS: Declaration = Declaration {
    id: "journey_nps",
    name: "Journey NPS",
    meaning: "The net of likely recommenders, asked about a journey as a whole.",
    unit: Unit::Points,
    forms: &[
        plain(
            "net(from_best <= 1, from_best >= 4) of responses where question = 'recommend' and answered \
             and maybe(about is missing) and survey_kind = 'journey' and scale_min = 0 and scale_max = 10",
        ),
        variant(
            "1-10",
            "net(from_best <= 1, from_best >= 4) of responses where question = 'recommend' and answered \
             and maybe(about is missing) and survey_kind = 'journey' and scale_min = 1 and scale_max = 10",
        ),
        variant(
            "5pt",
            "net(from_best = 0, from_best >= 2) of responses where question = 'recommend' and answered \
             and maybe(about is missing) and survey_kind = 'journey' and scale_min = 1 and scale_max = 5",
        ),
    ],
    min_n: at_least(100),
    cut: &["channel"],
    edges: "Kept apart from the transactional and the relationship score: another thing is being judged.",
    ..BASE
};

pub(super) const TOUCHPOINT_SCORE: Declaration = Declaration {
    id: "touchpoint_score",
    name: "Touchpoint score",
    meaning: "Mean satisfaction at a touchpoint, or with one attribute of the service, on 0-100.",
    unit: Unit::Index,
    forms: &[plain(
        "mean(harmonised) of responses where question in ('satisfaction', 'attribute') and answered \
         and maybe(about is missing) and (surely(touchpoint is known) or surely(item is known))",
    )],
    cut: &["touchpoint", "item"],
    edges: "Meant to be read by touchpoint or item; the figure over all of them moves with how often each was asked. \
            Scales differ between touchpoints: one range is not one meaning.",
    source: "own definition",
    ..BASE
};

pub(super) const TOUCHPOINT_IMPORTANCE: Declaration = Declaration {
    id: "touchpoint_importance",
    name: "Touchpoint importance",
    meaning: "How much of the differences in the overall outcome goes with one touchpoint's score.",
    min_n: at_least(300),
    edges: "Shares of explained variance, not of effect: touchpoints that move together split what they share.",
    source: "Johnson 2000; Groemping 2007",
    status: Status::Planned { why: "needs the fitted models of the study of drivers" },
    ..BASE
};
