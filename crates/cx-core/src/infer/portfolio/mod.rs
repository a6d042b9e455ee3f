//! Which initiatives, and how much of each, under a budget.
//!
//! Choosing the best of noisy estimates chooses luck: shrink them first
//! ([`toward_the_family`]) and say how often a choice would have been the same
//! ([`selection_frequency`]).

mod allocation;
mod best_of_many;
mod elicited;
mod exact;
mod fitted;
mod frontier;
mod limits;
mod objective;
mod overlap;
mod response;
mod search;
mod sets;

pub use allocation::{Allocation, allocate};
pub use best_of_many::{BestOfMany, best_of_many, toward_the_family};
pub use exact::best_additive;
pub use fitted::{Dose, FittedResponse, Shape, fit_response};
pub use frontier::{FrontierPoint, frontier, selection_frequency};
pub use limits::{Limits, Project};
pub use objective::{ChosenSet, Objective, best_set};
pub use overlap::Overlap;
pub use response::Response;
pub use search::{Chosen, best_overlapping};
pub use sets::Sets;
