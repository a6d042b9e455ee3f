//! `cx` as a person or a script runs it.

mod audit;
mod bad_input;
mod commands;
mod expressions;
mod initiatives;
mod own_metric;
mod plans;
mod project;
mod promises;
mod recovery;
mod scenarios;
mod seals;
mod serving;
