//! McDonald's omega.

use super::ratings::{ITEMS, complete_rows, item_names, not_enough};
use crate::calc::{Answer, Args, Calc, CalcError, Figure, Results};
use crate::ground::estimate::Caveat;
use crate::infer::reliability::one_factor;

pub(in crate::calc) const OMEGA: Calc = Calc {
    name: "omega",
    group: "agreement",
    summary: "McDonald's omega of items (columns) from one factor fitted by maximum likelihood",
    roles: &[ITEMS],
    second: None,
    options: &[],
    table_is_optional: false,
    run,
};

fn run(args: &Args<'_>) -> Result<Answer, CalcError> {
    let (rows, mut caveats) = complete_rows(args)?;
    let model = one_factor(&rows).ok_or_else(|| {
        not_enough(
            "no single factor can be fitted to these items",
            "give at least three items that vary and go together, in complete rows",
        )
    })?;
    let mut results = Results::new()
        .with("omega", Figure::real(model.omega))
        .with("omega_raw", Figure::real(model.omega_raw))
        .with("n", Figure::count(model.n));
    let (mut loadings, mut own) = (Results::new(), Results::new());
    for (name, (loading, uniqueness)) in
        item_names(args).into_iter().zip(model.loadings.iter().zip(&model.uniquenesses))
    {
        loadings.put(name, Figure::real(*loading));
        own.put(name, Figure::real(*uniqueness));
    }
    results.group("loadings", loadings);
    results.group("uniquenesses", own);
    if model.at_floor {
        let text =
            "the factor explains an item entirely, which data seldom mean: too few rows or too alike items";
        caveats.push(Caveat::Note { text: text.to_owned() });
    }
    Ok(Answer { method: Some("one_factor_ml".to_owned()), level: None, results, caveats })
}
