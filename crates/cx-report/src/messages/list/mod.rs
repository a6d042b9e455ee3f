//! Every message with the arguments it takes, one file per `.ftl` file.

use super::declare;

mod figures;
mod page;
mod sections;
mod sentences;
mod text;

/// Every list, for the tests.
#[cfg(test)]
pub(super) const DECLARED: [&[(&str, &[&str])]; 5] =
    [page::DECLARED, figures::DECLARED, sentences::DECLARED, sections::DECLARED, text::DECLARED];
