//! The formulas.

use super::{
    Calc, CalcError, agreement, causal, control_chart, drivers, forecast, money, retention, scores, value,
};

/// Every formula, in the order it is listed.
pub const CALCS: &[Calc] = &[
    scores::NPS,
    scores::CSAT,
    scores::CES,
    scores::PROPORTION,
    scores::MEAN,
    scores::COMPARE,
    scores::RAKE,
    scores::SAMPLE_SIZE,
    scores::POWER,
    retention::COHORTS,
    retention::KAPLAN_MEIER,
    retention::NELSON_AALEN,
    retention::LOG_RANK,
    retention::RMST,
    retention::COX,
    value::BG_NBD,
    value::MBG_NBD,
    value::PARETO_NBD,
    value::BG_BB,
    value::GAMMA_GAMMA,
    value::SBG,
    value::CLV,
    money::NPV,
    money::IRR,
    money::XNPV,
    money::XIRR,
    money::PAYBACK,
    money::ROI,
    agreement::KAPPA,
    agreement::KRIPPENDORFF,
    agreement::ICC,
    agreement::CRONBACH,
    agreement::OMEGA,
    forecast::ETS,
    forecast::SCORE_FORECAST,
    forecast::CALIBRATION,
    control_chart::CONTROL_CHART,
    drivers::LOGIT,
    causal::DID,
    causal::EVENT_STUDY,
    causal::SYNTHETIC_CONTROL,
    causal::ITS,
    causal::RDD,
    causal::AIPW,
    causal::CUPED,
];

/// A formula by its name.
///
/// # Errors
/// [`CalcError::UnknownFormula`] with the nearest name.
///
/// # Examples
/// ```
/// use cx_core::calc::find;
/// assert_eq!(find("nps").unwrap().group, "scores");
/// assert!(find("npv2").is_err());
/// ```
pub fn find(name: &str) -> Result<&'static Calc, CalcError> {
    CALCS.iter().find(|calc| calc.name == name).ok_or_else(|| {
        let near = CALCS
            .iter()
            .map(|calc| (strsim::jaro_winkler(calc.name, name), calc.name))
            .filter(|(likeness, _)| *likeness > 0.75)
            .max_by(|a, b| a.0.total_cmp(&b.0));
        CalcError::UnknownFormula { name: name.to_owned(), near: near.map(|(_, name)| name) }
    })
}
