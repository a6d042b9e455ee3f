//! Quality, value and attention as customers perceive them.

use super::BASE;
use crate::ground::unit::Unit;
use crate::studies::metrics::declaration::{Declaration, at_least, plain, variant_in};

pub(super) const PRODUCT_QUALITY_SCORE: Declaration = Declaration {
    id: "product_quality_score",
    name: "Perceived product quality",
    meaning: "Share content with the product itself.",
    forms: &[
        plain(
            "share(from_best < boxes) of responses where question = 'product_quality' and answered \
             and maybe(about is missing)",
        ),
        variant_in(
            "0-100",
            Unit::Index,
            "mean(harmonised) of responses where question = 'product_quality' and answered \
             and maybe(about is missing)",
        ),
    ],
    cut: &["channel"],
    edges: "Apart from service on purpose: the two have different owners and different remedies.",
    source: "Fornell et al. 1996",
    ..BASE
};

pub(super) const SERVICE_QUALITY_SCORE: Declaration = Declaration {
    id: "service_quality_score",
    name: "Perceived service quality",
    meaning: "Share content with the service received.",
    forms: &[
        plain(
            "share(from_best < boxes) of responses where question = 'service_quality' and answered \
             and maybe(about is missing)",
        ),
        variant_in(
            "0-100",
            Unit::Index,
            "mean(harmonised) of responses where question = 'service_quality' and answered \
             and maybe(about is missing)",
        ),
    ],
    cut: &["channel", "touchpoint"],
    edges: "The link by which content employees make content customers; read it beside theirs.",
    source: "Brown & Lam 2008",
    ..BASE
};

pub(super) const PERCEIVED_VALUE: Declaration = Declaration {
    id: "perceived_value",
    name: "Perceived value for money",
    meaning: "Mean judgement of what was received for the price paid, on 0-100.",
    unit: Unit::Index,
    forms: &[plain(
        "mean(harmonised) of responses where question = 'value_for_money' and answered \
         and maybe(about is missing)",
    )],
    cut: &["channel"],
    edges: "Moves with prices as well as with quality: mark price changes beside its trend.",
    source: "Fornell et al. 1996",
    ..BASE
};

pub(super) const CUSTOMER_VALUE_ADDED: Declaration = Declaration {
    id: "customer_value_added",
    name: "Customer value added",
    meaning: "Value for money as our customers see it, over that of competitors by theirs; 1 is parity.",
    unit: Unit::Ratio,
    forms: &[plain(
        "mean(value where about is missing) / mean(value where about is known) \
         of responses where question = 'value_for_money' and answered and maybe(survey_kind = 'market') \
         and scale_best = scale_max",
    )],
    min_n: at_least(100),
    edges: "Needs a sample of the market, not of own customers alone. \
            A ratio of means moves with the zero of the scale: compare on one scale only.",
    source: "Gale 1994",
    ..BASE
};

pub(super) const EMPATHY_SCORE: Declaration = Declaration {
    id: "empathy_score",
    name: "Felt understood",
    meaning: "Share agreeing that the company understood their situation.",
    forms: &[plain(
        "share(from_best < boxes) of responses where question = 'empathy' and answered \
         and maybe(about is missing)",
    )],
    cut: &["channel", "touchpoint"],
    edges: "Small changes of wording and of translation shift it: keep the version of the question.",
    source: "Parasuraman et al. 1988",
    ..BASE
};

pub(super) const PERSONALISATION_SCORE: Declaration = Declaration {
    id: "personalisation_score",
    name: "Personalisation perceived",
    meaning: "Share agreeing that offers and messages fit them.",
    forms: &[plain(
        "share(from_best < boxes) of responses where question = 'personalisation' and answered \
         and maybe(about is missing)",
    )],
    cut: &["channel"],
    edges: "A perception, not an effect: whether personalising works is for a test to say.",
    ..BASE
};
