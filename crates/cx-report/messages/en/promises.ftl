# What was promised, what came of it, and what is promised now.

promised-title = Promised and delivered
promised-question = Did last year's money do what we said it would?
promised-asked = What was promised, and what came of it?
promised-none = No promise was ever written down: promises.jsonl is not there, or holds none.
promised-lock = `cx evaluate --add FILE.json` locks a promise before its initiative begins: the gain with its spread, the day it is judged, and who promises.
promised-not-due = { $n ->
    [one] No promise is due by { $day }: the one that was made is still open, and stands under “Promises made now”.
   *[other] No promise is due by { $day }: all { $n-text } are still open, and stand under “Promises made now”.
}
promised-more = { $n ->
    [one] One more promise is over; it stands in the table of its chart.
   *[other] { $n-text } more promises are over; each stands in the table of its chart.
}
promise-metric = { $metric ->
    [npv] net present value
    [kept] customers still there
    [satisfied] customers satisfied
    [cost_to_serve] saved cost to serve
    [contacts] saved contacts
   *[other] { $words }
}
promise-name = { $id }: { $initiative }
promise-meaning = A promise of the ledger, held against the figure that the records gave on the day it was due. Gains are above 0, also where less of the metric is better.
promise-made = for { $initiative } we promised { $promised } of { $metric } by { $due }
promise-delivered = { $what }; delivered { $delivered }: { $came }.
promise-came = { $against ->
    [below] below the promised range
    [above] above the promised range
   *[inside] inside the promised range
}
promise-range = { $against ->
    [below] below the range
    [above] above the range
   *[inside] inside the range
}
promise-taken-back = { $what }; it was taken back: { $reason }. It counts as unresolved.
promise-unjudged = { $what }, and nobody can say what came: { $why }
promise-afterwards = It was made after the exposure had begun, and is scored apart.
promise-amendments = { $n ->
    [one] It was amended once; it is judged as it was made, and the amendment beside it.
   *[other] It was amended { $n-text } times; it is judged as it was made, and the amendments beside it.
}
promise-amended = { $id }, amended: { $reason }
promise-withdrawn = Taken back: { $reason }
promise-state = { $state ->
    [withdrawn] taken back
    [due] due, without an outcome
   *[other] without an outcome
}
promise-what-came = What came of { $id }?

record-made = Promises made
record-open = Open
record-resolved = Resolved in the ledger
record-due = Due, not written down
record-unjudged = Cannot be judged
record-withdrawn = Taken back
record-of-all = { $n } ({ $share } of all)
record-amended = Amended
record-unresolved = Over, without a written outcome
lessons-table = What was decided and learnt
column-promise = Promise
column-decision = Decision
column-learnt = Learnt
column-due = Due
column-promised = Promised
column-delivered = Delivered
column-ratio = Delivered / promised
column-came = Came

promised-chart = Promised and delivered: { $metric }
promised-summary = { $judged ->
    [0] No promise of { $metric } is judged.
    [one] The one judged promise of { $metric } came { $inside ->
        [0] outside its 80 % range, { $below ->
            [1] below it.
           *[other] above it.
        }
       *[other] inside its 80 % range.
    }
   *[other] { $inside-text } of { $judged-text } judged promises of { $metric } came inside their 80 % range, { $below-text } below it and { $above-text } above it.
}
promised-without = { $n ->
    [one] One more has no outcome.
   *[other] { $n-text } more have no outcome.
}
promised-note = Medians with 80 % ranges: promised as first written down, delivered by the records until the due day or as the ledger has it · { $freshness }
promised-table = Promised and delivered: { $metric }
promised-table-note = Every promise that is due, resolved or taken back, as it was made and as it was amended. The ratio has the interval of what was delivered.
pairs-promised = promised
pairs-delivered = delivered
pairs-amended = as amended
pairs-nominal = what the interval says
pairs-held = share that it held
pairs-as-promised = as promised

calibration-heading = Did promised intervals hold as much as they said?
calibration-asked = Did intervals promised before the exposure hold as much as they said?
calibration-title = What intervals said, and what they held
calibration-summary = { $n ->
    [one] The one judged promise { $group } came { $inside ->
        [0] outside
       *[other] inside
    } its { $level } interval.
   *[other] Of { $n-text } judged promises { $group }, { $inside-text } came inside their { $level } interval: { $share }{ $evidence }.
}
calibration-few = Fewer than five are judged, which says next to nothing of the next ones.
calibration-group = { $group ->
    [prospective] made before the exposure
    [retrospective] made after the exposure had begun
   *[other] amended, as they were last
}
calibration-row = { $level } intervals, { $group }
calibration-held = { $inside-text } of { $n-text }
calibration-note = Shares with Wilson intervals at { $level }; the upright mark is what the interval says · { $freshness }
calibration-table = What promised intervals held
calibration-table-note = Small p-values doubt that intervals hold what they say; below 50 promises the exact one counts.
calibration-factor = New promises should be as wide
calibration-no-factor = No factor on the width of new promises: { $why }
calibration-times = { $factor } times
calibration-skill = Median skill against “nothing changes”
calibration-brier = Mean Brier score of promised chances
column-made = Made
column-interval = Interval
column-held = Held
column-share-held = Share held
column-kupiec = Kupiec p
column-exact = Exact p

ratios-heading = How much of what is promised comes
ratios-prior = { $n ->
    [0] A new initiative is taken to bring { $ratio } of what is promised: a prior, since no promise is judged and it takes five to measure it.
    [one] A new initiative is taken to bring { $ratio } of what is promised: a prior, since one promise is judged and it takes five to measure it.
   *[other] A new initiative is taken to bring { $ratio } of what is promised: a prior, since { $n-text } promises are judged and it takes five to measure it.
}
ratios-measured = A new initiative brings { $ratio } of what is promised, as past promises did.
ratios-title = Delivered over promised, by family
ratios-judged = { $n ->
    [one] one judged
   *[other] { $n-text } judged
}
ratios-note = { $level } interval of a new initiative of the family; the upright mark is what was promised · { $freshness }
ratios-table = Delivered over promised by family
ratios-table-note = Families with few promises are drawn towards the mean of all; the last column says how much of its own deviation each keeps.
column-family = Family
column-judged = Judged
column-kept = Own share

scores-table = Scores of promises
scores-note = CRPS and interval score are in the unit of the promise, and less is better. Skill is against “nothing changes”, and above 0 is better. Brier is of the promised chance to pay.
column-inside = Inside
column-place = Place in the promised distribution
column-crps = CRPS
column-interval-score = Interval score, 90 %
column-skill = Skill
column-brier = Brier
inside-none = none

open-title = Promises made now
open-question = What shall you hold us to?
open-asked = What is promised now?
open-none = No promise is open: nothing that is being done now was promised.
open-promise = { $author } promises { $promised } of { $metric } from { $initiative } by { $due }.
open-pays = That it pays is { $chance } ({ $share }).
open-amended = Amended to { $promised } by { $due }: { $reason }.
open-head = { $n ->
    [one] The ledger has one record and ends with { $head }. Keep this hash: `cx verify --head` holds the ledger to it.
   *[other] The ledger has { $n-text } records and ends with { $head }. Keep this hash: `cx verify --head` holds the ledger to it.
}
card-metric = Promises
card-median = Median
card-range = { $level } range
card-due = Judged on
card-author = Promised by
card-written = Written down
card-before = { $day }, before the exposure
card-late = { $day }, after the exposure had begun
card-hash = Hash of the record
points-table = What is promised, point by point
points-note = The share of outcomes that should lie below each value. Gains are above 0, also where less of the metric is better.
