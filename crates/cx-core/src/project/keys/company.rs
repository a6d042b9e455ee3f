//! Keys about the company and its figures.

use super::place::{Place, key};

/// The file as a whole.
pub(in crate::project) const FILE: Place = Place {
    name: "The file",
    meaning: "What stands at the top; the parts below are tables of it.",
    keys: &[
        key(
            "format",
            "number",
            "needed",
            "1",
            "Version of this file's form; older ones are read and `cx migrate` rewrites them",
        ),
        key(
            "project",
            "table",
            "`{}`",
            "{ name = \"Linden & Finch\" }",
            "The company and the conventions of its figures",
        ),
        key("limits", "table", "`{}`", "{ stale_days = 40 }", "When `cx check` says no"),
        key(
            "scales",
            "table of scales",
            "`{}`",
            "{ marks = { min = 1, max = 6, best = 1 } }",
            "What the points of answers mean, besides the built-in scales",
        ),
        key(
            "questions",
            "table of texts",
            "`{}`",
            "{ importance = \"1-10\" }",
            "Question → scale, for answers in long form",
        ),
        key(
            "targets",
            "table",
            "`{}`",
            "{ nps = 45 }",
            "Planned values by metric: a number, or a table as under `[targets]`",
        ),
        key(
            "weights",
            "table",
            "none",
            "{ margins = { country = { DE = 0.6, AT = 0.4 } } }",
            "Brings answers to known margins",
        ),
        key(
            "value",
            "table",
            "`{}`",
            "{ margin = 0.4, discount_rate = 0.1 }",
            "What money needs besides the records",
        ),
        key(
            "metrics",
            "table of tables",
            "`{}`",
            "{ fcr_window = { W = \"7d\" } }",
            "Constants of metrics, set to other values",
        ),
        key(
            "metric",
            "list of tables",
            "`[]`",
            "[{ id = \"big_baskets\", formula = \"share(amount > 100) of transactions\" }]",
            "Metrics of the company's own",
        ),
        key(
            "source",
            "list of tables",
            "`[]`",
            "[{ files = [\"orders.csv\"], transactions = { order_id = \"Order\" } }]",
            "Files, and the tables they feed",
        ),
    ],
};

/// `[project]`.
pub(in crate::project) const PROJECT: Place = Place {
    name: "[project]",
    meaning: "The company and the conventions of its figures.",
    keys: &[
        key("name", "text", "`\"\"`", "\"Linden & Finch\"", "What reports call the company"),
        key(
            "time_zone",
            "IANA name",
            "none: days begin in UTC, and times without a zone are an error",
            "\"Europe/Berlin\"",
            "Where days begin, and the zone of times that name none",
        ),
        key("currency", "ISO 4217 code", "none: amounts cannot be read", "\"EUR\"", "The reporting currency"),
        key(
            "as_of",
            "day",
            "the newest record's day, which is printed",
            "2026-11-15",
            "Last complete day of the records",
        ),
        key(
            "covered",
            "two days",
            "found from the records",
            "[2024-11-01, 2026-11-15]",
            "First and last day that the records cover; periods beyond are partial",
        ),
        key(
            "profile",
            "`core-20`, `full-50` or a list of metric ids",
            "`\"core-20\"`",
            "\"full-50\"",
            "Which metrics are shown unless others are asked for",
        ),
        key("level", "number between 0.5 and 1", "`0.95`", "0.9", "Two-sided level of intervals"),
        key("seed", "whole number", "`1`", "2026", "Seed of resampled worlds"),
        key(
            "week_start",
            "`monday`, `saturday` or `sunday`",
            "`\"monday\"`",
            "\"sunday\"",
            "First day of a week",
        ),
        key("min_customers", "whole number", "`5`", "10", "Smallest group of customers that is shown"),
        key("min_employees", "whole number", "`7`", "10", "Smallest group of employees that is shown"),
    ],
};

/// `[limits]`.
pub(in crate::project) const LIMITS: Place = Place {
    name: "[limits]",
    meaning: "Past one of these `cx check` ends with 1.",
    keys: &[
        key("rejected_share", "share", "no limit", "0.01", "Most rows of a table that may be rejected"),
        key("least_rows", "whole number", "no limit", "1000", "Least rows that a table must have"),
        key(
            "stale_days",
            "whole number",
            "no limit",
            "40",
            "Most days from the newest record to the as-of day",
        ),
    ],
};

