//! Messages of `sentences.ftl`: findings in one sentence. A direction is named only where the interval leaves zero out.

use super::declare::messages;

messages! {
    evidence_interval(interval: text, n: text) = "evidence-interval";
    evidence_n(n: text) = "evidence-n";
    level(metric: text, period: text, value: text, evidence: text) = "level";
    level_meets(metric: text, period: text, value: text, evidence: text, target: text) = "level-meets";
    level_misses(metric: text, period: text, value: text, evidence: text, target: text) = "level-misses";
    level_cannot_be_told(metric: text, period: text, value: text, evidence: text, target: text) = "level-cannot-be-told";
    level_absent(metric: text, period: text, why: text) = "level-absent";
    verdict_meets() = "verdict-meets";
    verdict_misses() = "verdict-misses";
    verdict_cannot_be_told() = "verdict-cannot-be-told";
    change_rose(metric: text, amount: text, interval: text, before: text, after: text) = "change-rose";
    change_fell(metric: text, amount: text, interval: text, before: text, after: text) = "change-fell";
    change_no_interval(metric: text, difference: text, before: text, after: text) = "change-no-interval";
    change_zero_inside(metric: text, before: text, after: text, difference: text, interval: text) = "change-zero-inside";
    change_many_looks(metric: text, before: text, after: text, difference: text, interval: text) = "change-many-looks";
    change_absent(metric: text, before: text, after: text, why: text) = "change-absent";
    change_it_rose(amount: text, interval: text, before: text) = "change-it-rose";
    change_it_fell(amount: text, interval: text, before: text) = "change-it-fell";
    change_it_no_interval(difference: text, before: text) = "change-it-no-interval";
    change_it_zero_inside(before: text, difference: text, interval: text) = "change-it-zero-inside";
    change_it_many_looks(before: text, difference: text, interval: text) = "change-it-many-looks";
    change_it_absent(before: text, why: text) = "change-it-absent";
    change_split(dimension: text, within: text, mix: text) = "change-split";
    change_against(period: text) = "change-against";
    groups_better(groups: text) = "groups-better";
    groups_worse(groups: text) = "groups-worse";
    groups_above(groups: text) = "groups-above";
    groups_below(groups: text) = "groups-below";
    groups_none(n: count) = "groups-none";
    groups_others(n: count) = "groups-others";
    moves_some(proven: count, all: count) = "moves-some";
    moves_none(all: count) = "moves-none";
    population_all() = "population-all";
    population_at(population: text, period: text) = "population-at";
    comparison_refused(metric: text) = "comparison-refused";
}
