//! Every key is read, its example is good, its default is that of the reader.

use super::*;
use crate::project::Settings;
use crate::sources::ReadOptions;

fn parses(text: &str) -> Settings {
    Settings::parse("cx.toml", text).unwrap_or_else(|e| panic!("{e}: {:?}\n{text}", e.help))
}

/// A file with one key of a place, and what that place cannot do without.
fn with(place: &str, name: &str, value: &str) -> String {
    let line = format!("{name} = {value}\n");
    let needs = |needed: &str| {
        let key = needed.split_once(' ').map_or("", |(key, _)| key);
        if key == name { String::new() } else { format!("{needed}\n") }
    };
    let source = "[[source]]\nfiles = [\"a.csv\"]\n";
    match place {
        "The file" if name == "format" => line,
        "The file" => format!("format = 1\n{line}"),
        "[project]" | "[limits]" | "[value]" => format!("format = 1\n{place}\n{line}"),
        "[scales.NAME]" if name == "like" => format!("format = 1\n[scales.x]\n{line}"),
        "[scales.NAME]" => {
            let ends = if name == "step" { "" } else { "step = 1\n" };
            format!("format = 1\n[scales.x]\n{}{}{ends}{line}", needs("min = 1"), needs("max = 6"))
        }
        "[targets]" => format!("format = 1\n[targets.nps]\n{}{line}", needs("target = 0.5")),
        "[weights]" => format!("format = 1\n[weights]\n{}{line}", needs("margins = { a = { b = 1 } }")),
        "[[metric]]" => format!(
            "format = 1\n[[metric]]\n{}{}{line}",
            needs("id = \"x\""),
            needs("formula = \"count(of customers)\"")
        ),
        "[[source]]" if name == "files" => format!("format = 1\n[[source]]\n{line}"),
        "[[source]]" => format!("format = 1\n{source}{line}"),
        "read" => format!("format = 1\n{source}[source.read]\n{line}"),
        "last_state" => format!(
            "format = 1\n{source}[source.last_state]\n{}{}{line}",
            needs("per = \"A\""),
            needs("by = \"B\"")
        ),
        "[source.TABLE]" => format!("format = 1\n{source}[source.responses]\n{line}"),
        "Columns" => {
            let own = match name {
                "column" | "value" | "expr" | "day" => "",
                "months_before" | "days_before" => "of = 2024-01-31\n",
                "of" => "months_before = \"tenure\"\n",
                _ => "column = \"X\"\n",
            };
            format!("format = 1\n{source}[source.customers.acquired_at]\n{own}{line}")
        }
        "[source.TABLE.answers]" => {
            let own = if name.starts_with("column") { "" } else { "column = \"X\"\n" };
            format!(
                "format = 1\n{source}[source.responses.answers.recommend]\n{}{own}{line}",
                needs("scale = \"0-10\"")
            )
        }
        other => panic!("no file for {other}"),
    }
}

#[test]
fn every_key_is_read_and_its_example_is_good() {
    for place in PLACES {
        for key in place.keys {
            parses(&with(place.name, key.name, key.example));
            let error = Settings::parse("cx.toml", &with(place.name, "nonsense_key", "1"));
            let free = matches!(place.name, "[source.TABLE]");
            assert!(error.is_err() || free, "{} takes any key", place.name);
        }
    }
}

#[test]
fn defaults_are_those_of_the_reader() {
    let plain = |place: &str| {
        let whole = with(place, "nonsense_key", "1");
        format!("{:?}", parses(&whole.replace("nonsense_key = 1\n", "")))
    };
    let mut held = 0;
    for place in [FILE, PROJECT, SOURCE, READ] {
        for key in place.keys {
            let Some(value) = key.default.strip_prefix('`').and_then(|d| d.strip_suffix('`')) else {
                continue;
            };
            if matches!(key.name, "week_start") {
                // Without a zone the day a week starts on makes a calendar of its own.
                continue;
            }
            let with_default = format!("{:?}", parses(&with(place.name, key.name, value)));
            assert_eq!(with_default, plain(place.name), "{} {}", place.name, key.name);
            held += 1;
        }
    }
    assert!(held > 10, "{held} defaults were held against the reader");
}

#[test]
fn the_keys_of_read_are_all_of_them() {
    let error = toml::from_str::<ReadOptions>("nonsense = 1").unwrap_err().to_string();
    let listed: Vec<&str> =
        error.split("expected one of").nth(1).unwrap().split('`').skip(1).step_by(2).collect();
    assert_eq!(listed, READ.names().collect::<Vec<_>>());
}
