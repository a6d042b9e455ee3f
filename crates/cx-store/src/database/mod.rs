//! The two databases behind one small face: statements with `$1`, three kinds
//! of values, transactions. Nothing above this folder knows which one it is.

mod connect;
mod file;
mod migrations;
mod record;
mod transaction;
mod value;

pub(crate) use connect::{Database, Options, Place};
pub(crate) use file::{check_sqlite, copy_sqlite};
pub(crate) use record::Record;
pub(crate) use transaction::Transaction;
pub(crate) use value::{Value, values};
