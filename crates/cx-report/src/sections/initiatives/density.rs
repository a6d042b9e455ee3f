//! Draws of net present value, with the line of zero and the grade that stands behind them.

use crate::document::{Chart, ChartData, Table};
use crate::numbers::{self, Kind, chance, count, percent};
use crate::sections::cells::{figure, number_column, text, text_column};
use crate::sections::editor::Editor;
use crate::sections::figures::capital;
use cx_core::findings::Density;
use cx_core::ground::estimate::Estimate;
use cx_core::ground::evidence::Grade;
use cx_core::ground::unit::Unit;

/// Points of the distribution, in percent.
const POINTS: [u8; 7] = [5, 10, 25, 50, 75, 90, 95];

/// Draws and what is said beside them.
pub(super) struct Drawn<'a> {
    pub(super) id: String,
    pub(super) name: String,
    pub(super) title: String,
    pub(super) finding: String,
    pub(super) npv: &'a Estimate,
    pub(super) density: &'a Density,
    /// All of [`POINTS`], where they are known.
    pub(super) quantiles: Option<&'a [f64; 7]>,
    pub(super) pays: f64,
    pub(super) grade: Option<Grade>,
    pub(super) rest: String,
}

pub(super) fn chart(editor: &Editor<'_>, drawn: &Drawn<'_>) -> Chart {
    let say = &editor.say;
    let npv = editor.figure(drawn.npv);
    let grade = drawn.grade.map_or_else(|| say.grade_none(), |grade| editor.grade(grade));
    let draws = drawn.npv.size.n;
    let mark = |x: Option<f64>| editor.mark(x.unwrap_or_default(), Unit::Money);
    Chart {
        id: format!("density-{}", drawn.id),
        title: drawn.title.clone(),
        summary: say.density_summary(
            &npv.text,
            &editor.bracketed(&npv),
            &editor.chance(drawn.pays),
            &chance(drawn.pays),
        ),
        note: say.density_note(&capital(&grade), &count(draws), &drawn.rest, &editor.freshness()),
        table: table(editor, drawn),
        data: ChartData::Density {
            from: drawn.density.from,
            to: drawn.density.to,
            counts: drawn.density.counts.clone(),
            low: mark(npv.low),
            middle: mark(npv.value),
            high: mark(npv.high),
            above: chance(drawn.pays),
            grade: drawn.grade.map_or_else(|| say.grade_none(), |grade| say.grade_stamp(grade.letter())),
            format: numbers::format(Unit::Money),
        },
    }
}

fn table(editor: &Editor<'_>, drawn: &Drawn<'_>) -> Table {
    let say = &editor.say;
    let limits = drawn.npv.interval.map_or((None, None), |i| (i.low, i.high));
    let points: Vec<(u8, f64)> = match drawn.quantiles {
        Some(all) => POINTS.into_iter().zip(*all).collect(),
        None => [(5, limits.0), (50, drawn.npv.value), (95, limits.1)]
            .into_iter()
            .filter_map(|(point, x)| Some((point, x?)))
            .collect(),
    };
    let mut rows = vec![vec![text(say.density_pays()), text(chance(drawn.pays))]];
    rows.extend(points.into_iter().map(|(point, x)| {
        let finding = if point == 50 { drawn.finding.as_str() } else { "" };
        // The median is the figure itself, with its interval.
        let shown =
            if point == 50 { editor.figure(drawn.npv) } else { editor.bare(x, Unit::Money, Kind::Level) };
        vec![text(say.density_point(&percent(f64::from(point) / 100.0))), figure(shown, finding)]
    }));
    Table {
        id: format!("density-{}-table", drawn.id),
        title: say.density_table(&drawn.name),
        columns: vec![text_column(say.density_column()), number_column(say.column_npv())],
        rows,
        note: String::new(),
        folded: false,
    }
}
