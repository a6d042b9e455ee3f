//! Which two groups, and what is compared.

use super::kinds;
use crate::calc::answers::{Answers, Given, whole_between};
use crate::calc::scores::proportion::sums_of_counts;
use crate::calc::spec::{CUSTOMER, LEVEL, WEIGHT};
use crate::calc::{Answer, Args, Calc, CalcError, Choice, Default, Holds, Results, Role};
use crate::stats::RatioSums;
use std::collections::BTreeSet;

pub(in crate::calc) const COMPARE: Calc = Calc {
    name: "compare",
    group: "scores",
    summary: "Difference of two groups: shares, means or NPS, with interval and p-value",
    roles: &[
        Role {
            name: "value",
            default: Default::Named(&["value", "score", "outcome"]),
            required: true,
            holds: Holds::Number,
            help: "the answer: yes or no for shares, a number for means, 0 to 10 for NPS",
        },
        Role {
            name: "group",
            default: Default::Named(&["group"]),
            required: true,
            holds: Holds::Text,
            help: "which group the row belongs to",
        },
        WEIGHT,
        CUSTOMER,
    ],
    second: None,
    options: &[
        Choice {
            name: "kind",
            default: Some("share"),
            allowed: &["share", "mean", "nps"],
            help: "what is compared",
        },
        Choice {
            name: "method",
            default: Some("auto"),
            allowed: &["auto", "newcombe", "wald", "welch", "squared-arms", "overlap"],
            help: "how the interval is made; auto takes newcombe for shares, welch for means, squared-arms for NPS, and overlap where customers are in both groups",
        },
        Choice {
            name: "from",
            default: None,
            allowed: &[],
            help: "the group subtracted; the first by name unless given",
        },
        Choice {
            name: "to",
            default: None,
            allowed: &[],
            help: "the group it is subtracted from; the last by name unless given",
        },
        LEVEL,
        Choice {
            name: "k1",
            default: None,
            allowed: &[],
            help: "yes answers of the group subtracted, instead of a table",
        },
        Choice {
            name: "n1",
            default: None,
            allowed: &[],
            help: "answers of the group subtracted, instead of a table",
        },
        Choice {
            name: "k2",
            default: None,
            allowed: &[],
            help: "yes answers of the other group, instead of a table",
        },
        Choice {
            name: "n2",
            default: None,
            allowed: &[],
            help: "answers of the other group, instead of a table",
        },
    ],
    table_is_optional: true,
    run,
};

/// The answers of two groups; the difference is `to` minus `from`.
pub(super) struct Pair<'a> {
    pub(super) from: Answers<'a>,
    pub(super) to: Answers<'a>,
    pub(super) names: [String; 2],
    /// Customers with answers in both groups.
    pub(super) shared: u64,
}

impl Pair<'_> {
    /// The sums of f(value) in both groups.
    pub(super) fn sides(&self, f: impl Fn(f64) -> f64) -> Sides {
        Sides { names: self.names.clone(), sums: [self.from.sums(&f), self.to.sums(&f)], shared: self.shared }
    }
}

/// What a comparison needs of two groups, `from` before `to`.
pub(super) struct Sides {
    pub(super) names: [String; 2],
    pub(super) sums: [RatioSums; 2],
    pub(super) shared: u64,
}

impl Sides {
    /// True where every row of both groups counts once and for itself.
    pub(super) fn are_plain(&self) -> bool {
        self.sums.iter().all(|s| !s.is_weighted() && !s.is_clustered())
    }
}

