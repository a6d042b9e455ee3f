//! What a series will do, and whether forecasts and chances came true.

mod accuracy;
mod calibration;
mod ets;
mod score_forecast;

pub(super) use calibration::CALIBRATION;
pub(super) use ets::ETS;
pub(super) use score_forecast::SCORE_FORECAST;
