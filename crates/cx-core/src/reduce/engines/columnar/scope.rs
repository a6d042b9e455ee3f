//! The names an expression over a table may use.

use super::program::Slot;
use crate::reduce::ReduceError;
use crate::tables::column::{Column, NO_CODE, View};
use crate::tables::dataset::{Dataset, Table};
use std::collections::BTreeMap;
use std::sync::atomic::AtomicBool;
use std::sync::{Mutex, PoisonError};

/// Marks the slot of a customer's attribute, looked up by the row's customer.
const ATTRIBUTE: char = '@';

/// A table, and the customers its rows belong to.
#[derive(Debug, Clone, Copy)]
pub(super) struct Scope<'a> {
    pub table: &'a Table,
    customers: Option<&'a Table>,
}

impl<'a> Scope<'a> {
    pub(super) fn new(data: &'a Dataset, table: &'a Table) -> Self {
        let linked = table.spec.name != "customers" && table.column("customer_id").is_some();
        Self { table, customers: data.table("customers").filter(|_| linked) }
    }

    /// The slot of a name: the table's own column, else the customer's.
    pub(super) fn find(&self, name: &str) -> Option<Slot> {
        if let Some(column) = self.table.column(name) {
            return Some(Slot {
                name: name.to_owned(),
                ty: column.ty(),
                dictionary: column.dictionary.clone(),
            });
        }
        // `customers.closed_at` names the customer's, whatever the table has under that name.
        let name = name.strip_prefix("customers.").unwrap_or(name);
        let column = self.customers?.column(name)?;
        Some(Slot {
            name: format!("{ATTRIBUTE}{name}"),
            ty: column.ty(),
            dictionary: column.dictionary.clone(),
        })
    }
}

/// The attribute a slot looks up, if it is one.
pub(super) fn attribute(slot: &Slot) -> Option<&str> {
    slot.name.strip_prefix(ATTRIBUTE)
}

/// Attributes of customers, by the customer's code.
#[derive(Debug, Default)]
pub(super) struct Attributes(BTreeMap<String, Column>);

impl Attributes {
    /// Reads some columns of the customers table.
    pub(super) fn load(data: &Dataset, names: &[String], cancel: &AtomicBool) -> Result<Self, ReduceError> {
        let Some(customers) = data.table("customers").filter(|_| !names.is_empty()) else {
            return Ok(Self::default());
        };
        let mut wanted = vec!["customer_id"];
        wanted.extend(names.iter().map(String::as_str));
        let filled: Mutex<Vec<Column>> = Mutex::new(
            names.iter().filter_map(|n| customers.column(n)).map(|c| Column::empty(c.kind)).collect(),
        );
        customers.scan(&wanted, 1, cancel, &|_, batch| {
            let View::Codes(codes) = batch.columns[0] else { return Ok(()) };
            let mut filled = filled.lock().unwrap_or_else(PoisonError::into_inner);
            for (column, view) in filled.iter_mut().zip(&batch.columns[1..]) {
                set(column, codes, *view);
            }
            Ok(())
        })?;
        let columns = filled.into_inner().unwrap_or_else(PoisonError::into_inner);
        Ok(Self(names.iter().cloned().zip(columns).collect()))
    }

    /// The attribute of each row's customer.
    pub(super) fn of(&self, name: &str, customers: &[u32]) -> Column {
        fn pick<T: Clone>(values: &[T], customers: &[u32], blank: T) -> Vec<T> {
            customers.iter().map(|c| values.get(*c as usize).unwrap_or(&blank).clone()).collect()
        }
        match self.0.get(name) {
            Some(Column::Num(v)) => Column::Num(pick(v, customers, f64::NAN)),
            Some(Column::Bool(v)) => Column::Bool(pick(v, customers, crate::tables::column::NO_BOOL)),
            Some(Column::Time(v)) => Column::Time(pick(v, customers, crate::tables::column::NO_TIME)),
            Some(Column::Codes(v)) => Column::Codes(pick(v, customers, NO_CODE)),
            Some(Column::Text(v)) => Column::Text(pick(v, customers, None)),
            None => Column::Codes(vec![NO_CODE; customers.len()]),
        }
    }
}

/// Writes values to the places of their codes.
fn set(column: &mut Column, codes: &[u32], view: View<'_>) {
    fn go<T: Clone>(to: &mut Vec<T>, codes: &[u32], from: &[T], blank: &T) {
        let most = codes.iter().filter(|c| **c != NO_CODE).max().map_or(0, |c| *c as usize + 1);
        if to.len() < most {
            to.resize(most, blank.clone());
        }
        for (code, x) in codes.iter().zip(from) {
            if *code != NO_CODE {
                to[*code as usize] = x.clone();
            }
        }
    }
    match (column, view) {
        (Column::Num(to), View::Num(v)) => go(to, codes, v, &f64::NAN),
        (Column::Bool(to), View::Bool(v)) => go(to, codes, v, &crate::tables::column::NO_BOOL),
        (Column::Time(to), View::Time(v)) => go(to, codes, v, &crate::tables::column::NO_TIME),
        (Column::Codes(to), View::Codes(v)) => go(to, codes, v, &NO_CODE),
        (Column::Text(to), View::Text(v)) => go(to, codes, v, &None),
        (column, view) => debug_assert!(false, "an attribute changed its type: {column:?} and {view:?}"),
    }
}

/// The slots of a program over a batch: its own columns as they are, the
/// attributes looked up. `columns` names the batch's columns.
pub(super) struct Inputs {
    looked_up: Vec<Option<Column>>,
    places: Vec<Option<usize>>,
}

impl Inputs {
    pub(super) fn new(slots: &[Slot], names: &[&str], views: &[View<'_>], attributes: &Attributes) -> Self {
        let place = |name: &str| names.iter().position(|n| *n == name);
        let customers: &[u32] = match place("customer_id").map(|i| views[i]) {
            Some(View::Codes(codes)) => codes,
            _ => &[],
        };
        let looked_up =
            slots.iter().map(|slot| attribute(slot).map(|name| attributes.of(name, customers))).collect();
        Self { looked_up, places: slots.iter().map(|slot| place(&slot.name)).collect() }
    }

    pub(super) fn views<'a>(&'a self, batch: &[View<'a>]) -> Vec<View<'a>> {
        self.looked_up
            .iter()
            .zip(&self.places)
            .map(|(column, place)| match (column, place) {
                (Some(column), _) => column.view(),
                // A table without rows set aside has no columns either.
                (None, place) => place.and_then(|i| batch.get(i)).copied().unwrap_or(View::Codes(&[])),
            })
            .collect()
    }
}
