//! Where numbers become text: the one place that knows percent signs,
//! thousands, currencies, units of time and signs.
//!
//! A value and its limits are written alike, with as many decimals as it takes
//! to tell the two limits apart.

use crate::document::Format;
use crate::messages::Messages;
use cx_core::ground::unit::Unit;

/// A blank at which no line breaks.
const GAP: char = '\u{a0}';
/// The minus sign, as wide as a plus.
const MINUS: char = '−';
/// Most decimals that are ever written.
const MOST: usize = 6;

/// Currencies whose sign means nothing else in English; the others go by their code.
const SIGNS: [(&str, &str); 8] = [
    ("EUR", "€"),
    ("GBP", "£"),
    ("ILS", "₪"),
    ("INR", "₹"),
    ("JPY", "¥"),
    ("KRW", "₩"),
    ("USD", "$"),
    ("VND", "₫"),
];

/// Digits in groups of three.
pub(crate) fn count(n: u64) -> String {
    grouped(&n.to_string())
}

/// A share in percent with as many decimals as it needs: `95 %`, `99.5 %`.
pub(crate) fn percent(share: f64) -> String {
    if share > 0.0 && share < 0.000_5 {
        return format!("< 0.1{GAP}%");
    }
    let text = format!("{:.1}", share * 100.0);
    format!("{}{GAP}%", text.strip_suffix(".0").unwrap_or(&text))
}

/// A chance as draws tell it: none of them is no proof that it cannot be, and all of them none that it must.
pub(crate) fn chance(share: f64) -> String {
    match share {
        x if x < 0.000_5 => format!("< 0.1{GAP}%"),
        x if x >= 0.999_5 => format!("> 99.9{GAP}%"),
        x => percent(x),
    }
}

/// A number that is no figure of a metric: a p value, a standard error.
pub(crate) fn small(x: f64) -> String {
    match x.abs() {
        0.0 => "0".to_owned(),
        a if a < 0.0001 => "< 0.0001".to_owned(),
        a if a < 1.0 => format!("{x:.4}").replace('-', "−"),
        _ => format!("{x:.2}").replace('-', "−"),
    }
}

/// A value with its limits, each as text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Written {
    /// The value.
    pub(crate) value: String,
    /// The lower limit, where it exists.
    pub(crate) low: Option<String>,
    /// The upper limit.
    pub(crate) high: Option<String>,
}

/// What is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    /// A level.
    Level,
    /// A difference of two levels, with its sign.
    Difference,
    /// The size of a difference, whose direction stands in words.
    Size,
    /// A change relative to a base, with its sign; shares are percent of that base.
    Relative,
}

/// Writes the numbers of a report: its language's messages and its currency.
#[derive(Debug, Clone)]
pub(crate) struct Numbers {
    say: Messages,
    currency: Option<String>,
}

/// How the numbers of one figure are written.
struct Style {
    /// Divides the value before it is written.
    per: f64,
    decimals: usize,
    signed: bool,
    shape: Shape,
}

enum Shape {
    Plain,
    Percent,
    SharePoints,
    Money,
    Time(Time),
    Rate(Rate),
}

/// What a rate counts by.
#[derive(Clone, Copy)]
enum Rate {
    Hundred,
    Thousand,
    Month,
    Year,
}

#[derive(Clone, Copy)]
enum Time {
    Milliseconds,
    Seconds,
    Minutes,
    Hours,
    Days,
    Months,
}

impl Numbers {
    /// Numbers in the language of these messages.
    pub(crate) fn new(say: &Messages, currency: Option<&str>) -> Self {
        Self { say: say.clone(), currency: currency.map(str::to_owned) }
    }

    /// A value in a unit of the engine, with the limits it has.
    pub(crate) fn write(
        &self,
        value: f64,
        (low, high): (Option<f64>, Option<f64>),
        unit: Unit,
        kind: Kind,
    ) -> Written {
        let mut style = style(unit, kind, [Some(value), low, high].into_iter().flatten());
        if let (Some(low), Some(high)) = (low, high) {
            // Limits that differ must look different; time is written in steps of its own.
            while high > low
                && style.decimals < MOST
                && !matches!(style.shape, Shape::Time(Time::Minutes))
                && plain(low / style.per, &style) == plain(high / style.per, &style)
            {
                style.decimals += 1;
            }
        }
        Written {
            value: self.one(value, &style),
            low: low.map(|x| self.limit(x, &style)),
            high: high.map(|x| self.limit(x, &style)),
        }
    }

