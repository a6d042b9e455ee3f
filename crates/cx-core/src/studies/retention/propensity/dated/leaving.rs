//! Customers who may leave: who they are at a date, and what is known of them then.

use super::super::super::Context;
use super::super::super::base::History;
use super::super::super::cohorts::sale;
use super::super::super::levels::Covariate;
use super::super::super::words::text;
use super::{Dated, Dates, Feature, feature, money, words};
use crate::ground::estimate::Absent;

impl Dated {
    /// Customers who may leave.
    pub(in super::super::super) fn leaving(
        context: &Context<'_>,
        history: &History,
        dates: Dates,
        columns: Vec<Covariate>,
    ) -> Result<Self, Absent> {
        let has =
            |table: &str, column: &str| context.data.table(table).is_some_and(|t| t.column(column).is_some());
        let base = &history.base;
        let linked = has(base.table, "customer_id");
        let (per, code) = money(context);
        let mut fields: Vec<String> = Vec::new();
        let mut features =
            vec![feature("tenure", "days", 1.0, &format!("days(period.start - {})", base.start), None)];
        let mut field = |features: &mut Vec<Feature>, name: &'static str, unit: &str, text: &str| {
            fields.push(format!("{name} = {text}"));
            features.push(feature(name, unit, if unit == code { per } else { 1.0 }, name, None));
        };
        if linked && has("transactions", "customer_id") {
            let sale = sale(context);
            field(
                &mut features,
                "purchases",
                "",
                &format!("count(of transactions where {sale} within [period.start - LOOK, period.start))"),
            );
            if has("transactions", "amount") {
                field(
                    &mut features,
                    "spending",
                    &code,
                    &format!(
                        "sum(amount of transactions where {sale} within [period.start - LOOK, period.start))"
                    ),
                );
            }
            fields.push(format!(
                "last_bought = max(occurred_at of transactions where {sale} within [.., period.start))"
            ));
            features.push(feature(
                "since last purchase",
                "days",
                1.0,
                "days(period.start - last_bought)",
                Some("never bought"),
            ));
        }
        let mut field = |features: &mut Vec<Feature>, name: &'static str, unit: &str, text: &str| {
            fields.push(format!("{name} = {text}"));
            features.push(feature(name, unit, if unit == code { per } else { 1.0 }, name, None));
        };
        if linked && has("interactions", "customer_id") {
            for (name, kind) in [
                ("contacts", "contact"),
                ("complaints", "complaint"),
                ("sessions", "session"),
                ("cancellations", "cancellation"),
            ] {
                let which = if has("interactions", "kind") {
                    format!(" where kind = {}", text(kind))
                } else {
                    String::new()
                };
                if which.is_empty() && name != "contacts" {
                    continue;
                }
                field(
                    &mut features,
                    name,
                    "",
                    &format!("count(of interactions{which} within [period.start - LOOK, period.start))"),
                );
            }
        }
        if linked
            && has("subscriptions", "customer_id")
            && has("subscriptions", "mrr")
            && base.table == "customers"
        {
            field(&mut features, "price", &code, "last(mrr of subscriptions within [.., period.start))");
        }
        let mut revenue = None;
        if base.table == "customers" && has("subscriptions", "mrr") && has("subscriptions", "customer_id") {
            let running = if has("subscriptions", "ended_at") {
                " where ended_at is missing or ended_at >= AS_OF"
            } else {
                ""
            };
            fields.push(format!("running = sum(mrr of subscriptions{running} within [.., period.start))"));
            revenue = Some((
                "running * 12".to_owned(),
                "twelve times the monthly revenue of running contracts".to_owned(),
            ));
        } else if base.table == "subscriptions" && has("subscriptions", "mrr") {
            revenue =
                Some(("mrr * 12".to_owned(), "twelve times the monthly revenue of the contract".to_owned()));
        } else if linked && has("transactions", "customer_id") && has("transactions", "amount") {
            let (first, end) = context.covered.ok_or(Absent::NoData)?;
            // Returns are taken off.
            fields.push("spent = sum(amount of transactions where occurred_at < AS_OF within [period.start - YEAR, period.start))".to_owned());
            let days = 365.min(end.0 - first.0);
            revenue = Some((
                "spent".to_owned(),
                format!("what they paid in the last {days} days, returns taken off"),
            ));
        }
        let (start, ended) = (base.start, base.end);
        let mut rows = format!(
            "{} at period where {start} < period.start and ({ended} is missing or {ended} >= period.start)",
            base.table
        );
        if !fields.is_empty() {
            rows = format!("{rows} each by customer_id {{ {} }}", fields.join(", "));
        }
        let key = if linked { "customer_id" } else { "subscription_id" };
        if !has(base.table, key) {
            return Err(Absent::NotAvailable { needs: vec![format!("{}.{key}", base.table)] });
        }
        Ok(Self {
            event: "leave",
            dates,
            words: words(context, dates)?,
            rows,
            table: base.table,
            key,
            outcome: format!("if({ended} < period.end and {ended} < AS_OF, 1, 0)"),
            revenue,
            features,
            columns,
            bands: Vec::new(),
            left_out: Vec::new(),
        })
    }
}
