//! Messages of `plan.ftl`: where the next unit of money works.

use super::declare::messages;

messages! {
    plan_title() = "plan-title";
    plan_question() = "plan-question";
    plan_figure_meaning() = "plan-figure-meaning";
    plan_chosen(names: text, cost: text, months: text, npv: text, chance: text, share: text) = "plan-chosen";
    plan_frequency(n: count, least: text) = "plan-frequency";
    plan_nothing() = "plan-nothing";
    plan_unsure(chance: text) = "plan-unsure";
    plan_absent(why: text) = "plan-absent";
    plan_unspent(left: text, budget: text) = "plan-unspent";
    plan_overlap(lost: text) = "plan-overlap";
    plan_shrunk(mean: text, estimated: text) = "plan-shrunk";
    plan_enough(of: text, spend: text) = "plan-enough";
    opportunities_title() = "opportunities-title";
    opportunities_summary(change: text, worth: text, months: text) = "opportunities-summary";
    opportunities_note(freshness: text) = "opportunities-note";
    opportunities_table() = "opportunities-table";
    opportunity_label(name: text, by: text) = "opportunity-label";
    frequency_title() = "frequency-title";
    frequency_summary(name: text, share: text) = "frequency-summary";
    frequency_note(freshness: text) = "frequency-note";
    frequency_table() = "frequency-table";
    choice_do() = "choice-do";
    choice_leave() = "choice-leave";
    column_choice() = "column-choice";
    column_expected_worth() = "column-expected-worth";
    column_worth_interval() = "column-worth-interval";
    column_cost() = "column-cost";
    column_frequency() = "column-frequency";
    column_last_in() = "column-last-in";
    frontier_table() = "frontier-table";
    frontier_note() = "frontier-note";
    column_budget() = "column-budget";
    column_do() = "column-do";
    column_worst() = "column-worst";
    frontier_nothing() = "frontier-nothing";
    tests_table() = "tests-table";
    tests_note(months: text) = "tests-note";
    column_change_of() = "column-change-of";
    column_arm() = "column-arm";
    column_comes() = "column-comes";
    column_just_pays() = "column-just-pays";
    column_smallest() = "column-smallest";
    column_power() = "column-power";
    column_arm_needed() = "column-arm-needed";
    tests_none() = "tests-none";
    roadmap_table() = "roadmap-table";
    roadmap_note() = "roadmap-note";
    column_begins() = "column-begins";
    column_live() = "column-live";
    column_strategy() = "column-strategy";
    column_owner() = "column-owner";
    column_delay() = "column-delay";
    plan_test_first(name: text) = "plan-test-first";
}
