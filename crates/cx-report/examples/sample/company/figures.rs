//! Numbers with intervals and text, made from a value and a number of answers.

pub(crate) use super::worth::{months, wobble};
use cx_report::document::{Cell, Column, Figure, Format, Mark, Table, TrendPoint};

/// The 97.5 % point of the normal distribution: two-sided 95 % intervals.
const Z: f64 = 1.959_964;

/// Digits in groups of three.
pub(crate) fn count(n: u64) -> String {
    let digits = n.to_string();
    let mut out = String::new();
    for (i, digit) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

fn signed(x: f64) -> String {
    match x {
        x if x > 0.049 => format!("+{x:.1}"),
        x if x < -0.049 => format!("−{:.1}", -x),
        _ => "0.0".to_owned(),
    }
}

/// One number as text.
pub(crate) fn text(x: f64, format: Format) -> String {
    match format {
        Format::Percent => format!("{:.1}\u{a0}%", x * 100.0),
        Format::Number => format!("{x:.2}"),
        Format::Points => signed(x),
        Format::Money => format!("PLN\u{a0}{x:.2}"),
        Format::Duration if x >= 3600.0 => format!("{:.1}\u{a0}h", x / 3600.0),
        Format::Duration => format!("{:.0}\u{a0}min {:02.0}\u{a0}s", (x / 60.0).floor(), x % 60.0),
    }
}

/// The stable unit that goes with a format here.
const fn unit(format: Format) -> &'static str {
    match format {
        Format::Percent => "share",
        Format::Number => "scale_points",
        Format::Points => "points",
        Format::Money => "money",
        Format::Duration => "seconds",
    }
}

/// A value on an axis.
pub(crate) fn mark(value: f64, format: Format) -> Mark {
    Mark { value, text: text(value, format) }
}

fn figure(value: f64, limits: (f64, f64), n: u64, format: Format) -> Figure {
    let (low, high) = limits;
    Figure {
        value: Some(value),
        low: Some(low),
        high: Some(high),
        unit: unit(format).to_owned(),
        text: text(value, format),
        interval: format!("{} to {}", text(low, format), text(high, format)),
        n: count(n),
        format,
        absent: None,
        caveats: vec![],
    }
}

/// A share of n answers with its Wilson interval.
pub(crate) fn share(p: f64, n: u64) -> Figure {
    let m = n as f64;
    let middle = (p + Z * Z / (2.0 * m)) / (1.0 + Z * Z / m);
    let half = Z / (1.0 + Z * Z / m) * (p * (1.0 - p) / m + Z * Z / (4.0 * m * m)).sqrt();
    figure(p, ((middle - half).max(0.0), (middle + half).min(1.0)), n, Format::Percent)
}

/// A net of n answers; single answers spread by about 82 points.
pub(crate) fn net(x: f64, n: u64) -> Figure {
    let half = Z * 82.0 / (n as f64).sqrt();
    figure(x, ((x - half).max(-100.0), (x + half).min(100.0)), n, Format::Points)
}

/// A difference of two nets.
pub(crate) fn net_change(x: f64, half: f64) -> Figure {
    figure(x, (x - half, x + half), 61_204, Format::Points)
}

/// A mean of n values with spread `sd`.
pub(crate) fn mean(x: f64, sd: f64, n: u64, format: Format) -> Figure {
    let half = Z * sd / (n as f64).sqrt();
    figure(x, (x - half, x + half), n, format)
}

/// No figure, and why.
pub(crate) fn absent(why: &str, n: u64, format: Format) -> Figure {
    Figure {
        value: None,
        low: None,
        high: None,
        unit: unit(format).to_owned(),
        text: String::new(),
        interval: String::new(),
        n: count(n),
        format,
        absent: Some(why.to_owned()),
        caveats: vec![],
    }
}

/// The figure with a doubt.
pub(crate) fn doubted(mut figure: Figure, caveats: &[&str]) -> Figure {
    figure.caveats = caveats.iter().map(|c| (*c).to_owned()).collect();
    figure
}

/// The figure with an open upper limit.
pub(crate) fn open_above(mut figure: Figure) -> Figure {
    figure.high = None;
    figure.interval = format!("from {}", figure.low.map_or_else(String::new, |x| text(x, figure.format)));
    figure
}

/// One point of a trend.
pub(crate) fn point(label: &str, figure: Figure) -> TrendPoint {
    TrendPoint { label: label.to_owned(), figure, partial: false }
}

/// A column of words.
pub(crate) fn words(title: &str) -> Column {
    Column { title: title.to_owned(), numeric: false }
}

/// A column of numbers.
pub(crate) fn numbers(title: &str) -> Column {
    Column { title: title.to_owned(), numeric: true }
}

/// A cell of words.
pub(crate) fn cell(text: &str) -> Cell {
    Cell::Text { text: text.to_owned() }
}

/// A cell with a figure that leads to its derivation.
pub(crate) fn figure_cell(figure: &Figure, finding: &str) -> Cell {
    let finding = (!finding.is_empty()).then(|| finding.to_owned());
    Cell::Figure { figure: Box::new(figure.clone()), finding }
}

/// The table of a trend.
pub(crate) fn trend_table(id: &str, title: &str, points: &[TrendPoint], finding: &str) -> Table {
    Table {
        id: id.to_owned(),
        title: title.to_owned(),
        columns: vec![words("Period"), numbers("Value"), numbers("n")],
        rows: points
            .iter()
            .map(|p| {
                let label = if p.partial { format!("{} (incomplete)", p.label) } else { p.label.clone() };
                vec![cell(&label), figure_cell(&p.figure, finding), cell(&p.figure.n)]
            })
            .collect(),
        note: String::new(),
        folded: false,
    }
}
