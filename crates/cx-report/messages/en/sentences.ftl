# Findings in one sentence. A direction is named only where the interval leaves zero out.

evidence-interval = { $interval }, n = { $n }
evidence-n = n = { $n }

level = { $metric } for { $period } is { $value } ({ $evidence }).
level-meets = { $metric } for { $period } is { $value } ({ $evidence }); it meets the target { $target }.
level-misses = { $metric } for { $period } is { $value } ({ $evidence }); it misses the target { $target }.
level-cannot-be-told = { $metric } for { $period } is { $value } ({ $evidence }); it cannot be told from the target { $target }.
level-absent = { $metric } for { $period } is not given: { $why }

verdict-meets = meets it
verdict-misses = misses it
verdict-cannot-be-told = cannot be told from it

change-rose = { $metric } rose by { $amount } ({ $interval }) in { $after } against { $before }.
change-fell = { $metric } fell by { $amount } ({ $interval }) in { $after } against { $before }.
change-no-interval = { $metric } differs by { $difference } between { $before } and { $after }; without an interval this cannot be told from no change.
change-zero-inside = { $metric } cannot be told from no change between { $before } and { $after }: { $difference } ({ $interval }).
change-many-looks = { $metric } cannot be told from no change between { $before } and { $after } once all comparisons are counted: { $difference } ({ $interval }).
change-absent = The change of { $metric } between { $before } and { $after } is not given: { $why }
change-it-rose = It rose by { $amount } ({ $interval }) against { $before }.
change-it-fell = It fell by { $amount } ({ $interval }) against { $before }.
change-it-no-interval = It differs by { $difference } from { $before }; without an interval this cannot be told from no change.
change-it-zero-inside = It did not measurably change against { $before }: { $difference } ({ $interval }).
change-it-many-looks = Once all comparisons are counted, it did not measurably change against { $before }: { $difference } ({ $interval }).
change-it-absent = Its change against { $before } is not given: { $why }
change-split = Within groups of { $dimension } it is { $within }, and { $mix } comes from their mix.
change-against = vs { $period }

groups-better = Better than the rest: { $groups }.
groups-worse = Worse than the rest: { $groups }.
groups-above = Above the rest: { $groups }.
groups-below = Below the rest: { $groups }.
groups-none = { $n ->
    [one] The one group cannot be told from the rest.
   *[other] None of { $n-text } groups can be told from the rest once all looks are counted.
}
groups-others = { $n ->
    [one] One other group cannot be told from the rest.
   *[other] { $n-text } other groups cannot be told from the rest.
}

moves-some = { $proven-text } of { $all-text } changes from one period to the next are more than chance, once all looks are counted.
moves-none = No change from one period to the next is more than chance, once all { $all-text } looks are counted.

population-all = Everybody
population-at = { $population }; { $period }
comparison-refused = May { $metric } be compared?
