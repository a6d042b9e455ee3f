//! Chances fitted at one date and checked at a later one.

mod leaving;

use super::super::Context;
use super::super::base::records;
use super::super::cohorts::sale;
use super::super::levels::{Bands, Covariate};
use super::super::words::{Words, periods, reduction, refused};
use super::cell::Cell;
use super::model::Model;
use super::score::Now;
use super::whole::Parts;
use crate::findings::{HoldOut, Propensity};
use crate::ground::estimate::Absent;
use crate::ground::period::Day;
use crate::reduce::plan::{Gather, Reduction};
use crate::reduce::{Reduced, Stat};
use crate::stats::GROUPS;

/// Days within which something may happen, the longest first.
const WITHIN: [u32; 3] = [90, 60, 30];
/// Days looked back, the longest first.
const LOOK: [u32; 5] = [365, 180, 90, 60, 30];
/// Most combinations of levels.
const CELLS: usize = 20_000;
/// Bands of a number.
const BANDS: u64 = 4;

/// The days a model is fitted, checked and used at.
#[derive(Debug, Clone, Copy)]
pub(in super::super) struct Dates {
    fit: Day,
    check: Day,
    now: Day,
    pub within: u32,
    look: u32,
}

impl Dates {
    /// Two stretches before the end of records, with something to look back on before them.
    pub(in super::super) fn of(
        context: &Context<'_>,
        within: Option<u32>,
        since: Option<Day>,
    ) -> Result<Self, Absent> {
        let (first, now) = context.covered.ok_or(Absent::NoData)?;
        let first = since.map_or(first, |day| day.max(first));
        let list = within.map_or_else(|| WITHIN.to_vec(), |days| vec![days.max(1)]);
        for within in list {
            let (check, fit) = (now.plus(-(within as i32)), now.plus(-2 * within as i32));
            let back = fit.0 - first.0;
            // As long a look back as ahead, where that is asked of the records at all.
            let look = LOOK.into_iter().find(|look| *look as i32 <= back && *look >= within.min(90));
            if let Some(look) = look {
                return Ok(Self { fit, check, now, within, look });
            }
        }
        let days = now.0 - first.0;
        let reason = format!(
            "the records hold {days} days; a model takes a stretch to look back on, one to be fitted on and one to be \
             checked on"
        );
        Err(refused("propensity_short_records", reason, "longer records, or fewer days to leave or buy in"))
    }

    fn stretch(&self, from: Day) -> (Day, Day) {
        (from, from.plus(self.within as i32))
    }
}

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