    /// A level on its own.
    pub(crate) fn level(&self, value: f64, unit: Unit) -> String {
        self.write(value, (None, None), unit, Kind::Level).value
    }

    fn one(&self, value: f64, style: &Style) -> String {
        let scaled = value / style.per;
        let number = plain(scaled, style);
        match &style.shape {
            Shape::Plain => number,
            Shape::Percent => format!("{number}{GAP}%"),
            Shape::SharePoints => self.say.share_difference(&number),
            Shape::Money => self.money(&number),
            Shape::Time(time) => self.time(scaled, &number, *time),
            Shape::Rate(rate) => self.rate(&number, *rate),
        }
    }

    /// A limit stands beside its value: what a rate counts by is said once.
    fn limit(&self, value: f64, style: &Style) -> String {
        match style.shape {
            Shape::Rate(_) => plain(value / style.per, style),
            _ => self.one(value, style),
        }
    }

    fn rate(&self, number: &str, rate: Rate) -> String {
        match rate {
            Rate::Hundred => self.say.rate_hundred(number),
            Rate::Thousand => self.say.rate_thousand(number),
            Rate::Month => self.say.rate_month(number),
            Rate::Year => self.say.rate_year(number),
        }
    }

    /// The sign before the currency, the currency before the digits: `−€12.50`, `PLN 12.50`.
    fn money(&self, number: &str) -> String {
        let (sign, digits) = match number.strip_prefix([MINUS, '+']) {
            Some(rest) => number.split_at(number.len() - rest.len()),
            None => ("", number),
        };
        let Some(code) = &self.currency else { return number.to_owned() };
        match SIGNS.iter().find(|(known, _)| known == code) {
            Some((_, mark)) => format!("{sign}{mark}{digits}"),
            None => format!("{sign}{code}{GAP}{digits}"),
        }
    }

    fn time(&self, scaled: f64, number: &str, time: Time) -> String {
        match time {
            Time::Milliseconds => self.say.time_milliseconds(number),
            Time::Seconds => self.say.time_seconds(number),
            Time::Minutes => {
                let whole = (scaled * 60.0).round();
                let (minutes, seconds) = ((whole.abs() / 60.0).floor(), whole.abs() % 60.0);
                let sign = number
                    .strip_prefix([MINUS, '+'])
                    .map_or("", |rest| if whole == 0.0 { "" } else { &number[..number.len() - rest.len()] });
                if minutes == 0.0 {
                    return self.say.time_seconds(&format!("{sign}{seconds:.0}"));
                }
                self.say.time_minutes(&format!("{sign}{minutes:.0}"), &format!("{seconds:02.0}"))
            }
            Time::Hours => self.say.time_hours(number),
            Time::Days => self.say.time_days(number),
            Time::Months => self.say.time_months(number),
        }
    }
}

/// How axis ticks of a unit are written.
pub(crate) const fn format(unit: Unit) -> Format {
    match unit {
        Unit::Share => Format::Percent,
        Unit::Points => Format::Points,
        Unit::Money => Format::Money,
        Unit::Milliseconds | Unit::Seconds | Unit::Hours | Unit::Days => Format::Duration,
        _ => Format::Number,
    }
}

/// Stretches of time are seconds in a document, whatever unit a metric counts in.
pub(crate) const fn seconds(unit: Unit) -> f64 {
    match unit {
        Unit::Milliseconds => 0.001,
        Unit::Hours => 3_600.0,
        Unit::Days => 86_400.0,
        _ => 1.0,
    }
}

/// The stable name of a figure's unit in data formats.
pub(crate) const fn unit_name(unit: Unit) -> &'static str {
    match unit {
        Unit::Share => "share",
        Unit::Ratio => "ratio",
        Unit::Points => "points",
        Unit::ScalePoints => "scale_points",
        Unit::Index => "index",
        Unit::Stars => "stars",
        Unit::Count => "count",
        Unit::PerUnit => "per_unit",
        Unit::PerHundred => "per_hundred",
        Unit::PerThousand => "per_thousand",
        Unit::PerMonth => "per_month",
        Unit::PerYear => "per_year",
        Unit::Money => "money",
        Unit::Milliseconds | Unit::Seconds | Unit::Hours | Unit::Days => "seconds",
        Unit::Months => "months",
    }
}

