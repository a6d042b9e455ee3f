//! A plan to fill in.

pub(super) const TEXT: &str = r#"# What may be done, and what limits it. Amounts are in the reporting currency.
# Amounts and changes are one value, or three that hold at 10, 50 and 90 %.
name = "next year"
# starts = 2027-01-01          # work may begin; else the day after the records
# budget = 500000              # over the horizon, at present values
# budget_by_year = [300000, 200000]
# min_chance = 0.7             # together they must pay with this chance
horizon_months = 36
test_months = 12

[base]                         # figures of your own in place of measured ones, a month
# margin = 12.5

[teams]                        # what each can do, counted as `needs` are
# service = 12

[[initiative]]
id = "NOTICES"
name = "Delay notices before customers ask"
strategy = "proactive"         # personalisation, technology_ai, assessment, training, omnichannel,
                               # proactive, process, quality, other
# owner = "Service"
work_months = 4                # until customers see it
# where = "segment = 'contract'"   # a condition on columns of customers; else all
# customers = 20000            # how many of them it reaches
# a month: churn, retention, margin, spend, contacts, contact_cost, cost_to_serve;
# `%` is a share of the base, `pp` points of a share, `abs` an amount
change = { churn = "-2%..-5%..-10%" }
lasting = "0..0.5..1"          # share of the change that is left after a year
cost = "40000..50000..80000"
cost_yearly = 10000
# cost_per_customer = 0.5
# needs = { service = 4 }
# requires = ["OTHER"]
# excludes = ["OTHER"]
# variant_of = "OTHER"         # another size of the same: one of them is done
# test_cost = 5000
"#;
