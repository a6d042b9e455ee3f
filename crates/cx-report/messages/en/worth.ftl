# The section on value: figures, sentences and labels. "Goes with" is the word for links without a design.

worth-title = What it is worth
worth-level = { $name } is { $value } ({ $evidence }): { $terms }.
worth-question = Does experience move money here, and how sure is that?

terms = { $money }, { $horizon }, { $rate }
terms-model = { $terms }; model: { $model }
terms-margin = margin after variable cost
terms-revenue = revenue, which overstates what is earned
terms-months = over { $months }
terms-no-end = without an end
terms-rate = discounted at { $rate } a year
terms-no-rate = not discounted

model-sbg = shifted beta-geometric
model-bg-nbd = BG/NBD with gamma-gamma
model-life-table = life table with a constant tail
model-cohort-average = average of earlier cohorts

value-clv-immediate = Lifetime value, first payment now
value-clv-end-certain = Lifetime value, first payment after one period and sure
value-clv-end-conditional = Lifetime value, first payment after one period if still a customer
value-clv-model = Lifetime value of a new customer
value-residual = Value still to come from a customer of today
value-equity = Customer equity
value-clv-to-cac = Lifetime value over cost of winning a customer
value-at-risk = Revenue at risk
value-cost-to-serve = Cost to serve a customer
value-referral = Value of customers brought by customers

value-meaning = { $kind ->
    [clv] Present value of what a customer is expected to bring, before the cost of winning them.
    [residual] Present value of what a customer of today is expected to bring from here on.
    [equity] Values still to come, added over all customers of today; customers yet to be won are not in it.
    [clv-to-cac] Lifetime value before acquisition cost, over acquisition cost, for the same customers.
    [at-risk] Each customer's chance of leaving times their revenue: what is expected to be lost, not what can be saved.
    [cost-to-serve] Variable cost of service per customer.
   *[referral] What customers who came through a customer are worth, seen from who brought them. It is never added to their own values.
}

values-heading = Value of a customer and of the base
values-conventions = The same customer in three conventions
values-conventions-note = All three are right for different timing of payments; only values of one convention may be compared.
values-referral = Referrals, in a ledger of their own
values-referral-note = Never added to lifetime values: the customers who were brought stand there already.
values-text = Values are { $terms }.

survival-heading = How long customers stay
survival-title = Share of customers still there, by { $dimension }
survival-title-all = Share of customers still there
survival-axis = months since the first day
survival-differ = The curves differ by more than chance (p { $p }).
survival-alike = The curves cannot be told apart (p { $p }).
survival-note = { $n } customers at the start · { $level } intervals · { $freshness }
survival-table = { $title }: shares and numbers still watched
survival-age = { $months }
survival-median = Half have left after
survival-half-all = Half of the customers have left after { $median }{ $evidence }.
survival-stay-all = More than half of the customers were still there at the end, after { $months }.
survival-halves = Half have left after: { $groups }.
survival-half-of = { $group } { $median }{ $evidence }
survival-stays = More than half were still there at the end: { $groups }.
survival-stay-of = { $group } ({ $months })
survival-meaning = Age at which half of the customers have left, from the survival curve that counts those who are still there.
survival-not-reached = more than half were still there at the end
evidence-in-brackets = { " " }({ $evidence })

retention-heading = Keeping and leaving
cohorts-title = Share of each cohort still there, by months since the first day
cohorts-summary = After { $months }, between { $low } and { $high } of a cohort are still there.
cohorts-summary-none = No cohort is old enough for a figure.
cohorts-note = One row per month of the first day · cells that are not reached yet are empty · { $freshness }
cohorts-table = Cohorts by age
cohorts-cohort = First month
cohorts-month = Month { $n }
cohorts-meaning = Share of the customers of one first month who are still there at an age.
cohorts-partial = { $figure } (incomplete)

