//! `plan.toml`: what may be done, and what limits it.

use super::keys;
use super::node::{Node, Section, root};
use super::settings::SettingsError;
use crate::ground::expr::parse;
use crate::ground::located::{Located, SettingFault};
use crate::infer::portfolio::Objective;
use crate::studies::plan::{Candidate, Condition, Plan, Team};
use crate::studies::scenario::{Amount, Change, Key, Request, Term};
use crate::tables::schema::STRATEGIES;

/// A plan as its file has it.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct PlanFile {
    /// What is planned.
    pub plan: Plan,
    /// Months that money is counted for.
    pub horizon_months: Option<u32>,
    /// Discount rate a year.
    pub rate: Option<f64>,
    /// The return that is asked for, as a share.
    pub hurdle: f64,
}

impl PlanFile {
    /// Reads a plan from its text; `file` is its name in messages.
    ///
    /// # Errors
    /// The first fault, with line, column, offending text and a mend.
    ///
    /// # Examples
    /// ```
    /// use cx_core::project::PlanFile;
    /// let text = "budget = 1000\n[[initiative]]\nid = \"A\"\nchange = { churn = \"-10%\" }\ncost = 500\n";
    /// let file = PlanFile::parse("plan.toml", text).unwrap();
    /// assert_eq!((file.plan.budget, file.plan.candidates[0].work_months), (Some(1000.0), 1.0));
    /// let bare = text.replace("-10%", "-10");
    /// let error = PlanFile::parse("plan.toml", &bare).unwrap_err();
    /// assert_eq!((error.line, error.column), (4, 20));
    /// ```
    pub fn parse(file: &str, text: &str) -> Result<Self, SettingsError> {
        read(text).map_err(|fault| SettingsError::new(file, text, fault))
    }
}

fn read(text: &str) -> Result<PlanFile, SettingFault> {
    let root = root(text)?;
    let top = Section::of(&root);
    let number = |key: &str, fits: &dyn Fn(f64) -> bool, wanted: &str| {
        top.get(key).map(|node| bounded(&node, fits, wanted)).transpose()
    };
    let above = |x: f64| x >= 0.0;
    let months = |x: f64| (1.0..=600.0).contains(&x) && x.fract() == 0.0;
    let mut plan = Plan {
        name: top.get("name").map(|n| n.text()).transpose()?.unwrap_or_default(),
        starts: top.get("starts").map(|n| n.parse()).transpose()?,
        budget: number("budget", &above, "an amount of 0 or more")?,
        ..Plan::default()
    };
    for node in top.get("budget_by_year").map(|n| n.list()).transpose()?.unwrap_or_default() {
        plan.by_year.push(bounded(&node, &above, "an amount of 0 or more")?);
    }
    let sure = number("min_chance", &|x| (0.0..=1.0).contains(&x), "a chance of 0 to 1")?;
    let fear = top.get("fear");
    plan.objective = match (sure, fear) {
        (Some(_), Some(node)) => {
            let fault = SettingFault::new("`fear` and `min_chance` stand together", node.span());
            return Err(fault.help("choose by one of them"));
        }
        (Some(chance), None) => Objective::Sure(chance),
        (None, Some(node)) => Objective::Fear(bounded(&node, &above, "a weight of 0 or more")?),
        (None, None) => Objective::Mean,
    };
    if let Some(x) = number("test_months", &months, "whole months, 1 to 600")? {
        plan.test_months = x as u32;
    }
    if let Some(base) = top.get("base") {
        for (word, node) in base.section()?.rest() {
            plan.given.push(given(&word, &node)?);
        }
    }
    if let Some(teams) = top.get("teams") {
        for (team, node) in teams.section()?.rest() {
            let capacity = bounded(&node, &above, "an amount of 0 or more")?;
            plan.teams.push(Team { id: team.value, capacity });
        }
    }
    let mut ids: Vec<String> = Vec::new();
    let sections = top.sections("initiative")?;
    for section in &sections {
        let one = initiative(section, &plan.teams)?;
        if ids.contains(&one.id) {
            let at = section.get("id").map_or(section.span(), |node| node.span());
            return Err(SettingFault::new(format!("`{}` stands twice", one.id), at).help("ids are unique"));
        }
        ids.push(one.id.clone());
        plan.candidates.push(one);
    }
    for section in &sections {
        known(section, &ids)?;
    }
    let file = PlanFile {
        plan,
        horizon_months: number("horizon_months", &months, "whole months, 1 to 600")?.map(|x| x as u32),
        rate: number("discount_rate", &|x| x > -1.0 && x < 10.0, "a share such as 0.1")?,
        hurdle: number("hurdle", &|x| x > -1.0, "a share such as 0.15")?.unwrap_or(0.0),
    };
    top.get("format");
    top.finish("the plan", &keys::PLAN)?;
    Ok(file)
}

