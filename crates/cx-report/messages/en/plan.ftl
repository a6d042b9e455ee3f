# What to do: where the next unit of money works.

plan-title = What to do
plan-question = Where is the next unit of money best spent?
plan-figure-meaning = A forecast on the company's own base: judged changes, multiplied by how much of such promises usually comes.
plan-chosen = Do { $names } for { $cost }: over { $months } they are worth { $npv } together; that they pay is { $chance } ({ $share }).
plan-frequency = { $n ->
    [one] It is in the best set of { $least } of the draws.
   *[other] The least sure of them is in the best set of { $least } of the draws.
}
plan-nothing = Do none of what is planned: nothing that fits brings more than it costs.
plan-unsure = Do none of what is planned: no set pays with a chance of { $chance }.
plan-absent = What to do together cannot be said: { $why }
plan-unspent = { $left } of the budget of { $budget } is left: nothing else that fits brings more than it costs.
plan-overlap = { $lost } is lost because some customers are reached by more than one: who is kept twice is kept once.
plan-shrunk = Choosing the best of several estimates picks luck too. Returns were drawn toward the typical one, { $mean } of benefit for each one of cost, before choosing; as estimated the chosen would be worth { $estimated } on average.
plan-enough = { $of }: from { $spend } on, another unit of money brings less than one.
opportunities-title = What moving a figure would be worth
opportunities-summary = { $change } would be worth { $worth } over { $months }, before any cost: the most of what was looked at.
opportunities-note = Present values before any cost, 90 % of joint draws · { $freshness }
opportunities-table = Figures of the base, moved
opportunity-label = { $name } { $by }
frequency-title = How sure the choice is
frequency-summary = { $name } is in the best set of { $share } of the draws, more often than any other.
frequency-note = Share of draws in which each is in the best set under the budget; chosen first · { $freshness }
frequency-table = What could be chosen
choice-do = do
choice-leave = leave
column-choice = Choice
column-expected-worth = Expected worth
column-worth-interval = Worth by itself
column-cost = Expected cost
column-frequency = In the best set
column-last-in = Lost without it
frontier-table = With another budget
frontier-note = The budget counts expected costs at present values over the horizon.
column-budget = Budget
column-do = Do
column-worst = Worst twentieth
frontier-nothing = nothing
tests-table = What a test by lot would find, before money is spent
tests-note = Two equal arms over { $months }; “found” is with a chance of 80 %. Where the smallest change found is larger than the one that just pays, a test could miss what pays.
column-change-of = Change of
column-arm = In each arm
column-comes = Expected to come
column-just-pays = Just pays at
column-smallest = Smallest found
column-power = Found with
column-arm-needed = Arm that finds what pays
tests-none = none possible
roadmap-table = Roadmap
roadmap-note = What loses most by waiting, for its work, goes first; what another needs goes before it, and a team does one thing after the other.
column-begins = Work begins
column-live = Customers see it
column-strategy = Strategy
column-owner = Owner
column-delay = A month's delay costs
plan-test-first = { $name } (test first)