churn-table = Leaving, in each form with its denominator
churn-note = The forms differ by what they divide by; only like forms may be compared.
churn-form = Form
churn-over = Divided by
churn-start = Churn, start of the period
churn-average = Churn, average base
churn-exposure = Churn hazard
churn-revenue = Revenue churn
churn-voluntary = Voluntary churn
churn-involuntary = Involuntary churn
churn-over-start = customers at the start
churn-over-average = mean of customers at start and end
churn-over-exposure = months that customers were there
churn-over-revenue = revenue at the start
churn-meaning = What was lost, divided by { $over }.

outcome-kept = kept
outcome-spend = spend
outcome-orders = orders
outcome-contacts = contacts
outcome-referrals = customers brought
outcome-lifetime-value = lifetime value
outcome-over = { $outcome }, { $days } days

grade-randomised = grade R: randomised, checks passed
grade-quasi = grade Q: a quasi-experiment with passed checks
grade-weighted = grade W: a weighted comparison without a design
grade-associated = grade A: an association adjusted for what is known
grade-trend = grade T: before and after only
grade-claim = grade C: claimed by a source

bands-heading = Value by score band
bands-title = Outcomes by band of { $score }: raw, adjusted, and cut to the causal share
bands-raw = Raw
bands-adjusted = Adjusted
bands-causal = Adjusted × causal share { $kappa }
bands-summary = { $apart-text } of { $all-text } steps from one band to the next can be told apart after adjustment; the comparison holds for { $support } of the base.
bands-note = { $grade } · causal share { $kappa } is { $assumed } · { $level } intervals · { $freshness }
bands-kappa-assumed = assumed, not measured
bands-kappa-measured = measured on past initiatives
bands-table = Outcomes by band
bands-band = Band
bands-outcome = Outcome
bands-told = Against the band before, adjusted
bands-apart = can be told apart
bands-not-apart = not distinguishable
bands-first = the band the others are held against
bands-meaning = Mean of the outcome if everybody had this band, other things as they are.

links-heading = What a better score goes with
link-more-goes = One band higher in { $score } goes with { $delta } more ({ $interval }) of { $outcome } after adjustment{ $raw }.
link-less-goes = One band higher in { $score } goes with { $delta } less ({ $interval }) of { $outcome } after adjustment{ $raw }.
link-more-caused = One band higher in { $score } caused { $delta } more ({ $interval }) of { $outcome }{ $raw }.
link-less-caused = One band higher in { $score } caused { $delta } less ({ $interval }) of { $outcome }{ $raw }.
link-more-moved = { $outcome } moved by { $delta } upwards ({ $interval }) at the same time as { $score }; nothing more can be said.
link-less-moved = { $outcome } moved by { $delta } downwards ({ $interval }) at the same time as { $score }; nothing more can be said.
link-more-claimed = One band higher in { $score } is claimed to bring { $delta } more ({ $interval }) of { $outcome }.
link-less-claimed = One band higher in { $score } is claimed to bring { $delta } less ({ $interval }) of { $outcome }.
link-raw = , { $raw } before
link-nothing = No measurable difference in { $outcome } goes with one band higher in { $score }: { $delta } ({ $interval }); { $seen }
link-seen = a difference of { $detectable } would have been seen.
link-unseen = how small a difference would have been seen is not known.
link-withstands = A hidden factor as strong as { $benchmark } could not explain it; it would take { $robustness } of what is left unexplained.
link-fails = A hidden factor weaker than { $benchmark } could explain it: { $robustness } of what is left unexplained is enough.
link-chance = That it is above zero is { $chance } ({ $share }).
link-grade = { $grade }.
link-absent = What { $outcome } goes with one band higher in { $score } is not given: { $why }
link-name = { $outcome } by { $score }
link-meaning = Difference of the outcome between customers one band apart, after adjustment for what is known of them.

chance-almost-certain = almost certain
chance-very-likely = very likely
chance-likely = likely
chance-even = about even
chance-unlikely = unlikely
chance-very-unlikely = very unlikely
chance-almost-impossible = almost impossible

