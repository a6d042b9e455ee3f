# The sections on initiatives and on what is not known of them. "Caused" is the word for designs alone.

initiatives-title = What we did
initiatives-question = What did it bring, how is that known, and what stays open?
initiatives-table = Initiatives
initiatives-table-note = Effects with { $level } intervals; net present values with the 5 and 95 % points of their draws. Why there is no figure, and what would lift it, stands at each initiative.
column-initiative = Initiative
column-evidence = Effect on, by
evidence-of = { $outcome }, by { $design } ({ $grade })
column-design = Design
column-grade = Grade
column-effect = Effect
column-npv = Net present value
column-pays = Chance that it pays
withheld = not given: { $rule }
grade-none = no grade
grade-stamp = Grade { $letter }

programme-worth = { $n ->
    [one] One initiative is worth { $npv } after a cost of { $cost }; that it pays is { $chance } ({ $share }). Evidence: { $grade }.
   *[other] { $n-text } initiatives together are worth { $npv } after a cost of { $cost }; that they pay is { $chance } ({ $share }). Weakest evidence among them: { $grade }.
}
programme-left-out = Left out for want of a value: { $names }.
programme-as-claimed = As they claim it would be { $npv }.
returns-rest = All money rests on { $assumptions }.
claimed-table = What each claims for the months that are held against the records, and what of it fits
column-claimed = Claimed
column-fits = Fits
programme-absent = No initiative has a value yet, so nothing is said of all of them together: { $why }
programme-unknown = One thing we do not know of { $name }: { $input }. To know it before deciding would be worth { $worth }; it comes from { $origin }.
programme-density = Net present value of all initiatives together, in joint draws
programme-members = together: { $names }
guard-fits = Held against the records: over { $months } the initiatives claim { $claimed }. The company earned { $actual } where the months before foretold { $foretold }, so at most { $bound } can be gains, and the claims fit.
guard-too-much = Held against the records: over { $months } the initiatives claim { $claimed }. The company earned { $actual } where the months before foretold { $foretold }, so at most { $bound } can be gains: only { $share } of the claims fit.
guard-absent = The claims together are not held against what the company gained: { $why }

design = { $design ->
    [randomised] a draw by lot
    [discontinuity] a cut-off
    [differences] differences in differences
    [synthetic] a synthetic control
    [controlled_series] a series with a control
    [series] a series alone
    [weighted] a weighted comparison
    [linkage] linkage to scores
   *[other] { $words }
}
design-none = no design
design-used = Used
design-allowed = Allowed by the records, and not used
designs-table = { $name }: which design, and why not a better one
column-why-not = Why not
check-passed = passed
check-failed = failed
checks-passed = { $passed-text } of { $all-text } passed
checks-table = { $name }: what was looked at before the effect was believed
check-said = { $name }: { $says }
column-check = Check
column-found = What was found

fact-strategy = Strategy
fact-owner = Owner
fact-started = Since
fact-target = Should move
fact-stream = Priced by
fact-overlaps = Met the same customers
strategy = { $strategy ->
    [personalisation] personalisation
    [technology_ai] technology and AI
    [regular_assessment] regular assessment
    [omnichannel] all channels as one
    [proactive] proactive support
   *[other] { $words }
}
compared = { $assigned ->
    [everybody] All were treated at once: what came from { $from } to { $until } is held beside their own past, carried on.
    [customers] Compared are { $treated } treated and { $control } other customers, { $from } to { $until }.
   *[other] Compared are { $treated } treated and { $control } other values of { $words }, { $from } to { $until }.
}

compared-about = { $n ->
    [one] The effect is about one customer.
   *[other] The effect is about { $n-text } customers.
}
compared-as-they-are = The effect is about the treated as they are.
compared-reached = It reached { $assigned } of the assigned and { $others } of the others.

effect-outcome = { $outcome ->
    [kept] the share of customers still there at the end
   *[other] { $name }
}
effect-change = { $outcome } { $more ->
    [yes] higher
   *[no] lower
} by { $size } ({ $interval })
effect-how = by { $design }; checks: { $checks }
effect-caused = { $name } caused { $change }, { $how }.
effect-goes = { $name } goes with { $change }, { $how }.
effect-moved = { $name } moved at the same time as { $change }, { $how }. Nothing more can be said.
effect-claimed = { $name } is claimed to bring { $change }, { $how }.
effect-nothing = No measurable change of { $outcome } with { $name }: { $delta } ({ $interval }), { $how }. { $seen }
effect-seen = A change of { $least } would have been seen in four of five cases.
effect-unseen = How small a change would have been seen is not known.
effect-failed = { $outcome } differs by { $delta } ({ $interval }) with { $name }, { $how }. That is no effect, since a check that must hold failed.
effect-absent = Cannot say whether { $name } moved { $outcome }: { $why }
effect-meaning = The outcome with the initiative less the outcome without it, by the design that was used.
return-meaning = What initiatives gave back in money of the day they began, counted in joint draws of all uncertain inputs.
effects-table = { $name }: effects, beside what naive comparisons would say
effects-note = { $compared } Before and after, and treated against others as they stand, describe and prove nothing: what else moved, and who they were before, is in them.
sizes-table = { $name }: how large its effects are
outcome-priced = { $name } (priced)
column-relative = Effect over that
column-without = Without
column-detectable = Smallest that would be found
column-takers = On those it reached
takers-note = Effects by lot are about everybody who was assigned. The last column is about those whom it reached because they were assigned; where the lot moved only few to take it up, its interval is wide.
column-before-after = Before and after, descriptive
column-as-they-stand = As they stand, descriptive

