//! One subcommand per formula, made from the formula's own description.

use clap::error::ErrorKind;
use clap::{Arg, ArgMatches, Command, FromArgMatches, Subcommand};
use cx_core::calc::{CALCS, Calc, Default, Role, find};
use std::collections::BTreeMap;
use std::path::PathBuf;

/// Options of formulas that every command has.
pub(crate) const GLOBAL: [&str; 2] = ["seed", "as-of"];

/// A formula, its files, columns and options.
#[derive(Debug)]
pub(crate) struct CalcCall {
    /// The formula.
    pub(crate) calc: &'static Calc,
    /// The table.
    pub(crate) input: Option<PathBuf>,
    /// The second table.
    pub(crate) second: Option<PathBuf>,
    /// Columns by role.
    pub(crate) columns: BTreeMap<String, String>,
    /// Options by name.
    pub(crate) options: BTreeMap<String, String>,
    /// The column that splits the rows.
    pub(crate) by: Option<String>,
}

/// The flag of a role of the second table: its names may be options as well.
fn second_flag(table: &str, role: &str) -> String {
    format!("{table}-{role}")
}

fn command(calc: &'static Calc) -> Command {
    let mut command = Command::new(calc.name).about(calc.summary);
    if !calc.roles.is_empty() {
        let needed = if calc.table_is_optional { "" } else { " (needed)" };
        let help = format!(
            "File of the table: CSV, TSV, JSON lines, XLSX, ODS, Parquet; `-` reads CSV from standard input{needed}"
        );
        command = command.arg(path("input", help).short('i')).arg(text(
            "by",
            "COLUMN",
            "Column whose values split the rows; the formula runs once for each",
        ));
    }
    if let Some(second) = calc.second {
        command = command.arg(path(second.name, format!("File: {}", second.help)));
    }
    for role in calc.roles {
        command = command.arg(column(role, role.name.to_owned()));
    }
    for (second, role) in calc.second.iter().flat_map(|s| s.roles.iter().map(move |r| (s, r))) {
        command = command.arg(column(role, second_flag(second.name, role.name)));
    }
    for choice in calc.options.iter().filter(|o| !GLOBAL.contains(&o.name)) {
        let mut arg = Arg::new(choice.name).long(choice.name).value_name("VALUE").help(sentence(choice.help));
        // No value is handed on that was not given: the formula knows its defaults.
        if choice.allowed.is_empty() {
            arg = arg.allow_hyphen_values(true);
        } else {
            arg = arg.value_parser(choice.allowed.to_vec());
        }
        if let Some(default) = choice.default {
            arg = arg.help(format!("{} [default: {default}]", sentence(choice.help)));
        }
        command = command.arg(arg);
    }
    command
}

fn path(name: &'static str, help: String) -> Arg {
    Arg::new(name).long(name).value_name("FILE").help(help).value_parser(clap::value_parser!(PathBuf))
}

fn text(name: &'static str, value: &'static str, help: &'static str) -> Arg {
    Arg::new(name).long(name).value_name(value).help(help)
}

fn column(role: &Role, name: String) -> Arg {
    let usual = match role.default {
        Default::Named(names) => format!("`{}`", names.join("` or `")),
        Default::First => "the first".to_owned(),
        Default::AllNumeric => "all other columns of numbers".to_owned(),
    };
    let values = if role.default == Default::AllNumeric { "COLUMN,…" } else { "COLUMN" };
    let help = format!("Column: {} ({}) [default: {usual}]", role.help, role.holds.word());
    Arg::new(name.clone()).long(name).value_name(values).help(help).help_heading("Columns")
}

fn sentence(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |c| c.to_uppercase().chain(letters).collect())
}

impl FromArgMatches for CalcCall {
    fn from_arg_matches(matches: &ArgMatches) -> Result<Self, clap::Error> {
        let missing = || clap::Error::raw(ErrorKind::MissingSubcommand, "name a formula");
        let (name, matches) = matches.subcommand().ok_or_else(missing)?;
        let calc = find(name).map_err(|e| clap::Error::raw(ErrorKind::InvalidSubcommand, e.to_string()))?;
        let get = |name: &str| matches.try_get_one::<String>(name).ok().flatten().cloned();
        let file = |name: &str| matches.try_get_one::<PathBuf>(name).ok().flatten().cloned();
        let roles = calc.roles.iter().map(|r| (r.name, r.name.to_owned()));
        let more =
            calc.second.iter().flat_map(|s| s.roles.iter().map(|r| (r.name, second_flag(s.name, r.name))));
        let columns = roles.chain(more).filter_map(|(role, flag)| Some((role.to_owned(), get(&flag)?)));
        let options = calc.options.iter().filter(|o| !GLOBAL.contains(&o.name));
        let options = options.filter_map(|o| Some((o.name.to_owned(), get(o.name)?)));
        Ok(Self {
            calc,
            input: file("input"),
            second: calc.second.and_then(|s| file(s.name)),
            columns: columns.collect(),
            options: options.collect(),
            by: get("by"),
        })
    }

    fn update_from_arg_matches(&mut self, matches: &ArgMatches) -> Result<(), clap::Error> {
        *self = Self::from_arg_matches(matches)?;
        Ok(())
    }
}

impl Subcommand for CalcCall {
    fn augment_subcommands(parent: Command) -> Command {
        parent.subcommand_required(true).subcommands(CALCS.iter().map(command))
    }

    fn augment_subcommands_for_update(parent: Command) -> Command {
        Self::augment_subcommands(parent)
    }

    fn has_subcommand(name: &str) -> bool {
        find(name).is_ok()
    }
}
