//! The margins of the settings, held against the records.

use super::{Company, Error};
use crate::ground::located::SettingFault;
use crate::studies::metrics::{Margin, Margins};
use crate::tables::schema::Kind;
use std::collections::BTreeSet;

/// The margins that answers are weighted to; none where the settings have none.
///
/// # Errors
/// A margin whose column is in no table that could weight answers, or one of
/// whose values no record has, with its place in the settings.
pub(super) fn margins(company: &Company) -> Result<Option<Margins>, Error> {
    let Some(weights) = &company.project.settings.weights else { return Ok(None) };
    let at = |fault| Error::setting(&company.project.shown(), &company.project.text, fault);
    let mut list = Vec::new();
    for margin in &weights.margins {
        let known = values(company, &margin.dimension.value);
        let name = &margin.dimension.value;
        let Some(known) = known else {
            let fault = SettingFault::new(
                format!("no answers and no customers have a column `{name}` with groups"),
                margin.dimension.span.clone(),
            );
            let columns = dimensions(company);
            return Err(at(fault.nearest(name, columns.iter().map(String::as_str))));
        };
        for (value, share) in &margin.shares {
            // A value with no share of the base may well be absent.
            if *share > 0.0 && !known.contains(&value.value) {
                let message = format!("no record has `{name}` = `{}`", value.value);
                let fault = SettingFault::new(message, value.span.clone());
                return Err(at(fault.nearest(&value.value, known.iter().map(String::as_str))));
            }
        }
        let shares = margin.shares.iter().map(|(value, share)| (value.value.clone(), *share)).collect();
        list.push(Margin { dimension: name.clone(), shares });
    }
    Ok(Some(Margins { list, trim: weights.trim }))
}

/// Columns that could be a margin: of surveys, and of the customers who answer.
fn dimensions(company: &Company) -> BTreeSet<String> {
    let tables = company.loaded.data.tables.values();
    let of = tables.filter(|t| t.spec.is_survey() || t.spec.name == "customers");
    let groups = |kind: Kind| matches!(kind, Kind::Category | Kind::Closed { .. } | Kind::Bool);
    of.flat_map(|t| &t.columns).filter(|c| groups(c.kind)).map(|c| c.name.clone()).collect()
}

/// The values of a column that could be a margin.
fn values(company: &Company, name: &str) -> Option<BTreeSet<String>> {
    if !dimensions(company).contains(name) {
        return None;
    }
    let mut values = BTreeSet::new();
    for table in company.loaded.data.tables.values() {
        let Some(column) = table.column(name) else { continue };
        match &column.dictionary {
            Some(dictionary) => dictionary.each(|_, text| _ = values.insert(text.to_owned())),
            None => values.extend(["yes".to_owned(), "no".to_owned()]),
        }
    }
    Some(values)
}
