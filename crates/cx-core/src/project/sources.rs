//! `[[source]]`: files and what they feed.

use super::keys;
use super::node::{Node, Section};
use crate::ground::expr::{Expr, parse};
use crate::ground::located::{Located, SettingFault};
use crate::sources::ReadOptions;
use crate::tables::mapping::{AnswerMap, Decimal, From, LastState, Rule, SourceMap, TableMap};
use crate::tables::schema::TABLES;
use serde::Deserialize;

/// Reads one source.
pub(super) fn source(section: &Section<'_>, number: usize) -> Result<SourceMap, SettingFault> {
    let files = section.require("files", "a source")?;
    let files: Vec<Located<String>> =
        files.one_or_many().iter().map(Node::located).collect::<Result<_, _>>()?;
    let named = section.get("name").map(|n| n.text()).transpose()?;
    let name = named.unwrap_or_else(|| {
        files.first().map_or_else(|| format!("source {}", number + 1), |f| f.value.clone())
    });
    let read = match section.get("read") {
        Some(node) => read_options(&node)?,
        None => ReadOptions::default(),
    };
    let mut made = SourceMap {
        name,
        files,
        read,
        blank: texts(section.get("blank"))?,
        decimal: section.get("decimal").map(|n| decimal(&n)).transpose()?,
        time_format: section.get("time_format").map(|n| n.located()).transpose()?,
        zone: section.get("zone").map(|n| n.located()).transpose()?,
        exclude: section.get("exclude").map(|n| condition(&n)).transpose()?,
        last_state: None,
        tables: Vec::new(),
    };
    if let Some(node) = section.get("last_state") {
        let last = node.section()?;
        made.last_state = Some(LastState {
            per: last.require("per", "last_state")?.located()?,
            by: last.require("by", "last_state")?.located()?,
        });
        last.finish("last_state", &keys::LAST_STATE)?;
    }
    for (name, node) in section.rest() {
        if TABLES.iter().all(|t| t.name != name.value) {
            let known: Vec<&str> = keys::SOURCE.names().chain(TABLES.iter().map(|t| t.name)).collect();
            let fault = format!("a source has no setting or table `{}`", name.value);
            return Err(SettingFault::new(fault, name.span).nearest(&name.value, known));
        }
        // The same file may feed a table twice, each time from other columns.
        for node in node.one_or_many() {
            made.tables.push(table_map(name.clone(), &node.section()?)?);
        }
    }
    Ok(made)
}

fn read_options(node: &Node<'_>) -> Result<ReadOptions, SettingFault> {
    ReadOptions::deserialize(node.plain()).map_err(|e| {
        let message = e.to_string();
        SettingFault::new(message.lines().next().unwrap_or("cannot be read").to_owned(), node.span())
    })
}

fn texts(node: Option<Node<'_>>) -> Result<Vec<String>, SettingFault> {
    node.map_or(Ok(Vec::new()), |n| n.one_or_many().iter().map(Node::scalar).collect())
}

fn decimal(node: &Node<'_>) -> Result<Located<Decimal>, SettingFault> {
    match node.text()?.as_str() {
        "." => Ok(Located::new(Decimal::Point, node.span())),
        "," => Ok(Located::new(Decimal::Comma, node.span())),
        // Still open: named with the other open settings once all are read.
        "??" => Ok(Located::new(Decimal::Point, node.span())),
        other => Err(SettingFault::new(format!("`{other}` is no decimal mark"), node.span())
            .help("write \".\" or \",\"")),
    }
}

/// A condition or formula, its faults pointing into the settings.
fn condition(node: &Node<'_>) -> Result<Located<Expr>, SettingFault> {
    let text = node.text()?;
    // The first byte of the text stands after the opening quote.
    let start = node.span().start + 1;
    parse(&text).map(|e| Located::new(e, node.span())).map_err(|e| {
        let span = start + e.span.start..start + e.span.end.max(e.span.start + 1);
        SettingFault { message: e.message, span, help: e.help }
    })
}

