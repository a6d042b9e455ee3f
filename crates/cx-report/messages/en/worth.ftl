# The section on value: figures, sentences and labels. "Goes with" is the word for links without a design.

worth-title = What it is worth
worth-question = Does experience move money here, and how sure is that?

values-heading = Value of a customer and of the base
values-side = What values are made of
values-conventions = The same customer in three conventions
values-conventions-note = All three are right for different timing of payments; only values of one convention may be compared.
values-referral = Referrals, in a ledger of their own
values-referral-note = Never added to lifetime values: the customers who were brought stand there already.

survival-heading = How long customers stay
survival-title = Share of customers still there, by { $dimension }
survival-title-all = Share of customers still there
survival-axis = months since the first day
survival-differ = The curves differ by more than chance (p { $p }).
survival-alike = The curves cannot be told apart (p { $p }).
survival-note = { $n } customers at the start · { $level } intervals · { $freshness }
survival-table = { $title }: shares and numbers still watched
survival-age = Age
survival-months = { $n ->
    [one] 1 month
   *[other] { $n-text } months
}
survival-share = Still there
survival-watched = Still watched
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
cohorts-title-stayed = Share of each cohort still there, by months since the first
cohorts-title-bought = Share of each cohort that bought, by months since the first
cohorts-summary = After { $months }, cohorts lie between { $low } and { $high }.
cohorts-summary-none = No cohort is old enough for a figure.
cohorts-note = One row per month of the first day · cells that are not reached yet are empty · { $freshness }
cohorts-table = Cohorts by age
cohorts-cohort = First month
cohorts-month = Month { $n }
cohorts-partial = { $figure } (incomplete)

chance-almost-certain = almost certain
chance-very-likely = very likely
chance-likely = likely
chance-even = about even
chance-unlikely = unlikely
chance-very-unlikely = very unlikely
chance-almost-impossible = almost impossible

equity-heading = Customer equity
equity-title = Customer equity, step by step
equity-note = { $rest } · { $freshness }
equity-table = Steps of customer equity

growth-heading = Earned and bought growth
growth-title = Where growth comes from
growth-note = Bounds place the unknown part wholly on one side, then wholly on the other · { $freshness }
growth-table = Revenue by origin of the customer

deciles-heading = Who brings the value
deciles-title = Share of all value by tenth of customers, the most valuable first
deciles-summary = The most valuable tenth brings { $top } of all value, the lower half { $rest }.
deciles-note = { $n } customers · { $rest } · { $freshness }
deciles-table = Tenths of customers by value
deciles-tenth = Tenth
deciles-customers = Customers
deciles-share = Share of value
deciles-marked = More frequent here
deciles-first = 1, the most valuable

worth-level = { $name } is { $value } ({ $evidence }).
values-rest = Values rest on: { $assumptions }.
assumption = { $name } { $value }
no-assumptions = nothing but the records

forms-table = Churn and retention in every form, each with its denominator
forms-note = The forms differ by what they divide by; only like forms may be compared.
forms-form = Form
forms-over = Divided by
forms-meaning = Divided by { $base }.

bands-heading = Value by score band
bands-title = Differences between bands of { $score }: raw, adjusted, and cut to the causal share
bands-raw = Raw
bands-adjusted = Adjusted
bands-causal = Adjusted × causal share { $kappa }
bands-summary = { $apart-text } of { $all-text } differences between bands can be told from none after adjustment.
bands-note = { $grade } · causal share { $kappa } ({ $interval }) is { $assumed } · { $level } intervals · { $freshness }
bands-kappa-assumed = assumed, not measured
bands-kappa-measured = measured on past initiatives
bands-table = Differences between bands
bands-levels = Means by band
bands-levels-note = Adjusted: as if the whole base were in the band, other things as they are.
bands-band = Band
bands-against = { $upper } against { $lower }
bands-outcome = Outcome
bands-told = After adjustment
bands-apart = can be told apart
bands-not-apart = not distinguishable
bands-over = { $outcome }, { $over }
over-days = { $days } days
over-years = { $years } years

grade = { $grade ->
    [R] grade R: randomised, checks passed
    [Q] grade Q: a quasi-experiment whose checks passed
    [W] grade W: a weighted comparison without a design
    [A] grade A: an association adjusted for what is known
    [T] grade T: description only, no direction is established
   *[C] grade C: claimed by a source
}

links-heading = What a better score goes with
outcome-phrase = { $share ->
    [yes] the share of customers who { $verb }
   *[no] { $name }
} over { $over }
score-name = { $score ->
    [nps] NPS
    [csat] satisfaction
    [effort] effort
   *[other] { $words }
}
link-bands = { $upper } and { $lower } in { $score }
link-pair = { $upper } rather than { $lower } in { $score }
link-difference = { $outcome } { $more ->
    [yes] higher
   *[no] lower
} by { $delta } ({ $interval })
link-goes = { $pair } goes with { $difference } after adjustment, { $raw } before.
link-caused = { $pair } caused { $difference }.
link-moved = { $pair } moved at the same time as { $difference }; nothing more can be said.
link-claimed = { $pair } is claimed to bring { $difference }.
link-nothing = No measurable difference in { $outcome } between { $pair }: { $delta } ({ $interval }) after adjustment, { $raw } before; { $seen }
link-seen = a difference of { $detectable } would have been seen.
link-unseen = how small a difference would have been seen is not known.
link-withstands = A hidden factor as strong as { $benchmark } could not explain it{ $needed }.
link-fails = A hidden factor as strong as { $benchmark } could explain it{ $needed }.
link-needed = ; it takes { $robustness } of what is left unexplained
link-before = The same customers differed before they answered, which the score cannot have made.
link-chance = That it is above zero is { $chance } ({ $share }).
link-grade = { $grade }.
link-absent = Cannot say whether { $outcome } goes with { $pair }: { $why }
link-meaning = Difference of the outcome between two bands after adjustment for what is known of customers.

equity-summary = Customer equity is { $after }{ $evidence }, from { $before }.
equity-summary-short = Customer equity is { $after }{ $evidence }.
step-column = Step
growth-summary = Revenue is { $after }{ $evidence }, from { $before }.
growth-summary-short = Revenue by where its customers come from.
range-bounds = bounds { $range }

backtest-heading = Did the model foretell it?
backtest-title = { $model } against what happened
backtest-foretold = Of days it had not seen, { $model } foretold { $total }{ $evidence } { $what } and { $actual } happened, an error of { $error }.
backtest-other = { $model } erred by { $error }.
backtest-inside = { $covers ->
    [yes] What happened lies inside its interval.
    [no] What happened lies outside its interval.
   *[unknown] It gives no interval.
}
backtest-note = Models saw { $what } up to { $fitted } · { $level } intervals · { $freshness }
backtest-table = Forecast and what happened
backtest-actual = What happened
backtest-period = From
backtest-forecasts = Every forecast of the days held back
backtest-forecast = Forecast
backtest-total = In all
backtest-error = Error in all
backtest-by-stretch = Error by stretch
backtest-covers = Holds what happened
backtest-yes = yes
backtest-no = no

deciles-value = Value
deciles-lift = { $dimension } { $group } { $here } (of all { $base })

question-values = What are customers worth?
question-contracts = What are contracts worth?
question-buyers = What are buyers without a contract worth?
question-survival = How long do customers stay?
question-cohorts = Who of each first month is still there?
question-linkage = What does a better score go with?
question-backtest = Did the model foretell what happened?
question-point = What is one point of the score worth?
absent-needs = Columns are missing.
absent-supply = Supply { $needs }.
absent-more = More records.