fn style(unit: Unit, kind: Kind, numbers: impl Iterator<Item = f64>) -> Style {
    let largest = numbers.map(f64::abs).fold(0.0, f64::max);
    let fine = |least: usize| match largest {
        x if x == 0.0 || x >= 0.1 => least,
        // Two digits that say something, for numbers below a tenth.
        x => least.max((1.0 - x.log10().floor()) as usize).min(MOST),
    };
    let (per, decimals, shape) = match unit {
        Unit::Share => {
            let percent = largest * 100.0;
            let decimals =
                if percent > 0.0 && percent < 0.1 { (1.0 - percent.log10().floor()) as usize } else { 1 };
            let shape = match kind {
                Kind::Level | Kind::Relative => Shape::Percent,
                Kind::Difference | Kind::Size => Shape::SharePoints,
            };
            (0.01, decimals.min(MOST), shape)
        }
        Unit::Points | Unit::Index => (1.0, 1, Shape::Plain),
        Unit::Count => (1.0, usize::from(kind != Kind::Level && largest < 10.0), Shape::Plain),
        Unit::Money => (1.0, if largest >= 1_000.0 { 0 } else { 2 }, Shape::Money),
        Unit::Milliseconds | Unit::Seconds | Unit::Hours | Unit::Days => {
            let own = seconds(unit);
            let (time, length, decimals) = match largest * own {
                x if x < 1.0 => (Time::Milliseconds, 0.001, 0),
                x if x < 60.0 => (Time::Seconds, 1.0, 1),
                x if x < 3_600.0 => (Time::Minutes, 60.0, 1),
                x if x < 172_800.0 => (Time::Hours, 3_600.0, 1),
                _ => (Time::Days, 86_400.0, 1),
            };
            (length / own, decimals, Shape::Time(time))
        }
        Unit::Months => (1.0, 1, Shape::Time(Time::Months)),
        Unit::Ratio => (1.0, fine(3), Shape::Plain),
        Unit::PerHundred => (1.0, fine(2), Shape::Rate(Rate::Hundred)),
        Unit::PerThousand => (1.0, fine(2), Shape::Rate(Rate::Thousand)),
        Unit::PerMonth => (1.0, fine(3), Shape::Rate(Rate::Month)),
        Unit::PerYear => (1.0, fine(2), Shape::Rate(Rate::Year)),
        _ => (1.0, fine(2), Shape::Plain),
    };
    let net = unit == Unit::Points && kind == Kind::Level;
    let signed = net || matches!(kind, Kind::Difference | Kind::Relative);
    Style { per, decimals, signed, shape }
}

/// Digits with groups and sign; what rounds to zero has no sign.
fn plain(x: f64, style: &Style) -> String {
    let text = format!("{:.*}", style.decimals, x.abs());
    let digits = match text.split_once('.') {
        Some((whole, fraction)) => format!("{}.{fraction}", grouped(whole)),
        None => grouped(&text),
    };
    if text.bytes().all(|b| b == b'0' || b == b'.') {
        return digits;
    }
    match (x < 0.0, style.signed) {
        (true, _) => format!("{MINUS}{digits}"),
        (false, true) => format!("+{digits}"),
        (false, false) => digits,
    }
}

