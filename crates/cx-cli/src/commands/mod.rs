//! One file per command: an answer or an error.

mod audit;
mod calc;
mod catalog;
mod check;
mod claim_words;
mod completions;
mod demo;
mod dispatch;
mod docs;
mod evaluate;
mod explain;
mod init;
mod linkage;
mod metrics;
mod migrate;
mod plan;
mod report;
mod retention;
mod roi;
mod serve;
mod simulate;
mod value;
mod verify;

pub(crate) use dispatch::run;
