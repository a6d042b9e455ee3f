//! Answers on scales: of customers and of employees.

use super::Kind::{Bool, Category, Number, Text, Time};
use super::{TableSpec, col, key, made, one_of};

/// What became of a row of a survey. Every row of a file has exactly one, so
/// the counts add up to the file.
pub(in crate::tables) const OUTCOMES: &[&str] = &[
    "answered",     // counts
    "blank",        // shown and left open
    "dont_know",    // don't know, not applicable
    "partial",      // the survey was not finished
    "dismissed",    // closed without an answer
    "invited",      // invited or delivered, no answer
    "out_of_scale", // not a point of its scale
    "unreadable",   // a cell that counts could not be read
    "superseded",   // a later answer of the same kind counts instead
    "excluded",     // out of scope by the project's settings
];

const STATUS: &[&str] = &["invited", "delivered", "started", "completed", "dismissed"];

pub(super) const RESPONSES: TableSpec = TableSpec {
    name: "responses",
    meaning: "one answer to one question of a survey",
    clock: Some("answered_at"),
    required: &["question", "value"],
    identity: &["response_id", "question", "item", "about"],
    columns: &[
        col("response_id", key("response"), "the submission this answer belongs to"),
        col("customer_id", key("customer"), "who answered"),
        col(
            "survey_kind",
            one_of(&["relationship", "transactional", "journey", "exit", "market"]),
            "what the survey was about",
        ),
        col("question", Category, "what was asked, by the name the metrics use"),
        col("item", Category, "which of several items of the question"),
        col("about", Category, "the brand rated; blank for the own one"),
        col("value", Number, "the answer in points of its scale"),
        col("verbatim", Text, "the comment"),
        col("language", Category, "language of the answer"),
        col("status", one_of(STATUS), "how far the survey got"),
        col("invited_at", Time, "when the invitation went out"),
        col("answered_at", Time, "when it was answered"),
        col("mode", Category, "how it was asked: web, phone, in person"),
        col("channel", Category, "the channel it is about"),
        col("touchpoint", Category, "the touchpoint it is about"),
        col("journey_id", key("journey"), "the journey it is about"),
        col("interaction_id", key("interaction"), "the contact it is about"),
        col("wave", Category, "the round of a relationship survey"),
        col("weight", Number, "survey weight"),
        made("scale", Category, "the scale the answer was given on"),
        made("outcome", one_of(OUTCOMES), "what became of the row"),
        made("answered", Bool, "true where the row counts"),
        made("has_comment", Bool, "true where a comment came with it"),
        made("harmonised", Number, "the answer on 0..100, 100 best"),
        made("from_best", Number, "points from the best end of the scale"),
        made("from_worst", Number, "points from the worst end of the scale"),
        made("boxes", Number, "points counted as the top (and bottom) boxes: 1 up to 3 points, else 2"),
        made("scale_min", Number, "lowest point of the scale"),
        made("scale_max", Number, "highest point of the scale"),
        made("scale_best", Number, "best point of the scale"),
    ],
};

pub(super) const EMPLOYEE_RESPONSES: TableSpec = TableSpec {
    name: "employee_responses",
    meaning: "one answer of an employee, or one count about a unit",
    clock: Some("answered_at"),
    required: &[],
    identity: &[],
    columns: &[
        col("response_id", key("response"), "the submission this answer belongs to"),
        col("employee_id", key("employee"), "who answered"),
        col("unit", Category, "department, team or site"),
        col("kind", one_of(&["answer", "headcount", "leaver", "absence", "training"]), "what the row says"),
        col("question", Category, "what was asked, by the name the metrics use"),
        col("item", Category, "which of several items of the question"),
        col("value", Number, "the answer in points of its scale"),
        col("status", one_of(STATUS), "how far the survey got"),
        col("answered_at", Time, "when"),
        col("quantity", Number, "people of a headcount, days of an absence, hours of a training"),
        col("base", Number, "scheduled days of an absence row, people required of a training row"),
        col("completed", Bool, "training finished in time"),
        col("voluntary", Bool, "left by own choice"),
        made("scale", Category, "the scale the answer was given on"),
        made("outcome", one_of(OUTCOMES), "what became of the row"),
        made("answered", Bool, "true where the row counts"),
        made("harmonised", Number, "the answer on 0..100, 100 best"),
        made("from_best", Number, "points from the best end of the scale"),
        made("from_worst", Number, "points from the worst end of the scale"),
        made("boxes", Number, "points counted as the top (and bottom) boxes: 1 up to 3 points, else 2"),
        made("scale_min", Number, "lowest point of the scale"),
        made("scale_max", Number, "highest point of the scale"),
        made("scale_best", Number, "best point of the scale"),
    ],
};