path-title = { $outcome } by months since the start: { $name }
path-axis = months since the start
path-axis-column = Months since the start
path-summary = { $all ->
    [0] No month before the start is compared.
   *[other] { $unlike ->
        [0] Before the start, no month differs from none: treated and others moved alike.
        [one] Before the start, one month of { $all-text } differs from none, when there can be no effect.
       *[other] Before the start, { $unlike-text } months of { $all-text } differ from none, when there can be no effect.
    }
}
path-note = { $level } band that holds all months at once · { $checks } · { $freshness }
path-gaps = Gaps before the start show how near the comparison comes; only those after it can be effects.
path-gaps-note = { $checks } · { $freshness }
path-table = { $name }: effects by month

density-title = Net present value in joint draws: { $name }
density-summary = Net present value is { $npv }{ $evidence }; that it is above zero is { $chance } ({ $share }).
density-note = { $grade } · { $draws } joint draws, 5 and 95 % points marked · { $rest } · { $freshness }
density-table = { $name }: points of the distribution
density-column = Point
density-pays = Chance that it pays
density-point = { $share } of draws lie below

money-worth = Over { $months } it is worth { $npv }{ $evidence } after a cost of { $cost }; that it pays is { $chance } ({ $share }).
held-worth = As claimed it is worth { $claimed }, and all claims together are more than the company can have gained. If { $share } of its gain is true, it is worth { $npv }{ $evidence }; that it pays is then { $chance } ({ $pays }).
held-note = counted at { $share } of the gain, which is what fits into what the company gained
held-benefit = Benefit that fits
held-npv = Net present value with it
held-pays = Chance that it pays with it
money-rate = Rate a year at which it would just pay
money-rate-note = at the medians of the inputs; limits over draws
money-table = { $name }: from what it brought to what it is worth
money-note = Direct route: an effect on behaviour by a design, then priced at margin. { $rests }.
money-rests = Counted over { $months } from the start, discounted at { $rate } a year
money-part = at the medians of the inputs
money-at-medians = at the medians of the inputs
money-not-counted = stands beside, and is not counted
money-sum = Sum of these
money-benefit = Benefit
money-draws = median of { $draws } draws, with their 5 and 95 % points
money-cost = Cost
money-costs-go-on = costs after the last day of records go on at their usual rate
money-roi = Return, (benefit − cost) / cost
money-forms = at medians: { $standard }; benefit / cost { $gross }; (net profit − cost) / cost { $table }
money-pays = Chance that it pays
money-above = Chance of a return above { $hurdle }
money-shortfall = Mean of the worst twentieth
money-payback = Paid back after, discounted
money-never = never
money-delay = Cost of half a year's delay
money-even = Effect at which it just pays
money-perfect = Worth of knowing everything beforehand
column-present-value = Present value
even-needs = It needs an effect of { $even } on { $outcome }, and { $measured } was measured.
even-always = It pays whatever the effect.
even-never = No possible effect would pay.
even-measured = on { $outcome }; measured { $measured }
even-found = on { $outcome }; measured { $measured }, smallest that would be found { $least }
even-could-miss = on { $outcome }; measured { $measured }, smallest that would be found { $least }: the comparison could miss an effect that pays

tornado-title = What the net present value hangs on: { $name }
tornado-summary = It hangs most on { $input }: { $low } with it at its 10 % point, { $high } at its 90 %.
tornado-nothing = No input is uncertain.
tornado-note = Each input at its own 10 and 90 % points, the others at their medians · { $freshness }
tornado-table = { $name }: inputs
origin = { $origin ->
    [data] data
    [design] the design
    [prior] a prior
    [judgement] judgement
    [fixed] a fixed setting
   *[other] { $words }
}
column-input = Input
column-origin = From
column-drawn = Drawn
column-at-low = Worth at its 10 %
column-at-high = Worth at its 90 %
column-variance = Of the variance
column-information = Worth of knowing it
question-refused = { $name }: { $rule }

risks-title = Risks and ignorance
risks-question = What would change our mind?
grades-title = How sure each claim is: the grade of its weakest arrow
grades-summary = { $causal-text } of { $all-text } initiatives may be said to have caused their effect.
grades-note = R by lot, Q quasi-experiment, W weighted, A adjusted, T trend, C claimed · { $freshness }
grades-table = Grades and weakest arrows
column-best-grade = Records allow
column-weakest = Weakest arrow
weakest-failed = Checks that failed: { $checks }
weakest-judged = From effect to money, by judgement: { $inputs }
information-title = What it would be worth to know before deciding
information-summary = Most worth knowing of { $name }: { $input }, { $worth }.
information-note = Gain of the best decision with the input known over the best without, in joint draws · { $freshness }
information-table = Worth of knowing each input
refused-table = What is not said, and what would lift it
all-together = All together
column-rule = What
column-why = Why
