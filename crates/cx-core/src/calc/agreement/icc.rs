//! Intraclass correlations.

use super::ratings::{ITEMS, complete_rows, not_enough};
use crate::calc::spec::LEVEL;
use crate::calc::{Answer, Args, Calc, CalcError, Figure, Results};
use crate::infer::reliability::icc;

pub(in crate::calc) const ICC: Calc = Calc {
    name: "icc",
    group: "agreement",
    summary: "Intraclass correlations of raters (columns) over subjects (rows): one-way, random, fixed; single and mean",
    roles: &[ITEMS],
    second: None,
    options: &[LEVEL],
    table_is_optional: false,
    run,
};

fn run(args: &Args<'_>) -> Result<Answer, CalcError> {
    let level = args.level()?;
    let (rows, caveats) = complete_rows(args)?;
    let forms = icc(&rows, level).ok_or_else(|| {
        not_enough(
            "the ratings do not vary as the formula needs: two subjects and two raters who differ somewhere",
            "give complete rows, one subject a row and one rater a column",
        )
    })?;
    let mut results = Results::new();
    for form in forms {
        let value = Figure::real(form.value).between(form.interval.low, form.interval.high);
        let group = Results::new()
            .with("icc", value)
            .with("f", Figure::real(form.f))
            .with("df1", Figure::real(form.df.0))
            .with("df2", Figure::real(form.df.1))
            .with("p", Figure::real(form.p));
        results.group(form.kind.name(), group);
    }
    results.put("subjects", Figure::count(rows.len() as u64));
    results.put("raters", Figure::count(args.columns("items").len() as u64));
    Ok(Answer { method: None, level: Some(level.value()), results, caveats })
}
