//! The schema, step by step. A step that was released is never changed; a
//! later one mends it. There is no way back: a newer store needs a newer program.

use sqlx::SqlSafeStr;
use sqlx::migrate::{Migration, MigrationType, Migrator};

/// Every step, in order, as it is embedded.
const STEPS: &[(i64, &str, &str)] = &[
    (1, "accounts", include_str!("../../migrations/0001_accounts.sql")),
    (2, "rows", include_str!("../../migrations/0002_rows.sql")),
];

/// The runner of the steps. It remembers in the database which have been
/// taken, with their checksums, and refuses steps it does not know.
pub(super) fn migrator() -> Migrator {
    let steps = STEPS.iter().map(|&(version, name, sql)| {
        Migration::new(version, name.into(), MigrationType::Simple, sql.into_sql_str(), false)
    });
    Migrator::with_migrations(steps.collect())
}
