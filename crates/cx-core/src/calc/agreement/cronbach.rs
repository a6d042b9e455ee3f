//! Cronbach's alpha.

use super::ratings::{ITEMS, complete_rows, item_names, not_enough};
use crate::calc::spec::LEVEL;
use crate::calc::{Answer, Args, Calc, CalcError, Figure, Results};
use crate::infer::reliability::{alpha, feldt};

pub(in crate::calc) const CRONBACH: Calc = Calc {
    name: "cronbach",
    group: "agreement",
    summary: "Cronbach's alpha of items (columns) with Feldt's interval, and what each item adds",
    roles: &[ITEMS],
    second: None,
    options: &[LEVEL],
    table_is_optional: false,
    run,
};

fn run(args: &Args<'_>) -> Result<Answer, CalcError> {
    let level = args.level()?;
    let (rows, caveats) = complete_rows(args)?;
    let result = alpha(&rows).ok_or_else(|| {
        not_enough(
            "alpha needs two items, two respondents with all of them, and a sum that varies",
            "give complete rows, one respondent a row and one item a column",
        )
    })?;
    let mut value = Figure::real(result.alpha);
    if let Some(interval) = feldt(result.alpha, result.n, result.items, level) {
        value = value.between(interval.low, interval.high);
    }
    let constant = "an item does not vary";
    let mut results = Results::new()
        .with("alpha", value)
        .with("standardised_alpha", Figure::real_or(result.standardised, constant))
        .with("lambda6", Figure::real_or(result.lambda6, "the items determine each other"))
        .with("average_r", Figure::real_or(result.average_r, constant))
        .with("n", Figure::count(result.n))
        .with("items", Figure::count(result.items));
    let mut items = Results::new();
    for (j, name) in item_names(args).into_iter().enumerate() {
        let dropped = result.if_dropped.as_ref().map(|d| d[j]);
        let group = Results::new()
            .with("alpha_if_dropped", Figure::real_or(dropped, "two items leave one"))
            .with("item_rest_r", Figure::real_or(result.item_rest[j], constant));
        items.group(name, group);
    }
    results.group("by_item", items);
    Ok(Answer { method: Some("feldt".to_owned()), level: Some(level.value()), results, caveats })
}
