//! Every message with the arguments it takes, one file per `.ftl` file.

use super::declare;

mod claims;
mod figures;
mod initiatives;
mod page;
mod promises;
mod sections;
mod sentences;
mod text;
mod worth;

/// Every list, for the tests.
#[cfg(test)]
pub(super) const DECLARED: [&[(&str, &[&str])]; 9] = [
    page::DECLARED,
    figures::DECLARED,
    sentences::DECLARED,
    sections::DECLARED,
    worth::DECLARED,
    initiatives::DECLARED,
    claims::DECLARED,
    promises::DECLARED,
    text::DECLARED,
];