fn run(args: &Args<'_>) -> Result<Answer, CalcError> {
    let level = args.level()?;
    let kind = args.word("kind");
    let mut results = Results::new();
    let mut caveats = Vec::new();
    let pair = if args.has_table() {
        let all = match kind {
            "share" => Answers::outcomes(args, "value")?,
            "nps" => Answers::numbers(args, "value", whole_between(0.0, 10.0))?,
            _ => Answers::numbers(args, "value", |_| Ok(()))?,
        };
        caveats.clone_from(&all.caveats);
        Some(split(args, all)?)
    } else if kind == "share" {
        None
    } else {
        return Err(args.bad("kind", "counts alone make shares; give a table for means and NPS"));
    };
    let shared = pair.as_ref().map_or(0, |p| p.shared);
    let method = args.word("method");
    let method = match (method, kind) {
        ("auto", _) if shared > 0 => "overlap",
        ("auto", "share") => "newcombe",
        ("auto", "mean") => "welch",
        ("auto", _) => "squared-arms",
        ("newcombe" | "wald" | "overlap", "share")
        | ("welch" | "squared-arms" | "overlap", "mean")
        | ("squared-arms" | "wald" | "overlap", "nps") => method,
        _ => return Err(args.bad("method", &format!("`{method}` does not go with {kind}; auto does"))),
    };
    if shared > 0 && method != "overlap" {
        let help = "use --method overlap, or auto: the others take the groups as independent";
        return Err(args.bad("method", help));
    }
    match (&pair, kind) {
        (None, _) => {
            if method == "overlap" {
                return Err(
                    args.bad("method", "counts alone do not tell who is in both groups: give a table")
                );
            }
            let sums = [sums_of_counts(args, "k1", "n1")?, sums_of_counts(args, "k2", "n2")?];
            let sides = Sides { names: ["1".to_owned(), "2".to_owned()], sums, shared: 0 };
            kinds::shares(&sides, None, method, level, &mut results, &mut caveats)?;
        }
        (Some(pair), "share") => {
            kinds::shares(&pair.sides(|x| x), Some(pair), method, level, &mut results, &mut caveats)?;
        }
        (Some(pair), "mean") => kinds::means(pair, method, level, &mut results, &mut caveats)?,
        (Some(pair), _) => kinds::nets(pair, method, level, &mut results, &mut caveats)?,
    }
    Ok(Answer { method: Some(method.replace('-', "_")), level: Some(level.value()), results, caveats })
}

/// The rows of the two groups.
fn split<'a>(args: &Args<'a>, all: Answers<'a>) -> Result<Pair<'a>, CalcError> {
    let names = args.texts("group").unwrap_or_default();
    let known: BTreeSet<&str> = names.iter().flatten().copied().collect();
    let listed = known.iter().copied().collect::<Vec<_>>().join(", ");
    let pick = |option: &str, usual: Option<&str>| -> Result<String, CalcError> {
        match args.option(option).or(usual) {
            Some(name) if known.contains(name) => Ok(name.to_owned()),
            Some(_) => Err(args.bad(option, &format!("the groups are: {listed}"))),
            None => Err(args.missing(option)),
        }
    };
    let from = pick("from", known.first().copied())?;
    let to = pick("to", known.last().copied())?;
    let both_given = args.is_given("from") && args.is_given("to");
    if from == to || (known.len() > 2 && !both_given) {
        return Err(CalcError::Data {
            what: format!("a comparison takes two groups; the table has {}: {listed}", known.len()),
            help: "name them as --from GROUP --to GROUP".to_owned(),
        });
    }
    let mut pair = [Vec::new(), Vec::new()];
    for given in all.given {
        match names.get(given.place).copied().flatten() {
            Some(name) if name == from => pair[0].push(given),
            Some(name) if name == to => pair[1].push(given),
            _ => {}
        }
    }
    let [a, b] = pair;
    let customers = |given: &[Given<'a>]| given.iter().filter_map(|g| g.customer).collect::<BTreeSet<_>>();
    let shared = customers(&a).intersection(&customers(&b)).count() as u64;
    let part = |given| Answers { given, weighted: all.weighted, caveats: Vec::new() };
    Ok(Pair { from: part(a), to: part(b), names: [from, to], shared })
}
