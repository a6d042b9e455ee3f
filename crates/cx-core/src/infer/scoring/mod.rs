//! Forecasts and chances held against what happened.
//!
//! Chances: how well they order ([`Classes`]) and whether they come true
//! (equal shares or equal widths). Forecasts with a spread: proper scores, which reward saying
//! what one believes. All are means over cases; lower is better unless said.

mod accuracy;
mod added;
mod bins;
mod classes;
mod coverage;
mod drift;
mod proper;
mod ranks;
mod thresholds;

pub use accuracy::{Accuracy, accuracy, mean_step};
pub use added::{Added, Alike, added};
pub use bins::{ChanceBin, Gap, even_bins, gap, quantile_bins};
pub use classes::{Case, Classes, Top};
pub use coverage::{Coverage, coverage, spread_factor};
pub use drift::{Alarm, page_hinkley, stability_index};
pub use proper::{
    crps_of_draws, crps_of_normal, even_distance, histogram, interval_score, pinball, place_in_draws, skill,
};
pub use ranks::{kendall, spearman};
pub use thresholds::Confusion;
