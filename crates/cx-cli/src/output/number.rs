//! Figures as text.

use cx_core::ground::unit::Unit;
use cx_core::ground::written::{fixed, grouped};

pub(crate) use cx_core::ground::written::{count, percent as share};

/// A size in bytes, in units of 1000.
pub(crate) fn bytes(n: u64) -> String {
    const UNITS: [&str; 5] = ["B", "kB", "MB", "GB", "TB"];
    let mut x = n as f64;
    let mut unit = 0;
    while x >= 999.5 && unit + 1 < UNITS.len() {
        x /= 1000.0;
        unit += 1;
    }
    let digits = usize::from(unit > 0 && x < 9.95);
    format!("{x:.digits$} {}", UNITS[unit])
}

/// A figure in its unit; `currency` is the code of the reporting currency.
pub(crate) fn figure(x: f64, unit: Option<Unit>, currency: Option<&str>) -> String {
    let of = |x: f64, digits: usize, word: &str| format!("{} {word}", fixed(x, digits));
    match unit {
        None => plain(x),
        Some(Unit::Share) => share(x),
        Some(Unit::Points | Unit::Index) => fixed(x, 1),
        Some(Unit::ScalePoints | Unit::Stars | Unit::PerUnit) => fixed(x, 2),
        Some(Unit::Ratio) => fixed(x, 3),
        Some(Unit::Count) => fixed(x, usize::from(x.fract() != 0.0)),
        Some(Unit::PerHundred) => of(x, 2, "per 100"),
        Some(Unit::PerThousand) => of(x, 2, "per 1,000"),
        Some(Unit::PerMonth) => of(x, 3, "a month"),
        Some(Unit::PerYear) => of(x, 2, "a year"),
        Some(Unit::Money) => match currency {
            Some(code) => format!("{} {code}", fixed(x, 2)),
            None => fixed(x, 2),
        },
        Some(Unit::Milliseconds) => duration(x / 1000.0),
        Some(Unit::Seconds) => duration(x),
        Some(Unit::Hours) => duration(3600.0 * x),
        Some(Unit::Days) => of(x, 1, "days"),
        Some(Unit::Months) => of(x, 1, "months"),
    }
}

/// A length of time in the largest unit that it holds at least twice.
fn duration(seconds: f64) -> String {
    const UNITS: [(f64, &str); 4] = [(86_400.0, "days"), (3600.0, "h"), (60.0, "min"), (1.0, "s")];
    let fits = |(size, _): &&(f64, &str)| seconds.abs() >= 2.0 * size;
    match UNITS.iter().find(fits) {
        Some((size, word)) => format!("{} {word}", fixed(seconds / size, 1)),
        None if seconds.abs() >= 1.0 || seconds == 0.0 => format!("{} s", fixed(seconds, 2)),
        None => format!("{} ms", fixed(1000.0 * seconds, 0)),
    }
}

/// The limits of an interval in a figure's unit, the unit written once.
pub(crate) fn interval(
    low: Option<f64>,
    high: Option<f64>,
    unit: Option<Unit>,
    currency: Option<&str>,
) -> String {
    let side = |limit: Option<f64>| limit.map_or_else(|| "…".to_owned(), |x| figure(x, unit, currency));
    once(&side(low), &side(high))
}

/// `25.52 % to 27.58 %` says its unit once: `25.52 to 27.58 %`.
fn once(low: &str, high: &str) -> String {
    match (low.split_once(' '), high.split_once(' ')) {
        (Some((number, a)), Some((_, b))) if a == b => format!("{number} to {high}"),
        _ => format!("{low} to {high}"),
    }
}

/// A difference of two figures with its sign; shares differ by percentage points.
pub(crate) fn difference(x: f64, unit: Unit, currency: Option<&str>) -> String {
    let text = match unit {
        Unit::Share => format!("{} pp", fixed(100.0 * x, 2)),
        other => figure(x, Some(other), currency),
    };
    let nothing = text.split(' ').next().is_none_or(|n| n.chars().all(|c| matches!(c, '0' | '.')));
    if x > 0.0 && !nothing { format!("+{text}") } else { text }
}

/// The limits of a difference.
pub(crate) fn spread(low: Option<f64>, high: Option<f64>, unit: Unit, currency: Option<&str>) -> String {
    let side = |limit: Option<f64>| limit.map_or_else(|| "…".to_owned(), |x| difference(x, unit, currency));
    once(&side(low), &side(high))
}

/// The stable name of a unit.
pub(crate) fn unit_id(unit: Unit) -> String {
    let name = serde_json::to_value(unit).ok();
    name.as_ref().and_then(|n| n.as_str()).unwrap_or_default().to_owned()
}

/// A number without a unit, to about five significant digits.
pub(crate) fn plain(x: f64) -> String {
    if x == x.trunc() && x.abs() < 1e15 {
        return grouped(&format!("{x:.0}"));
    }
    let size = x.abs().log10().floor();
    if size < -6.0 {
        return format!("{x:.3e}");
    }
    fixed(x, (4.0 - size).clamp(0.0, 10.0) as usize)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_read_well() {
        assert_eq!(count(1_234_567), "1,234,567");
        assert_eq!(share(0.265_374), "26.54 %");
        assert_eq!(figure(-0.04, Some(Unit::Points), None), "0.0");
        assert_eq!(figure(-12.34, Some(Unit::Points), None), "−12.3");
        assert_eq!(figure(1_234.5, Some(Unit::Money), Some("EUR")), "1,234.50 EUR");
        assert_eq!(plain(0.000_123_456), "0.00012346");
        assert_eq!(plain(0.000_000_012), "1.200e-8");
        assert_eq!(plain(12_345.678), "12,346");
        assert_eq!(figure(27_333.0, Some(Unit::Seconds), None), "7.6 h");
        assert_eq!(figure(16.0, Some(Unit::Hours), None), "16.0 h");
        assert_eq!(figure(0.25, Some(Unit::Seconds), None), "250 ms");
        assert_eq!(bytes(0), "0 B");
        assert_eq!(bytes(999), "999 B");
        assert_eq!(bytes(1_500), "1.5 kB");
        assert_eq!(bytes(24_999_999), "25 MB");
    }

    #[test]
    fn an_interval_says_its_unit_once() {
        assert_eq!(interval(Some(0.2552), Some(0.2758), Some(Unit::Share), None), "25.52 to 27.58 %");
        assert_eq!(interval(None, Some(3.0), Some(Unit::Days), None), "… to 3.0 days");
        assert_eq!(spread(Some(-0.01), Some(0.02), Unit::Share, None), "−1.00 to +2.00 pp");
        assert_eq!(difference(0.000_01, Unit::Share, None), "0.00 pp");
        assert_eq!(interval(Some(-1.0), Some(2.0), Some(Unit::Points), None), "−1.0 to 2.0");
    }
}
