//! What customers say binds them: intention, all-round approval, emotion.

use super::BASE;
use crate::ground::unit::Unit;
use crate::studies::metrics::declaration::{Declaration, at_least, plain, variant, variant_in};

pub(super) const REPURCHASE_INTENT: Declaration = Declaration {
    id: "repurchase_intent",
    name: "Repurchase intention",
    meaning: "Share saying that they are likely to buy again or renew.",
    forms: &[plain(
        "share(from_best < boxes) of responses where question = 'repurchase' and answered \
         and maybe(about is missing)",
    )],
    cut: &["channel", "touchpoint"],
    edges: "Stated, not seen: set it beside the share who do buy again or renew. \
            Counts the two best points, or the best one on scales of up to three.",
    source: "Mittal & Kamakura 2001",
    ..BASE
};

pub(super) const SECURE_CUSTOMER_INDEX: Declaration = Declaration {
    id: "secure_customer_index",
    name: "Secure customer index",
    meaning: "Share giving the best answer to satisfaction, repurchase and recommendation at once.",
    forms: &[
        plain(
            "share(secure) of responses where question in ('satisfaction', 'repurchase', 'recommend') \
             and answered and maybe(about is missing) \
             per response_id { questions = distinct(question), secure = all(harmonised = 100) } \
             where questions = 3",
        ),
        variant(
            "per-wave",
            "share(secure) of responses where question in ('satisfaction', 'repurchase', 'recommend') \
             and answered and maybe(about is missing) and wave is known \
             per customer_id, wave { questions = distinct(question), secure = all(harmonised = 100) } \
             where questions = 3",
        ),
    ],
    min_n: at_least(100),
    cut: &["channel"],
    edges: "Only submissions that answer all three count, so every skipped question shrinks the base. \
            The variant `per-wave` brings together answers that one customer gave to several surveys of a round.",
    source: "Burke practice",
    ..BASE
};

pub(super) const VALUE_ENHANCEMENT_SCORE: Declaration = Declaration {
    id: "value_enhancement_score",
    name: "Value Enhancement Score",
    meaning: "Agreement that the contact helped to get more out of the product and to trust the purchase.",
    unit: Unit::ScalePoints,
    forms: &[
        plain(
            "mean(score) of responses where question = 'value_enhancement' and answered \
             and maybe(about is missing) and scale_min = 1 and scale_max = 7 and scale_best = 7 \
             per response_id { items = count(), score = mean(value) } where items = 2",
        ),
        variant_in(
            "agree-both",
            Unit::Share,
            "share(lowest >= 5) of responses where question = 'value_enhancement' and answered \
             and maybe(about is missing) and scale_min = 1 and scale_max = 7 and scale_best = 7 \
             per response_id { items = count(), lowest = min(value) } where items = 2",
        ),
    ],
    cut: &["channel", "touchpoint"],
    edges: "Two items on 1-7, both needed. The wording is somebody's property: keep your own, and its version.",
    source: "Gartner",
    ..BASE
};

pub(super) const NET_EMOTIONAL_VALUE: Declaration = Declaration {
    id: "net_emotional_value",
    name: "Net emotional value",
    meaning: "Mean strength of the positive emotions reported, less that of the negative ones.",
    unit: Unit::ScalePoints,
    forms: &[plain(
        "mean(value where question = 'emotion_positive') - mean(value where question = 'emotion_negative') \
         of responses where question in ('emotion_positive', 'emotion_negative') and answered \
         and maybe(about is missing)",
    )],
    min_n: at_least(50),
    cut: &["channel", "touchpoint"],
    edges: "Both lists are answered on one scale on which more means stronger. \
            A changed list of emotions starts a new series.",
    source: "Shaw 2007",
    ..BASE
};
