//! Labelled texts: topics by polarity and language.

use super::Merge;
use crate::ground::fixed::Overflow;
use std::collections::BTreeMap;

/// Counts of labels over texts.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Terms {
    /// (topic, polarity, language) → texts.
    pub labels: BTreeMap<(String, String, String), u64>,
    /// Language → texts, labelled or not.
    pub texts: BTreeMap<String, u64>,
}

impl Terms {
    /// Adds one text with the (topic, polarity) labels it carries.
    pub fn add(&mut self, language: &str, labels: &[(&str, &str)]) {
        *self.texts.entry(language.to_owned()).or_insert(0) += 1;
        for (topic, polarity) in labels {
            let key = ((*topic).to_owned(), (*polarity).to_owned(), language.to_owned());
            *self.labels.entry(key).or_insert(0) += 1;
        }
    }
}

impl Merge for Terms {
    fn merge(&mut self, other: &Self) -> Result<(), Overflow> {
        for (key, n) in &other.labels {
            *self.labels.entry(key.clone()).or_insert(0) += n;
        }
        for (language, n) in &other.texts {
            *self.texts.entry(language.clone()).or_insert(0) += n;
        }
        Ok(())
    }
}
