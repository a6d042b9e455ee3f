//! Every figure of promises with what it stands on.

use crate::findings::{CalibrationFound, Fact, PromiseFound, RecordFound, Records};

pub(super) fn all(
    promises: &[PromiseFound],
    record: &RecordFound,
    head: &str,
    records: &[Records],
) -> Vec<Fact> {
    let mut facts: Vec<Fact> = promises.iter().flat_map(|one| of(one, head, records)).collect();
    for (which, found) in [
        ("prospective", &record.prospective),
        ("retrospective", &record.retrospective),
        ("last-amended", &record.last_amended),
    ] {
        if let Ok(found) = found {
            facts.extend(coverage(which, found, head));
        }
    }
    let formula = if record.optimism_from == "prior" {
        "normal prior with mean 0.7 and standard deviation 0.3, since fewer than five promises are judged"
    } else {
        "mean of delivered over promised within families, each drawn towards the mean of all families"
    };
    let whole = Fact::new(
        "evaluate/optimism",
        "Delivered over promised, for a new initiative",
        record.optimism.clone(),
    );
    facts.push(whole.by(formula, "gelman2006").assuming("ledger", head));
    facts.extend(record.families.iter().map(|one| {
        let id = format!("evaluate/optimism/{}", one.family);
        let name = format!("Delivered over promised, for a new initiative of {}", one.family);
        Fact::new(id, name, one.ratio.clone()).by(formula, "gelman2006").assuming("ledger", head)
    }));
    facts
}

fn of(one: &PromiseFound, head: &str, records: &[Records]) -> Vec<Fact> {
    let mut facts = Vec::new();
    let stands = |fact: Fact| {
        fact.assuming("initiative", &*one.initiative)
            .assuming("metric", &*one.metric)
            .assuming("due", &*one.due)
            .assuming("registered", &*one.registered_at)
            .assuming("ledger", head)
    };
    if let Some(first) = one.wordings.first() {
        let fact = Fact::new(
            format!("evaluate/{}/promised", one.claim_id),
            format!("Promised by {}", one.claim_id),
            one.told(&first.promised),
        );
        facts.push(stands(fact.by("median and 80 % range as they were written down", "practice")));
    }
    let Ok(delivered) = &one.delivered else { return facts };
    let fact = Fact::new(
        format!("evaluate/{}/delivered", one.claim_id),
        format!("Delivered of {}", one.claim_id),
        one.told(&delivered.gain),
    );
    let formula = if delivered.written {
        "as the resolution in the ledger has it"
    } else {
        "the figure of `cx roi` by the records until the day the promise is due"
    };
    facts.push(stands(fact.by(formula, "practice").graded(delivered.grade).from_records(records)));
    if let Some(scored) = one.wordings.first().and_then(|w| w.scored.as_ref()) {
        let fact = Fact::new(
            format!("evaluate/{}/ratio", one.claim_id),
            format!("Delivered over promised of {}", one.claim_id),
            scored.ratio.clone(),
        );
        let formula = "delivered median over promised median; the interval is that of the delivery";
        facts.push(stands(fact.by(formula, "practice").graded(delivered.grade)));
    }
    facts
}

fn coverage(which: &str, found: &CalibrationFound, head: &str) -> Vec<Fact> {
    found
        .coverage
        .iter()
        .map(|held| {
            let level = (100.0 * held.nominal).round();
            let id = format!("evaluate/coverage/{which}/{level}");
            let name = format!("Share of {which} promises inside their {level} % interval");
            let formula = format!("promises whose delivered median lies inside / {} judged", found.n);
            let mut fact = Fact::new(id, name, held.share.clone())
                .by(formula, "kupiec1995")
                .assuming("test of Kupiec", format!("ratio {:.3}, p {:.4}", held.ratio, held.p));
            if let Some(exact) = held.exact {
                fact = fact.assuming("exact binomial", format!("p {exact:.4}"));
            }
            fact.assuming("ledger", head)
        })
        .collect()
}
