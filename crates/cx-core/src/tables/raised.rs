//! Amounts that are read other than they stand: what a test plants in records, without a copy of them.

use super::column::{NO_CODE, NO_TIME, View};
use super::dataset::{Batch, Part, ScanError, Stream, Table};
use crate::ground::period::Instant;
use std::sync::Arc;

/// The rows of some keys from a moment on, with their amounts times a factor.
///
/// Formula: round(factor · amount), in minor units, so that sums stay exact.
#[derive(Debug, Clone, PartialEq)]
pub struct Raise {
    /// The amounts.
    pub amounts: Vec<String>,
    /// The column of keys.
    pub key: String,
    /// By the number of a key in its dictionary: true where its amounts change.
    pub whose: Vec<bool>,
    /// The column that says when.
    pub clock: String,
    /// The first moment of amounts that change.
    pub from: Instant,
    /// The factor.
    pub factor: f64,
}

impl Raise {
    /// An amount as it is read where it changes.
    ///
    /// # Examples
    /// ```
    /// use cx_core::ground::period::Instant;
    /// use cx_core::tables::raised::Raise;
    /// let raise = Raise {
    ///     amounts: vec!["amount".to_owned()],
    ///     key: "customer_id".to_owned(),
    ///     whose: vec![true],
    ///     clock: "occurred_at".to_owned(),
    ///     from: Instant(0),
    ///     factor: 1.1,
    /// };
    /// assert_eq!(raise.amount(1234.0), 1357.0);
    /// ```
    pub fn amount(&self, amount: f64) -> f64 {
        (self.factor * amount).round()
    }

    fn changes(&self, key: u32, when: i64) -> bool {
        let own = key != NO_CODE && self.whose.get(key as usize).is_some_and(|own| *own);
        own && when != NO_TIME && when >= self.from.0
    }

    /// The same table, its amounts changed as they are read; nothing is copied.
    pub fn of(self, table: &Table) -> Table {
        let raise = Arc::new(self);
        let part = |part: &Part| {
            let part = part.clone();
            let table = Table { parts: Vec::new(), ..table.clone() };
            Part::Stream(Arc::new(Raised { table, part, raise: Arc::clone(&raise) }))
        };
        Table { parts: table.parts.iter().map(part).collect(), ..table.clone() }
    }
}

/// A part of a table with its amounts raised.
#[derive(Debug)]
struct Raised {
    /// The table that the part is of, without its parts.
    table: Table,
    part: Part,
    raise: Arc<Raise>,
}

impl Stream for Raised {
    fn pieces(&self) -> usize {
        self.part.pieces()
    }

    fn read(
        &self,
        piece: usize,
        columns: &[&str],
        f: &mut dyn FnMut(&Batch<'_>) -> Result<(), ScanError>,
    ) -> Result<(), ScanError> {
        let raise = &*self.raise;
        let changed: Vec<usize> =
            (0..columns.len()).filter(|i| raise.amounts.iter().any(|a| a == columns[*i])).collect();
        if changed.is_empty() {
            return self.table.read(&self.part, piece, columns, f);
        }
        // A column that is asked for already is not read twice.
        let mut more = columns.to_vec();
        let mut place = |name| {
            more.iter().position(|c| *c == name).unwrap_or_else(|| {
                more.push(name);
                more.len() - 1
            })
        };
        let (key, clock) = (place(raise.key.as_str()), place(raise.clock.as_str()));
        self.table.read(&self.part, piece, &more, &mut |batch| {
            let (Some(View::Codes(keys)), Some(View::Time(times))) =
                (batch.columns.get(key), batch.columns.get(clock))
            else {
                let message = format!("{} has no {} or {}", self.table.spec.name, raise.key, raise.clock);
                return Err(ScanError::Read { message });
            };
            let amounts = |i: usize| match batch.columns[i] {
                View::Num(own) => {
                    let of = |row: usize| {
                        if raise.changes(keys[row], times[row]) { raise.amount(own[row]) } else { own[row] }
                    };
                    (0..batch.rows).map(of).collect()
                }
                _ => Vec::new(),
            };
            let raised: Vec<Vec<f64>> = changed.iter().map(|i| amounts(*i)).collect();
            let mut views = batch.columns[..columns.len()].to_vec();
            for (i, own) in changed.iter().zip(&raised) {
                if let View::Num(_) = views[*i] {
                    views[*i] = View::Num(own);
                }
            }
            f(&Batch { rows: batch.rows, columns: views })
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tables::column::{Column, ColumnInfo};
    use crate::tables::dataset::Dictionaries;
    use crate::tables::schema::table;
    use std::sync::Mutex;
    use std::sync::atomic::AtomicBool;

    /// Customers a, b, a, nobody and a over five moments; amounts of 10, a blank among them.
    fn lines() -> Table {
        let spec = table("transactions").unwrap();
        let mut dictionaries = Dictionaries::default();
        let mut info = |name: &str| {
            let kind = spec.column(name).unwrap().kind;
            ColumnInfo { name: name.to_owned(), kind, dictionary: dictionaries.of(name, kind), own: false }
        };
        let columns = [info("customer_id"), info("occurred_at"), info("amount"), info("quantity")];
        let own = columns[0].dictionary.clone().unwrap();
        let (a, b) = (own.code("a"), own.code("b"));
        let values = [
            Column::Codes(vec![a, b, a, NO_CODE, a]),
            Column::Time(vec![1, 2, 3, 4, NO_TIME]),
            Column::Num(vec![10.0, 10.0, -15.0, 10.0, 10.0]),
            Column::Num(vec![1.0, 1.0, 1.0, f64::NAN, 1.0]),
        ];
        Table::held(spec, columns.into_iter().zip(values).collect())
    }

    fn read(table: &Table, columns: &[&str]) -> Vec<Vec<String>> {
        let out = Mutex::new(Vec::new());
        let cancel = AtomicBool::new(false);
        table
            .scan(columns, 1, &cancel, &|_, batch| {
                let column = |view: &View<'_>| match view {
                    View::Num(own) => own.iter().map(f64::to_string).collect(),
                    View::Time(own) => own.iter().map(i64::to_string).collect(),
                    _ => Vec::new(),
                };
                out.lock().unwrap().extend(batch.columns.iter().map(column));
                Ok(())
            })
            .unwrap();
        out.into_inner().unwrap()
    }

    #[test]
    fn only_the_amounts_of_some_from_a_moment_on_are_read_otherwise() {
        let whole = lines();
        let raise = |from| Raise {
            amounts: vec!["amount".to_owned()],
            key: "customer_id".to_owned(),
            whose: vec![true, false],
            clock: "occurred_at".to_owned(),
            from: Instant(from),
            factor: 1.1,
        };
        let raised = raise(2).of(&whole);
        assert_eq!((raised.rows, raised.span), (whole.rows, whole.span));
        let columns = ["quantity", "amount", "occurred_at"];
        let found = read(&raised, &columns);
        // The return grows with what was bought: −16.5 rounds away from zero.
        assert_eq!(found[1], ["10", "10", "-17", "10", "10"]);
        let before = read(&whole, &columns);
        assert_eq!((&found[0], &found[2]), (&before[0], &before[2]));
        assert_eq!(read(&raised, &["quantity"]), read(&whole, &["quantity"]));
        // What was raised can be raised again.
        assert_eq!(read(&raise(0).of(&raised), &["amount"])[0], ["11", "10", "-19", "10", "10"]);
    }
}
