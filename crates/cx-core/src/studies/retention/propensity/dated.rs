//! Chances fitted at one date and checked at a later one.

use super::super::Context;
use super::super::base::{History, records};
use super::super::cohorts::sale;
use super::super::levels::{Bands, Covariate};
use super::super::words::{Words, periods, reduction, text};
use super::cell::{Cell, GROUPS};
use super::dates::Dates;
use super::model::Model;
use super::score::Now;
use super::whole::Parts;
use crate::findings::{HoldOut, Propensity};
use crate::ground::estimate::Absent;
use crate::ground::period::Day;
use crate::reduce::plan::{Gather, Reduction};
use crate::reduce::{Reduced, Stat};

/// Most combinations of levels.
const CELLS: usize = 20_000;
/// Bands of a number.
const BANDS: u64 = 4;

/// A number that chances may depend on.
#[derive(Debug)]
struct Feature {
    name: &'static str,
    unit: String,
    per: f64,
    value: String,
    missing: Option<&'static str>,
}

/// A propensity by dates on its way.
#[derive(Debug)]
pub(in super::super) struct Dated {
    event: &'static str,
    dates: Dates,
    words: Words,
    /// Units at the start of a period.
    rows: String,
    table: &'static str,
    key: &'static str,
    outcome: String,
    /// Revenue of twelve months in minor units, and where it comes from.
    revenue: Option<(String, String)>,
    features: Vec<Feature>,
    columns: Vec<Covariate>,
    bands: Vec<Bands>,
    left_out: Vec<(String, String)>,
}

