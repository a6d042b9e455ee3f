//! The sections of `cx.toml`, one after another, into [`Settings`].

use super::keys;
use super::node::{Node, Section, root};
use super::settings::{
    Limits, OwnMetric, Privacy, Profile, Settings, Target, ValueSettings, WeightMargins, WeightSettings,
};
use super::sources::source;
use crate::ground::expr::Literal;
use crate::ground::located::{Located, SettingFault};
use crate::ground::period::{Calendar, Day};
use crate::infer::lifetime_value::Convention;
use crate::tables::mapping::Scales;
use crate::tables::scale::Scale;

/// Reads the whole text; what waits for an answer is left at its default.
pub(super) fn read(text: &str) -> Result<Settings, SettingFault> {
    let root = root(text)?;
    let top = Section::of(&root);
    top.get("format");
    let project = top.get("project").map(|n| n.section()).transpose()?;
    let mut settings = Settings {
        name: String::new(),
        zone: None,
        currency: None,
        as_of: None,
        covered: None,
        profile: Profile::Core20,
        level: 0.95,
        seed: 1,
        privacy: Privacy { customers: 5, employees: 7 },
        limits: Limits::default(),
        scales: Scales::default(),
        targets: Vec::new(),
        weights: None,
        value: ValueSettings::default(),
        params: Vec::new(),
        own_metrics: Vec::new(),
        sources: Vec::new(),
        migrated: false,
    };
    if let Some(project) = project {
        read_project(&project, &mut settings)?;
    }
    if let Some(limits) = top.get("limits") {
        settings.limits = read_limits(&limits.section()?)?;
    }
    if let Some(scales) = top.get("scales") {
        for (name, node) in scales.section()?.rest() {
            settings.scales.scales.insert(name.value.clone(), read_scale(&node.section()?, &name)?);
        }
    }
    if let Some(questions) = top.get("questions") {
        for (question, scale) in questions.section()?.rest() {
            settings.scales.questions.insert(question.value, scale.located()?);
        }
    }
    if let Some(targets) = top.get("targets") {
        for (metric, node) in targets.section()?.rest() {
            settings.targets.push(read_target(metric, &node)?);
        }
    }
    if let Some(weights) = top.get("weights") {
        settings.weights = Some(read_weights(&weights.section()?)?);
    }
    if let Some(value) = top.get("value") {
        settings.value = read_value(&value.section()?)?;
    }
    if let Some(params) = top.get("metrics") {
        for (metric, node) in params.section()?.rest() {
            settings.params.push((metric, read_params(&node.section()?)?));
        }
    }
    for metric in top.sections("metric")? {
        settings.own_metrics.push(read_metric(&metric)?);
    }
    for (i, section) in top.sections("source")?.iter().enumerate() {
        settings.sources.push(source(section, i)?);
    }
    top.finish("the settings", &keys::FILE)?;
    Ok(settings)
}

/// True for a setting that waits for an answer: it is reported with the others, not by itself.
fn is_open(node: &Node<'_>) -> bool {
    node.text().is_ok_and(|t| t == "??")
}

fn read_project(section: &Section<'_>, settings: &mut Settings) -> Result<(), SettingFault> {
    let known = |key: &str| section.get(key).filter(|n| !is_open(n));
    let fault = |node: &Node<'_>, e: String| SettingFault::new(e, node.span());
    settings.name = known("name").map_or(Ok(String::new()), |n| n.text())?;
    if let Some(node) = known("time_zone") {
        let mut zone = Calendar::new(&node.text()?).map_err(|e| fault(&node, e))?;
        if let Some(day) = known("week_start") {
            zone = zone.with_week_start(weekday(&day)?);
        }
        settings.zone = Some(zone);
    } else if let Some(day) = known("week_start") {
        settings.zone = Some(Calendar::utc().with_week_start(weekday(&day)?));
    }
    settings.currency = known("currency").map(|n| n.parse()).transpose()?;
    settings.as_of = known("as_of").map(|n| n.parse()).transpose()?;
    if let Some(node) = known("covered") {
        let days = node.list()?.iter().map(Node::parse).collect::<Result<Vec<Day>, _>>()?;
        let [first, last] = days[..] else {
            return Err(fault(&node, "first and last day are needed".to_owned()));
        };
        settings.covered = Some((first, last));
    }
    if let Some(node) = known("profile") {
        settings.profile = match node.list() {
            Ok(list) => Profile::List(list.iter().map(Node::located).collect::<Result<_, _>>()?),
            Err(_) => match node.text()?.as_str() {
                "core-20" => Profile::Core20,
                "full-50" => Profile::Full50,
                other => {
                    let fault = SettingFault::new(format!("there is no profile `{other}`"), node.span());
                    return Err(fault.help("write core-20, full-50, or a list of metric ids"));
                }
            },
        };
    }
    if let Some(node) = known("level") {
        settings.level = node.number()?;
        if !(0.5..1.0).contains(&settings.level) {
            return Err(fault(
                &node,
                format!("level {} must lie between 0.5 and 1, such as 0.95", settings.level),
            ));
        }
    }
    if let Some(node) = known("seed") {
        settings.seed = node.number()? as u64;
    }
    if let Some(node) = known("min_customers") {
        settings.privacy.customers = node.number()? as u64;
    }
    if let Some(node) = known("min_employees") {
        settings.privacy.employees = node.number()? as u64;
    }
    section.finish("[project]", &keys::PROJECT)
}

