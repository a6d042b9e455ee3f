//! What customers do: bring others, take part in the programme.

use super::BASE;
use crate::ground::unit::Unit;
use crate::studies::metrics::declaration::{Declaration, MinN, at_least, param, plain, variant, variant_in};

pub(super) const REFERRAL_RATE: Declaration = Declaration {
    id: "referral_rate",
    name: "Observed referral rate",
    meaning: "Share of customers who brought at least one new customer within a year.",
    forms: &[
        plain(
            "share(brought > 0) of customers at period \
             where acquired_at < period.end - W and maybe(closed_at >= period.end - W) \
             each by customer_id = referred_by \
             { brought = count(of customers within [period.end - W, period.end)) }",
        ),
        variant_in(
            "events",
            Unit::PerThousand,
            "rate(brought, 1) of customers at period \
             where acquired_at < period.end - W and maybe(closed_at >= period.end - W) \
             each by customer_id = referred_by \
             { brought = count(of customers within [period.end - W, period.end)) }",
        ),
    ],
    params: &[param("W", "365d", "how far back from the end of the period new customers count")],
    min_n: MinN { show: 100, compare: 100, rank: 100, events: 10 },
    cut: &["country", "acquisition_channel"],
    edges: "The base are customers who were there when the year began. Codes miss referrals and \
            asking new customers overstates them; stated intention usually lies far above both. \
            `events` counts newcomers per 1,000 customers.",
    source: "Kumar, Petersen & Leone 2007",
    ..BASE
};

pub(super) const REFERRED_NEW_SHARE: Declaration = Declaration {
    id: "referred_new_share",
    name: "Earned-new-customer share",
    meaning: "Share of new customers who came by recommendation, not by paid effort.",
    forms: &[
        plain(
            "share(acquisition_kind = 'earned') of customers \
             where acquisition_kind in ('earned', 'bought')",
        ),
        variant(
            "unknown-as-bought",
            "share(acquisition_kind is known and acquisition_kind = 'earned') of customers",
        ),
        variant(
            "unknown-as-earned",
            "share(acquisition_kind is missing or acquisition_kind != 'bought') of customers",
        ),
    ],
    min_n: at_least(50),
    cut: &["country", "acquisition_channel"],
    edges: "Customers of unknown origin are left out; the two variants count them as bought and as earned \
            and so bound the truth. Counts heads; by revenue it is `earned_growth_rate`.",
    source: "Reichheld, Darnell & Burns 2021",
    ..BASE
};

pub(super) const LOYALTY_PROGRAMME_PARTICIPATION: Declaration = Declaration {
    id: "loyalty_programme_participation",
    name: "Loyalty programme participation",
    meaning: "Share of the year's buyers who used the loyalty programme at least once.",
    forms: &[plain(
        "share(used > 0) of transactions at period where maybe(kind = 'sale') \
         per customer_id { bought = count(within [period.end - W, period.end)), \
         used = count(where loyalty within [period.end - W, period.end)) } where bought > 0",
    )],
    params: &[param("W", "365d", "how far back from the end of the period purchases count")],
    min_n: at_least(100),
    cut: &["country"],
    edges: "Being enrolled without using it does not count. Members choose themselves: \
            what they spend more is no effect of the programme.",
    source: "Gartner",
    ..BASE
};
