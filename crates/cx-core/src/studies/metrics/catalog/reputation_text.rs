//! Metrics of the category `reputation_text`.

use crate::ground::unit::{Direction, Unit};
use crate::studies::metrics::declaration::{
    Category, Declaration, Param, Status, at_least, at_least_events, param, plain, variant, variant_in,
};

const BASE: Declaration =
    Declaration { category: Category::ReputationText, direction: Direction::Higher, ..Declaration::BASE };

const STARS: Param = param("STARS", "5", "stars that ratings are brought to");

const LABELLED: Status =
    Status::Planned { why: "needs texts labelled by a classifier whose errors are known" };

pub(super) static METRICS: &[Declaration] = &[
    Declaration {
        id: "review_rating_mean",
        name: "Average review rating",
        meaning: "Mean rating of reviews, in stars out of five.",
        unit: Unit::Stars,
        forms: &[plain(
            "mean(STARS * rating / coalesce(rating_max, STARS)) of reviews \
             where maybe(kind = 'review') and maybe(mention_of is missing)",
        )],
        params: &[STARS],
        min_n: at_least(20),
        cut: &["source", "product", "language"],
        edges: "Those who write reviews are the very pleased and the very angry: it never stands in for \
                satisfaction. Platforms differ, so look at each.",
        source: "Hu, Pavlou & Zhang 2006",
        ..BASE
    },
    Declaration {
        id: "review_rating_bayes",
        name: "Bayesian average rating",
        meaning: "Mean rating pulled towards the overall mean where there are few reviews.",
        unit: Unit::Stars,
        forms: &[plain(
            "bayes(STARS * rating / coalesce(rating_max, STARS)) of reviews \
             where maybe(kind = 'review') and maybe(mention_of is missing)",
        )],
        params: &[STARS],
        min_n: at_least(1),
        cut: &["source", "product", "language"],
        edges: "Three reviews of five stars are worth less than three hundred of 4.6: with an overall mean of 4.1 \
                and 20 reviews as usual they come to 4.22 and 4.57.",
        source: "practice",
        ..BASE
    },
    Declaration {
        id: "review_rating_displayed",
        name: "Displayed rating",
        meaning: "The rounded mean rating that customers see.",
        unit: Unit::Stars,
        forms: &[plain(
            "displayed(STARS * rating / coalesce(rating_max, STARS), STEP) of reviews \
             where maybe(kind = 'review') and maybe(mention_of is missing)",
        )],
        params: &[STARS, param("STEP", "0.5", "to what the platform rounds")],
        min_n: at_least(1),
        cut: &["source", "product"],
        edges: "People act on what they see: revenue jumps where the rounding does. Each platform rounds in its own \
                way.",
        source: "Luca 2016",
        ..BASE
    },
    Declaration {
        id: "review_net",
        name: "Net review share",
        meaning: "Share of reviews with four stars or more minus share with two or fewer.",
        unit: Unit::Points,
        forms: &[plain(
            "net(STARS * rating / coalesce(rating_max, STARS) >= 4, \
             STARS * rating / coalesce(rating_max, STARS) <= 2) of reviews \
             where maybe(kind = 'review') and maybe(mention_of is missing)",
        )],
        params: &[STARS],
        min_n: at_least(50),
        cut: &["source", "product", "language"],
        edges: "Ratings out of ten count from eight up and from four down.",
        source: "practice",
        ..BASE
    },
    Declaration {
        id: "review_volume",
        name: "Review volume",
        meaning: "Reviews per 1,000 orders.",
        unit: Unit::PerThousand,
        direction: Direction::Neutral,
        forms: &[
            plain(
                "rate(reviews, orders) of months { \
                 reviews = count(of reviews where maybe(kind = 'review') and maybe(mention_of is missing)), \
                 orders = distinct(order_id of transactions where maybe(kind = 'sale') and maybe(amount >= 0)) }",
            ),
            variant(
                "buyers",
                "rate(reviews, buyers) of months { \
                 reviews = count(of reviews where maybe(kind = 'review') and maybe(mention_of is missing)), \
                 buyers = distinct(customer_id of transactions \
                 where maybe(kind = 'sale') and maybe(amount >= 0)) }",
            ),
        ],
        min_n: at_least_events(20),
        edges: "What it is divided by matters more than the count. Asking for reviews raises it, and changes who \
                writes them.",
        source: "practice",
        ..BASE
    },
    Declaration {
        id: "review_response_rate",
        name: "Review response rate",
        meaning: "Share of reviews that were answered in time.",
        unit: Unit::Share,
        direction: Direction::Target,
        forms: &[plain(
            "share(response_at is known and response_at <= occurred_at + WITHIN) of reviews \
             where maybe(kind in ('review', 'store')) and maybe(mention_of is missing) \
             and occurred_at + WITHIN <= as_of",
        )],
        params: &[param("WITHIN", "7d", "time within which an answer counts")],
        min_n: at_least(30),
        cut: &["source", "product"],
        edges: "More is not always better: answering everything can do worse than answering nothing. Reviews \
                younger than the time wait.",
        source: "Anderson & Han 2016",
        ..BASE
    },
    Declaration {
        id: "review_response_time",
        name: "Review response time",
        meaning: "Median time until a review is answered.",
        unit: Unit::Hours,
        direction: Direction::Lower,
        forms: &[plain(
            "median_time(coalesce(response_at, as_of) - occurred_at, response_at is known) of reviews \
             where maybe(kind in ('review', 'store')) and maybe(mention_of is missing) \
             and occurred_at <= as_of and maybe(response_at >= occurred_at)",
        )],
        min_n: at_least(30),
        cut: &["source", "product"],
        edges: "Unanswered reviews count up to now; it may read `not reached`. The mean of the answered ones alone \
                would be far too short.",
        source: "Kaplan & Meier 1958",
        ..BASE
    },
    Declaration {
        id: "sentiment_net",
        name: "Net sentiment",
        meaning: "Positive minus negative texts, of all texts.",
        unit: Unit::Points,
        min_n: at_least(100),
        edges: "Classifiers err differently in each language, so languages compare only after correction.",
        source: "text classification practice",
        status: LABELLED,
        ..BASE
    },
    Declaration {
        id: "topic_share",
        name: "Topic share",
        meaning: "Share of texts that mention a topic.",
        unit: Unit::Share,
        direction: Direction::Neutral,
        min_n: at_least(100),
        edges: "Moves when the list of topics changes, so its version is stored.",
        source: "practice",
        status: LABELLED,
        ..BASE
    },
    Declaration {
        id: "topic_sentiment",
        name: "Topic sentiment",
        meaning: "Positive minus negative mentions within a topic.",
        unit: Unit::Points,
        min_n: at_least(50),
        edges: "One text may praise one topic and blame another.",
        source: "practice",
        status: LABELLED,
        ..BASE
    },
    Declaration {
        id: "topic_impact",
        name: "Topic impact on score",
        meaning: "How far scores of those who mention a topic differ from otherwise like ones.",
        unit: Unit::Points,
        min_n: at_least(100),
        edges: "To mention something is not the same as to have met it.",
        source: "practice",
        status: LABELLED,
        ..BASE
    },
    Declaration {
        id: "share_of_voice",
        name: "Share of voice",
        meaning: "Mentions of the own brand among mentions of it and its competitors.",
        unit: Unit::Share,
        direction: Direction::Neutral,
        forms: &[plain("share(mention_of is missing) of reviews")],
        min_n: at_least(200),
        cut: &["source", "language"],
        edges: "Bad news raises it as well as good. It depends on whom you watch.",
        source: "public relations practice",
        ..BASE
    },
    Declaration {
        id: "word_of_mouth_rate",
        name: "Word of mouth rate",
        meaning: "Share who told others about a good experience minus share who told others about a bad one.",
        unit: Unit::Points,
        forms: &[
            plain(
                "100 * (share(value = scale_max where question = 'told_others_good') \
                 - share(value = scale_max where question = 'told_others_bad')) of responses \
                 where question in ('told_others_good', 'told_others_bad') and answered \
                 and maybe(about is missing)",
            ),
            variant_in(
                "good",
                Unit::Share,
                "share(value = scale_max) of responses \
                 where question = 'told_others_good' and answered and maybe(about is missing)",
            ),
            variant_in(
                "bad",
                Unit::Share,
                "share(value = scale_max) of responses \
                 where question = 'told_others_bad' and answered and maybe(about is missing)",
            ),
        ],
        min_n: at_least(50),
        cut: &["channel", "touchpoint"],
        edges: "Yes is the highest point of the scale, for the bad experience too. It is what people say they did.",
        source: "TARP",
        ..BASE
    },
    Declaration {
        id: "reputation_index",
        name: "Reputation index",
        meaning: "Mean of the public's answers on esteem, trust, admiration and good feeling, on 0 to 100.",
        unit: Unit::Index,
        forms: &[plain(
            "mean(score) of responses where question = 'reputation' and answered \
             and maybe(survey_kind = 'market') and maybe(about is missing) \
             per response_id { score = mean(harmonised) }",
        )],
        min_n: at_least(100),
        edges: "Asked of the public, not of customers, who think better of a company than others do. No match for \
                proprietary indices.",
        source: "Fombrun, Ponzi & Newburry 2015",
        ..BASE
    },
    Declaration {
        id: "social_complaint_rate",
        name: "Public complaint rate",
        meaning: "Complaints voiced in public per 1,000 customers who bought in the month.",
        unit: Unit::PerThousand,
        direction: Direction::Lower,
        forms: &[plain(
            "rate(complaints, buyers) of months { complaints = count(of reviews \
             where kind = 'social' and polarity = 'negative' and maybe(mention_of is missing)), \
             buyers = distinct(customer_id of transactions where maybe(kind = 'sale') and maybe(amount >= 0)) }",
        )],
        min_n: at_least_events(20),
        edges: "Only mentions labelled as negative count, and only where you listen.",
        source: "practice",
        ..BASE
    },
];