equity-heading = How customer equity moved
equity-title = Customer equity from one period to the next
equity-summary = Customer equity is { $after }{ $evidence } against { $before } before: { $lost } by customers who left, { $new } by customers who came.
equity-summary-short = Customer equity is { $after }{ $evidence }.
equity-note = { $terms } · intervals on every step · { $freshness }
equity-table = Steps of customer equity
equity-before = Before
equity-lost = Customers who left
equity-stayed = Customers who stayed
equity-new = Customers who came
equity-unknown = Customers of unknown first day
equity-terms = Other rate, margin or model
equity-after = Now
equity-meaning = One step from the customer equity before to that of now; the steps add up.
step-column = Step

growth-heading = Earned and bought growth
growth-title = From the revenue before to the revenue now
growth-summary = Earned growth is { $earned }{ $evidence } and bought growth { $bought }; revenue changed by { $total }.
growth-summary-short = Revenue by where its customers come from.
growth-note = Bounds place the unknown part wholly on one side, then wholly on the other · { $freshness }
growth-table = Revenue by origin of the customer
growth-before = Revenue before
growth-lost = Customers who did not come back
growth-returning = More or less from those who did
growth-earned = New by recommendation
growth-bought = New by paid acquisition
growth-unknown = New, origin unknown
growth-after = Revenue now
growth-rates = Growth over the revenue before
growth-total-rate = Growth of revenue
growth-net-retention = Revenue of customers of the period before, over theirs then
growth-earned-rate = Earned growth: returning customers and their recommendations
growth-bought-rate = Bought growth
growth-ratio = Part of growth that was earned
growth-meaning = Revenue split by where the customer comes from; what is unknown makes bounds.
range-bounds = bounds { $range }

backtest-heading = Did the model foretell it?
backtest-title = Forecast by { $model } against what happened
backtest-model-used = On { $n } periods it did not see, { $model } erred by { $error }{ $evidence }, { $baseline } by { $baseline_error }; { $coverage } of what happened lay inside its { $level } intervals. The model is used.
backtest-baseline-used = On { $n } periods it did not see, { $model } erred by { $error }{ $evidence }, { $baseline } by { $baseline_error }; { $coverage } of what happened lay inside its { $level } intervals. The simple forecast errs less and is used.
backtest-tie = On { $n } periods it did not see, { $model } erred by { $error }{ $evidence }, { $baseline } by { $baseline_error }; { $coverage } of what happened lay inside its { $level } intervals. They cannot be told apart, so the simpler one is used.
backtest-note = Fitted to { $fitted } · { $level } intervals of the model · { $freshness }
backtest-table = Forecast and what happened
backtest-actual = What happened
backtest-period = Period
backtest-measures = How far off
backtest-measure = Measure
backtest-error = Error of { $model }
backtest-coverage = What happened, inside the model's intervals
backtest-meaning = Mean distance of the forecast from what happened, over what happened, on periods that the model did not see.

deciles-heading = Who brings the value
deciles-title = Share of all value by tenth of customers, the most valuable first
deciles-summary = The most valuable tenth brings { $top } of all value, the lower half { $rest }.
deciles-note = { $n } customers · { $terms } · { $freshness }
deciles-table = Tenths of customers by value
deciles-tenth = Tenth
deciles-customers = Customers
deciles-share = Share of value
deciles-mean = Value per customer
deciles-marked = More frequent here
deciles-lift = { $dimension } { $group } ({ $lift }×)
deciles-first = 1, the most valuable
deciles-meaning = Mean value of the customers in one tenth, customers in order of value.

question-value = What is: { $name }?
question-survival = How long do customers stay?
question-link = What goes with { $outcome }?
question-bands = What is a band of the score worth?
question-growth = How much of growth was earned?
question-backtest = Did the model foretell what happened?
question-point = What is one point of the score worth?
