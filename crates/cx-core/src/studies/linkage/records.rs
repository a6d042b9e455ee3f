//! The texts of the plan: which rows are units, what was known of them before, what came after.

use super::known::{Known, known};
use super::{Score, Setting};
use crate::ground::unit::Unit;
use crate::reduce::plan::{Rows, parse_rows};
use crate::studies::lines;
use crate::tables::dataset::Dataset;

/// Days before and after the answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize)]
pub struct Windows {
    /// Days that covariates look back.
    pub look_back: u32,
    /// Days between answer and outcome window.
    pub gap: u32,
    /// Days of the outcome window.
    pub window: u32,
}

/// The scale that the answers lie on.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Scale {
    pub min: f64,
    pub max: f64,
}

impl Scale {
    /// Steps from the worst to the best end.
    pub(super) const fn steps(self) -> f64 {
        self.max - self.min
    }

    /// The border above the lowest band and the border below the highest, in steps from the worst end.
    pub(super) fn borders(self, score: Score) -> [f64; 2] {
        if score == Score::Nps {
            return [self.steps() - 3.5, self.steps() - 1.5];
        }
        // One point at either end up to three points, else two.
        let boxes = if self.steps() < 4.0 { 1.0 } else { 2.0 };
        [boxes - 0.5, self.steps() - boxes + 0.5]
    }
}

/// An outcome: what came after the answer.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct After {
    pub id: &'static str,
    pub name: &'static str,
    pub verb: &'static str,
    pub unit: Unit,
    field: Option<String>,
    value: String,
    /// The same over another window, `{B}`, as the field `_before`; none where there is no such.
    pub before: Option<String>,
}

impl After {
    pub(super) fn share(&self) -> bool {
        self.unit == Unit::Share
    }
}

/// What the records offer.
#[derive(Debug, Clone)]
pub(super) struct Records<'a> {
    data: &'a Dataset,
    score: Score,
    scale: Scale,
    /// Customers end their contracts: being there is known, not guessed from silence.
    pub contractual: bool,
    pub known: Vec<Known>,
    pub after: Vec<After>,
}

impl<'a> Records<'a> {
    pub(super) fn new(setting: &Setting<'a>, score: Score, scale: Scale) -> Self {
        let data = setting.data;
        let contractual = has(data, "customers", "closed_at");
        Self { data, score, scale, contractual, known: known(data), after: after(data, contractual) }
    }

    /// Whether there are customers besides those who answered.
    pub(super) fn has_base(&self) -> bool {
        self.data.table("customers").is_some()
    }

    /// Whether customers who buy without a contract are known by their purchases.
    fn by_purchase(&self) -> bool {
        !self.contractual && self.data.table("transactions").is_some()
    }

    /// The condition on answers.
    pub(super) fn answer(&self) -> String {
        answer(self.data, self.score, Some(self.scale))
    }

    /// Answers as units: the latest of each customer in the period, with all fields.
    pub(super) fn answers(&self, days: Windows, extra: &[String]) -> Result<Rows, String> {
        let Windows { look_back, gap, .. } = days;
        let answer = self.answer();
        let mut fields = self.fields(&format!("[-{look_back}d, 0d)"), "[.., 0d)");
        fields.push(format!("_later = count(of responses where {answer} within (0d, period.end))"));
        fields.extend_from_slice(extra);
        let mut there = vec![answer.clone(), "customer_id is known".to_owned()];
        if self.contractual {
            there.push(format!(
                "(customers.closed_at is missing or customers.closed_at > answered_at + {gap}d)"
            ));
        }
        let mut having = vec!["_later = 0".to_owned()];
        if self.by_purchase() {
            fields.push(format!("_lately = count(of transactions within [-{look_back}d, 0d))"));
            having.push("_lately > 0".to_owned());
        }
        read(&format!(
            "responses where {} each by customer_id {{ {} }} where {}",
            there.join(" and "),
            fields.join(", "),
            having.join(" and ")
        ))
    }