fn table_map(table: Located<String>, section: &Section<'_>) -> Result<TableMap, SettingFault> {
    let mut map = TableMap {
        table,
        filter: section.get("where").map(|n| condition(&n)).transpose()?,
        columns: Vec::new(),
        dimensions: Vec::new(),
        answers: Vec::new(),
    };
    if let Some(node) = section.get("dimensions") {
        if node.is_section() {
            for (name, node) in node.section()?.rest() {
                map.dimensions.push((name, rule(&node)?));
            }
        } else {
            // A list of columns: each gives a dimension of a name fit for typing.
            for node in node.list()? {
                let column = node.located()?;
                let rule = Rule { from: From::Column(column.clone()), span: node.span(), ..Rule::default() };
                map.dimensions.push((column.map(|c| dimension_name(&c)), rule));
            }
        }
    }
    if let Some(node) = section.get("answers") {
        for (question, node) in node.section()?.rest() {
            for node in node.one_or_many() {
                map.answers.push(answer(question.clone(), &node)?);
            }
        }
    }
    for (name, node) in section.rest() {
        map.columns.push((name, rule(&node)?));
    }
    Ok(map)
}

/// `Type of Travel` as `type_of_travel`.
pub(crate) fn dimension_name(column: &str) -> String {
    let mut name = String::new();
    let mut last_small = false;
    for c in column.chars() {
        if c.is_alphanumeric() {
            // `PaymentMethod` is two words.
            if c.is_uppercase() && last_small && !name.ends_with('_') {
                name.push('_');
            }
            name.extend(c.to_lowercase());
            last_small = c.is_lowercase() || c.is_numeric();
        } else {
            last_small = false;
            if !name.ends_with('_') && !name.is_empty() {
                name.push('_');
            }
        }
    }
    name.trim_end_matches('_').to_owned()
}

fn rule(node: &Node<'_>) -> Result<Rule, SettingFault> {
    if !node.is_section() {
        return Ok(Rule { from: From::Column(node.located()?), span: node.span(), ..Rule::default() });
    }
    let section = node.section()?;
    let mut made = rule_parts(&section, node)?;
    let mut sources: Vec<(&str, From)> = Vec::new();
    if let Some(n) = section.get("column") {
        sources.push(("column", From::Column(n.located()?)));
    }
    if let Some(n) = section.get("value") {
        sources.push(("value", From::Constant(n.scalar()?)));
    }
    if let Some(n) = section.get("expr") {
        sources.push(("expr", From::Expr(condition(&n)?)));
    }
    if let Some(n) = section.get("day").filter(|n| n.text().as_deref() != Ok("??")) {
        sources.push(("day", From::Day(n.parse()?)));
    } else if section.get("day").is_some() {
        sources.push(("day", From::Nothing));
    }
    for key in ["months_before", "days_before"] {
        if let Some(n) = section.get(key) {
            let of = section.require("of", &format!("`{key}`"))?;
            let from = if of.text().as_deref() == Ok("??") {
                From::Nothing
            } else if key == "months_before" {
                From::MonthsBefore(n.located()?, of.parse()?)
            } else {
                From::DaysBefore(n.located()?, of.parse()?)
            };
            sources.push((key, from));
        }
    }
    section.finish("a column", &keys::RULE)?;
    match sources.len() {
        1 => {
            if let Some((_, from)) = sources.pop() {
                made.from = from;
            }
            Ok(made)
        }
        0 => Err(SettingFault::new("nothing says where the values come from", node.span())
            .help("add `column`, `value`, `expr`, `day`, `months_before` or `days_before`")),
        _ => {
            let names: Vec<&str> = sources.iter().map(|(n, _)| *n).collect();
            Err(SettingFault::new(
                format!("values come from one place, not from {}", names.join(" and ")),
                node.span(),
            ))
        }
    }
}

