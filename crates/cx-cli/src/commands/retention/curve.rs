//! Survival curves of characters. Their figures stand in a table below.

use cx_core::findings::{Curve, Step};
use std::fmt::Write as _;

/// Marks of curves, one each.
pub(super) const MARKS: [char; 8] = ['●', '○', '▲', '△', '■', '□', '◆', '◇'];
/// Lines of the drawing.
const HEIGHT: usize = 11;
/// Room for the scale on the left.
const SCALE: usize = 7;
/// Widest drawing.
const WIDEST: usize = 84;

/// The step in force at an age.
fn at(steps: &[Step], age: f64) -> Option<&Step> {
    steps.iter().rev().find(|step| step.age <= age)
}

/// The curves on one pair of axes; one alone with its interval as a shade.
pub(super) fn draw(curves: &[&Curve], width: usize) -> String {
    let room = width.saturating_sub(SCALE + 1).clamp(20, WIDEST);
    let last = curves.iter().filter_map(|c| c.steps.last()).map(|s| s.age).fold(0.0, f64::max);
    if last <= 0.0 {
        return String::new();
    }
    let low = curves.iter().flat_map(|c| &c.steps).map(|s| s.value).fold(1.0, f64::min);
    // The scale begins at a round share below the lowest point.
    let floor = (low * 5.0).floor() / 5.0;
    let span = (1.0 - floor).max(0.2);
    let row = |share: f64| {
        (((1.0 - share) / span) * (HEIGHT - 1) as f64).round().clamp(0.0, (HEIGHT - 1) as f64) as usize
    };
    let mut canvas = vec![vec![' '; room]; HEIGHT];
    let columns = room;
    for column in 0..columns {
        let age = last * column as f64 / (room - 1) as f64;
        if let [only] = curves
            && let Some(step) = at(&only.steps, age)
            && let (Some(l), Some(h)) = (step.low, step.high)
        {
            for cells in &mut canvas[row(h)..=row(l)] {
                cells[column] = '░';
            }
        }
        // The first curve lies on top.
        for (curve, mark) in curves.iter().zip(MARKS).rev() {
            let end = curve.steps.last().map_or(0.0, |s| s.age);
            if let Some(step) = at(&curve.steps, age).filter(|_| age <= end) {
                canvas[row(step.value)][column] = mark;
            }
        }
    }
    let mut out = String::new();
    for (line, cells) in canvas.iter().enumerate() {
        let share = span.mul_add(-(line as f64) / (HEIGHT - 1) as f64, 1.0);
        let label = if line % 5 == 0 { format!("{:.0} %", 100.0 * share) } else { String::new() };
        let axis = if line % 5 == 0 { '┤' } else { '│' };
        let _ = write!(out, "{label:>width$} {axis}", width = SCALE - 2);
        out.push_str(cells.iter().collect::<String>().trim_end());
        out.push('\n');
    }
    let step = tick(last);
    let mut axis = vec!['─'; room];
    let mut labels = vec![' '; room + 8];
    let mut age = 0.0;
    while age <= last {
        let column = (age / last * (room - 1) as f64).round() as usize;
        axis[column] = '┴';
        let text: Vec<char> = format!("{age:.0}").chars().collect();
        let from = column.saturating_sub(text.len() / 2);
        for (i, c) in text.iter().enumerate() {
            labels[from + i] = *c;
        }
        age += step;
    }
    let blank = " ".repeat(SCALE - 1);
    let _ = writeln!(out, "{blank}└{}", axis.iter().collect::<String>());
    let labels: String = labels.iter().collect();
    let _ = write!(out, "{blank} {} months", labels.trim_end());
    out
}

/// Months between ticks: a handful of them, and round.
fn tick(last: f64) -> f64 {
    [1.0, 2.0, 3.0, 6.0, 12.0, 24.0, 60.0, 120.0].into_iter().find(|t| last / t <= 8.0).unwrap_or(240.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ticks_are_few_and_round() {
        assert_eq!([5.0, 12.0, 36.0, 72.0].map(tick), [1.0, 2.0, 6.0, 12.0]);
    }
}
