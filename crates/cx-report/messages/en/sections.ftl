# Titles, questions, headings and labels of the report's sections.

report-title = Customer experience, { $period }

cover-title = Cover
cover-rows = Records
cover-aside = Rows kept out for a fault
cover-aside-value = { $rows-text } ({ $share })
cover-faults = Kinds of faults
cover-metrics = Metrics given
cover-metrics-value = { $given-text } of { $asked-text }
cover-files = Files
cover-intervals = Intervals
cover-intervals-value = { $level }, two-sided

answer-title = The answer
answer-question = What holds, what changed, and how sure is it?
answer-nothing = No metric of the profile could be computed from these records; the last section says what is missing.

scorecard-widened = The project's profile gives few figures on these records, so every metric that they allow is shown.
scorecard-title = Scorecard
scorecard-question = Where do we stand against our targets?
scorecard-absent = Not given
scorecard-internal = Inputs of cost and drivers
scorecard-internal-note = These describe cost and causes and judge no customer experience.

category-loyalty-advocacy = Loyalty and advocacy
category-satisfaction = Satisfaction
category-effort = Effort
category-quality-operations = Service and operations
category-retention-churn = Staying and leaving
category-value = Value
category-cost-acquisition = Cost and acquisition
category-growth-crosssell = Growth from customers
category-financial-return = Financial return
category-reputation-text = Reputation
category-employee = Employees
category-engagement = Engagement
category-journey = Journeys
category-digital = Digital and self-service
category-measurement-quality = Quality of the measurement
category-own = The company's own

trends-title = Trends
trends-question = Is a movement real, or chance?
trends-chart = { $category } by { $grain }
trends-note = { $level } intervals as bands; incomplete periods are hollow and compared with nothing; { $freshness }
trends-table = { $category }: figures by { $grain }
trends-note-text = A band is the interval of each period. Where bands overlap widely, a movement between two points says little.

grain-day = day
grain-week = week
grain-month = month
grain-quarter = quarter
grain-year = year
grain-period = period

column-period = Period
column-n = n
column-metric = Metric
column-group = Group
column-value = Value
column-target = Target
column-before = Before
column-after = After
column-difference = Difference
column-conclusion = Conclusion
column-shrunk = Pulled to the overall value
column-rest = Against the rest
column-weight-before = Share before
column-weight-after = Share after
column-within = Within
column-mix = By mix
column-table = Table
column-rows = Rows
column-outcome = Outcome
column-fault = Fault
column-column = Column
column-consequence = Consequence
column-count = Count
column-where = First places
column-mend = What to do
column-file = File
column-formula = Formula
column-remarks = Remarks
column-hash = SHA-256
period-partial = { $period } (incomplete)

segments-title = Groups
segments-question = Who is served better or worse, and by how much?
segments-text = The thin mark is a group's own figure; the hollow one is pulled towards the overall value by how little the group is known. A group is marked as different only after all looks are counted.
segments-heading = By { $dimension }
segments-chart = { $metric } by { $dimension }
segments-note = { $period } · { $metric } · { $method } · { $freshness }
segments-table = { $metric } by { $dimension }
segments-side = Other metrics by { $dimension }
segments-side-part = Other metrics by { $dimension }, { $part } of { $parts }
segments-left-out = { $n ->
    [one] One smaller group is in the table only.
   *[other] { $n-text } smaller groups are in the table only.
}
segments-not-shown = { $n ->
    [one] One smaller group is not shown.
   *[other] { $n-text } smaller groups are not shown.
}
rest-differs = { $difference }, differs
rest-same = cannot be told apart

changes-title = What changed
changes-question = How much of a change did customers feel, and how much is mix?
changes-text = A score changes when customers answer differently, and also when other customers answer. The split keeps the two apart: a step within a group holds the mix of groups fixed.
changes-table = Changes that are more than chance
changes-others = { $n ->
    [one] One change that cannot be told from none
   *[other] { $n-text } changes that cannot be told from none
}
changes-none = { $n ->
    [one] The one change cannot be told from none.
   *[other] None of { $n-text } changes can be told from none.
}
changes-table-note = A direction is named where the interval leaves out zero and the change stands once all comparisons are counted.
changes-bridge = { $metric }: where its change comes from, by { $dimension }
changes-bridge-table = { $metric } by { $dimension }: parts of the change
changes-bridge-note = Weighted by the groups' shares · levels are over groups that have a figure · { $freshness }
changes-mix = Mix of groups
changes-other-groups = Other groups
conclusion-rose = rose
conclusion-fell = fell
conclusion-none = cannot be told from no change