fn weekday(node: &Node<'_>) -> Result<jiff::civil::Weekday, SettingFault> {
    use jiff::civil::Weekday;
    match node.text()?.to_lowercase().as_str() {
        "monday" => Ok(Weekday::Monday),
        "saturday" => Ok(Weekday::Saturday),
        "sunday" => Ok(Weekday::Sunday),
        other => Err(SettingFault::new(format!("weeks do not start on `{other}`"), node.span())
            .help("write monday, saturday or sunday")),
    }
}

fn read_limits(section: &Section<'_>) -> Result<Limits, SettingFault> {
    let number = |key: &str| section.get(key).map(|n| n.number()).transpose();
    let limits = Limits {
        rejected_share: number("rejected_share")?,
        least_rows: number("least_rows")?.map(|x| x as u64),
        stale_days: number("stale_days")?.map(|x| x as u64),
    };
    section.finish("[limits]", &keys::LIMITS)?;
    Ok(limits)
}

fn read_scale(section: &Section<'_>, name: &Located<String>) -> Result<Scale, SettingFault> {
    let of = format!("scale `{}`", name.value);
    let number = |key: &str| section.get(key).map(|n| n.number()).transpose();
    let base = section.get("like").map(|n| n.located()).transpose()?;
    let mut scale = match &base {
        Some(base) => Scale::builtin(&base.value).ok_or_else(|| {
            SettingFault::new(format!("there is no built-in scale `{}`", base.value), base.span.clone())
                .nearest(&base.value, Scale::builtin_names())
        })?,
        None => {
            let (min, max) = (section.require("min", &of)?.number()?, section.require("max", &of)?.number()?);
            Scale::new(min, max)
        }
    };
    if base.is_some() {
        scale.min = number("min")?.unwrap_or(scale.min);
        scale.max = number("max")?.unwrap_or(scale.max);
    }
    scale.step = number("step")?.unwrap_or(scale.step);
    let best = number("best")?;
    let worst = number("worst")?;
    let other = |end: f64, s: &Scale| if end == s.max { s.min } else { s.max };
    scale.best = best.or_else(|| worst.map(|w| other(w, &scale))).unwrap_or(scale.best);
    scale.worst = worst.unwrap_or_else(|| other(scale.best, &scale));
    if let Some(node) = section.get("dont_know") {
        scale.dont_know = node.one_or_many().iter().map(Node::number).collect::<Result<_, _>>()?;
    }
    if let Some(node) = section.get("labels") {
        for (word, point) in node.section()?.rest() {
            scale.labels.insert(word.value, point.number()?);
        }
    }
    section.finish(&of, &keys::SCALE)?;
    match scale.fault() {
        Some(fault) => Err(SettingFault::new(format!("{of}: {fault}"), name.span.clone())),
        None => Ok(scale),
    }
}

fn read_target(metric: Located<String>, node: &Node<'_>) -> Result<Target, SettingFault> {
    if !node.is_section() {
        return Ok(Target { metric, target: node.number()?, baseline: None, owner: None });
    }
    let section = node.section()?;
    let target = Target {
        target: section.require("target", "a target")?.number()?,
        baseline: section.get("baseline").map(|n| n.number()).transpose()?,
        owner: section.get("owner").map(|n| n.text()).transpose()?,
        metric,
    };
    section.finish("a target", &keys::TARGET)?;
    Ok(target)
}

