//! Files that already carry the names of a canonical table.

use super::Candidate;
use super::sketch::Sketch;
use crate::project::init::draft::{Line, TableDraft, quoted};
use crate::project::init::survey::Shape;
use crate::tables::schema::{Kind, TABLES, TableSpec};
use std::collections::BTreeMap;

/// Share of columns that must bear canonical names.
const MOSTLY: f64 = 0.6;

pub(super) fn recognise(shape: &Shape, given: &BTreeMap<String, String>) -> Option<Candidate> {
    let names: Vec<&str> = shape.columns.iter().map(|c| c.profile.name.as_str()).collect();
    let known =
        |spec: &TableSpec| names.iter().filter(|n| spec.column(n).is_some_and(|c| !c.derived)).count();
    let complete = |spec: &TableSpec| {
        let key = spec.identity.first().is_none_or(|k| names.contains(k)) || spec.identity.len() > 1;
        key && spec.required.iter().all(|r| names.contains(r))
    };
    let mut fitting: Vec<(&TableSpec, usize)> = TABLES
        .iter()
        .filter(|s| complete(s))
        .map(|s| (s, known(s)))
        .filter(|(_, n)| *n >= 3 && *n as f64 >= MOSTLY * names.len() as f64)
        .collect();
    let wanted = given.get(&format!("source.{}.table", shape.name));
    // The file's own name settles what its columns leave open.
    fitting.sort_by_key(|(s, n)| {
        let named = shape.name.starts_with(s.name) || Some(s.name) == wanted.map(String::as_str);
        std::cmp::Reverse((named, *n))
    });
    let (spec, matched) = *fitting.first()?;
    let long_survey = spec.is_survey() && names.contains(&"question");
    if long_survey && !shape.evidence.questions.keys().all(|q| crate::project::init::words::is_question(q)) {
        return None;
    }
    let mut sketch = Sketch::new(shape);
    let mut to = TableDraft::new(spec.name);
    for (i, name) in names.iter().enumerate() {
        let Some(column) = spec.column(name).filter(|c| !c.derived) else { continue };
        if matches!(column.kind, Kind::Closed { .. }) || column.name == "question" {
            to.lines.push(Line::new(column.name, quoted(name), ""));
            sketch.used.insert(i);
        } else {
            sketch.put(&mut to, column.name, i, "");
        }
    }
    if long_survey {
        super::long::scales(&mut sketch);
    }
    sketch.dimensions(&mut to);
    Some(sketch.finish("a table with the names this program uses itself", 10 + matched as i32, vec![to]))
}