records-columns = { $table }: { $columns }
records-title = Records
records-question = What is left out, and why?
records-chart = Rows of { $table }
records-summary = Of { $read-text } rows of { $table }, { $used-text } are used; every row stands in exactly one part.
records-note = Every row is in exactly one part; the parts add up to { $read-text }.
records-whole = Tables of which every row is used
records-parts = Rows of { $table } by outcome
records-all = All rows
records-issues = Faults found
records-issues-note = Values are not shown, for privacy: file and line lead to them. Rows left out stand in the quarantine files with their reasons.
records-no-issues = No fault was found.
records-files = Files read
records-unaccounted = not accounted for
records-more = and { $n-text } more
outcome = { $outcome ->
    [kept] used
    [answered] answered and used
    [dismissed] dismissed by the customer
    [partial] answered in part
    [dont_know] don't know
    [duplicate] replaced by a later answer
    [superseded] replaced by a later row
    [out_of_scale] outside the scale
    [rejected] kept out for a fault
    [excluded] left out by the settings
    [blank] without an answer
   *[other] { $words }
}

severity-note = noted, nothing changed
severity-cell = cell counts as blank
severity-row = row left out

fault-not-a-number = not a number
fault-not-a-time = not a date or time
fault-not-a-boolean = not yes or no
fault-unknown-label = unknown word
fault-out-of-scale = outside the scale
fault-between-points = between two points of the scale
fault-missing-required = required cell is blank
fault-wrong-width = too many or too few cells
fault-bad-encoding = not text in the declared encoding
fault-bad-json = not JSON
fault-superseded-key = key appears again
fault-repeated-line = line repeated
fault-rounded-amount = amount rounded
fault-missing-rate = no exchange rate
fault-clock-twice = hour occurred twice
fault-clock-skipped = hour was skipped
fault-no-customer = no customer
fault-blank-value = blank value
fault-end-before-start = end before start
fault-excluded = left out by the settings
fault-zeros-may-be-lost = zeros may be lost
fault-in-the-future = after the as-of day
fault-closed-unresolved = closed without resolution
fault-no-rows = file without rows

unlocks-title = What more data would unlock
unlocks-question = What could be known next?
unlocks-text = Each step names records that are not here and what they would make possible. Figures that need them are left out, not estimated.
unlock-data = { $table ->
    [responses] Survey answers, one row per answer or one column per question
    [transactions] Order lines with a customer
    [subscriptions] Subscriptions with start and end
    [mrr_changes] Changes of recurring revenue
    [customers] A list of customers with the day each began
    [interactions] Support contacts and cases with their moments
    [reviews] Public reviews with stars and dates
    [employee_responses] Employee survey answers
    [costs] Costs by period and purpose
    [plan] Budgets and planned values
    [initiatives] Initiatives with dates and units
    [assignments] Who was assigned to which initiative
    [events] Dates of prices, campaigns and other events
    [rates] Exchange rates
   *[other] { $table }
}
unlock-gives = { $table ->
    [responses] Scores with intervals and opinion drivers.
    [transactions] Spending, repeat purchase and cross-selling; joined with answers, what a score is worth.
    [subscriptions] Churn, retention and survival.
    [mrr_changes] Gross and net revenue retention, expansion.
    [customers] Tenure, acquisition and rates per customer.
    [interactions] First-contact resolution, waiting and handling times, reopening, service level.
    [reviews] Reputation and response to reviews.
    [employee_responses] Employee loyalty and engagement, and their link with customers'.
    [costs] Cost to serve, cost of acquisition, and later a return on investment.
    [plan] Distance to plan, and later how well past promises held.
    [initiatives] Effects of initiatives by comparison over time.
    [assignments] Effects at the highest grade: a randomised comparison.
    [events] Changes seen beside prices and campaigns.
    [rates] Amounts in one currency.
   *[other] More metrics of the profile.
}
unlock-columns = Missing: { $columns }.

annex-title = Method
annex-question = Can my team redo this?
annex-text = Shares stand between 0 and 1 in every formula. Periods follow the project's calendar and are half-open. All intervals are two-sided at { $level }. Comparisons of one family are corrected for many looks (Benjamini-Hochberg).
annex-metrics = Every metric of this report
annex-no-interval = none
annex-name = { $name } ({ $metric })
annex-interval = Interval: { $method }.
annex-source = Source: { $source }.
derivation-rows = Rows in the denominator
derivation-events = Events in the numerator
derivation-clusters = Customers or cases
derivation-effective = Effective number of answers
derivation-standard-error = Standard error
derivation-table-rows = Rows of { $table }
derivation-units = Rows that pass the formula's conditions
derivation-undated = Of these, without a moment
derivation-outside = Of these, outside the period
derivation-censored = Of these, too young for the window
derivation-blank = Of these, blank where a value is needed
derivation-lone = Of these, without the customer or case
derivation-p = p value of no change
derivation-p-adjusted = The same, corrected for all looks
derivation-in-both = Customers in both periods
derivation-before = Before
derivation-after = After
derivation-target = Target
derivation-file-rows = { $file }, { $rows-text } rows
