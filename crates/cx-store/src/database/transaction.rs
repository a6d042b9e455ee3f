//! A transaction: all of its statements hold together or none does. Dropped
//! without a commit, it has not happened.

use super::{Record, Value};
use crate::Error;
use sqlx::{Postgres, SqlSafeStr, Sqlite};

/// A transaction of either database.
pub(crate) enum Transaction {
    /// In SQLite.
    Sqlite(sqlx::Transaction<'static, Sqlite>),
    /// In PostgreSQL.
    Postgres(sqlx::Transaction<'static, Postgres>),
}

/// Hands the values to a statement.
macro_rules! bound {
    ($sql:expr, $values:expr) => {{
        let mut query = sqlx::query($sql);
        for value in $values {
            query = match *value {
                Value::Int(number) => query.bind(number),
                Value::Text(text) => query.bind(text),
            };
        }
        query
    }};
}

impl Transaction {
    /// Runs a statement; gives the number of rows it touched.
    pub(crate) async fn execute(&mut self, sql: impl SqlSafeStr, values: &[Value<'_>]) -> Result<u64, Error> {
        let sql = sql.into_sql_str();
        Ok(match self {
            Self::Sqlite(inner) => bound!(sql, values).execute(&mut **inner).await?.rows_affected(),
            Self::Postgres(inner) => bound!(sql, values).execute(&mut **inner).await?.rows_affected(),
        })
    }

    /// Every row of an answer.
    pub(crate) async fn rows(
        &mut self,
        sql: impl SqlSafeStr,
        values: &[Value<'_>],
    ) -> Result<Vec<Record>, Error> {
        let sql = sql.into_sql_str();
        match self {
            Self::Sqlite(inner) => {
                bound!(sql, values).fetch_all(&mut **inner).await?.iter().map(Record::try_from).collect()
            }
            Self::Postgres(inner) => {
                bound!(sql, values).fetch_all(&mut **inner).await?.iter().map(Record::try_from).collect()
            }
        }
    }

    /// The first row of an answer, where there is one.
    pub(crate) async fn row(
        &mut self,
        sql: impl SqlSafeStr,
        values: &[Value<'_>],
    ) -> Result<Option<Record>, Error> {
        Ok(self.rows(sql, values).await?.into_iter().next())
    }

    /// Makes it durable. Only after this returns has anything happened.
    pub(crate) async fn commit(self) -> Result<(), Error> {
        match self {
            Self::Sqlite(inner) => inner.commit().await?,
            Self::Postgres(inner) => inner.commit().await?,
        }
        Ok(())
    }
}
