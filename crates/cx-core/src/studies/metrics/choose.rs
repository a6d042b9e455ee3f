//! Which form of a metric a project can run, and how it is gathered.

use super::Context;
use super::definition::{Definition, FormText, unit_of};
use super::fit::{Fitted, Ground, Unfit};
use super::formula::Body;
use super::gathering::{Around, Gathering, plan};
use super::money;
use super::place::minor_per_major;
use super::profile::{Answers, Profile, asked_number};
use crate::findings::{Identity, MetricInfo};
use crate::ground::estimate::{Absent, Caveat, Refused};
use crate::ground::expr::{BinaryOp, Expr, Literal};
use crate::ground::period::Instant;
use crate::ground::unit::Unit;
use crate::infer::means;
use crate::reduce::plan::{Clock, Cluster, Gather, Shape};
use crate::tables::dataset::Dataset;
use std::collections::BTreeSet;

/// A metric made ready, or why it cannot be given.
#[derive(Debug, Clone)]
pub(super) struct Prepared {
    pub info: MetricInfo,
    pub plan: Result<Planned, Absent>,
    /// Doubts of every figure.
    pub caveats: Vec<Caveat>,
}

/// How a metric is run.
#[derive(Debug, Clone)]
pub(super) struct Planned {
    pub gathering: Gathering,
    pub cluster: Cluster,
    /// What the statistic is multiplied by to be in the figure's unit.
    pub factor: f64,
    /// Counted over the other metrics.
    pub attainment: bool,
}

/// Makes a metric ready: the first form whose inputs are at hand.
pub(super) fn prepare(
    context: &Context<'_>,
    profile: &Profile,
    metric: &Definition,
    filter: Option<&(Expr, String)>,
) -> Prepared {
    let mut first_fault: Option<(FormText, Absent)> = None;
    if let Some(refused) = metric.without_formula() {
        let form = FormText { variant: String::new(), formula: String::new(), unit: Some(Unit::Ratio) };
        return absent(metric, &form, Absent::Refused(refused));
    }
    for form in &metric.forms {
        match try_form(context, profile, metric, form, filter) {
            Ok(prepared) => return prepared,
            Err(why) => {
                // Of several forms that cannot be run, one that must not be run says more than a missing column.
                let better = match &first_fault {
                    None => true,
                    Some((_, Absent::NotAvailable { .. })) => matches!(why, Absent::Refused(_)),
                    Some(_) => false,
                };
                if better {
                    first_fault = Some((form.clone(), why));
                }
            }
        }
    }
    let none = || (FormText { variant: String::new(), formula: String::new(), unit: None }, Absent::NoData);
    let (form, why) = first_fault.unwrap_or_else(none);
    absent(metric, &form, why)
}

fn absent(metric: &Definition, form: &FormText, why: Absent) -> Prepared {
    let unit = form.unit.unwrap_or(Unit::Ratio);
    let key = metric.key(&form.variant);
    let identity = Identity {
        metric: key.clone(),
        scale: String::new(),
        population: String::new(),
        window: String::new(),
        weighting: "none".to_owned(),
        clock: String::new(),
    };
    let formula = metric.formula(form).map_or_else(|_| form.formula.clone(), |f| f.to_string());
    Prepared { info: info(metric, form, key, unit, formula, identity), plan: Err(why), caveats: Vec::new() }
}

fn info(
    metric: &Definition,
    form: &FormText,
    key: String,
    unit: Unit,
    formula: String,
    identity: Identity,
) -> MetricInfo {
    MetricInfo {
        key,
        id: metric.id.clone(),
        variant: form.variant.clone(),
        params: metric.params.iter().map(|(n, v)| (n.clone(), v.to_string())).collect(),
        name: metric.name.clone(),
        meaning: metric.meaning.clone(),
        category: metric.category,
        unit,
        direction: metric.direction,
        internal: metric.internal,
        formula,
        source: metric.source.clone(),
        edges: metric.edges.clone(),
        min_n: metric.min_n,
        cut: metric.cut.clone(),
        identity,
    }
}