fn grouped(digits: &str) -> String {
    let mut out = String::with_capacity(digits.len() * 4 / 3);
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn numbers(currency: &str) -> Numbers {
        Numbers::new(&Messages::of("en"), Some(currency))
    }

    fn all(value: f64, low: f64, high: f64, unit: Unit, kind: Kind) -> [String; 3] {
        let written = numbers("EUR").write(value, (Some(low), Some(high)), unit, kind);
        [written.value, written.low.unwrap(), written.high.unwrap()].map(|text| text.replace(GAP, " "))
    }

    #[test]
    fn draws_prove_no_certainty() {
        let told = [0.0, 0.000_4, 0.042, 0.999_4, 1.0].map(|share| chance(share).replace(GAP, " "));
        assert_eq!(told, ["< 0.1 %", "< 0.1 %", "4.2 %", "99.9 %", "> 99.9 %"]);
    }

    #[test]
    fn counts_have_groups() {
        assert_eq!([0, 999, 1_000, 1_234_567].map(count), ["0", "999", "1,000", "1,234,567"]);
    }

    #[test]
    fn shares_are_percent_and_their_differences_are_points() {
        assert_eq!(all(0.547_3, 0.544, 0.55, Unit::Share, Kind::Level), ["54.7 %", "54.4 %", "55.0 %"]);
        assert_eq!(
            all(-0.022, -0.032, -0.012, Unit::Share, Kind::Difference),
            ["−2.2 pp", "−3.2 pp", "−1.2 pp"]
        );
        assert_eq!(all(0.022, 0.012, 0.032, Unit::Share, Kind::Size), ["2.2 pp", "1.2 pp", "3.2 pp"]);
        // Limits that would look the same get the decimals that tell them apart.
        assert_eq!(all(0.5001, 0.5, 0.5002, Unit::Share, Kind::Level), ["50.01 %", "50.00 %", "50.02 %"]);
        assert_eq!(
            all(0.000_42, 0.000_4, 0.000_44, Unit::Share, Kind::Level),
            ["0.042 %", "0.040 %", "0.044 %"]
        );
        assert_eq!(all(0.0, 0.0, 0.434, Unit::Share, Kind::Level), ["0.0 %", "0.0 %", "43.4 %"]);
    }

    #[test]
    fn nets_carry_their_sign_and_nothing_rounds_to_minus_zero() {
        assert_eq!(all(30.0, 14.05, 44.2, Unit::Points, Kind::Level), ["+30.0", "+14.1", "+44.2"]);
        assert_eq!(all(-0.02, -4.0, 4.0, Unit::Points, Kind::Difference), ["0.0", "−4.0", "+4.0"]);
    }

    #[test]
    fn money_has_its_currency() {
        assert_eq!(all(1_204.4, 1_100.0, 1_300.0, Unit::Money, Kind::Level), ["€1,204", "€1,100", "€1,300"]);
        assert_eq!(
            all(-12.5, -13.0, -12.0, Unit::Money, Kind::Difference),
            ["−€12.50", "−€13.00", "−€12.00"]
        );
        assert_eq!(numbers("PLN").level(96.3, Unit::Money).replace(GAP, " "), "PLN 96.30");
        let bare = Numbers::new(&Messages::of("en"), None);
        assert_eq!(bare.level(96.3, Unit::Money), "96.30");
    }

    #[test]
    fn time_is_written_in_the_unit_that_fits() {
        assert_eq!(all(0.82, 0.8, 0.84, Unit::Seconds, Kind::Level), ["820 ms", "800 ms", "840 ms"]);
        assert_eq!(
            all(412.0, 398.0, 426.0, Unit::Seconds, Kind::Level),
            ["6 min 52 s", "6 min 38 s", "7 min 06 s"]
        );
        assert_eq!(all(5.3, 5.0, 5.6, Unit::Hours, Kind::Level), ["5.3 h", "5.0 h", "5.6 h"]);
        assert_eq!(all(3.21, 3.1, 3.3, Unit::Days, Kind::Level), ["3.2 days", "3.1 days", "3.3 days"]);
        assert_eq!(
            all(-90.0, -120.0, -60.0, Unit::Seconds, Kind::Difference),
            ["−1 min 30 s", "−2 min 00 s", "−1 min 00 s"]
        );
        assert_eq!(
            all(14.2, 13.0, 15.5, Unit::Months, Kind::Level),
            ["14.2 months", "13.0 months", "15.5 months"]
        );
    }

    #[test]
    fn ratios_and_rates() {
        assert_eq!(all(1.0423, 1.03, 1.05, Unit::Ratio, Kind::Level), ["1.042", "1.030", "1.050"]);
        assert_eq!(all(4.0, 3.9, 4.1, Unit::ScalePoints, Kind::Level), ["4.00", "3.90", "4.10"]);
        assert_eq!(
            all(0.0132, 0.01, 0.016, Unit::PerMonth, Kind::Level),
            ["0.013 a month", "0.010", "0.016"]
        );
        assert_eq!(
            all(7.154, 5.66, 9.04, Unit::PerThousand, Kind::Level),
            ["7.15 per 1,000", "5.66", "9.04"]
        );
        assert_eq!(
            all(12_345.0, 12_000.0, 12_700.0, Unit::Count, Kind::Level),
            ["12,345", "12,000", "12,700"]
        );
    }

    #[test]
    fn plain_percent_and_small_numbers() {
        assert_eq!(
            [0.95, 0.995, 0.123_4, 0.000_1].map(percent),
            ["95\u{a0}%", "99.5\u{a0}%", "12.3\u{a0}%", "< 0.1\u{a0}%"]
        );
        assert_eq!([0.0, 0.000_01, 0.031_2, 2.0].map(small), ["0", "< 0.0001", "0.0312", "2.00"]);
    }
}
