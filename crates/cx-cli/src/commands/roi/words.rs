//! Words for designs, chances and effects.

use crate::output::{difference, figure, interval, share, spread};
use cx_core::ground::estimate::Estimate;

/// A design by the name that people give it.
pub(super) fn design(id: &str) -> &str {
    match id {
        "randomised" => "by lot",
        "discontinuity" => "cut-off",
        "differences" => "differences in differences",
        "synthetic" => "synthetic control",
        "controlled_series" => "series with a control",
        "series" => "series alone",
        "weighted" => "weighted comparison",
        "linkage" => "linkage to scores",
        other => other,
    }
}

/// The fixed word for a chance; the lower end belongs to the class.
pub(in crate::commands) fn chance(pays: f64) -> &'static str {
    match pays {
        x if x >= 0.95 => "almost certain",
        x if x >= 0.85 => "very likely",
        x if x >= 0.65 => "likely",
        x if x >= 0.35 => "about even",
        x if x >= 0.15 => "unlikely",
        x if x >= 0.05 => "very unlikely",
        _ => "almost impossible",
    }
}

/// A chance as draws tell it: none of them is no proof that it cannot be.
pub(in crate::commands) fn chance_of(pays: f64) -> String {
    match pays {
        x if x < 1e-4 => "< 0.01 %".to_owned(),
        x if x > 1.0 - 1e-4 => "> 99.99 %".to_owned(),
        x => share(x),
    }
}

/// True where the interval leaves zero out.
pub(super) fn clear(estimate: &Estimate) -> bool {
    estimate.value.is_some_and(|x| x != 0.0) && estimate.interval.is_some_and(|i| !i.contains(0.0))
}

/// A difference with its sign.
pub(super) fn signed(estimate: &Estimate, currency: Option<&str>) -> Option<String> {
    estimate.value.map(|x| difference(x, estimate.unit, currency))
}

/// The limits of a difference; nothing without.
pub(super) fn limits(estimate: &Estimate, currency: Option<&str>) -> String {
    let limits = estimate.interval.filter(|_| estimate.value.is_some());
    limits.map(|i| spread(i.low, i.high, estimate.unit, currency)).unwrap_or_default()
}

/// A difference with its limits in brackets.
pub(super) fn with_limits(estimate: &Estimate, currency: Option<&str>) -> String {
    let text = signed(estimate, currency).unwrap_or_else(|| "no figure".to_owned());
    match limits(estimate, currency) {
        limits if limits.is_empty() => text,
        limits => format!("{text} ({limits})"),
    }
}

/// An amount with its limits in brackets; only what is lost has a sign.
pub(in crate::commands) fn amount(estimate: &Estimate, currency: Option<&str>) -> String {
    let unit = Some(estimate.unit);
    let Some(value) = estimate.value.map(|x| figure(x, unit, currency)) else {
        return "no figure".to_owned();
    };
    match estimate.interval.map(|i| interval(i.low, i.high, unit, currency)) {
        Some(limits) => format!("{value} ({limits})"),
        None => value,
    }
}

/// A name as it stands inside a sentence.
pub(in crate::commands) fn lower(name: &str) -> String {
    let mut letters = name.chars();
    letters.next().map(|first| first.to_lowercase().chain(letters).collect()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::chance;

    #[test]
    fn the_lower_end_of_a_chance_belongs_to_its_class() {
        let words = [0.95, 0.949, 0.65, 0.35, 0.15, 0.05, 0.049].map(chance);
        assert_eq!(
            words,
            [
                "almost certain",
                "very likely",
                "likely",
                "about even",
                "unlikely",
                "very unlikely",
                "almost impossible"
            ]
        );
    }
}
