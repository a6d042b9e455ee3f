//! What customers without a contract will still buy: buy-till-you-die models.
//!
//! Nobody says that they have left; they only stop. A model joins a rate of
//! buying with a chance of leaving, both different from customer to customer,
//! and is fitted on [`Cell`]s: how many customers made x repeat purchases, the
//! last of them t_x and the watch T after the first purchase. Nothing here
//! sees a customer.
//!
//! | model | buys | leaves |
//! |---|---|---|
//! | [`BgNbd`] | Poisson, rate Gamma(r, α) | after any repeat purchase, chance Beta(a, b) |
//! | [`MbgNbd`] | the same | after any purchase, the first included |
//! | [`ParetoNbd`] | the same | at any time, rate Gamma(s, β) |
//! | [`Staying`] | the same | never: what the others come to where nobody seems to leave |
//! | [`BgBb`] | at each of n occasions, chance Beta(α, β) | before any occasion, chance Beta(γ, δ) |
//!
//! [`GammaGamma`] says what a purchase is worth.

mod aggregate;
mod cells;
mod discount;
mod discrete;
mod fitted;
mod forecast;
mod geometric;
mod logs;
mod model;
mod pareto;
mod spend;
mod staying;
mod table;
mod worlds;

pub use aggregate::{EXACT, Spread};
pub use cells::{Cell, weekly};
pub use discount::{Discounted, discounted, discounted_as_they_come};
pub use discrete::BgBb;
pub use fitted::{Fitted, at_logs, fit, log_likelihood};
pub use forecast::{base_moments, prediction};
pub use geometric::{BgNbd, Geometric, MbgNbd};
pub use model::{Model, Moments};
pub use pareto::ParetoNbd;
pub use spend::{
    CORRELATED, FittedSpend, GammaGamma, SpendCell, fit_spend, frequency_spend_correlation, spend_cells,
};
pub use staying::{FittedStaying, Staying, fit_staying};
pub use table::{Sum, Table};
pub use worlds::one_step;

#[cfg(test)]
mod tests;