/// `[value]`.
pub(in crate::project) const VALUE: Place = Place {
    name: "[value]",
    meaning: "What money needs besides the records. Without a margin, lifetime values are of revenue only.",
    keys: &[
        key(
            "margin",
            "share",
            "none: that of the lines, or no value in margin is given",
            "0.4",
            "Contribution margin as a share of revenue, where lines carry none",
        ),
        key("discount_rate", "share a year", "`0.1`, said beside every value", "0.08", "Discount rate"),
        key("horizon_years", "number", "`5`", "3", "Years that lifetime values look ahead"),
        key(
            "convention",
            "`immediate`, `end_certain` or `end_conditional`",
            "`\"end_conditional\"`",
            "\"immediate\"",
            "When payments count: at once; after a period; after a period if the customer is still there",
        ),
        key(
            "new_customers",
            "list of numbers",
            "`[]`",
            "[12000, 12500, 13000]",
            "Customers to be won, by year from now; their value is shown apart",
        ),
        key(
            "referral_new",
            "share",
            "unknown: even chances, with their spread",
            "0.6",
            "Share of referred customers who would not have come anyway",
        ),
        key("referral_reward", "number", "`0`", "20", "Reward for a referral, in the reporting currency"),
    ],
};

/// `[scales.NAME]`.
pub(in crate::project) const SCALE: Place = Place {
    name: "[scales.NAME]",
    meaning: "A scale: like a built-in one, or from its two ends.",
    keys: &[
        key(
            "like",
            "built-in scale",
            "none: `min` and `max` are needed",
            "\"1-5\"",
            "Starts from that scale; the other keys change it",
        ),
        key("min", "number", "that of `like`", "1", "Lowest point"),
        key("max", "number", "that of `like`", "6", "Highest point"),
        key("step", "number", "`1`", "0", "Distance of two points; 0 allows any value between"),
        key("best", "number", "the highest point, or the end that is not `worst`", "1", "The best point"),
        key("worst", "number", "the end that is not `best`", "6", "The worst point"),
        key("dont_know", "number or list", "`[]`", "[98, 99]", "Codes that mean don't know"),
        key(
            "labels",
            "table of numbers",
            "`{}`",
            "{ \"Very good\" = 5 }",
            "Words and their points, whatever their case",
        ),
    ],
};

/// `[targets]`, where a target is a table.
pub(in crate::project) const TARGET: Place = Place {
    name: "[targets]",
    meaning: "`METRIC = NUMBER`, or a table with these keys. Shares are 0..1, times in the metric's unit.",
    keys: &[
        key("target", "number", "needed", "0.62", "The value to reach"),
        key("baseline", "number", "none", "0.58", "Where it stood"),
        key("owner", "text", "none", "\"J. Okafor\"", "Who answers for it"),
    ],
};

/// `[weights]`.
pub(in crate::project) const WEIGHTS: Place = Place {
    name: "[weights]",
    meaning: "Brings answers to known margins by raking.",
    keys: &[
        key(
            "margins",
            "table of tables of shares",
            "needed",
            "{ country = { DE = 0.6, AT = 0.4 } }",
            "By dimension, the known shares of its values; they add up to 1",
        ),
        key(
            "trim",
            "number above 1",
            "no weight is cut",
            "5",
            "Cuts weights at this multiple of their median",
        ),
    ],
};

/// `[[metric]]`.
pub(in crate::project) const METRIC: Place = Place {
    name: "[[metric]]",
    meaning: "A metric of the company's own.",
    keys: &[
        key("id", "small letters, digits, underscores", "needed", "\"big_baskets\"", "Its id"),
        key("name", "text", "the id", "\"Big baskets\"", "What reports call it"),
        key("meaning", "text", "`\"\"`", "\"Share of lines above 100 euros.\"", "What it measures"),
        key(
            "formula",
            "formula",
            "needed",
            "\"share(amount > 100) of transactions\"",
            "Its formula, in the language of metrics",
        ),
        key(
            "direction",
            "`higher`, `lower`, `target` or `neutral`",
            "`\"neutral\"`",
            "\"higher\"",
            "Which way is better",
        ),
        key("unit", "unit", "found from the formula", "\"share\"", "Its unit"),
        key("min_n", "whole number", "that of the formula's kind", "30", "Fewest rows that it is shown for"),
    ],
};
