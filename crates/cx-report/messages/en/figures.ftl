# Numbers, intervals, doubts and absences: what stands at a figure. Numbers come as text.

interval-both = { $low } to { $high }
interval-from = from { $low }
interval-up-to = up to { $high }

time-milliseconds = { $x } ms
time-seconds = { $x } s
time-minutes = { $minutes } min { $seconds } s
time-hours = { $x } h
time-days = { $x } days
time-months = { $x } months
rate-hundred = { $x } per 100
rate-thousand = { $x } per 1,000
rate-month = { $x } a month
rate-year = { $x } a year
share-difference = { $x } pp

date-day = { $day } { $month ->
    [1] January
    [2] February
    [3] March
    [4] April
    [5] May
    [6] June
    [7] July
    [8] August
    [9] September
    [10] October
    [11] November
   *[other] December
} { $year }
date-month = { $month ->
    [1] January
    [2] February
    [3] March
    [4] April
    [5] May
    [6] June
    [7] July
    [8] August
    [9] September
    [10] October
    [11] November
   *[other] December
} { $year }
date-quarter = quarter { $quarter } of { $year }
date-week = week { $week } of { $year }
date-range = { $first } to { $last }
date-all = all records

list-separator = { ", " }
slice-part = { $dimension } { $value }
value-none = without { $dimension }

absent-no-data = No row qualifies.
absent-not-available = Needs { $needs }.
absent-below-min-n = { $n ->
    [0] No row
    [one] One row
   *[other] { $n-text } rows
}; { $wanted-text } are asked for.
absent-suppressed = Hidden: too few people to speak of without speaking of each.
absent-suppressed-complementary = Hidden: it would let a hidden smaller group be computed.
absent-censored-window = Every row is younger than the window that the metric needs.
absent-undefined = No value: { $why }.
absent-refused = { $reason } What would lift it: { $lift }.

caveat-few-rows = { $n ->
    [one] One row
   *[other] { $n-text } rows
}; { $wanted-text } are asked for before the figure is compared or ranked.
caveat-few-events = { $events ->
    [0] No event
    [one] One event
   *[other] { $events-text } events
}; a rate of rare events asks for { $wanted-text }.
caveat-few-clusters = The interval rests on { $clusters-text } customers or cases; below 30 it is rough.
caveat-skewed = Money is spread unevenly over few customers: the interval covers a little less than it says.
caveat-ceiling = Answers pile up at one end of the scale: the interval of the mean may be short.
caveat-censored = { $rows ->
    [one] One recent row was
   *[other] { $rows-text } recent rows were
} left out because their window is not over.
caveat-partial-period = The period does not hold all of its days and is compared with nothing.
caveat-bucketed = Read from a histogram of durations: up to 1 % off, besides the interval.
caveat-rows-without-customer = { $rows ->
    [one] One row without a customer stands for itself.
   *[other] { $rows-text } rows without a customer stand for themselves.
}
caveat-weighted = Answers were weighted; they count like { $effective } unweighted ones (design effect { $design_effect }).
caveat-several-scales = Answers on several scales ({ $scales }) were brought to one axis.
caveat-open-cases = { $rows ->
    [one] One has no known end and counts
   *[other] { $rows-text } have no known end and count
} as still open.
caveat-unknown-kind = { $rows ->
    [one] One row is
   *[other] { $rows-text } rows are
} of unknown kind: whatever they are, the figure lies between { $low } and { $high }.
caveat-dropped-replicates = { $dropped ->
    [one] One resample
   *[other] { $dropped-text } resamples
} without any weight were dropped.

method-wilson = Wilson score interval of a share
method-wilson-effective = Wilson score interval on the effective number of answers, which counts clusters and weights
method-wald = Normal approximation
method-log-wald = Normal approximation on the logarithm
method-profile-likelihood = Profile of the likelihood
method-draws = Percentiles of joint draws
method-predictive = Prediction: parameters and luck
method-agresti-coull = Agresti-Coull interval of a share
method-jeffreys = Jeffreys interval of a share
method-clopper-pearson = Clopper-Pearson exact interval of a share
method-net-score = Score interval of a net of three groups
method-net-score-effective = Score interval of a net on the effective number of answers, which counts clusters and weights
method-adjusted-wald = Adjusted Wald interval of a net
method-newcombe = Newcombe's square-and-add interval of a difference
method-squared-arms = Square-and-add of two score intervals
method-t = Student's t
method-welch = Student's t with Welch's degrees of freedom
method-linearised-t = Student's t on a variance linearised over customers or cases
method-linearised-log-t = Student's t on the logarithm, variance linearised over customers or cases
method-overlap-t = Student's t over customers of either period, counting those who stand in both
method-poisson-exact = Exact Poisson interval
method-studentised-bootstrap = Studentised bootstrap over customers
method-percentile-bootstrap = Percentile bootstrap over customers
method-order-statistics = Ranks of order statistics
method-greenwood-log-log = Greenwood's variance on the log(-log) scale
method-brookmeyer-crowley = Brookmeyer-Crowley limits from the survival curve
method-aalen-johansen = Aalen-Johansen cumulative incidence on the log(-log) scale
method-feldt = Feldt's interval of Cronbach's alpha
method-f-distribution = F distribution limits of an intraclass correlation
method-posterior-t = Posterior t
method-worst-case-bounds = Worst and best case for rows of unknown kind
method-transformed = Limits of the parts, carried through the formula
method-exact-strata = Normal limits on a mean standardised over exact strata
method-doubly-robust = Normal limits on a doubly robust mean with cross-fitted models
method-robust-bias-corrected = Normal limits on a jump at a cut-off, with the bias of local lines taken off and its noise counted
method-wild-bootstrap = Effects that a wild bootstrap over few units does not reject
method-randomisation-inference = Effects that randomisation inference over choices of units does not reject
method-simultaneous-bands = Bands that hold all points of a curve together
method-serial-t = Student's t on a variance that allows for errors that hang together over time
method-placebo-spread = Normal limits on the spread of placebo effects
method-at-level = { $method }, { $level }, two-sided.
