//! Older settings to the current form.

use crate::ground::located::SettingFault;
use toml::Table;

/// The format this version writes.
pub const CURRENT: i64 = 1;

/// One step from a format to the next.
type Step = fn(&mut Table);

/// Steps by the format they start from.
const STEPS: [(i64, Step); 1] = [(0, project_table)];

/// Format 0 had no `format` line and kept the project's own settings at the top.
fn project_table(settings: &mut Table) {
    const MOVED: [&str; 6] = ["name", "time_zone", "currency", "as_of", "profile", "level"];
    let mut project = match settings.remove("project") {
        Some(toml::Value::Table(table)) => table,
        _ => Table::new(),
    };
    for key in MOVED {
        if let Some(value) = settings.remove(key) {
            project.entry(key).or_insert(value);
        }
    }
    settings.insert("project".to_owned(), toml::Value::Table(project));
}

/// The text of older settings in the current form; none where it is current.
///
/// # Errors
/// A format that is newer than this program.
pub fn migrated(text: &str) -> Result<Option<String>, SettingFault> {
    let Ok(mut settings) = text.parse::<Table>() else {
        // Faults of the text itself are reported with their place by the reader.
        return Ok(None);
    };
    let found = match settings.get("format") {
        None => 0,
        Some(toml::Value::Integer(n)) => *n,
        Some(_) => return Ok(None),
    };
    if found == CURRENT {
        return Ok(None);
    }
    if !(0..=CURRENT).contains(&found) {
        let at = text.find("format").unwrap_or(0);
        let fault = format!("settings of format {found}; this version reads up to {CURRENT}");
        return Err(SettingFault::new(fault, at..at + 6).help("use a newer cx, or write `format = 1`"));
    }
    for (from, step) in STEPS.iter().filter(|(from, _)| *from >= found) {
        debug_assert!(*from < CURRENT);
        step(&mut settings);
    }
    settings.remove("format");
    let body = toml::to_string_pretty(&settings).map_err(|e| SettingFault::new(e.to_string(), 0..0))?;
    Ok(Some(format!("format = {CURRENT}\n\n{body}")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn settings_without_a_format_move_into_project() {
        let old = "name = \"Acme\"\ncurrency = \"EUR\"\n\n[[source]]\nfiles = [\"a.csv\"]\n";
        let new = migrated(old).unwrap().unwrap();
        let table: Table = new.parse().unwrap();
        assert_eq!(table["format"].as_integer(), Some(CURRENT));
        assert_eq!(table["project"]["name"].as_str(), Some("Acme"));
        assert!(!table.contains_key("name"));
        assert_eq!(migrated(&new).unwrap(), None);
    }

    #[test]
    fn settings_of_the_future_are_refused() {
        let fault = migrated("format = 99").unwrap_err();
        assert!(fault.message.contains("format 99"));
    }
}
