//! Files that come near to something and lack a part of it.

use crate::project::init::profile::Holds;
use crate::project::init::survey::{Column, Shape};
use crate::project::init::words::Role;

/// What a file lacks to be something, where it comes near.
pub(in crate::project::init) fn lacks(shape: &Shape) -> Option<String> {
    let named = |role: Role, holds: &[Holds]| {
        let fits = |c: &&Column| {
            c.roles.get(&role).is_some_and(|fit| !fit.partly) && holds.contains(&c.profile.holds())
        };
        shape.columns.iter().find(fits).map(|c| c.profile.name.as_str())
    };
    let flag = [Holds::Words, Holds::Numbers];
    let key = [Holds::Words, Holds::Text, Holds::Numbers];
    if shape.columns.iter().all(|c| c.profile.name.starts_with("column_")) {
        return Some(
            "the file has no header: name its columns with `read = { header = [\"…\", …] }`".to_owned(),
        );
    }
    let stayed =
        named(Role::Tenure, &[Holds::Numbers]).or_else(|| named(Role::AcquiredAt, &[Holds::Moments]));
    if let (Some(stayed), Some(left)) = (stayed, named(Role::Churned, &flag)) {
        return Some(format!(
            "`{stayed}` and `{left}` describe customers, but no column names each of them once"
        ));
    }
    if let Some(amount) =
        named(Role::Amount, &[Holds::Numbers]).or_else(|| named(Role::UnitPrice, &[Holds::Numbers]))
        && (named(Role::Order, &key).is_some() || named(Role::Customer, &key).is_some())
    {
        return Some(format!("`{amount}` looks like an amount paid, but no column says when"));
    }
    let score = named(Role::Rating, &[Holds::Numbers]).or_else(|| named(Role::Value, &[Holds::Numbers]));
    score.map(|score| format!("`{score}` may hold answers or ratings, but nothing says what was asked"))
}