fn initiative(section: &Section<'_>, teams: &[Team]) -> Result<Candidate, SettingFault> {
    let id = section.require("id", "an initiative")?.located()?;
    let plain = id.value.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '.'));
    if id.value.is_empty() || !plain {
        let fault = SettingFault::new(format!("`{}` is no id", id.value), id.span);
        return Err(fault.help("use letters, digits, `_`, `-` and `.`"));
    }
    let text = |key: &str| section.get(key).map(|n| n.text()).transpose();
    let texts = |key: &str| -> Result<Vec<String>, SettingFault> {
        section.get(key).map_or(Ok(Vec::new()), |n| n.one_or_many().iter().map(Node::text).collect())
    };
    let strategy = match section.get("strategy").map(|n| n.located()).transpose()? {
        None => "other".to_owned(),
        Some(word) if STRATEGIES.contains(&word.value.as_str()) => word.value,
        Some(word) => {
            let fault = SettingFault::new(format!("there is no strategy `{}`", word.value), word.span);
            return Err(fault.nearest(&word.value, STRATEGIES.iter().copied()));
        }
    };
    let population = match section.get("where").map(|n| n.located()).transpose()? {
        None => None,
        Some(written) => {
            let expr = parse(&written.value)
                .map_err(|e| SettingFault::new(e.to_string(), written.span.clone()).help(CONDITION))?;
            Some(Condition { text: written.value, expr })
        }
    };
    let above = |x: f64| x >= 0.0;
    let number = |key: &str, usual: f64, wanted: &str| {
        section.get(key).map_or(Ok(usual), |node| bounded(&node, &above, wanted))
    };
    let spent = |key: &str| amount(section.get(key), 0.0, &above, "an amount of 0 or more");
    let share = |x: f64| (0.0..=1.0).contains(&x);
    let mut needs = Vec::new();
    if let Some(node) = section.get("needs") {
        for (team, node) in node.section()?.rest() {
            if !teams.iter().any(|t| t.id == team.value) {
                let fault = SettingFault::new(format!("there is no team `{}`", team.value), team.span);
                return Err(fault.nearest(&team.value, teams.iter().map(|t| t.id.as_str())));
            }
            needs.push((team.value, bounded(&node, &above, "an amount of 0 or more")?));
        }
    }
    let one = Candidate {
        name: text("name")?.unwrap_or_else(|| id.value.clone()),
        owner: text("owner")?,
        starts: section.get("starts").map(|n| n.parse()).transpose()?,
        work_months: number("work_months", 1.0, "months of 0 or more")?,
        population,
        request: Request {
            id: id.value.clone(),
            terms: terms(section)?,
            customers: section
                .get("customers")
                .map(|node| bounded(&node, &|x| x >= 1.0, "a number of customers"))
                .transpose()?,
            cost: spent("cost")?,
            cost_yearly: spent("cost_yearly")?,
            cost_per_customer: spent("cost_per_customer")?,
            cash: amount(section.get("cash"), 1.0, &share, "a share of 0 to 1")?,
            family: strategy.clone(),
            ..Request::default()
        },
        needs,
        requires: texts("requires")?,
        excludes: texts("excludes")?,
        variant_of: text("variant_of")?,
        test_cost: section
            .get("test_cost")
            .map(|node| bounded(&node, &above, "an amount of 0 or more"))
            .transpose()?,
        strategy,
        id: id.value,
    };
    section.finish("an initiative", &keys::INITIATIVE)?;
    Ok(one)
}

const CONDITION: &str = "write a condition on columns of customers, such as segment = 'contract'";

/// What it changes, with how much of that lasts.
fn terms(section: &Section<'_>) -> Result<Vec<Term>, SettingFault> {
    let share = |x: f64| (0.0..=1.0).contains(&x);
    let lasting = match section.get("lasting") {
        None => Term::USUAL,
        Some(node) => amount(Some(node), 0.0, &share, "a share of 0 to 1")?.points(),
    };
    let node = section.require("change", "an initiative")?;
    let mut terms = Vec::new();
    for (word, value) in node.section()?.rest() {
        let Some(key) = Key::named(&word.value) else {
            let fault = SettingFault::new(format!("there is no `{}` to change", word.value), word.span);
            return Err(fault.nearest(&word.value, Key::ALL.iter().map(|(name, _)| *name)));
        };
        let change: Change = value.parse()?;
        terms.push(Term { key, change, lasting });
    }
    if terms.is_empty() {
        let fault = SettingFault::new("nothing is changed", node.span());
        return Err(fault.help("write what it changes, such as { churn = \"-5%..-10%..-20%\" }"));
    }
    Ok(terms)
}