fn refused(rule: &str, reason: String, lift: &str) -> Absent {
    Absent::Refused(Refused { rule: rule.to_owned(), reason, lift: lift.to_owned() })
}

fn try_form(
    context: &Context<'_>,
    profile: &Profile,
    metric: &Definition,
    form: &FormText,
    filter: Option<&(Expr, String)>,
) -> Result<Prepared, Absent> {
    let fault = |e: String| refused("formula", e, "mend the formula");
    let formula = metric.formula(form).map_err(|e| fault(e.to_string()))?;
    // What came of a row may be known for longer than rows were begun.
    let followed = profile.followed_until(&formula).filter(|_| context.follow_ups);
    let known = followed.map_or(context.as_of(), |last| context.day_after(last).max(context.as_of()));
    let ground = Ground { data: context.data, as_of: known.0 };
    let shown = formula.to_string();
    let key = metric.key(&form.variant);
    if formula.body == Body::Attainment {
        let identity = identity_of(&key, "", String::new(), "none", "");
        let unit = form.unit.unwrap_or(Unit::Share);
        let gathering = Gathering::none(formula.rows);
        let plan = Planned { gathering, cluster: Cluster::Unit, factor: 1.0, attainment: true };
        let info = info(metric, form, key, unit, shown, identity);
        return Ok(Prepared { info, plan: Ok(plan), caveats: Vec::new() });
    }
    let needs = |list: BTreeSet<String>| Absent::NotAvailable { needs: list.into_iter().collect() };
    let unfit = |e: Unfit| match e {
        Unfit::Needs(list) => needs(list),
        Unfit::Fault(e) => fault(e),
    };
    let mut fitted = ground.fit(formula).map_err(unfit)?;
    let table = fitted.formula.rows.table.clone();
    let never = never_recorded(profile, &fitted);
    if !never.is_empty() {
        return Err(needs(never));
    }
    if let Some((of, moment)) = profile.asks_a_snapshot(&fitted.formula.rows, &fitted.formula.body) {
        let day = context.data.calendar.day_of(moment);
        let reason = format!(
            "all {of} that ended did so on {day}: whoever left before is not in the records, so they cannot \
             tell who came when, or how long people stay"
        );
        let lift = format!("records of {of} that also hold those who left earlier, with the day they left");
        return Err(refused("one_snapshot", reason, &lift));
    }
    if let Some((condition, _)) = filter {
        restrict(&mut fitted, &ground, condition).map_err(unfit)?;
    }
    let mut caveats = Vec::new();
    if known > context.as_of() && names_as_of(&shown) {
        let last = context.data.calendar.day_of(Instant(known.0 - 1));
        let text = format!("what came of the rows is known until {last}, and they are judged as of that day");
        caveats.push(Caveat::Note { text });
    }
    let survey = Survey::of(context, profile, &mut fitted, &mut caveats)?;
    let unit =
        form.unit.unwrap_or_else(|| unit_of(&fitted.formula.body, money::power(context.data, &fitted) == 1));
    let weight = weight_of(context.data, &table, &fitted);
    let around = Around { data: context.data, unit, scale: survey.scale, weight: weight.as_ref() };
    let gathering = plan(&fitted, around).map_err(fault)?;
    let cluster = cluster_of(context.data, &fitted, &gathering);
    let per = match unit {
        Unit::PerHundred => 100.0,
        Unit::PerThousand => 1000.0,
        _ => 1.0,
    };
    // Money is added up in minor units; a ratio of two amounts needs no conversion.
    let money = money::power(context.data, &fitted);
    let factor = per * minor_per_major(context.data).powi(-money);
    let population = population_of(&fitted, filter.map(|(_, text)| text.as_str()));
    let weighting = weight.or(fitted.formula.weight.clone()).map_or("none".to_owned(), |w| w.to_string());
    let clock = clock_of(context.data, &fitted);
    let identity = identity_of(&key, &survey.name, population, &weighting, &clock);
    let info = info(metric, form, key, unit, shown, identity);
    Ok(Prepared { info, plan: Ok(Planned { gathering, cluster, factor, attainment: false }), caveats })
}

