//! The part of a customer's spending in the category that comes to us.

use super::BASE;
use crate::ground::unit::Unit;
use crate::studies::metrics::declaration::{Declaration, at_least, param, plain, variant};

pub(super) const SHARE_OF_WALLET: Declaration = Declaration {
    id: "share_of_wallet",
    name: "Share of wallet",
    meaning: "Part of what customers say they spend in the category that they spent with us.",
    unit: Unit::Share,
    forms: &[
        plain(
            "sum(own) / sum(value) of responses where question = 'category_spend' and answered \
             and customer_id is known and value > 0 \
             each by customer_id { own = sum(amount of transactions \
             where maybe(kind in ('sale', 'return', 'refund')) within [-W, 0d)) }",
        ),
        variant(
            "mean-of-customers",
            "mean(own / value) of responses where question = 'category_spend' and answered \
             and customer_id is known and value > 0 \
             each by customer_id { own = sum(amount of transactions \
             where maybe(kind in ('sale', 'return', 'refund')) within [-W, 0d)) }",
        ),
    ],
    params: &[param("W", "90d", "the stretch of time that the question asks about")],
    min_n: at_least(100),
    cut: &["country"],
    edges: "Own spending is net of returns and comes from the records; the answer is money of the \
            reporting currency, and `W` must be the stretch the question names. \
            Mean of ratios and ratio of sums differ: the sums are the default.",
    source: "Keiningham et al. 2011",
    ..BASE
};

pub(super) const WALLET_ALLOCATION_SCORE: Declaration = Declaration {
    id: "wallet_allocation_score",
    name: "Wallet Allocation Rule score",
    meaning: "Share of wallet to expect from the rank a customer gives us among the brands used.",
    forms: &[
        plain(
            "mean((1 - (better + 1 + equal / 2) / (brands + 1)) * 2 / brands) \
             of responses where question = 'satisfaction' and answered and maybe(survey_kind = 'market') \
             per response_id { own = max(harmonised where about is missing), brands = count(), \
             better = count(where about is known and harmonised > own), \
             equal = count(where about is known and harmonised = own) } where own is known",
        ),
        variant(
            "recommend",
            "mean((1 - (better + 1 + equal / 2) / (brands + 1)) * 2 / brands) \
             of responses where question = 'recommend' and answered and maybe(survey_kind = 'market') \
             per response_id { own = max(harmonised where about is missing), brands = count(), \
             better = count(where about is known and harmonised > own), \
             equal = count(where about is known and harmonised = own) } where own is known",
        ),
    ],
    min_n: at_least(100),
    edges: "Every brand used must be rated in the same submission: who rates us alone counts as ours wholly. \
            Equal ratings share their mean rank; over the brands of a customer the scores add up to 1.",
    source: "Keiningham et al. 2011",
    ..BASE
};
