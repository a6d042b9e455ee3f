//! The test of several survival curves.

use super::watched::{COUNT, DURATION, ENTRY, EVENT, GROUP, read, tables};
use crate::calc::{Answer, Args, Calc, CalcError, Choice, Figure, Results, Role};
use crate::infer::survival::{Weighting, log_rank};

const GROUPS: Role = Role { required: true, ..GROUP };

pub(in crate::calc) const LOG_RANK: Calc = Calc {
    name: "log-rank",
    group: "retention",
    summary: "Whether groups leave at the same rate: observed and expected events, chi-square and p",
    roles: &[DURATION, EVENT, GROUPS, ENTRY, COUNT],
    second: None,
    options: &[Choice {
        name: "weights",
        default: Some("even"),
        allowed: &["even", "early"],
        help: "even is the log-rank test; early counts the first ages more (Peto-Peto)",
    }],
    table_is_optional: false,
    run,
};

fn run(args: &Args<'_>) -> Result<Answer, CalcError> {
    let weighting = if args.word("weights") == "early" { Weighting::Early } else { Weighting::Even };
    let (rows, caveats) = read(args)?;
    let tables = tables(&rows);
    let list: Vec<_> = tables.iter().map(|(_, table)| table).collect();
    let outcome = log_rank(&list, weighting).map_err(|r| CalcError::Data { what: r.reason, help: r.lift })?;
    let mut results = Results::new()
        .with("chi_square", Figure::real(outcome.test.chi_square))
        .with("df", Figure::count(u64::from(outcome.test.df)))
        .with("p", Figure::real(outcome.test.p));
    let mut groups = Results::new();
    for ((name, _), group) in tables.iter().zip(&outcome.groups) {
        let one = Results::new()
            .with("n", Figure::count(group.n))
            .with("observed", Figure::real(group.observed))
            .with("expected", Figure::real(group.expected));
        groups.group(name.unwrap_or_default(), one);
    }
    results.group("groups", groups);
    Ok(Answer { method: Some(args.word("weights").to_owned()), level: None, results, caveats })
}