/// Whether a formula asks for the end of the records.
fn names_as_of(formula: &str) -> bool {
    formula.split(|c: char| !(c.is_alphanumeric() || c == '_')).any(|word| word == "as_of")
}

fn identity_of(key: &str, scale: &str, population: String, weighting: &str, clock: &str) -> Identity {
    Identity {
        metric: key.to_owned(),
        scale: scale.to_owned(),
        population,
        window: String::new(),
        weighting: weighting.to_owned(),
        clock: clock.to_owned(),
    }
}

/// Rows of a kind that nobody recorded: absence would be read as zero.
fn never_recorded(profile: &Profile, fitted: &Fitted) -> BTreeSet<String> {
    let rows = &fitted.formula.rows;
    let mut needs: BTreeSet<String> = profile.never(&rows.table, rows.filter.as_ref()).into_iter().collect();
    for field in rows.fields() {
        let table = field.table.as_deref().unwrap_or(&rows.table);
        needs.extend(profile.never(table, field.filter.as_ref()));
    }
    needs
}

/// Adds the user's condition to the rows.
fn restrict(fitted: &mut Fitted, ground: &Ground<'_>, condition: &Expr) -> Result<(), Unfit> {
    let rows = &mut fitted.formula.rows;
    if let Shape::Calendar { fields, .. } = &mut rows.shape {
        for field in fields {
            let settled = ground.condition(field.table.as_deref().unwrap_or(""), condition.clone())?;
            field.filter = Expr::and(field.filter.take(), Some(settled));
        }
        return Ok(());
    }
    let settled = ground.condition(&rows.table, condition.clone())?;
    rows.filter = Expr::and(rows.filter.take(), Some(settled));
    Ok(())
}

/// On which scale the answers lie.
struct Survey {
    name: String,
    scale: Option<means::Scale>,
}

impl Survey {
    /// Finds the scale; refuses to pool what must not be pooled.
    fn of(
        context: &Context<'_>,
        profile: &Profile,
        fitted: &mut Fitted,
        caveats: &mut Vec<Caveat>,
    ) -> Result<Self, Absent> {
        let none = Self { name: String::new(), scale: None };
        let table = fitted.formula.rows.table.clone();
        let survey = context.data.table(&table).is_some_and(|t| t.spec.is_survey());
        let filter = fitted.formula.rows.filter.clone();
        let columns: BTreeSet<String> = filter
            .iter()
            .flat_map(|f| f.columns().into_iter().map(str::to_owned).collect::<Vec<_>>())
            .collect();
        if !survey || !columns.contains("question") || !columns.contains("answered") {
            return Ok(none);
        }
        let all = profile.answers(&table, filter.as_ref());
        if all.is_empty() {
            let asked = filter.map(|f| f.to_string()).unwrap_or_default();
            return Err(Absent::NotAvailable { needs: vec![format!("{table} where {asked}")] });
        }
        let fits = |a: &&&Answers| {
            let scale = context.scales.get(&a.scale);
            let ask = |column: &str, end: Option<f64>| {
                filter
                    .as_ref()
                    .and_then(|f| asked_number(f, column))
                    .is_none_or(|x| end.is_none_or(|e| e == x))
            };
            ask("scale_min", scale.as_ref().map(|s| s.min)) && ask("scale_max", scale.as_ref().map(|s| s.max))
        };
        let answers: Vec<&&Answers> = all.iter().filter(fits).collect();
        let names: BTreeSet<&str> = answers.iter().map(|a| a.scale.as_str()).collect();
        if names.is_empty() {
            let wanted = filter.map(|f| f.to_string()).unwrap_or_default();
            return Err(Absent::NotAvailable { needs: vec![format!("{table} where {wanted}")] });
        }
        let listed: Vec<String> = names.iter().map(|n| (*n).to_owned()).collect();
        // Points of scales with the same ends are the same points, whatever the scales are called.
        let ends: Vec<(f64, f64)> =
            names.iter().filter_map(|n| context.scales.get(n)).map(|s| (s.min, s.max)).collect();
        let alike = ends.len() == names.len() && ends.windows(2).all(|w| w[0] == w[1]);
        if names.len() > 1 && !alike {
            if !fitted.is_harmonised() {
                let reason = format!(
                    "answers lie on several scales ({}), whose points must not be added",
                    listed.join(", ")
                );
                return Err(refused(
                    "several_scales",
                    reason,
                    "cut by `scale`, or filter with --where \"scale = '…'\"",
                ));
            }
            caveats.push(Caveat::SeveralScales { scales: listed.clone() });
        }
        if !columns.contains("survey_kind") {
            let kinds: BTreeSet<&str> =
                answers.iter().map(|a| a.survey_kind.as_str()).filter(|k| !k.is_empty()).collect();
            if kinds.len() > 1 {
                if !kinds.contains("relationship") {
                    let list: Vec<&str> = kinds.into_iter().collect();
                    let reason = format!(
                        "answers come from several kinds of survey ({}), which must not be pooled",
                        list.join(", ")
                    );
                    return Err(refused(
                        "several_survey_kinds",
                        reason,
                        "filter with --where \"survey_kind = '…'\"",
                    ));
                }
                let kind = Expr::Binary(
                    BinaryOp::Eq,
                    Box::new(Expr::col("survey_kind")),
                    Box::new(Expr::Lit(Literal::Text("relationship".to_owned()))),
                );
                let rows = &mut fitted.formula.rows;
                rows.filter = Expr::and(rows.filter.take(), Some(kind));
                let text = "answers of relationship surveys; other kinds of survey are not pooled with them";
                caveats.push(Caveat::Note { text: text.to_owned() });
            }
        }
        let harmonised = fitted.is_harmonised();
        let scale = match listed.as_slice() {
            _ if harmonised => Some(means::Scale { min: 0.0, max: 100.0 }),
            [one, ..] if alike => context.scales.get(one).map(|s| means::Scale { min: s.min, max: s.max }),
            _ => None,
        };
        Ok(Self { name: listed.join(", "), scale })
    }
}

