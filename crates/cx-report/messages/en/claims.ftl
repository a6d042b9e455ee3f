# What others claim, held against the own figures. A claim is a comparator, never an input.

claim-says = { $id }: { $says }
claim-near = { $name }, the nearest that the records hold
claims-note = No figure of this report takes a claim as an input. Grades of claims run from A to E; F was found misquoted.
beside-table = { $name }: what others claim of such initiatives
column-claim = Claim
column-claim-grade = Grade of the claim
column-measured = Measured on
column-verdict = Verdict here
prior-with = With { $id } as a prior (weight { $weight }; { $share } of the result is own data): { $with }; without it { $own }. Money stays on the own effect.
prior-without = Without { $id }, which is the figure to go by: { $own }; with it as a prior (weight { $weight }; { $share } of the result is own data) { $with }. Money stays on the own effect.
question-prior = { $name }: { $id } as a prior
verdict-consistent = consistent
verdict-smaller = smaller here
verdict-larger = larger here
verdict-opposite = opposite here
verdict-untestable = not testable here
verdict-impossible = not even possible here
verdict-needs = { $verdict }; it would take { $needs }
verdict-bound = { $verdict }: possible only from a level of up to { $bound }

claim-meaning = The own figure that tests a claim of others, in the terms of the claim.
claim-graded = { $id } (grade { $grade }): { $says }
claim-sentence = The claim “{ $says }” ({ $id }, grade { $grade }) is { $verdict }: { $found }.
claim-remarked = { $verdict } ({ $remark })
claims-heading = What others claim
claims-counted = { $judged ->
    [0] None of { $all-text } claims of others can be tested by these records.
   *[other] { $judged-text } of { $all-text } claims of others are tested by these records: { $consistent-text } consistent, { $smaller-text } smaller here, { $larger-text } larger here, { $opposite-text } opposite here.
}
claims-changes = Claimed changes and those found here
claims-levels = Claimed shares and those found here
claims-times = Claimed multiples and those found here
claims-directions = Claimed directions and the differences found here
claims-summary = { $judged ->
    [0] No claim of this kind is tested: what was found here holds both no effect and the claim.
    [one] { $agree ->
        [0] The one claim of this kind that is tested is not consistent with what was found here.
       *[other] The one claim of this kind that is tested is consistent with what was found here.
    }
   *[other] { $agree-text } of { $judged-text } tested claims of this kind are consistent with what was found here.
}
claims-chart-note = Own figures with { $level } intervals; the upright mark, or the line above, is what is claimed · { $freshness }
pairs-claimed = claimed
pairs-found = found here
column-here = Found here
column-evidence-grade = Grade of the own figure
untested-table = Claims that these records do not test
column-not-said = Does not say
column-would-take = It would take
five-table = Five more points of retention on the own figures
five-note = From { $kept } kept a year, at a discount rate of { $rate }; what is won and what a customer earns stay as they are.
five-value = Lifetime value, { $convention }
five-profit = Profit of year { $year }
five-end = Profit in the end
column-what = What
column-change = Change
