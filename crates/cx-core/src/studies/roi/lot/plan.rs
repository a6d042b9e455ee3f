//! Windows around an assignment, and the sums that are asked for.

use super::super::FEWEST_DAYS;
use super::super::outcomes::Outcome;

/// Days around an assignment.
#[derive(Debug, Clone, Copy)]
pub(super) struct Windows {
    pub before: i32,
    pub after: i32,
}

/// The terms of an outcome in the sums: after, before, and for a mean of rows their numbers.
#[derive(Debug, Clone, Copy)]
pub(super) struct Place {
    pub after: usize,
    pub before: Option<usize>,
    pub rows: Option<usize>,
}

/// What the records of customers say beside outcomes.
#[derive(Debug, Clone, Copy)]
pub(super) struct Known {
    /// When customers left.
    pub kept: bool,
    /// When it reached those assigned.
    pub reached: bool,
}

/// What an assignment adds where it reached the customer.
const REACHED: &str = "if(exposed_at is missing, 0, 1)";

/// Rows, terms and the places of outcomes among them; whom it reached is the last term.
pub(super) fn plan(list: &[Outcome], known: Known, days: Windows) -> (String, Vec<String>, Vec<Place>) {
    let Known { kept, reached } = known;
    let Windows { before, after } = days;
    let (mut fields, mut terms, mut places) = (Vec::new(), Vec::new(), Vec::new());
    if kept {
        terms.push(format!(
            "if(customers.closed_at is missing, 1, if(customers.closed_at <= assigned_at + {after}d, 0, 1))"
        ));
    }
    for (i, outcome) in list.iter().enumerate() {
        let name = format!("_o{i}");
        fields.extend(outcome.fields(&name, &format!("[0d, {after}d)")));
        let mut place = Place { after: terms.len(), before: None, rows: None };
        terms.push(name.clone());
        if outcome.over_rows {
            place.rows = Some(terms.len());
            terms.push(format!("{name}_n"));
        } else if before >= FEWEST_DAYS {
            let name = format!("_b{i}");
            fields.extend(outcome.fields(&name, &format!("[-{before}d, 0d)")));
            place.before = Some(terms.len());
            terms.push(name);
        }
        places.push(place);
    }
    if reached {
        terms.push(REACHED.to_owned());
    }
    let there =
        if kept { " and (customers.closed_at is missing or customers.closed_at > assigned_at)" } else { "" };
    let rows = format!(
        "assignments where initiative_id = INITIATIVE and customer_id is known{there} each by customer_id {{ {} }}",
        fields.join(", ")
    );
    (rows, terms, places)
}
