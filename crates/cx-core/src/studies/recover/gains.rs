//! What was planted, customer by customer: read from the lines, apart from the study that is tested.

use super::ground::Ground;
use super::people::{Lot, People};
use crate::ground::expr::{Expr, Literal};
use crate::ground::period::DAY;
use crate::reduce::plan::parse_rows;
use crate::reduce::{Engine, ReduceError, Run};
use crate::tables::dataset::Dataset;

/// What the effect adds to each customer over the window, were the customer treated; in minor units.
#[derive(Debug)]
pub(super) struct Gains(Vec<f64>);

impl Gains {
    /// Outcomes of the records with everybody raised less those as they are, over so many days.
    ///
    /// # Errors
    /// See [`ReduceError`].
    pub(super) fn of(
        records: &Dataset,
        raised: &Dataset,
        ground: &Ground,
        people: &People,
        days: i32,
        engine: &dyn Engine,
        machine: &Run<'_>,
    ) -> Result<Self, ReduceError> {
        let mut gains = vec![0.0; people.list.len()];
        for (data, sign) in [(raised, 1.0), (records, -1.0)] {
            each(data, ground, days, engine, machine, &mut |id, x| {
                if let Some(place) = people.places.get(id) {
                    gains[*place] += sign * x;
                }
            })?;
        }
        Ok(Self(gains))
    }

    /// The effect on those drawn: what the treated gained and the others would have, a customer.
    pub(super) fn of_lot(&self, lot: &Lot) -> f64 {
        let sum: f64 = lot.treated.iter().chain(&lot.control).map(|i| self.0[*i as usize]).sum();
        sum / (lot.treated.len() + lot.control.len()) as f64
    }
}

/// The outcome of every customer with lines in the window.
fn each(
    data: &Dataset,
    ground: &Ground,
    days: i32,
    engine: &dyn Engine,
    machine: &Run<'_>,
    tell: &mut dyn FnMut(&str, f64),
) -> Result<(), ReduceError> {
    let moments = vec![
        ("START".to_owned(), Literal::Time(ground.from.0)),
        ("END".to_owned(), Literal::Time(ground.from.0 + i64::from(days) * DAY)),
    ];
    let text = format!(
        "transactions where customer_id is known and occurred_at >= START and occurred_at < END \
         per customer_id {{ worth = sum({}) }}",
        ground.value
    );
    let rows = parse_rows(&text, &moments).map_err(|e| ReduceError::Unsupported(e.to_string()))?;
    engine
        .list(data, &rows, &[Expr::col("worth")], machine, &mut |id, x| {
            tell(id, x[0]);
            Ok(())
        })
        .map(|_| ())
}
