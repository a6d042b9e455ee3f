//! `cx plan --lot`: customers drawn into arms.

use crate::output::{Align, Answer, Cell, Csv, Grid, Growing, Mode, Page, Tone, count, to_json};
use crate::session::Session;
use cx_core::analysis::{Error, PlanQuery, plan_lot};
use serde::Serialize;
use std::path::Path;

/// What is to be drawn.
pub(super) struct Asked<'a> {
    pub id: &'a str,
    pub arms: u32,
    pub by: Option<&'a str>,
    pub to: &'a Path,
}

/// What was written.
#[derive(Debug, Serialize)]
struct Written {
    /// The file.
    file: String,
    /// The initiative.
    initiative: String,
    /// The day after the records, on which the lot counts as drawn.
    assigned_at: String,
    /// Seed of the lot.
    seed: u64,
    /// Arms with the number of customers in each.
    arms: Vec<(String, u64)>,
}

/// Writes the list; the file appears whole or not at all.
pub(super) fn run(query: &PlanQuery, asked: &Asked<'_>, session: &Session) -> Result<Answer, Error> {
    let (drawn, day, seed) = session.with_options(false, |options| {
        let company = session.load(options)?;
        let drawn = plan_lot(&company, query, asked.id, asked.arms, asked.by, options)?;
        let day = company.covered.map(|(_, last)| last.plus(1).to_string()).unwrap_or_default();
        Ok((drawn, day, company.seed(options)))
    })?;
    let mut file = Growing::open(asked.to, Mode::Private)?;
    file.write(Csv::new(&["initiative_id", "customer_id", "arm", "assigned_at"]).text().as_bytes())?;
    let names: Vec<String> = (0..asked.arms).map(|arm| name(arm, asked.arms)).collect();
    let mut arms: Vec<(String, u64)> = names.iter().map(|name| (name.clone(), 0)).collect();
    for one in &drawn {
        let arm = one.arm as usize;
        arms[arm].1 += 1;
        let mut row = Csv::default();
        row.row(&[asked.id, &one.customer, &names[arm], &day]);
        file.write(row.text().as_bytes())?;
    }
    file.finish()?;
    let written = Written {
        file: asked.to.display().to_string(),
        initiative: asked.id.to_owned(),
        assigned_at: day,
        seed,
        arms,
    };
    Ok(Answer::new(session, || to_json(&written), || page(&written), || csv(&written)))
}

/// The last arm is left as it is; of two the other is simply treated.
fn name(arm: u32, arms: u32) -> String {
    match (arm, arms) {
        (arm, arms) if arm + 1 == arms => "control".to_owned(),
        (_, 2) => "treatment".to_owned(),
        (arm, _) => format!("treatment_{}", arm + 1),
    }
}

fn page(written: &Written) -> Page {
    let mut page = Page::titled(written.file.clone());
    let mut grid = Grid::new(&[("", Align::Left), ("", Align::Left)]);
    for (arm, customers) in &written.arms {
        grid.row(vec![Cell::new(arm.clone(), Tone::Dim), count(*customers).into()]);
    }
    page.facts(grid);
    let text = format!(
        "Drawn by seed {}: the same call draws the same lot. Map the file as `assignments`, give the initiative \
         its row in the register, and `cx roi {}` judges it.",
        written.seed, written.initiative
    );
    page.line(Cell::new(text, Tone::Dim));
    page
}

fn csv(written: &Written) -> Csv {
    let mut csv = Csv::new(&["file", "initiative_id", "arm", "customers"]);
    for (arm, customers) in &written.arms {
        csv.row(&[&written.file, &written.initiative, arm, &customers.to_string()]);
    }
    csv
}