fn read_weights(section: &Section<'_>) -> Result<WeightSettings, SettingFault> {
    let trim = section.get("trim").map(|n| Ok((n.number()?, n.span()))).transpose()?;
    if let Some((_, span)) = trim.clone().filter(|(times, _)| times.is_nan() || *times <= 1.0) {
        let fault = SettingFault::new("`trim` is a multiple of the median weight and above 1", span);
        return Err(fault.help("5 is usual; leave it out to cut no weight"));
    }
    let trim = trim.map(|(times, _)| times);
    let mut margins = Vec::new();
    for (dimension, node) in section.require("margins", "[weights]")?.section()?.rest() {
        let mut shares = Vec::new();
        for (value, share) in node.section()?.rest() {
            let number = share.number()?;
            if number.is_nan() || number < 0.0 {
                let fault = format!("the share of `{}` is {number}", value.value);
                return Err(SettingFault::new(fault, share.span()).help("shares are 0 to 1"));
            }
            shares.push((value, number));
        }
        let sum: f64 = shares.iter().map(|(_, share)| share).sum();
        if (sum - 1.0).abs() > 0.005 {
            let fault = format!("the shares of `{}` add up to {sum}, not to 1", dimension.value);
            return Err(SettingFault::new(fault, dimension.span.clone()));
        }
        margins.push(WeightMargins { dimension, shares });
    }
    if margins.is_empty() {
        let fault = SettingFault::new("[weights] names no margin", section.span());
        return Err(fault.help("write margins.COLUMN = { value = 0.4, other = 0.6 }, or remove [weights]"));
    }
    section.finish("[weights]", &keys::WEIGHTS)?;
    Ok(WeightSettings { margins, trim })
}

fn read_value(section: &Section<'_>) -> Result<ValueSettings, SettingFault> {
    let number = |key: &str, least: f64, most: f64, help: &str| -> Result<Option<f64>, SettingFault> {
        let Some(node) = section.get(key) else { return Ok(None) };
        let x = node.number()?;
        if !(least..=most).contains(&x) {
            return Err(SettingFault::new(format!("{key} is {x}"), node.span()).help(help));
        }
        Ok(Some(x))
    };
    let base = ValueSettings::default();
    let rate = number("discount_rate", 0.0, 1.0, "a rate a year, 0 to 1: ten percent is 0.1")?;
    let convention = match section.get("convention") {
        None => base.convention,
        Some(node) => {
            let text = node.text()?;
            let names = Convention::ALL.map(Convention::name);
            Convention::ALL.into_iter().find(|c| c.name() == text).ok_or_else(|| {
                SettingFault::new(format!("there is no convention `{text}`"), node.span())
                    .nearest(&text, names)
            })?
        }
    };
    let new_customers = match section.get("new_customers") {
        None => Vec::new(),
        Some(node) => node.list()?.iter().map(Node::number).collect::<Result<_, _>>()?,
    };
    let value = ValueSettings {
        margin: number("margin", 0.0, 1.0, "a share of revenue, 0 to 1: forty percent is 0.4")?,
        discount_rate: rate.unwrap_or(base.discount_rate),
        rate_is_set: rate.is_some(),
        horizon_years: number("horizon_years", 0.25, 50.0, "years, a quarter to 50")?
            .unwrap_or(base.horizon_years),
        convention,
        new_customers,
        referral_new: number("referral_new", 0.0, 1.0, "a share of the referred, 0 to 1")?,
        referral_reward: number("referral_reward", 0.0, f64::MAX, "an amount, 0 or more")?.unwrap_or(0.0),
    };
    section.finish("[value]", &keys::VALUE)?;
    Ok(value)
}

fn read_params(section: &Section<'_>) -> Result<Vec<(String, Located<Literal>)>, SettingFault> {
    section
        .rest()
        .into_iter()
        .map(|(name, node)| {
            let text = node.scalar()?;
            let literal = crate::ground::expr::Parser::new(&text)
                .and_then(|mut p| p.literal().and_then(|l| p.end().map(|()| l)))
                .unwrap_or(Literal::Text(text));
            Ok((name.value, Located::new(literal, node.span())))
        })
        .collect()
}

fn read_metric(section: &Section<'_>) -> Result<OwnMetric, SettingFault> {
    let id = section.require("id", "a metric")?.located()?;
    let text = |key: &str| section.get(key).map(|n| n.text()).transpose();
    let plain = id.value.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_');
    if !plain || id.value.is_empty() {
        let fault = SettingFault::new(format!("`{}` is no id", id.value), id.span);
        return Err(fault.help("use small letters, digits and underscores"));
    }
    let metric = OwnMetric {
        name: text("name")?.unwrap_or_else(|| id.value.clone()),
        meaning: text("meaning")?.unwrap_or_default(),
        formula: section.require("formula", "a metric")?.located()?,
        direction: section.get("direction").map(|n| n.located()).transpose()?,
        unit: section.get("unit").map(|n| n.located()).transpose()?,
        min_n: section.get("min_n").map(|n| n.number()).transpose()?.map(|x| x as u64),
        id,
    };
    section.finish("a metric", &keys::METRIC)?;
    Ok(metric)
}
