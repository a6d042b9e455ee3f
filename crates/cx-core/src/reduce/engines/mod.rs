//! Engines that carry out a plan.

pub mod columnar;