/// The parts of a rule besides where its values come from.
fn rule_parts(section: &Section<'_>, node: &Node<'_>) -> Result<Rule, SettingFault> {
    let mut labels = Vec::new();
    if let Some(n) = section.get("labels") {
        for (word, meant) in n.section()?.rest() {
            labels.push((word.value, meant.scalar()?));
        }
    }
    Ok(Rule {
        from: From::Nothing,
        filter: section.get("where").map(|n| condition(&n)).transpose()?,
        labels,
        blank: texts(section.get("blank"))?,
        decimal: section.get("decimal").map(|n| decimal(&n)).transpose()?,
        format: section.get("format").map(|n| n.located()).transpose()?,
        zone: section.get("zone").map(|n| n.located()).transpose()?,
        factor: section.get("factor").map(|n| n.number()).transpose()?,
        span: node.span(),
    })
}

fn answer(question: Located<String>, node: &Node<'_>) -> Result<AnswerMap, SettingFault> {
    let section = node.section()?;
    let of = format!("answers to `{}`", question.value);
    let scale = section.require("scale", &of)?.located()?;
    let rule = rule_parts(&section, node)?;
    let one = section.get("column").map(|n| n.located()).transpose()?;
    let many = section.get("columns").map(|n| n.list()).transpose()?;
    section.finish(&of, &keys::ANSWERS)?;
    let (columns, items) = match (one, many) {
        (Some(column), None) => (vec![column], false),
        (None, Some(list)) => (list.iter().map(Node::located).collect::<Result<_, _>>()?, true),
        _ => {
            return Err(SettingFault::new(format!("{of} need `column` or `columns`"), node.span())
                .help("`columns` makes an item of each"));
        }
    };
    Ok(AnswerMap { question, columns, items, scale, rule })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::project::Settings;

    #[test]
    fn names_fit_for_typing() {
        for (column, name) in [
            ("Type of Travel", "type_of_travel"),
            ("PaymentMethod", "payment_method"),
            ("SeniorCitizen", "senior_citizen"),
            ("Departure/Arrival time convenient", "departure_arrival_time_convenient"),
            ("gender", "gender"),
            ("Klasa (nowa)", "klasa_nowa"),
            ("IPAddress", "ipaddress"),
        ] {
            assert_eq!(dimension_name(column), name);
        }
    }

    #[test]
    fn faults_point_at_their_place() {
        let head = "format = 1\n[[source]]\nfiles = [\"a.csv\"]\n";
        for (body, at, part, help) in [
            (
                "[source.respones]\nx = \"X\"",
                (4, 9),
                "no setting or table `respones`",
                "is `responses` meant?",
            ),
            (
                "[source.customers]\ncustomer_id = { colum = \"X\" }",
                (5, 17),
                "no setting `colum`",
                "is `column` meant?",
            ),
            ("[source.customers]\ncustomer_id = { column = \"X\", value = 1 }", (5, 15), "one place", ""),
            ("[source.customers]\nwhere = \"a >\"", (5, 13), "expected a value", ""),
            ("decimal = \";\"", (4, 11), "no decimal mark", "write"),
            ("files2 = 1", (4, 1), "no setting or table", ""),
            ("read = { delimter = \";\" }", (4, 8), "delimter", ""),
        ] {
            let error = Settings::parse("cx.toml", &format!("{head}{body}")).unwrap_err();
            assert_eq!((error.line, error.column), at, "{body}: {error}");
            assert!(error.message.contains(part), "{body}: {error}");
            assert!(error.help.clone().unwrap_or_default().contains(help), "{body}: {error:?}");
        }
    }

    #[test]
    fn open_settings_are_named_together() {
        let text = "format = 1\n[project]\nname = \"A\"\ntime_zone = \"??\"\n[[source]]\nname = \"telco\"\nfiles = [\"a.csv\"]\n[source.customers]\nacquired_at = { months_before = \"tenure\", of = \"??\" }\n";
        let error = Settings::parse("cx.toml", text).unwrap_err();
        assert_eq!(error.open, ["project.time_zone", "source.telco.day"]);
        assert_eq!(error.line, 4);
    }
}