    /// Customers without an answer in the period as units, seen `middle` days into it.
    pub(super) fn silent(&self, days: Windows, middle: i32) -> Result<Rows, String> {
        let window = format!("[{}, {})", moved(middle - days.look_back as i32), moved(middle));
        let answer = self.answer();
        let mut fields = self.fields(&window, &format!("[.., {})", moved(middle)));
        fields
            .push(format!("_answers = count(of responses where {answer} within [period.start, period.end))"));
        let mut there = Vec::new();
        if has(self.data, "customers", "acquired_at") {
            there.push(format!("acquired_at < {}", moved(middle)));
        }
        if self.contractual {
            there.push(format!("(closed_at is missing or closed_at > {})", moved(middle)));
        }
        let mut having = vec!["_answers = 0".to_owned()];
        if self.by_purchase() {
            fields.push(format!("_lately = count(of transactions within {window})"));
            having.push("_lately > 0".to_owned());
        }
        let filter = if there.is_empty() { String::new() } else { format!(" where {}", there.join(" and ")) };
        read(&format!(
            "customers at period{filter} each by customer_id {{ {} }} where {}",
            fields.join(", "),
            having.join(" and ")
        ))
    }

    fn fields(&self, window: &str, up_to: &str) -> Vec<String> {
        let put = |text: &String| text.replace("{W}", window).replace("{UPTO}", up_to);
        self.known.iter().filter_map(|k| k.field.as_ref()).map(put).collect()
    }

    /// The value of a covariate for answers.
    pub(super) fn value_at_answer(known: &Known) -> String {
        known.value.replace("{T}", "answered_at").replace("{C}", "customers.")
    }

    /// The value of a covariate for the silent.
    pub(super) fn value_at(known: &Known, middle: i32) -> String {
        known.value.replace("{T}", &format!("({})", moved(middle))).replace("{C}", "")
    }

    /// The field and value of an outcome.
    pub(super) fn outcome(after: &After, days: Windows) -> (Option<String>, String) {
        let Windows { gap, window, .. } = days;
        let put = |text: &str| {
            text.replace("{A}", &format!("({gap}d, {}d]", gap + window))
                .replace("{END}", &format!("answered_at + {}d", gap + window))
                .replace("{TO}", &format!("[.., {}d]", gap + window))
        };
        (after.field.as_deref().map(put), put(&after.value))
    }

    /// The field of what the score cannot have changed, over a window as long as
    /// the outcome's before anything that covariates know.
    pub(super) fn control(after: &After, days: Windows) -> Option<String> {
        let Windows { look_back, window, .. } = days;
        let stretch = format!("[-{}d, -{look_back}d)", look_back + window);
        after.before.as_ref().map(|field| field.replace("{B}", &stretch))
    }

    /// Fields and value of the change of an outcome since an earlier answer, and
    /// the change of the score since then, counted from its most negative.
    ///
    /// The earlier answer lies one to two windows back, so that the window just
    /// before this answer came after that one.
    pub(super) fn change(&self, after: &After, days: Windows) -> Option<(Vec<String>, String, String)> {
        let Windows { gap, window, .. } = days;
        let before = after.before.as_ref()?.replace("{B}", &format!("[-{window}d, 0d)"));
        let (field, value) = Self::outcome(after, days);
        let earlier = format!(
            "_earlier = last(from_worst of responses where {} within [-{}d, -{}d))",
            self.answer(),
            gap + 2 * window,
            gap + window
        );
        let fields = field.into_iter().chain([before, earlier]).collect();
        let change = format!("from_worst - _earlier + {}", self.scale.steps());
        Some((fields, format!("{value} - _before"), change))
    }
}

/// A moment so many days into the period.
fn moved(days: i32) -> String {
    match days {
        0 => "period.start".to_owned(),
        n if n < 0 => format!("period.start - {}d", -n),
        n => format!("period.start + {n}d"),
    }
}

fn read(text: &str) -> Result<Rows, String> {
    parse_rows(text, &Vec::new()).map_err(|e| format!("{text}: {e}"))
}

