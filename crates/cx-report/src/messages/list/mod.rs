//! Every message with the arguments it takes, one file per `.ftl` file.

use super::declare;

mod figures;
mod initiatives;
mod page;
mod sections;
mod sentences;
mod text;
mod worth;

/// Every list, for the tests.
#[cfg(test)]
pub(super) const DECLARED: [&[(&str, &[&str])]; 7] = [
    page::DECLARED,
    figures::DECLARED,
    sentences::DECLARED,
    sections::DECLARED,
    worth::DECLARED,
    initiatives::DECLARED,
    text::DECLARED,
];
