//! Messages of `claims.ftl`: what others claim, held against the own figures.

use super::declare::messages;

messages! {
    claim_says(id: text, says: text) = "claim-says";
    claim_near(name: text) = "claim-near";
    claims_note() = "claims-note";
    beside_table(name: text) = "beside-table";
    column_claim() = "column-claim";
    column_claim_grade() = "column-claim-grade";
    column_measured() = "column-measured";
    column_verdict() = "column-verdict";
    prior_with(id: text, with: text, own: text, weight: text, share: text) = "prior-with";
    prior_without(id: text, own: text, with: text, weight: text, share: text) = "prior-without";
    question_prior(name: text, id: text) = "question-prior";
    verdict_consistent() = "verdict-consistent";
    verdict_smaller() = "verdict-smaller";
    verdict_larger() = "verdict-larger";
    verdict_opposite() = "verdict-opposite";
    verdict_untestable() = "verdict-untestable";
    verdict_impossible() = "verdict-impossible";
    verdict_needs(verdict: text, needs: text) = "verdict-needs";
    verdict_bound(verdict: text, bound: text) = "verdict-bound";
    claim_meaning() = "claim-meaning";
    claim_graded(id: text, grade: text, says: text) = "claim-graded";
    claim_sentence(says: text, id: text, grade: text, verdict: text, found: text) = "claim-sentence";
    claim_remarked(verdict: text, remark: text) = "claim-remarked";
    claims_heading() = "claims-heading";
    claims_counted(judged: count, all: count, consistent: count, smaller: count, larger: count, opposite: count) = "claims-counted";
    claims_changes() = "claims-changes";
    claims_levels() = "claims-levels";
    claims_times() = "claims-times";
    claims_directions() = "claims-directions";
    claims_summary(agree: count, judged: count) = "claims-summary";
    claims_chart_note(level: text, freshness: text) = "claims-chart-note";
    pairs_claimed() = "pairs-claimed";
    pairs_found() = "pairs-found";
    column_here() = "column-here";
    column_evidence_grade() = "column-evidence-grade";
    untested_table() = "untested-table";
    column_not_said() = "column-not-said";
    column_would_take() = "column-would-take";
    five_table() = "five-table";
    five_note(kept: text, rate: text) = "five-note";
    five_value(convention: text) = "five-value";
    five_profit(year: text) = "five-profit";
    five_end() = "five-end";
    column_what() = "column-what";
    column_change() = "column-change";
}
