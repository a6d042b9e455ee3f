//! Curves of staying on a terminal: ages across, shares and the numbers still watched below.

use super::paint::{Look, Paint, padded, width, wrapped};
use crate::document::{Figure, Mark, SurvivalCurve};

/// Blanks between columns.
const GAP: usize = 2;

/// What the lines are called.
pub(super) struct Names {
    pub(super) age: String,
    pub(super) share: String,
    pub(super) interval: String,
    pub(super) watched: String,
    pub(super) median: String,
}

/// Each curve with its median, then as many ages in a row as there is room for.
pub(super) fn survival(
    curves: &[SurvivalCurve],
    ticks: &[Mark],
    names: &Names,
    room: usize,
    paint: Paint,
) -> Vec<String> {
    let mut out = Vec::new();
    for curve in curves {
        out.extend(wrapped(&curve.label, room).iter().map(|line| paint.on(line, Look::Strong)));
        let median = shown(&curve.median);
        out.extend(
            wrapped(&format!("{}: {median}", names.median), room - 2).iter().map(|l| format!("  {l}")),
        );
        out.extend(rows(curve, ticks, names, room - 2, paint).iter().map(|line| format!("  {line}")));
    }
    out
}

fn shown(figure: &Figure) -> String {
    match (&figure.absent, figure.interval.as_str()) {
        (Some(absent), _) => absent.clone(),
        (None, "") => figure.text.clone(),
        (None, interval) => format!("{} ({interval})", figure.text),
    }
}

fn rows(curve: &SurvivalCurve, ticks: &[Mark], names: &Names, room: usize, paint: Paint) -> Vec<String> {
    let heads = [&names.age, &names.share, &names.interval, &names.watched];
    let head = heads.iter().map(|name| width(name)).max().unwrap_or(0);
    // Ages at which nobody was watched any more say nothing.
    let columns: Vec<[String; 4]> = ticks
        .iter()
        .zip(&curve.at_ticks)
        .filter(|(_, figure)| figure.value.is_some())
        .map(|(tick, figure)| {
            [tick.text.clone(), figure.text.clone(), figure.interval.clone(), figure.n.clone()]
        })
        .collect();
    let widths: Vec<usize> =
        columns.iter().map(|column| column.iter().map(|text| width(text)).max().unwrap_or(0)).collect();
    let mut out = Vec::new();
    let mut first = 0;
    while first < columns.len() {
        let mut used = head + GAP + widths[first];
        let mut end = first + 1;
        while end < columns.len() && used + GAP + widths[end] <= room {
            used += GAP + widths[end];
            end += 1;
        }
        for (at, name) in heads.iter().enumerate() {
            let mut line = padded(name, head, false);
            for (column, width) in columns[first..end].iter().zip(&widths[first..end]) {
                line.push_str(&" ".repeat(GAP));
                line.push_str(&padded(&column[at], *width, true));
            }
            let line = line.trim_end().to_owned();
            out.push(if at == 0 { paint.on(&line, Look::Soft) } else { line });
        }
        first = end;
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::Format;

    fn figure(text: &str, interval: &str, n: &str) -> Figure {
        Figure {
            value: (!text.is_empty()).then_some(0.5),
            low: None,
            high: None,
            unit: "share".into(),
            text: text.into(),
            interval: interval.into(),
            n: n.into(),
            format: Format::Percent,
            absent: text.is_empty().then(|| "not reached".into()),
            caveats: vec![],
        }
    }

    fn lines(room: usize) -> Vec<String> {
        let curve = SurvivalCurve {
            finding: "f".into(),
            label: "Prepaid".into(),
            steps: vec![],
            end: 12.0,
            censored: vec![],
            at_ticks: vec![
                figure("100 %", "", "740"),
                figure("85 %", "82 % to 88 %", "543"),
                figure("", "", "0"),
            ],
            median: figure("", "", ""),
        };
        let ticks = ["0", "6", "12"].map(|text| Mark { value: 0.0, text: text.into() });
        let names = Names {
            age: "Age".into(),
            share: "There".into(),
            interval: "Interval".into(),
            watched: "Watched".into(),
            median: "Median".into(),
        };
        survival(&[curve], &ticks, &names, room, Paint(false))
    }

    #[test]
    fn counts_stand_under_their_ages() {
        assert_eq!(
            lines(60),
            [
                "Prepaid",
                "  Median: not reached",
                "  Age           0             6",
                "  There     100 %          85 %",
                "  Interval         82 % to 88 %",
                "  Watched     740           543",
            ]
        );
    }

    #[test]
    fn ages_without_room_go_below() {
        let narrow = lines(26);
        assert_eq!(narrow.iter().filter(|line| line.contains("Age")).count(), 2);
        assert!(narrow.iter().all(|line| width(line) <= 26), "{narrow:?}");
    }
}
