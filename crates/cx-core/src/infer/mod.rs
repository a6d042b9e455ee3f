//! Pure formulas: statistics in, estimates out. No polars, no IO.

pub mod agreement;
pub mod buying;
pub mod changes;
pub mod cohorts;
pub mod concentration;
pub mod control;
pub mod draws;
pub mod effective;
pub mod effects;
pub mod finance;
pub mod fit;
pub mod forecast;
pub mod growth;
pub mod lifetime_value;
pub mod linkage;
pub mod looks;
pub mod means;
pub mod mix;
pub mod nets;
pub mod optimism;
pub mod portfolio;
pub mod power;
pub mod quantiles;
pub mod ratings;
pub mod ratios;
pub mod regression;
pub mod reliability;
pub mod renewal;
pub mod response;
pub mod scales;
pub mod scoring;
pub mod sensitivity;
pub mod service_level;
pub mod shares;
pub mod shrinkage;
pub mod special;
pub mod spread;
pub mod survival;
pub mod turnover;
pub mod unit_scores;
pub mod weights;

mod level;

pub use level::Level;
