//! Indices over several questions.

use super::BASE;
use crate::ground::unit::Unit;
use crate::studies::metrics::declaration::{Declaration, at_least, plain, variant};

pub(super) const CSI_WEIGHTED: Declaration = Declaration {
    id: "csi_weighted",
    name: "Customer satisfaction index, importance-weighted",
    meaning: "Satisfaction with single attributes, each weighted by how important customers say it is.",
    unit: Unit::Index,
    forms: &[
        plain(
            "importance_index(harmonised where question = 'attribute', \
             value where question = 'importance', item) \
             of responses where question in ('attribute', 'importance') and answered \
             and maybe(about is missing) and item is known",
        ),
        variant(
            "percent-of-maximum",
            "importance_index(100 * value / scale_max where question = 'attribute', \
             value where question = 'importance', item) \
             of responses where question in ('attribute', 'importance') and answered \
             and maybe(about is missing) and item is known",
        ),
    ],
    min_n: at_least(100),
    cut: &["channel"],
    edges: "Weights are the mean importances, divided by their sum. Rescaled to 0-100 a mean of 7 on 1-10 \
            is 66.7; as a percentage of the maximum, the variant, it is 70. \
            An attribute without its importance takes no part.",
    source: "practice; GB/T 19038",
    ..BASE
};

pub(super) const ACSI: Declaration = Declaration {
    id: "acsi",
    name: "ACSI-style index",
    meaning: "Mean of satisfaction, met expectation and closeness to the ideal, on 0-100.",
    unit: Unit::Index,
    forms: &[plain(
        "mean(score) of responses where question = 'acsi' and answered and maybe(about is missing) \
         and scale_min = 1 and scale_max = 10 \
         per response_id { items = count(), score = mean(harmonised) } where items = 3",
    )],
    min_n: at_least(200),
    cut: &["channel"],
    edges: "Three items on 1-10, all three needed, equally weighted: 8, 7.5 and 7 give 72.2. \
            The published index weighs them by a model of its owner's, hence \"style\".",
    source: "Fornell et al. 1996",
    ..BASE
};