impl Dated {
    /// Customers who may leave.
    pub(in super::super) fn leaving(
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

    /// Buyers who may buy again.
    pub(in super::super) fn buying(context: &Context<'_>, dates: Dates) -> Result<Self, Absent> {
        let has =
            |table: &str, column: &str| context.data.table(table).is_some_and(|t| t.column(column).is_some());
        let needs: Vec<String> = ["customer_id", "occurred_at"]
            .into_iter()
            .filter(|c| !has("transactions", c))
            .map(|c| format!("transactions.{c}"))
            .collect();
        if !needs.is_empty() {
            return Err(Absent::NotAvailable { needs });
        }
        let (per, code) = money(context);
        let mut fields = vec![
            "first = min(occurred_at within [.., period.start))".to_owned(),
            "last = max(occurred_at within [.., period.start))".to_owned(),
            "times = distinct(day within [period.start - LOOK, period.start))".to_owned(),
            "again = count(within [period.start, period.end))".to_owned(),
        ];
        let mut features = vec![
            feature("since last purchase", "days", 1.0, "days(period.start - last)", None),
            feature("days with purchases", "", 1.0, "times", None),
            feature("since first purchase", "days", 1.0, "days(period.start - first)", None),
        ];
        if has("transactions", "amount") {
            fields.push("spent = sum(amount within [period.start - LOOK, period.start))".to_owned());
            features.push(feature("spending", &code, per, "spent", None));
        }
        let gone = if has("customers", "closed_at") {
            " and (customers.closed_at is missing or customers.closed_at >= period.start)"
        } else {
            ""
        };
        let rows = format!(
            "transactions at period where {} per customer_id {{ {} }} where last is known{gone}",
            sale(context),
            fields.join(", ")
        );
        Ok(Self {
            event: "buy",
            dates,
            words: words(context, dates)?,
            rows,
            table: "transactions",
            key: "customer_id",
            outcome: "if(again > 0, 1, 0)".to_owned(),
            revenue: None,
            features,
            columns: Vec::new(),
            bands: Vec::new(),
            left_out: Vec::new(),
        })
    }

    /// Plans that find cut points at the date of the fit.
    pub(in super::super) fn sketches(&self, context: &Context<'_>) -> Result<Vec<Reduction>, Absent> {
        let one = |feature: &Feature| {
            let gather = Gather::Sketch { value: self.words.expr(&feature.value)? };
            let mut plan = reduction(self.words.rows(&self.rows)?, &[], None, gather);
            plan.periods = periods(&context.data.calendar, vec![self.dates.stretch(self.dates.fit)]);
            Ok(plan)
        };
        self.features.iter().map(one).collect()
    }

    /// Puts numbers into bands, as many as cells allow.
    pub(in super::super) fn band(&mut self, found: &[Reduced]) {
        let mut cells: usize = self.columns.iter().map(|c| c.levels.len()).product();
        for (feature, reduced) in self.features.iter().zip(found) {
            let sketch =
                reduced.cells.values().find_map(|s| if let Stat::Sketch(s) = s { Some(s) } else { None });
            let mut out = |why: &str| self.left_out.push((feature.name.to_owned(), why.to_owned()));
            let Some(sketch) = sketch else {
                out("nobody has it");
                continue;
            };
            let mut bands = Bands::at_quantiles(feature.name, &feature.unit, feature.per, sketch, BANDS);
            bands.missing = feature.missing.map(str::to_owned);
            if bands.cuts.is_empty() {
                out("nearly all are alike in it");
            } else if cells * bands.len() > CELLS {
                out("with it there would be more combinations than customers can fill");
            } else {
                cells *= bands.len();
                self.bands.push(bands);
            }
        }
    }

    fn covariates(&self) -> Vec<Covariate> {
        let numbers = self.bands.iter().map(|bands| Covariate {
            name: bands.name.clone(),
            levels: (0..bands.len()).map(|i| bands.label(i)).collect(),
            reference: 0,
        });
        self.columns.iter().cloned().chain(numbers).collect()
    }

    /// Plans that count: at the two dates of fit and check, and now.
    pub(in super::super) fn plans(&self, context: &Context<'_>) -> Result<Vec<Reduction>, Absent> {
        let mut stratum = "0".to_owned();
        let mut times = 1;
        for bands in &self.bands {
            let value = self.features.iter().find(|f| f.name == bands.name).map_or("0", |f| &f.value);
            stratum = format!("{stratum} + {times} * {}", bands.expr(value));
            times *= bands.len();
        }
        let dimensions: Vec<String> = self.columns.iter().map(|c| c.name.clone()).collect();
        let plan = |outcome: &str, days: Vec<(Day, Day)>| -> Result<Reduction, Absent> {
            let gather = Gather::Cells {
                stratum: self.words.expr(&stratum)?,
                band: self.words.expr(&format!("fold({}, {GROUPS})", self.key))?,
                outcome: self.words.expr(outcome)?,
                weight: None,
            };
            let mut plan = reduction(self.words.rows(&self.rows)?, &dimensions, None, gather);
            plan.periods = periods(&context.data.calendar, days);
            Ok(plan)
        };
        let dates = &self.dates;
        let revenue =
            self.revenue.as_ref().map_or_else(|| "0".to_owned(), |(r, _)| format!("coalesce({r}, 0)"));
        Ok(vec![
            plan(&self.outcome, vec![dates.stretch(dates.fit), dates.stretch(dates.check)])?,
            plan(&revenue, vec![dates.stretch(dates.now)])?,
        ])
    }

    /// Levels of every covariate from the values and the stratum of a cell.
    fn levels(&self, values: &[Option<String>], stratum: i64) -> Vec<usize> {
        let mut levels: Vec<usize> = (self.columns.iter().zip(values))
            .map(|(column, value)| column.place(value.as_deref()).unwrap_or(column.reference))
            .collect();
        let mut rest = stratum.max(0) as usize;
        for bands in &self.bands {
            levels.push(rest % bands.len());
            rest /= bands.len();
        }
        levels
    }

    /// Fits, checks, scores.
    pub(in super::super) fn propensity(
        &self,
        context: &Context<'_>,
        counted: &Reduced,
        now: &Reduced,
    ) -> Result<Propensity, Absent> {
        let (mut fit, mut check) = (Vec::new(), Vec::new());
        for (key, stat) in &counted.cells {
            let Stat::Cells(cells) = stat else { continue };
            for ((stratum, group), cell) in &cells.0 {
                let into = if key.period == 0 { &mut fit } else { &mut check };
                let levels = self.levels(&key.values, *stratum);
                into.push(Cell { levels, group: *group as u32, n: cell.n, yes: cell.positive });
            }
        }
        let per = money(context).0;
        let mut there: Vec<(Vec<usize>, u32, u64, f64)> = Vec::new();
        for (key, stat) in &now.cells {
            let Stat::Cells(cells) = stat else { continue };
            for ((stratum, group), cell) in &cells.0 {
                let revenue = crate::ground::fixed::to_f64(cell.sum) / per;
                there.push((self.levels(&key.values, *stratum), *group as u32, cell.n, revenue));
            }
        }
        let rows =
            self.words.rows(&self.rows).map_or_else(|_| self.table.to_owned(), |rows| rows.to_string());
        let parts = Parts {
            context,
            event: self.event,
            days: self.dates.within,
            from: self.dates.now.plus(-1).to_string(),
            hold_out: HoldOut::LaterDate {
                fitted_at: self.dates.fit.to_string(),
                checked_at: self.dates.check.to_string(),
            },
            unit: "customer",
            covariates: self.covariates(),
            fit,
            check,
            records: vec![records(context, self.table, &counted.tally)],
            population: rows,
            revenue: self.revenue.as_ref().map(|(_, from)| from.clone()),
        };
        let mut found = parts.propensity(|model: &Model| {
            there
                .iter()
                .map(|(levels, group, customers, revenue)| Now {
                    rows: vec![model.design(levels)],
                    group: *group,
                    customers: *customers,
                    revenue: *revenue,
                })
                .collect()
        })?;
        found.left_out.splice(0..0, self.left_out.iter().cloned());
        let look = format!("{} days before each date", self.dates.look);
        found.expected = found.expected.assuming("looked back", look.clone());
        found.revenue = found.revenue.map(|fact| fact.assuming("looked back", look));
        Ok(found)
    }
}

fn feature(name: &'static str, unit: &str, per: f64, value: &str, missing: Option<&'static str>) -> Feature {
    Feature { name, unit: unit.to_owned(), per, value: value.to_owned(), missing }
}

fn words(context: &Context<'_>, dates: Dates) -> Result<Words, Absent> {
    let as_of = context.as_of().ok_or(Absent::NoData)?;
    Ok(Words::default().moment("AS_OF", as_of).days("LOOK", dates.look).days("YEAR", 365))
}

/// Minor units of a major one, and the currency's code.
pub(in super::super) fn money(context: &Context<'_>) -> (f64, String) {
    let currency = context.data.currency;
    (
        currency.map_or(100.0, |c| c.minor_per_major() as f64),
        currency.map_or_else(String::new, |c| c.code().to_owned()),
    )
}
