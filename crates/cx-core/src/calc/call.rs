//! Running a formula by its name.

use super::result::SCHEMA_VERSION;
use super::{Args, Calc, CalcError, CalcResult, GroupCaveat, Request, Results, cells, find};
use crate::ground::segment::NONE_VALUE;

/// Runs the formula `name`, once or once per value of the column `by`.
///
/// Groups come in the order of their values; rows without one form the group
/// `(none)`.
///
/// # Errors
/// [`CalcError`], with the place and the remedy.
///
/// # Examples
/// ```
/// use cx_core::calc::{call, Request, Table};
/// let rows: &[&[&str]] = &[&["web", "9"], &["web", "3"], &["app", "10"]];
/// let table = Table::from_rows(&["channel", "score"], rows).unwrap();
/// let result = call("nps", &Request::on(&table).by("channel")).unwrap();
/// assert_eq!(serde_json::to_value(&result).unwrap()["results"]["app"]["nps"]["value"], 100.0);
/// let error = call("npss", &Request::on(&table)).unwrap_err();
/// assert_eq!(error.help(), "did you mean `nps`?");
/// ```
pub fn call(name: &str, request: &Request<'_>) -> Result<CalcResult, CalcError> {
    let calc = find(name)?;
    let rows = request.table.map_or(0, super::Table::rows);
    let Some(by) = &request.by else {
        let answer = (calc.run)(&Args::new(calc, request, (0..rows).collect())?)?;
        let caveats = answer.caveats.into_iter().map(|caveat| GroupCaveat { group: None, caveat }).collect();
        return Ok(CalcResult {
            schema_version: SCHEMA_VERSION,
            formula: calc.name,
            method: answer.method,
            level: answer.level,
            by: None,
            results: answer.results,
            caveats,
        });
    };
    let mut result = CalcResult {
        schema_version: SCHEMA_VERSION,
        formula: calc.name,
        method: None,
        level: None,
        by: Some(by.clone()),
        results: Results::new(),
        caveats: Vec::new(),
    };
    for (group, rows) in groups(calc, request, by)? {
        let in_group = |error| CalcError::InGroup { group: group.clone(), error: Box::new(error) };
        // Faults of the call itself concern no group.
        let args = Args::new(calc, request, rows)?;
        let answer = (calc.run)(&args).map_err(in_group)?;
        result.method = answer.method;
        result.level = answer.level;
        let named = |caveat| GroupCaveat { group: Some(group.clone()), caveat };
        result.caveats.extend(answer.caveats.into_iter().map(named));
        result.results.group(&group, answer.results);
    }
    Ok(result)
}

/// The rows of each value of a column, ordered by value.
fn groups(
    calc: &'static Calc,
    request: &Request<'_>,
    by: &str,
) -> Result<Vec<(String, Vec<usize>)>, CalcError> {
    let Some(table) = request.table else {
        let help = "give a file, or leave out --by".to_owned();
        return Err(CalcError::Missing { formula: calc.name, what: "a table to split".to_owned(), help });
    };
    let Some(column) = table.column(by) else {
        let columns = table.columns().iter().map(|c| c.name.clone()).collect();
        return Err(CalcError::NoColumn { role: "by".to_owned(), column: by.to_owned(), columns });
    };
    let mut groups = std::collections::BTreeMap::<String, Vec<usize>>::new();
    for row in 0..table.rows() {
        let group = cells::read_text(column, row).unwrap_or(NONE_VALUE);
        groups.entry(group.to_owned()).or_default().push(row);
    }
    Ok(groups.into_iter().collect())
}