/// Survey weights apply wherever rows carry them.
fn weight_of(data: &Dataset, table: &str, fitted: &Fitted) -> Option<Expr> {
    let found = data.table(table)?;
    let carries = found.spec.is_survey() && found.column("weight").is_some();
    let plain = fitted.formula.rows.shape == Shape::Plain;
    (carries && plain && fitted.formula.weight.is_none()).then(|| Expr::col("weight"))
}

/// Customers cluster wherever rows carry them; people of an employee survey likewise.
fn cluster_of(data: &Dataset, fitted: &Fitted, gathering: &Gathering) -> Cluster {
    use super::estimator::Estimator;
    let rows = &fitted.formula.rows;
    if !matches!(gathering.gather, Gather::Totals { .. })
        || matches!(rows.shape, Shape::Calendar { .. })
        || matches!(gathering.estimator, Estimator::Bayes | Estimator::Representativeness)
    {
        return Cluster::Unit;
    }
    if let Some(cluster) = &fitted.formula.cluster {
        return cluster.clone();
    }
    let Some(table) = data.table(&rows.table) else { return Cluster::Unit };
    // A customer is one row of its own table: only a look from period to period can meet it again.
    if table.spec.name == "customers" && rows.clock != Clock::Period {
        return Cluster::Unit;
    }
    // Answers of one submission belong together even where nobody knows whose it is.
    let key = ["customer_id", "employee_id", "response_id"].into_iter().find(|k| table.column(k).is_some());
    key.map_or(Cluster::Unit, |k| Cluster::Column(k.to_owned()))
}

fn population_of(fitted: &Fitted, filter: Option<&str>) -> String {
    let rows = fitted.formula.rows.to_string();
    match filter {
        Some(filter) => format!("{rows}; only {filter}"),
        None => rows,
    }
}

fn clock_of(data: &Dataset, fitted: &Fitted) -> String {
    let rows = &fitted.formula.rows;
    match &rows.clock {
        Clock::Column(name) => name.clone(),
        Clock::Period => "period".to_owned(),
        Clock::Main => {
            let table = data.table(&rows.table);
            let clock = table.and_then(|t| t.spec.clock.filter(|c| t.column(c).is_some()));
            clock.unwrap_or("none").to_owned()
        }
    }
}
