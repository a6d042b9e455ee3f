//! Which metrics a query is about, with the project's own metrics and constants.

use super::spelling::misspelled;
use super::{Error, ErrorKind, Project};
use crate::ground::located::{Located, SettingFault};
use crate::ground::unit::{Direction, Unit};
use crate::project::{OwnMetric, Profile, Settings};
use crate::studies::metrics::declaration::at_least;
use crate::studies::metrics::{CORE_20, Definition, FULL_50, MetricKey, catalog};

/// Every metric of the catalogue and of the project, with the project's constants.
///
/// # Errors
/// Own metrics or constants of the settings that are at fault, with their place.
pub(super) fn every(project: &Project) -> Result<Vec<Definition>, Error> {
    let settings = &project.settings;
    let at = |fault| Error::setting(&project.shown(), &project.text, fault);
    let mut all: Vec<Definition> = catalog::all().map(Definition::of).collect();
    for own in &settings.own_metrics {
        let made = own_metric(own, settings).map_err(at)?;
        match all.iter_mut().find(|m| m.id == made.id) {
            Some(_) => {
                let fault = format!("`{}` is a metric of the catalogue", made.id);
                return Err(at(SettingFault::new(fault, own.id.span.clone()).help("choose another id")));
            }
            None => all.push(made),
        }
    }
    for (metric, params) in &settings.params {
        let ids: Vec<String> = all.iter().map(|m| m.id.clone()).collect();
        let Some(found) = all.iter_mut().find(|m| m.id == metric.value) else {
            return Err(at(unknown(metric, &ids)));
        };
        for (name, value) in params {
            found.set(name, value.value.clone()).map_err(|e| at(SettingFault::new(e, value.span.clone())))?;
        }
    }
    Ok(all)
}

/// The metrics that keys name; the project's profile where there are none.
///
/// # Errors
/// A key that names no metric, variant or constant.
pub(super) fn selected(project: &Project, keys: &[String]) -> Result<Vec<Definition>, Error> {
    let all = every(project)?;
    if !keys.is_empty() {
        return keys.iter().map(|key| named(&all, key)).collect();
    }
    let listed = |ids: &[&str]| -> Vec<Definition> {
        let own = all.iter().filter(|m| m.category.is_none());
        ids.iter().filter_map(|id| all.iter().find(|m| m.id == *id)).chain(own).cloned().collect()
    };
    match &project.settings.profile {
        Profile::Core20 => Ok(listed(CORE_20)),
        Profile::Full50 => Ok(listed(&[CORE_20, FULL_50].concat())),
        Profile::List(list) => list
            .iter()
            .map(|key| {
                named(&all, &key.value).map_err(|e| {
                    let fault = SettingFault { message: e.message, span: key.span.clone(), help: e.help };
                    Error::setting(&project.shown(), &project.text, fault)
                })
            })
            .collect(),
    }
}

/// One metric by its key.
fn named(all: &[Definition], key: &str) -> Result<Definition, Error> {
    let parsed = MetricKey::parse(key).map_err(|e| Error::new(ErrorKind::Usage, e))?;
    let Some(found) = all.iter().find(|m| m.id == parsed.id) else {
        let word = Located::made(parsed.id.clone());
        let ids: Vec<String> = all.iter().map(|m| m.id.clone()).collect();
        let fault = unknown(&word, &ids);
        let help = fault.help.unwrap_or_else(|| "`cx catalog` lists all metrics".to_owned());
        return Err(Error::new(ErrorKind::NotFound, fault.message).help(help));
    };
    found.clone().narrowed(&parsed).map_err(|e| Error::new(ErrorKind::NotFound, e))
}

fn unknown(metric: &Located<String>, ids: &[String]) -> SettingFault {
    let fault = format!("there is no metric `{}`", metric.value);
    SettingFault::new(fault, metric.span.clone()).nearest(&metric.value, ids.iter().map(String::as_str))
}

fn own_metric(own: &OwnMetric, settings: &Settings) -> Result<Definition, SettingFault> {
    let mut made = Definition::own(&own.id.value, &own.name, &own.meaning, &own.formula.value);
    if let Some(direction) = &own.direction {
        made.direction = match direction.value.as_str() {
            "higher" => Direction::Higher,
            "lower" => Direction::Lower,
            "target" => Direction::Target,
            "neutral" => Direction::Neutral,
            other => {
                let fault = format!("`{other}` is no direction");
                return Err(SettingFault::new(fault, direction.span.clone())
                    .help("write higher, lower, target or neutral"));
            }
        };
    }
    if let Some(unit) = &own.unit {
        let Ok(known) = serde_json::from_value::<Unit>(unit.value.clone().into()) else {
            let fault = format!("`{}` is no unit", unit.value);
            return Err(SettingFault::new(fault, unit.span.clone())
                .help("such as share, ratio, points, index, count, money, seconds, hours, days, months"));
        };
        made.forms[0].unit = Some(known);
    }
    if let Some(n) = own.min_n {
        made.min_n = at_least(n);
    }
    // A fault of the formula shows in the settings, at its own place.
    let start = own.formula.span.start + 1;
    let formula = made.formula(&made.forms[0]).map_err(|e| {
        let span = start + e.span.start..start + e.span.end.max(e.span.start + 1);
        SettingFault { message: e.message, span, help: e.help }
    })?;
    match misspelled(&formula, &own.formula.value, start, settings) {
        Some(fault) => Err(fault),
        None => Ok(made),
    }
}

/// Planned values of the settings.
pub(super) fn targets(settings: &Settings) -> Vec<crate::studies::metrics::PlannedValue> {
    settings
        .targets
        .iter()
        .map(|t| crate::studies::metrics::PlannedValue {
            metric: t.metric.value.clone(),
            target: t.target,
            baseline: t.baseline,
            owner: t.owner.clone(),
        })
        .collect()
}