/// A figure of the base by hand.
fn given(word: &Located<String>, node: &Node<'_>) -> Result<(Key, Amount), SettingFault> {
    let Some(key) = Key::named(&word.value) else {
        let fault = SettingFault::new(format!("the base has no `{}`", word.value), word.span.clone());
        return Err(fault.nearest(&word.value, Key::ALL.iter().map(|(name, _)| *name)));
    };
    let fault = |message: &str| SettingFault::new(message, word.span.clone());
    match key {
        Key::Spend => return Err(fault("give the margin: revenue is not a return")),
        Key::Retention => return Err(fault("give churn, which is 100 % less retention")),
        _ => {}
    }
    let fits =
        |x: f64| if key.is_share() { (0.0..=1.0).contains(&x) } else { key == Key::Margin || x >= 0.0 };
    let wanted = "a share of 0 to 1, or an amount of 0 or more";
    Ok((key, amount(Some(*node), 0.0, &fits, wanted)?))
}

/// Other initiatives that one names must be there, and be others.
fn known(section: &Section<'_>, ids: &[String]) -> Result<(), SettingFault> {
    let own = section.require("id", "an initiative")?.text()?;
    for key in ["requires", "excludes", "variant_of"] {
        for node in section.get(key).map(|n| n.one_or_many()).unwrap_or_default() {
            let name = node.text()?;
            if name == own {
                return Err(SettingFault::new(format!("`{own}` names itself in `{key}`"), node.span()));
            }
            if !ids.contains(&name) {
                let fault = SettingFault::new(format!("the plan has no initiative `{name}`"), node.span());
                return Err(fault.nearest(&name, ids.iter().map(String::as_str)));
            }
        }
    }
    Ok(())
}

fn bounded(node: &Node<'_>, fits: &dyn Fn(f64) -> bool, wanted: &str) -> Result<f64, SettingFault> {
    let x = node.number()?;
    if x.is_finite() && fits(x) {
        Ok(x)
    } else {
        Err(SettingFault::new(format!("{x} cannot be: {wanted} is needed"), node.span()))
    }
}

fn amount(
    node: Option<Node<'_>>,
    usual: f64,
    fits: &dyn Fn(f64) -> bool,
    wanted: &str,
) -> Result<Amount, SettingFault> {
    let Some(node) = node else { return Ok(Amount::Sure(usual)) };
    let amount: Amount = node.parse()?;
    if amount.points().into_iter().all(fits) {
        Ok(amount)
    } else {
        Err(SettingFault::new(format!("this cannot be: {wanted} is needed"), node.span()))
    }
}

#[cfg(test)]
mod tests {
    use super::super::keys::{INITIATIVE, PLAN};
    use super::*;

    fn fault(text: &str) -> (usize, usize, String) {
        let error = PlanFile::parse("plan.toml", text).unwrap_err();
        (error.line, error.column, format!("{}; {}", error.message, error.help.unwrap_or_default()))
    }

    /// Every key is read, and its example is good.
    #[test]
    fn every_example_is_read() {
        let change = "change = { churn = \"-1%\" }\n";
        for key in PLAN.keys {
            let text = format!("{} = {}\n", key.name, key.example);
            PlanFile::parse("plan.toml", &text).unwrap_or_else(|e| panic!("{}: {e}", key.name));
        }
        for key in INITIATIVE.keys {
            let id = if key.name == "id" { "" } else { "id = \"A\"\n" };
            let own = if key.name == "change" { "" } else { change };
            let others = ["APP", "BOT"].map(|other| format!("[[initiative]]\nid = \"{other}\"\n{change}"));
            let sized = format!("[[initiative]]\nid = \"NOTICES\"\n{change}");
            let rest = if key.name == "id" { String::new() } else { sized };
            let text = format!(
                "[teams]\nservice = 12\n[[initiative]]\n{id}{own}{} = {}\n{}{rest}",
                key.name,
                key.example,
                others.concat()
            );
            PlanFile::parse("plan.toml", &text).unwrap_or_else(|e| panic!("{}: {e}\n{text}", key.name));
        }
    }

    #[test]
    fn what_is_wrong_is_told_with_its_place() {
        let one = "[[initiative]]\nid = \"A\"\nchange = { churn = \"-5%\" }\n";
        let (line, _, text) = fault(&format!("{one}cosst = 5\n"));
        assert!(line == 4 && text.contains("is `cost` meant?"), "{text}");
        let (line, column, text) = fault(&format!("{one}needs = {{ servce = 1 }}\n[teams]\nservice = 1\n"));
        assert!((line, column) == (4, 11) && text.contains("is `service` meant?"), "{text}");
        let (line, _, text) = fault(&format!("{one}requires = [\"B\"]\n"));
        assert!(line == 4 && text.contains("no initiative `B`"), "{text}");
        let (line, _, text) = fault(&format!("{one}{one}"));
        assert!(line == 5 && text.contains("stands twice"), "{text}");
        assert!(fault("[[initiative]]\nid = \"A\"\nchange = {}\n").2.contains("nothing is changed"));
        assert!(fault(&format!("{one}cost = -5\n")).2.contains("0 or more"));
        assert!(fault(&format!("{one}where = \"segment =\"\n")).2.contains("condition"));
        assert!(fault("min_chance = 0.5\nfear = 1\n").2.contains("stand together"));
        assert!(fault("[base]\nspend = 5\n").2.contains("revenue is not a return"));
    }
}
