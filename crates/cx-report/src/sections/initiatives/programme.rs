//! All initiatives together: what they are worth, and whether the company can have gained that much.

use super::density::{self, Drawn};
use crate::document::{Block, Sentence, Table, Tile, Tone, Way};
use crate::numbers::{Kind, chance};
use crate::sections::axis;
use crate::sections::cells::{figure, number_column, text, text_column};
use crate::sections::editor::Editor;
use cx_core::findings::{ClaimHeld, GuardFound, InputFound, Programme, RoiReport};
use cx_core::ground::unit::Unit;

/// Figures of all initiatives together that stand on a tile.
const TILES: [&str; 3] = ["roi/programme/npv", "roi/programme/cost", "roi/programme/roi"];

pub(super) fn blocks(editor: &Editor<'_>, returns: &RoiReport) -> Vec<Block> {
    let say = &editor.say;
    let mut blocks = Vec::new();
    match &returns.programme {
        Ok(programme) => {
            blocks.push(Block::Findings { findings: vec![finding(editor, programme)] });
            let tiles: Vec<Tile> = TILES.iter().filter_map(|id| tile(editor, returns, id)).collect();
            blocks.push(Block::Tiles { tiles });
            blocks.push(Block::Chart(Box::new(chart(editor, programme))));
        }
        Err(absent) => {
            blocks.push(Block::Text { text: say.programme_absent(&editor.absence(absent)) });
        }
    }
    let text = match &returns.guard {
        Ok(held) => guard(editor, held),
        Err(absent) => say.guard_absent(&editor.absence(absent)),
    };
    blocks.push(Block::Text { text });
    blocks.extend(returns.guard.iter().filter_map(|held| claimed(editor, returns, held)).map(Block::Table));
    if !returns.assumptions.is_empty() {
        let each = returns.assumptions.iter().map(|(name, value)| say.assumption(name, value));
        blocks.push(Block::Text { text: say.returns_rest(&editor.list(each)) });
    }
    blocks
}

/// What each claims for the months held against the company; none where nobody claims anything.
fn claimed(editor: &Editor<'_>, returns: &RoiReport, held: &GuardFound) -> Option<Table> {
    let say = &editor.say;
    let amount = |x: f64| figure(editor.bare(x, Unit::Money, Kind::Level), "");
    let name = |id: &str| {
        let one = returns.initiatives.iter().find(|one| one.id == id);
        one.map_or_else(|| id.to_owned(), |one| one.name.clone())
    };
    let row = |one: &ClaimHeld| vec![text(name(&one.initiative)), amount(one.claimed), amount(one.fits)];
    (!held.claims.is_empty()).then(|| Table {
        id: "claimed".to_owned(),
        title: say.claimed_table(),
        columns: vec![
            text_column(say.column_initiative()),
            number_column(say.column_claimed()),
            number_column(say.column_fits()),
        ],
        rows: held.claims.iter().map(row).collect(),
        note: String::new(),
        folded: held.factor >= 1.0,
    })
}

/// What the first page says of initiatives: what they are worth together, and what would tell most.
pub(in crate::sections) fn answer(editor: &Editor<'_>) -> Option<Block> {
    let returns = editor.inputs.returns.as_ref()?;
    let programme = match &returns.programme {
        Ok(programme) => programme,
        Err(absent) => {
            let text = editor.say.programme_absent(&editor.absence(absent));
            return Some(Block::Text { text });
        }
    };
    let mut findings = vec![finding(editor, programme)];
    findings.extend(unknown(editor, returns));
    Some(Block::Findings { findings })
}

fn finding(editor: &Editor<'_>, programme: &Programme) -> Sentence {
    let say = &editor.say;
    let (npv, cost) = (editor.figure(&programme.npv), editor.figure(&programme.cost));
    let n = programme.initiatives.len() as u64;
    let grade = editor.grade(programme.grade);
    let mut text = say.programme_worth(
        n,
        &(npv.text.clone() + &editor.bracketed(&npv)),
        &cost.text,
        &editor.chance(programme.pays),
        &chance(programme.pays),
        &grade,
    );
    if !programme.left_out.is_empty() {
        text.push(' ');
        text.push_str(&say.programme_left_out(&editor.list(&programme.left_out)));
    }
    if let Some(claimed) = &programme.as_claimed {
        let claimed = editor.figure(claimed);
        text.push(' ');
        text.push_str(&say.programme_as_claimed(&(claimed.text.clone() + &editor.bracketed(&claimed))));
    }
    let tone = match programme.npv.interval {
        Some(limits) if limits.low.is_some_and(|x| x > 0.0) => Tone::Good,
        Some(limits) if limits.high.is_some_and(|x| x < 0.0) => Tone::Bad,
        _ => Tone::Neutral,
    };
    Sentence { finding: TILES[0].to_owned(), text, tone }
}

/// The input that would be worth most to know.
fn unknown(editor: &Editor<'_>, returns: &RoiReport) -> Option<Sentence> {
    let inputs = returns.initiatives.iter().filter_map(|one| Some((one, one.money.as_ref().ok()?)));
    let all = inputs.flat_map(|(one, money)| money.inputs.iter().map(move |input| (one, input)));
    let (one, most): (_, &InputFound) = all
        .filter(|(_, i)| i.information > 0.0)
        .max_by(|a, b| a.1.information.total_cmp(&b.1.information))?;
    let worth = editor.money(most.information);
    let origin = editor.origin(&most.provenance);
    Some(Sentence {
        finding: format!("roi/{}/npv", one.id),
        text: editor.say.programme_unknown(&most.name, &one.name, &worth, &origin),
        tone: Tone::Warning,
    })
}

fn tile(editor: &Editor<'_>, returns: &RoiReport, id: &str) -> Option<Tile> {
    let fact = returns.facts.iter().find(|fact| fact.id == id)?;
    let figure = editor.figure(&fact.estimate);
    Some(Tile {
        finding: fact.id.clone(),
        metric: fact.id.clone(),
        name: fact.name.clone(),
        axis: axis::ends(&figure, fact.estimate.unit, None, None),
        figure,
        direction: Way::None,
        target: None,
        change: None,
    })
}

fn chart(editor: &Editor<'_>, programme: &Programme) -> crate::document::Chart {
    let say = &editor.say;
    let drawn = Drawn {
        id: "programme".to_owned(),
        name: say.all_together(),
        title: say.programme_density(),
        finding: TILES[0].to_owned(),
        npv: &programme.npv,
        density: &programme.density,
        quantiles: None,
        pays: programme.pays,
        grade: Some(programme.grade),
        rest: say.programme_members(&editor.list(&programme.initiatives)),
    };
    density::chart(editor, &drawn)
}

/// Whether the claims together fit into what the company gained.
fn guard(editor: &Editor<'_>, held: &GuardFound) -> String {
    let say = &editor.say;
    let foretold = editor.figure(&held.foretold);
    let foretold = foretold.text.clone() + &editor.bracketed(&foretold);
    let months = editor.months(f64::from(held.months));
    let (claimed, bound) = (editor.money(held.claimed), editor.money(held.bound));
    let actual = editor.money(held.actual);
    if held.factor < 1.0 {
        let share = editor.bare(held.factor, Unit::Share, Kind::Level).text;
        say.guard_too_much(&months, &claimed, &bound, &actual, &foretold, &share)
    } else {
        say.guard_fits(&months, &claimed, &bound, &actual, &foretold)
    }
}
