//! Promised against delivered, both with their ranges: one chart a metric, since charts have one axis.

use super::words::{span, tone};
use crate::document::{Cell, Chart, ChartData, Figure, PairRow, Pairs, Table, Tone};
use crate::numbers;
use crate::sections::cells::{figure, number_column, text, text_column};
use crate::sections::editor::Editor;
use crate::sections::figures::capital;
use cx_core::findings::{PromiseFound, Wording};
use cx_core::ground::estimate::{Absent, Estimate, Size};

pub(super) fn charts(editor: &Editor<'_>, over: &[&PromiseFound]) -> Vec<Chart> {
    let mut metrics: Vec<Vec<&PromiseFound>> = Vec::new();
    for one in over {
        match metrics.iter_mut().find(|all| all[0].metric == one.metric && all[0].unit == one.unit) {
            Some(all) => all.push(one),
            None => metrics.push(vec![one]),
        }
    }
    metrics.iter().enumerate().map(|(at, all)| chart(editor, at, all)).collect()
}

fn chart(editor: &Editor<'_>, at: usize, all: &[&PromiseFound]) -> Chart {
    let say = &editor.say;
    let metric = editor.promised_metric(all[0]);
    let came = |against: &str| {
        let scored = all.iter().filter_map(|one| one.wordings.first()?.scored.as_ref());
        scored.filter(|scored| scored.against == against).count() as u64
    };
    let (inside, below, above) = (came("inside"), came("below"), came("above"));
    let open = all.len() as u64 - inside - below - above;
    let mut summary = say.promised_summary(inside, inside + below + above, &metric, below, above);
    if open > 0 {
        summary.push(' ');
        summary.push_str(&say.promised_without(open));
    }
    Chart {
        id: format!("promised-{at}"),
        title: say.promised_chart(&metric),
        summary,
        note: say.promised_note(&editor.freshness()),
        table: table(editor, at, &metric, all),
        data: ChartData::Dumbbell(Pairs {
            rows: all.iter().filter_map(|one| row(editor, one)).collect(),
            first: say.pairs_promised(),
            second: say.pairs_delivered(),
            beside: say.pairs_amended(),
            format: numbers::format(all[0].unit),
            zero: true,
        }),
    }
}

fn row(editor: &Editor<'_>, one: &PromiseFound) -> Option<PairRow> {
    let say = &editor.say;
    let (first, amended) = one.wordings.split_first()?;
    let against = first.scored.as_ref().map(|scored| scored.against.as_str());
    Some(PairRow {
        finding: format!("evaluate/{}/delivered", one.claim_id),
        label: editor.promise_name(one),
        first: Some(span(&editor.gain(one, &first.promised))),
        beside: amended.iter().map(|wording| span(&editor.gain(one, &wording.promised))).collect(),
        second: delivered(editor, one),
        text: match against {
            Some(against) => say.promise_range(against),
            None => state(editor, one),
        },
        tone: against.map_or(Tone::Warning, tone),
    })
}

/// What came, or the rule why nobody knows: its reason stands below the charts.
fn delivered(editor: &Editor<'_>, one: &PromiseFound) -> Figure {
    match &one.delivered {
        Ok(delivered) => editor.gain(one, &delivered.gain),
        Err(absent) => {
            let none = Estimate::absent(absent.clone(), one.unit, Size::default());
            let mut shown = editor.figure(&none);
            if let Absent::Refused(why) = absent {
                shown.absent = Some(editor.say.withheld(&why.rule));
            }
            shown
        }
    }
}

fn state(editor: &Editor<'_>, one: &PromiseFound) -> String {
    editor.say.promise_state(&one.state)
}

fn table(editor: &Editor<'_>, at: usize, metric: &str, all: &[&PromiseFound]) -> Table {
    let say = &editor.say;
    Table {
        id: format!("promised-{at}-table"),
        title: say.promised_table(metric),
        columns: vec![
            text_column(say.column_promise()),
            text_column(say.column_due()),
            number_column(say.column_promised()),
            number_column(say.column_delivered()),
            number_column(say.column_ratio()),
            text_column(say.column_came()),
        ],
        rows: all
            .iter()
            .flat_map(|one| one.wordings.iter().enumerate().map(|(i, w)| cells(editor, one, i, w)))
            .collect(),
        note: say.promised_table_note(),
        folded: false,
    }
}

/// One wording: as it was made, then as it was amended.
fn cells(editor: &Editor<'_>, one: &PromiseFound, i: usize, wording: &Wording) -> Vec<Cell> {
    let say = &editor.say;
    let finding = |what: &str| match i {
        0 => format!("evaluate/{}/{what}", one.claim_id),
        _ => String::new(),
    };
    let name = match &wording.reason {
        None => editor.promise_name(one),
        Some(reason) => say.promise_amended(&one.claim_id, reason.trim_end_matches('.')),
    };
    let came = match (&wording.scored, &one.withdrawn) {
        (Some(scored), _) => capital(&say.promise_range(&scored.against)),
        (None, Some(reason)) => say.promise_withdrawn(reason.trim_end_matches('.')),
        (None, None) => capital(&state(editor, one)),
    };
    let ratio = wording
        .scored
        .as_ref()
        .map_or_else(|| text("–"), |scored| figure(editor.figure(&scored.ratio), &finding("ratio")));
    vec![
        text(name),
        text(editor.day(&wording.due)),
        figure(editor.gain(one, &wording.promised), &finding("promised")),
        figure(delivered(editor, one), &finding("delivered")),
        ratio,
        text(came),
    ]
}
