//! Statements over many rows at once, in a few fixed sizes, so that the
//! databases see the same few texts again and again and keep their plans.

use crate::Error;
use crate::database::{Record, Transaction, Value};
use sqlx::AssertSqlSafe;
use std::fmt::Write as _;

/// How many rows a statement carries. The largest times the columns of the
/// widest table stays below the 32 766 values that SQLite takes.
const SIZES: [usize; 4] = [1024, 128, 16, 1];

/// Inserts rows of `width` values each, all in one list.
pub(super) async fn insert(
    tx: &mut Transaction,
    into: &'static str,
    width: usize,
    values: &[Value<'_>],
) -> Result<(), Error> {
    let mut rest = values;
    for size in SIZES {
        while rest.len() >= size * width {
            let (now, later) = rest.split_at(size * width);
            let mut sql = format!("INSERT INTO {into} VALUES ");
            for row in 0..size {
                sql.push_str(if row == 0 { "(" } else { ",(" });
                list(&mut sql, row * width, width);
                sql.push(')');
            }
            tx.execute(AssertSqlSafe(sql), now).await?;
            rest = later;
        }
    }
    Ok(())
}

/// Runs a statement that ends in `IN` for all of `ids`, part by part; `first` are the values before them.
pub(super) async fn update_in(
    tx: &mut Transaction,
    statement: &'static str,
    first: &[Value<'_>],
    ids: &[&str],
) -> Result<u64, Error> {
    let mut touched = 0;
    for (sql, values) in parts(statement, first, ids) {
        touched += tx.execute(AssertSqlSafe(sql), &values).await?;
    }
    Ok(touched)
}

/// Asks a question that ends in `IN` for all of `ids`, part by part.
pub(super) async fn rows_in(
    tx: &mut Transaction,
    question: &'static str,
    first: &[Value<'_>],
    ids: &[&str],
) -> Result<Vec<Record>, Error> {
    let mut found = Vec::new();
    for (sql, values) in parts(question, first, ids) {
        found.append(&mut tx.rows(AssertSqlSafe(sql), &values).await?);
    }
    Ok(found)
}

/// Every part as a statement of one of the sizes. The last is filled up by
/// repeating an id, which changes no set.
fn parts<'a>(
    statement: &'static str,
    first: &'a [Value<'a>],
    ids: &'a [&'a str],
) -> impl Iterator<Item = (String, Vec<Value<'a>>)> {
    ids.chunks(SIZES[0]).map(move |part| {
        let size = SIZES.into_iter().rev().find(|size| *size >= part.len()).unwrap_or(SIZES[0]);
        let mut sql = format!("{statement} IN (");
        list(&mut sql, first.len(), size);
        sql.push(')');
        let filler = part.last().into_iter().cycle().take(size - part.len());
        let values = first.iter().copied().chain(part.iter().chain(filler).map(|id| Value::from(*id)));
        (sql, values.collect())
    })
}

/// `$4,$5,$6`: `count` placeholders after `before`.
fn list(sql: &mut String, before: usize, count: usize) {
    for i in 1..=count {
        let comma = if i == 1 { "" } else { "," };
        // Writing to a string cannot fail.
        let _ = write!(sql, "{comma}${}", before + i);
    }
}
