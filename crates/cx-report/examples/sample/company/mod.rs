//! An invented telephone company, small enough to read and odd enough to be real.

mod change;
mod claimed;
mod derivations;
mod experience;
mod figures;
mod ignorance;
mod people;
mod planned;
mod promises;
mod records;
mod returns;
mod valued;
mod whole;
mod worth;

pub(crate) use whole::document;
