//! Every message with the arguments it takes, one file per `.ftl` file.

use super::declare;

mod claims;
mod figures;
mod initiatives;
mod page;
mod plan;
mod promises;
mod sections;
mod sentences;
mod text;
mod worth;

/// Every list, for the tests.
#[cfg(test)]
pub(super) const DECLARED: [&[(&str, &[&str])]; 10] = [
    page::DECLARED,
    figures::DECLARED,
    sentences::DECLARED,
    sections::DECLARED,
    worth::DECLARED,
    initiatives::DECLARED,
    claims::DECLARED,
    plan::DECLARED,
    promises::DECLARED,
    text::DECLARED,
];
