//! Keys of rows: one column, or several taken together.

use super::cells::MixBuild;
use crate::reduce::plan::Key;
use crate::tables::column::{NO_BOOL, NO_CODE, NO_TIME, View};
use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

/// Numbers for combinations of several columns, shared by every table that
/// is brought together by them.
#[derive(Debug, Default)]
pub(super) struct Combinations(Mutex<HashMap<Box<[u32]>, u32, MixBuild>>);

impl Combinations {
    /// Combinations seen so far.
    pub(super) fn len(&self) -> usize {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).len()
    }

    fn codes(&self, rows: usize, part: impl Fn(usize) -> Option<Box<[u32]>>) -> Vec<u32> {
        let mut known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        (0..rows)
            .map(|i| {
                let Some(key) = part(i) else { return NO_CODE };
                let next = known.len() as u32;
                *known.entry(key).or_insert(next)
            })
            .collect()
    }
}

/// The column that carries a key.
pub(super) fn column_of(key: &Key) -> &str {
    match key {
        Key::Column(name) => name,
        Key::Day => "day",
    }
}

/// The keys of a batch's rows. A row whose first key is blank has none;
/// further blanks are a value like any other.
pub(super) fn keys_of<'a>(
    views: &[View<'a>],
    rows: usize,
    combinations: &Combinations,
) -> std::borrow::Cow<'a, [u32]> {
    if let [View::Codes(codes)] = views {
        return (*codes).into();
    }
    let code = |view: &View<'_>, i: usize| match view {
        View::Codes(v) => v[i],
        View::Num(v) if v[i].is_nan() => NO_CODE,
        View::Num(v) => v[i] as i64 as u32,
        View::Bool(v) if v[i] == NO_BOOL => NO_CODE,
        View::Bool(v) => u32::from(v[i]),
        View::Time(v) if v[i] == NO_TIME => NO_CODE,
        View::Time(v) => (v[i] / 1_000_000) as u32,
        View::Text(_) => NO_CODE,
    };
    combinations
        .codes(rows, |i| {
            let key: Box<[u32]> = views.iter().map(|v| code(v, i)).collect();
            (key[0] != NO_CODE).then_some(key)
        })
        .into()
}
