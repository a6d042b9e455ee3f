//! `cx value --customers`: one row a customer.

use crate::output::{Align, Answer, Cell, Csv, Grid, Growing, Mode, Page, Tone, count, to_json};
use crate::session::Session;
use cx_core::analysis::{Error, customer_values};
use serde::Serialize;
use std::path::Path;

/// What was written.
#[derive(Debug, Serialize)]
struct Written {
    /// The file.
    file: String,
    /// Customers in it.
    customers: u64,
    /// The model they are by.
    model: String,
}

/// Writes every customer as the study goes along; the file appears whole or not at all.
pub(super) fn run(path: &Path, session: &Session) -> Result<Answer, Error> {
    let mut file = Growing::open(path, Mode::Private)?;
    let head = [
        "customer_id",
        "repeat_purchases",
        "p_alive",
        "expected_purchases_12m",
        "expected_purchases_12m_sd",
        "expected_spend",
        "residual_revenue",
        "residual_value",
    ];
    file.write(Csv::new(&head).text().as_bytes())?;
    let mut customers = 0;
    let model = session.with_options(false, |options| {
        let company = session.load(options)?;
        customer_values(&company, options, &mut |customer| {
            customers += 1;
            let text = |x: Option<f64>| x.map(|x| x.to_string()).unwrap_or_default();
            let mut row = Csv::default();
            row.row(&[
                customer.customer.clone(),
                customer.repeats.to_string(),
                text(customer.alive),
                customer.purchases.to_string(),
                customer.purchases_sd.to_string(),
                text(customer.spend),
                text(customer.revenue),
                text(customer.margin),
            ]);
            file.write(row.text().as_bytes())
        })
    })?;
    file.finish()?;
    let written = Written { file: path.display().to_string(), customers, model };
    Ok(Answer::new(session, || to_json(&written), || page(&written), || csv(&written)))
}

fn page(written: &Written) -> Page {
    let mut page = Page::titled(written.file.clone());
    let mut grid = Grid::new(&[("", Align::Left), ("", Align::Left)]);
    grid.row(vec![Cell::new("customers", Tone::Dim), count(written.customers).into()]);
    grid.row(vec![Cell::new("model", Tone::Dim), written.model.clone().into()]);
    page.facts(grid);
    page
}

fn csv(written: &Written) -> Csv {
    let mut csv = Csv::new(&["file", "customers", "model"]);
    csv.row(&[&written.file, &written.customers.to_string(), &written.model]);
    csv
}