/// True where a table has a column.
pub(super) fn has(data: &Dataset, table: &str, column: &str) -> bool {
    data.table(table).is_some_and(|t| t.column(column).is_some())
}

/// The condition that picks answers to a score's question.
pub(super) fn answer(data: &Dataset, score: Score, scale: Option<Scale>) -> String {
    let mut parts = vec![format!("question = '{}'", score.question()), "answered".to_owned()];
    if has(data, "responses", "about") {
        parts.push("about is missing".to_owned());
    }
    if let Some(Scale { min, max }) = scale {
        parts.push(format!("scale_min = {min} and scale_max = {max}"));
    }
    parts.join(" and ")
}

fn after(data: &Dataset, contractual: bool) -> Vec<After> {
    let mut list = Vec::new();
    let bought = |window: &str| format!("count(of transactions within {window})");
    let buys = data.table("transactions").is_some() && has(data, "transactions", "customer_id");
    if contractual {
        list.push(After {
            id: "kept",
            name: "Still a customer",
            verb: "stay",
            unit: Unit::Share,
            field: None,
            value: "if(customers.closed_at is missing, 1, if(customers.closed_at <= {END}, 0, 1))".to_owned(),
            before: None,
        });
    }
    if buys {
        if !contractual {
            list.push(After {
                id: "kept",
                name: "Bought again",
                verb: "buy again",
                unit: Unit::Share,
                field: Some(format!("_bought = {}", bought("{A}"))),
                value: "if(_bought > 0, 1, 0)".to_owned(),
                before: None,
            });
        }
        if has(data, "transactions", "amount") {
            let spent = |window: &str| format!("sum(amount of transactions within {window})");
            list.push(After {
                id: "spend",
                name: "Spend",
                verb: "spend",
                unit: Unit::Money,
                field: Some(format!("_spent = {}", spent("{A}"))),
                value: "_spent".to_owned(),
                before: Some(format!("_before = {}", spent("{B}"))),
            });
        }
        if let Some(margin) = lines::margin(data) {
            let left = |window: &str| format!("sum({margin} of transactions within {window})");
            list.push(After {
                id: "margin",
                name: "Margin",
                verb: "earn us",
                unit: Unit::Money,
                field: Some(format!("_left = {}", left("{A}"))),
                value: "_left".to_owned(),
                before: Some(format!("_before = {}", left("{B}"))),
            });
        }
        let order = if has(data, "transactions", "order_id") { "distinct(order_id" } else { "count(" };
        list.push(After {
            id: "orders",
            name: "Orders",
            verb: "order",
            unit: Unit::PerUnit,
            field: Some(format!("_ordered = {order} of transactions within {{A}})")),
            value: "_ordered".to_owned(),
            before: Some(format!("_before = {order} of transactions within {{B}})")),
        });
    }
    if has(data, "mrr_changes", "delta") && has(data, "mrr_changes", "customer_id") {
        list.push(After {
            id: "recurring_revenue",
            name: "Recurring revenue a month, at the end",
            verb: "pay each month",
            unit: Unit::Money,
            field: Some("_paid = sum(delta of mrr_changes within {TO})".to_owned()),
            value: "_paid".to_owned(),
            before: None,
        });
    }
    if has(data, "interactions", "customer_id") {
        let only = if has(data, "interactions", "kind") { " where kind = 'contact'" } else { "" };
        list.push(After {
            id: "contacts",
            name: "Contacts",
            verb: "make contact",
            unit: Unit::PerUnit,
            field: Some(format!("_asked = count(of interactions{only} within {{A}})")),
            value: "_asked".to_owned(),
            before: Some(format!("_before = count(of interactions{only} within {{B}})")),
        });
        if has(data, "interactions", "cost") {
            list.push(After {
                id: "cost_to_serve",
                name: "Cost to serve",
                verb: "cost in service",
                unit: Unit::Money,
                field: Some("_cost = sum(cost of interactions within {A})".to_owned()),
                value: "_cost".to_owned(),
                before: Some("_before = sum(cost of interactions within {B})".to_owned()),
            });
        }
    }
    list
}
