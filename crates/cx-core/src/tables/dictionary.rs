//! Text to small numbers and back.

mod ints;
mod values;

use ints::IntCodes;
pub(super) use ints::IntHash;
use values::Values;

use std::collections::HashMap;
use std::sync::{PoisonError, RwLock};

#[derive(Debug, Default)]
struct Inner {
    texts: HashMap<Box<str>, u32, xxhash_rust::xxh3::Xxh3DefaultBuilder>,
    ints: IntCodes,
    values: Values,
}

/// Numbers every distinct value of a column in order of arrival.
///
/// An integer and its decimal text are the same value, so ids from a CSV file
/// and from a Parquet file meet. The numbers depend on the order of arrival
/// and never leave the engine: whatever is shown or ordered goes by the text.
#[derive(Debug, Default)]
pub struct Dictionary(RwLock<Inner>);

impl Dictionary {
    /// The number of a text, given on first sight.
    pub fn code(&self, text: &str) -> u32 {
        if let Some(i) = canonical_int(text) {
            return self.int_code(i);
        }
        if let Some(code) = self.read().texts.get(text) {
            return *code;
        }
        let mut inner = self.0.write().unwrap_or_else(PoisonError::into_inner);
        if let Some(code) = inner.texts.get(text) {
            return *code;
        }
        let code = inner.values.push_text(text);
        inner.texts.insert(text.into(), code);
        code
    }

    /// The number of an integer, given on first sight.
    pub fn int_code(&self, i: i64) -> u32 {
        if let Some(code) = self.read().ints.get(i) {
            return code;
        }
        let mut inner = self.0.write().unwrap_or_else(PoisonError::into_inner);
        inner.int_code(i)
    }

    /// The numbers of many integers under one lock.
    pub fn int_codes(&self, ints: &[i64], out: &mut Vec<u32>) {
        let mut missing = false;
        {
            let inner = self.read();
            out.extend(ints.iter().map(|i| {
                inner.ints.get(*i).unwrap_or_else(|| {
                    missing = true;
                    u32::MAX
                })
            }));
        }
        if missing {
            let start = out.len() - ints.len();
            let mut inner = self.0.write().unwrap_or_else(PoisonError::into_inner);
            for (code, i) in out[start..].iter_mut().zip(ints) {
                if *code == u32::MAX {
                    *code = inner.int_code(*i);
                }
            }
        }
    }

    /// The number of a text that has one.
    pub fn find(&self, text: &str) -> Option<u32> {
        let inner = self.read();
        match canonical_int(text) {
            Some(i) => inner.ints.get(i),
            None => inner.texts.get(text).copied(),
        }
    }

    /// The text of a number.
    pub fn text(&self, code: u32) -> String {
        self.read().values.text(code)
    }

    /// Calls `f` with every number and its text.
    pub fn each(&self, mut f: impl FnMut(u32, &str)) {
        let inner = self.read();
        for code in 0..inner.values.len() as u32 {
            f(code, &inner.values.text(code));
        }
    }

    /// Distinct values so far.
    pub fn len(&self) -> usize {
        self.read().values.len()
    }

    /// True before the first value.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    fn read(&self) -> std::sync::RwLockReadGuard<'_, Inner> {
        // A panic elsewhere cannot leave the maps half-written: both inserts are infallible.
        self.0.read().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Inner {
    fn int_code(&mut self, i: i64) -> u32 {
        if let Some(code) = self.ints.get(i) {
            return code;
        }
        let code = self.values.push_int(i);
        self.ints.insert(i, code);
        code
    }
}

/// The integer a text stands for, where writing the integer gives the text back.
fn canonical_int(text: &str) -> Option<i64> {
    let digits = text.strip_prefix('-').unwrap_or(text);
    let plain = !digits.is_empty() && digits.len() < 19 && digits.bytes().all(|b| b.is_ascii_digit());
    let leading_zero = digits.len() > 1 && digits.starts_with('0');
    if !plain || leading_zero || text == "-0" {
        return None;
    }
    text.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn codes_and_texts_are_inverse(texts in prop::collection::vec("-?[0-9]{1,20}|[a-z0-9]{0,6}", 1..60)) {
            let dictionary = Dictionary::default();
            let codes: Vec<u32> = texts.iter().map(|t| dictionary.code(t)).collect();
            for (text, code) in texts.iter().zip(&codes) {
                prop_assert_eq!(&dictionary.text(*code), text);
                prop_assert_eq!(dictionary.find(text), Some(*code));
            }
        }

        #[test]
        fn an_integer_is_its_text(ints in prop::collection::vec(any::<i64>(), 1..60)) {
            let dictionary = Dictionary::default();
            let mut codes = Vec::new();
            dictionary.int_codes(&ints, &mut codes);
            for (i, code) in ints.iter().zip(codes) {
                if i.unsigned_abs() < 1_000_000_000_000_000_000 {
                    prop_assert_eq!(dictionary.code(&i.to_string()), code);
                }
                prop_assert_eq!(dictionary.text(code), i.to_string());
            }
        }
    }

    #[test]
    fn leading_zeros_are_another_customer() {
        let dictionary = Dictionary::default();
        assert_ne!(dictionary.code("00042"), dictionary.code("42"));
    }
}
