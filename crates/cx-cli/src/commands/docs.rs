//! `cx docs`: the pages that are made from the program itself.

use crate::args::{DocsArgs, definition};
use crate::output::{Answer, Mode, unit_id, write_whole};
use clap::Command;
use cx_core::analysis::{Entry, Error, ErrorKind, catalog};
use cx_core::ground::issue::Fault;
use cx_core::project::keys::{PLACES, PLAN_PLACES, Place};
use cx_core::tables::schema::TABLES;
use std::fmt::Write as _;

/// What every page says of itself.
const MADE: &str = "<!-- Made by `cargo xtask docs`; changes belong in the code. -->\n\n";

/// Writes every page.
pub(crate) fn run(args: &DocsArgs) -> Result<Answer, Error> {
    let schema = cx_report::document::schema().map_err(|e| {
        Error::new(ErrorKind::Internal, format!("the document's schema cannot be written: {e}"))
    })?;
    for (name, text) in [
        ("cli.md", cli()),
        ("catalogue.md", catalogue()?),
        ("errors.md", errors()),
        ("settings.md", settings()),
        ("plan.md", plan()),
        ("document.schema.json", schema),
        ("api.md", format!("# The interface over HTTP\n\n{MADE}{}", cx_server::markdown())),
        ("openapi.json", cx_server::openapi()),
    ] {
        write_whole(&args.dir.join(name), text.as_bytes(), Mode::Shared)?;
    }
    Ok(Answer::text(String::new()))
}

/// Every command with its help.
fn cli() -> String {
    let mut out = format!("# Commands\n\n{MADE}");
    let mut root = definition().term_width(100);
    root.build();
    section(&mut out, &mut root, "cx", 2);
    out
}

fn section(out: &mut String, command: &mut Command, name: &str, depth: usize) {
    let help = command.render_long_help().to_string();
    let lines: Vec<&str> = help.lines().map(str::trim_end).collect();
    // Options that every command has are said once.
    let own = if depth == 2 {
        lines.len()
    } else {
        lines.iter().position(|l| *l == "Options of every command:").unwrap_or(lines.len())
    };
    let text = lines[..own].join("\n");
    // Writing to a string cannot fail.
    let _ = write!(out, "{} `{name}`\n\n```text\n{}\n```\n\n", "#".repeat(depth), text.trim_end());
    for sub in command.get_subcommands_mut().filter(|c| !c.is_hide_set()) {
        let name = format!("{name} {}", sub.get_name());
        section(out, sub, &name, (depth + 1).min(4));
    }
}

/// Every metric.
fn catalogue() -> Result<String, Error> {
    let entries = catalog(None)?;
    let mut out = format!("# Metrics\n\n{MADE}");
    let planned = entries.iter().filter(|e| e.planned.is_some()).count();
    let _ = writeln!(
        out,
        "{} metrics; {} are computed, {planned} are planned. `cx catalog METRIC` shows the same on a terminal.",
        entries.len(),
        entries.len() - planned
    );
    let mut category = None;
    for entry in &entries {
        if entry.category != category {
            category = entry.category;
            let name = category.map_or("own", |c| c.id()).replace('_', " ");
            let _ = write!(out, "\n## {name}\n");
        }
        metric(&mut out, entry);
    }
    Ok(out)
}

fn metric(out: &mut String, entry: &Entry) {
    let _ = write!(out, "\n### `{}` {}\n\n{}\n\n", entry.id, entry.name, entry.meaning);
    let mut fact = |name: &str, text: &str| {
        if !text.is_empty() {
            let _ = writeln!(out, "- {name}: {text}");
        }
    };
    fact("planned", entry.planned.as_deref().unwrap_or_default());
    fact("given by", &entry.study.as_ref().map(|s| format!("`{s}`")).unwrap_or_default());
    fact("unit", &entry.unit.map(unit_id).unwrap_or_default().replace('_', " "));
    fact("profiles", &entry.profiles.join(", "));
    fact(
        "least rows",
        &format!(
            "{} to show, {} to compare, {} to rank",
            entry.min_n.show, entry.min_n.compare, entry.min_n.rank
        ),
    );
    for form in &entry.forms {
        fact(&format!("`{}`", form.key), &format!("`{}`", form.formula));
    }
    for param in &entry.params {
        fact(&format!("constant `{}`", param.name), &format!("`{}`, {}", param.value, param.meaning));
    }
    fact("mind", &entry.edges);
    fact("source", &entry.source);
}

/// Every key of `plan.toml`.
fn plan() -> String {
    let mut out = format!("# Every key of `plan.toml`\n\n{MADE}");
    out.push_str("The [guide](../guide/planning.md) tells how `cx plan` uses them; `cx plan --template` prints a file to fill in.\n");
    keys(&mut out, PLAN_PLACES);
    out
}

/// Every key of `cx.toml`, and the columns that sources feed.
fn settings() -> String {
    let mut out = format!("# Every setting of `cx.toml`\n\n{MADE}");
    out.push_str("The [guide](../guide/settings.md) tells them in the order in which they are met.\n");
    keys(&mut out, PLACES);
    out.push_str("\n## Canonical tables\n\nColumns in bold are needed. Columns that are made from others cannot be mapped.\n");
    for table in TABLES {
        let _ = write!(out, "\n### `{}`\n\n{}\n\n| column | holds |\n|---|---|\n", table.name, table.meaning);
        for column in table.columns.iter().filter(|column| !column.derived) {
            let bold = if table.required.contains(&column.name) { "**" } else { "" };
            let _ =
                writeln!(out, "| {bold}`{}`{bold} | {} |", column.name, column.meaning.replace('|', "\\|"));
        }
    }
    out
}

/// Places of a file with their keys.
fn keys(out: &mut String, places: &[Place]) {
    for place in places {
        let code = if place.name.starts_with(['[', 'r', 'l']) { "`" } else { "" };
        let _ = write!(out, "\n## {code}{}{code}\n\n{}\n\n", place.name, place.meaning);
        out.push_str("| key | takes | unless set | means | example |\n|---|---|---|---|---|\n");
        for key in place.keys {
            let cells = [key.kind, key.default, key.meaning].map(|cell| cell.replace('|', "\\|"));
            let [kind, default, meaning] = &cells;
            let example = format!("{} = {}", key.name, key.example);
            // A backquote inside needs a longer fence around.
            let fence = if example.contains('`') { "``" } else { "`" };
            let _ = writeln!(
                out,
                "| `{}` | {kind} | {default} | {meaning} | {fence}{example}{fence} |",
                key.name
            );
        }
    }
}

/// Exit codes and faults.
fn errors() -> String {
    let mut out =
        format!("# Exit codes and faults\n\n{MADE}## Exit codes\n\n| code | meaning |\n| ---: | --- |\n");
    let _ = writeln!(out, "| 0 | done; with `cx check`: every fault was counted and handled |");
    let _ = writeln!(out, "| 1 | the check said no: a limit of `cx.toml`, or `--strict` |");
    for kind in ErrorKind::ALL {
        let _ = writeln!(out, "| {} | {} |", kind.exit_code(), kind.meaning());
    }
    out.push_str("\n## Faults of the data\n\nThe run goes on; each is counted, with its first places and a mend.\n\n| name | what to do |\n| --- | --- |\n");
    for fault in Fault::ALL {
        let name = serde_json::to_value(fault).ok();
        let name = name.as_ref().and_then(|n| n.as_str()).unwrap_or_default();
        let _ = writeln!(out, "| `{name}` | {} |", fault.mend());
    }
    out
}
