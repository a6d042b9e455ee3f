//! What a customer is worth: margins to come, weighed by the chance that they come.
//!
//! Money is in major units, rates are per period, and a period is whatever
//! retention and margin are counted in: 10 % a year is 0.797 % a month
//! ([`crate::infer::turnover::per_period`]).

mod bands;
mod constant;
mod draws;
mod equity;
mod life_table;
mod payback;
mod profit_path;
mod referral;
mod return_on_quality;

pub use bands::{Band, Gap, gap};
pub use constant::{Constant, Convention};
pub use draws::of_draws;
pub use equity::{Newcomers, customer_equity, newcomers_value};
pub use life_table::{Curve, Tail, by_life_table};
pub use payback::payback;
pub use profit_path::{profit_path, profit_path_end};
pub use referral::{Referrals, type_one_draws};
pub use return_on_quality::{Market, share_after};
