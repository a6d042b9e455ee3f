//! Metrics of the category `digital`.

use crate::ground::unit::{Direction, Unit};
use crate::studies::metrics::declaration::{
    Category, Declaration, MinN, at_least, at_least_events, param, plain, variant, variant_in,
};

/// What all of them share.
const BASE: Declaration = Declaration { category: Category::Digital, ..Declaration::BASE };

pub(super) static METRICS: &[Declaration] = &[
    Declaration {
        id: "task_success_rate",
        name: "Task success",
        meaning: "Share of attempts at a task that succeeded.",
        forms: &[plain("share(success) of interactions where kind = 'task'")],
        min_n: MinN { show: 10, compare: 100, rank: 100, events: 0 },
        cut: &["feature", "channel"],
        edges: "As observed; what people report of themselves differs. Ten attempts will do in a laboratory, \
                live use needs a hundred. Attempts of unknown outcome are left out.",
        source: "Sauro & Lewis 2012",
        ..BASE
    },
    Declaration {
        id: "seq",
        name: "Single ease question",
        meaning: "Mean ease of a task, from 1 to 7, asked right after it.",
        unit: Unit::ScalePoints,
        forms: &[plain(
            "mean(value) of responses where question = 'seq' and answered and maybe(about is missing) \
             and scale_min = 1 and scale_max = 7 and scale_best = 7",
        )],
        min_n: at_least(20),
        cut: &["touchpoint", "channel"],
        edges: "About one task: means over different tasks move with which were tried.",
        source: "Sauro & Dumas 2009",
        ..BASE
    },
    Declaration {
        id: "sus",
        name: "System Usability Scale",
        meaning: "Mean score of ten statements on usability, on 0-100.",
        unit: Unit::Index,
        forms: &[plain(
            "mean(2.5 * (positive + negative)) of responses \
             where question in ('sus_positive', 'sus_negative') and answered and maybe(about is missing) \
             and scale_min = 1 and scale_max = 5 \
             per response_id { items = count(), \
             positive = sum(value - 1 where question = 'sus_positive'), \
             negative = sum(5 - value where question = 'sus_negative') } where items = 10",
        )],
        min_n: at_least(12),
        cut: &["touchpoint", "channel"],
        edges: "Agreement with a negative statement counts against, so both kinds are recorded as they were \
                answered, 5 for full agreement. All ten are needed; with ten positive statements it is the \
                all-positive version. Not a percentage: 68 is about average.",
        source: "Brooke 1996",
        ..BASE
    },
    Declaration {
        id: "umux_lite",
        name: "UMUX-Lite",
        meaning: "Mean of two statements, on usefulness and on ease, on 0-100.",
        unit: Unit::Index,
        forms: &[
            plain(
                "mean(score) of responses where question = 'umux' and answered and maybe(about is missing) \
                 and scale_min = 1 and scale_max = 7 \
                 per response_id { items = count(), score = mean(harmonised) } where items = 2",
            ),
            variant(
                "sus-equivalent",
                "mean(0.65 * score + 22.9) of responses where question = 'umux' and answered \
                 and maybe(about is missing) and scale_min = 1 and scale_max = 7 \
                 per response_id { items = count(), score = mean(harmonised) } where items = 2",
            ),
        ],
        min_n: at_least(20),
        cut: &["touchpoint", "channel"],
        edges: "`sus-equivalent` predicts the ten-statement score by a published regression; \
                at the bottom the two lie up to 23 points apart.",
        source: "Lewis, Utesch & Maher 2013",
        ..BASE
    },
    Declaration {
        id: "error_rate",
        name: "Error rate",
        meaning: "Mean number of errors in an attempt at a task.",
        unit: Unit::PerUnit,
        direction: Direction::Lower,
        forms: &[plain("rate(errors, 1) of interactions where kind = 'task' and errors is known")],
        min_n: at_least_events(10),
        cut: &["feature", "channel"],
        edges: "Every error counts, also several in one attempt; attempts without a count are left out, \
                since a blank is not zero.",
        ..BASE
    },
    Declaration {
        id: "bounce_rate",
        name: "Bounce rate",
        meaning: "Share of sessions that ended after a single act.",
        direction: Direction::Lower,
        forms: &[plain("share(acts <= 1) of interactions where acts is known and maybe(kind = 'session')")],
        min_n: at_least(500),
        cut: &["channel", "touchpoint"],
        edges: "What counts as an act or as an engaged session differs between tools and changed within some: \
                compare within one tool and one definition.",
        source: "web analytics practice",
        ..BASE
    },
    Declaration {
        id: "cart_abandonment_rate",
        name: "Cart abandonment",
        meaning: "Share of filled carts that were not bought in time.",
        direction: Direction::Lower,
        forms: &[
            plain(
                "share(bought = 0) of interactions where kind = 'cart' and customer_id is known \
                 each by customer_id { bought = count(of transactions where maybe(kind = 'sale') within [0d, T]) }",
            ),
            variant("recorded", "share(not success) of interactions where kind = 'cart'"),
        ],
        params: &[param("T", "1d", "time within which a cart should be bought")],
        min_n: at_least(200),
        cut: &["channel"],
        edges: "Any order of the same customer within `T` counts as bought, on whatever device. \
                Carts of unknown visitors cannot be followed and are left out; `recorded` goes by the mark on the cart.",
        source: "web analytics practice",
        ..BASE
    },
    Declaration {
        id: "feature_adoption",
        name: "Feature adoption",
        meaning: "Share of customers who used one of the recorded features lately.",
        forms: &[
            plain(
                "share(used > 0) of customers at period \
                 where maybe(acquired_at < period.end) and maybe(closed_at >= period.end) \
                 each by customer_id \
                 { used = count(of interactions where feature is known within [period.end - W, period.end)) }",
            ),
            variant(
                "active",
                "share(used > 0) of interactions at period where customer_id is known \
                 per customer_id { seen = count(within [period.end - W, period.end)), \
                 used = count(where feature is known within [period.end - W, period.end)) } where seen > 0",
            ),
        ],
        params: &[param("W", "30d", "how far back from the end of the period use counts")],
        min_n: at_least(100),
        cut: &["country"],
        edges: "Every customer of the moment is taken as eligible; `active` takes those seen at all. \
                For a single feature, filter by it in a metric of your own.",
        source: "product analytics practice",
        ..BASE
    },
    Declaration {
        id: "page_load_p75",
        name: "Load time p75",
        meaning: "Load time that three in four pages stay under.",
        unit: Unit::Milliseconds,
        direction: Direction::Lower,
        forms: &[plain(
            "quantile(duration_ms, 0.75) of interactions where duration_ms is known and maybe(kind = 'page')",
        )],
        min_n: at_least(200),
        cut: &["touchpoint", "channel"],
        edges: "As visitors met it, not as a laboratory measures it; pages given up while loading are often missing.",
        source: "web vitals practice",
        ..BASE
    },
    Declaration {
        id: "availability",
        name: "Availability",
        meaning: "Share of the time watched in which the service was up.",
        forms: &[plain(
            "1 - sum(down_s) / sum(watched_s) of interactions where watched_s is known and down_s is known",
        )],
        min_n: at_least(1),
        cut: &["touchpoint", "channel"],
        edges: "An hour at night weighs as much as one at noon. A watch without a figure for the time down is left \
                out, not taken for up.",
        source: "site reliability practice",
        ..BASE
    },
    Declaration {
        id: "search_success_rate",
        name: "Search success",
        meaning: "Share of searches that led to something useful and were not tried again.",
        forms: &[
            plain(
                "share(success and again = 0) of interactions where kind = 'search' and customer_id is known \
                 each by customer_id { again = count(of interactions where kind = 'search' within (0d, W]) }",
            ),
            variant("recorded", "share(success) of interactions where kind = 'search'"),
        ],
        params: &[param("W", "2m", "time in which another search means that the first one failed")],
        min_n: at_least(200),
        cut: &["channel", "touchpoint"],
        edges: "A second search for something else counts against the first one too. Searches of unknown visitors \
                are left out; `recorded` goes by the mark on the search alone.",
        ..BASE
    },
    Declaration {
        id: "app_rating",
        name: "App rating",
        meaning: "Mean stars given to the app in the stores.",
        unit: Unit::Stars,
        forms: &[
            plain(
                "mean(rating) of reviews where kind = 'store' and rating is known and maybe(rating_max = 5)",
            ),
            variant_in(
                "0-100",
                Unit::Index,
                "mean(100 * (rating - 1) / (rating_max - 1)) of reviews where kind = 'store' and rating is known",
            ),
        ],
        cut: &["version", "source"],
        edges: "Who rates chooses to: the happiest and the angriest. Cut by version, since old ratings stay. \
                The stores' own figure weighs recent ratings more.",
        ..BASE
    },
];
