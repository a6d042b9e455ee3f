//! Charts of characters. Every number of theirs is written beside them.

use super::paint::{Look, Paint, cut, padded, sign, width, wrapped};
use crate::document::{Figure, ForestGroup, Mark, Panel, RecordPart, Tone, TrendPoint};

/// Heights of a small curve.
const STEPS: [char; 8] = ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'];
/// Longest label before a drawing.
const LABEL: usize = 34;

/// One line per panel: a small curve of whole periods, and the last of them in numbers.
pub(super) fn panels(panels: &[Panel], room: usize, paint: Paint) -> Vec<String> {
    let label = panels.iter().map(|p| width(&p.title)).max().unwrap_or(0).min(LABEL);
    let mut out = Vec::new();
    for panel in panels {
        let whole: Vec<&TrendPoint> = panel.points.iter().filter(|p| !p.partial).collect();
        let curve = curve(&whole.iter().map(|p| p.figure.value).collect::<Vec<_>>());
        let last = whole.iter().rev().find(|p| p.figure.value.is_some());
        let text = last.map_or_else(String::new, |p| format!("{}  {}", p.label, with_interval(&p.figure)));
        let line = format!("{}  {curve}  {text}", padded(&cut(&panel.title, label), label, false));
        if width(&line) <= room {
            out.push(line);
        } else {
            out.push(paint.on(&cut(&panel.title, room), Look::Strong));
            out.push(format!("  {curve}"));
            out.extend(wrapped(&text, room - 2).iter().map(|line| format!("  {line}")));
        }
    }
    out
}

fn curve(values: &[Option<f64>]) -> String {
    let known = || values.iter().flatten().copied();
    let (low, high) = (known().fold(f64::INFINITY, f64::min), known().fold(f64::NEG_INFINITY, f64::max));
    values
        .iter()
        .map(|value| match value {
            None => ' ',
            Some(_) if high <= low => STEPS[3],
            Some(x) => STEPS[(((x - low) / (high - low) * 7.0).round() as usize).min(7)],
        })
        .collect()
}

/// One line per group: its interval on a shared axis, its figure, and a star where it differs.
pub(super) fn forest(
    groups: &[ForestGroup],
    overall: Option<&Mark>,
    room: usize,
    paint: Paint,
) -> Vec<String> {
    let label = groups.iter().map(|g| width(&g.label)).max().unwrap_or(0).min(LABEL.min(room / 3));
    let text = |g: &ForestGroup| match &g.figure.absent {
        Some(absent) => absent.clone(),
        None => format!("{}  n = {}", with_interval(&g.figure), g.figure.n),
    };
    let longest =
        groups.iter().filter(|g| g.figure.absent.is_none()).map(|g| width(&text(g))).max().unwrap_or(0);
    let axis_room = room.saturating_sub(label + longest + 8);
    let numbers = groups
        .iter()
        .flat_map(|g| [g.figure.value, g.figure.low, g.figure.high])
        .chain([overall.map(|mark| mark.value)])
        .flatten();
    let (low, high) = numbers.fold((f64::INFINITY, f64::NEG_INFINITY), |(l, h), x| (l.min(x), h.max(x)));
    let mut out = Vec::new();
    for group in groups {
        let star = if group.differs { "*" } else { " " };
        let name = padded(&cut(&group.label, label), label, false);
        let drawn = if axis_room >= 12 && high > low && group.figure.value.is_some() {
            interval(&group.figure, overall, (low, high), axis_room.min(48)) + "  "
        } else {
            String::new()
        };
        let look = if group.differs { Look::Strong } else { Look::Tone(Tone::Neutral) };
        let line = format!("{name} {star} {drawn}{}", text(group));
        if width(&line) <= room {
            out.push(paint.on(&line, look));
        } else {
            out.push(paint.on(&format!("{name} {star}"), look));
            out.extend(wrapped(&text(group), room - 4).iter().map(|line| format!("    {line}")));
        }
    }
    out
}

/// `├──●──┤` on an axis, with the overall value as a line behind it.
fn interval(figure: &Figure, overall: Option<&Mark>, (low, high): (f64, f64), room: usize) -> String {
    let place = |x: f64| (((x - low) / (high - low)) * (room - 1) as f64).round() as usize;
    let mut line = vec![' '; room];
    if let Some(mark) = overall {
        line[place(mark.value).min(room - 1)] = '┊';
    }
    let from = figure.low.map_or(0, place);
    let to = figure.high.map_or(room - 1, place).min(room - 1);
    for (at, c) in line.iter_mut().enumerate().take(to + 1).skip(from) {
        *c = match at {
            _ if at == from && figure.low.is_some() => '├',
            _ if at == to && figure.high.is_some() => '┤',
            _ => '─',
        };
    }
    if let Some(value) = figure.value {
        line[place(value).min(room - 1)] = '●';
    }
    line.into_iter().collect()
}

/// One bar per outcome.
pub(super) fn records(parts: &[RecordPart], total: u64, room: usize, paint: Paint) -> Vec<String> {
    let label = parts.iter().map(|p| width(&p.label)).max().unwrap_or(0).min(LABEL);
    let digits = parts.iter().map(|p| width(&p.text)).max().unwrap_or(0);
    let bar = room.saturating_sub(label + digits + 8).min(40);
    parts
        .iter()
        .map(|part| {
            let share = if total > 0 { part.n as f64 / total as f64 } else { 0.0 };
            // What is there is seen, however small.
            let length = ((share * bar as f64).round() as usize).max(usize::from(part.n > 0 && bar > 0));
            let name = padded(&cut(&part.label, label), label, false);
            let blocks = paint.on(&"█".repeat(length), Look::Tone(part.tone));
            format!("{} {name}  {}  {blocks}", sign(part.tone), padded(&part.text, digits, true))
        })
        .collect()
}

/// A number with its interval behind it.
pub(super) fn with_interval(figure: &Figure) -> String {
    match figure.interval.as_str() {
        "" => figure.text.clone(),
        interval => format!("{} ({interval})", figure.text),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_curve_spans_its_values() {
        assert_eq!(curve(&[Some(0.0), None, Some(0.5), Some(1.0)]), "▁ ▅█");
        assert_eq!(curve(&[Some(2.0), Some(2.0)]), "▄▄");
        assert_eq!(curve(&[]), "");
    }
}
