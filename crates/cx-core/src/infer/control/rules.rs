//! Runs that chance seldom makes.

/// A pattern of points in their standard errors from the centre.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Rule {
    /// One point beyond three.
    BeyondThree,
    /// Two of three in a row beyond two, on one side.
    TwoOfThreeBeyondTwo,
    /// Four of five in a row beyond one, on one side.
    FourOfFiveBeyondOne,
    /// Eight in a row on one side.
    EightOnOneSide,
    /// Nine in a row on one side.
    NineOnOneSide,
    /// Six in a row, each higher than the one before, or each lower.
    SixTrending,
    /// Fourteen in a row up and down in turn.
    FourteenAlternating,
    /// Fifteen in a row within one.
    FifteenWithinOne,
    /// Eight in a row beyond one, on both sides.
    EightBeyondOne,
}

impl Rule {
    /// The stable name that results carry.
    pub const fn name(self) -> &'static str {
        match self {
            Self::BeyondThree => "beyond_three_sigma",
            Self::TwoOfThreeBeyondTwo => "two_of_three_beyond_two_sigma",
            Self::FourOfFiveBeyondOne => "four_of_five_beyond_one_sigma",
            Self::EightOnOneSide => "eight_on_one_side",
            Self::NineOnOneSide => "nine_on_one_side",
            Self::SixTrending => "six_trending",
            Self::FourteenAlternating => "fourteen_alternating",
            Self::FifteenWithinOne => "fifteen_within_one_sigma",
            Self::EightBeyondOne => "eight_beyond_one_sigma",
        }
    }

    /// True where the pattern ends at the last of these points.
    fn ends(self, z: &[f64]) -> bool {
        let last = |n: usize| z.len().checked_sub(n).map(|from| &z[from..]);
        // `wanted` of the last `of` beyond a distance on the side of the last point.
        let beyond = |wanted: usize, of: usize, distance: f64| {
            last(of).is_some_and(|run| {
                [1.0, -1.0].iter().any(|side| {
                    run[of - 1] * side > distance
                        && run.iter().filter(|x| **x * side > distance).count() >= wanted
                })
            })
        };
        match self {
            Self::BeyondThree => last(1).is_some_and(|run| run[0].abs() > 3.0),
            Self::TwoOfThreeBeyondTwo => beyond(2, 3, 2.0),
            Self::FourOfFiveBeyondOne => beyond(4, 5, 1.0),
            Self::EightOnOneSide => beyond(8, 8, 0.0),
            Self::NineOnOneSide => beyond(9, 9, 0.0),
            Self::SixTrending => last(6).is_some_and(|run| {
                run.windows(2).all(|w| w[0] < w[1]) || run.windows(2).all(|w| w[0] > w[1])
            }),
            Self::FourteenAlternating => {
                last(14).is_some_and(|run| run.windows(3).all(|w| (w[1] - w[0]) * (w[2] - w[1]) < 0.0))
            }
            Self::FifteenWithinOne => last(15).is_some_and(|run| run.iter().all(|x| x.abs() < 1.0)),
            Self::EightBeyondOne => last(8).is_some_and(|run| {
                run.iter().all(|x| x.abs() > 1.0)
                    && run.iter().any(|x| *x > 0.0)
                    && run.iter().any(|x| *x < 0.0)
            }),
        }
    }
}

/// Which patterns are looked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RuleSet {
    /// Western Electric's four. Source: `western1956`.
    WesternElectric,
    /// Nelson's eight. Source: `nelson1984`.
    Nelson,
}

impl RuleSet {
    /// Its rules.
    pub const fn rules(self) -> &'static [Rule] {
        match self {
            Self::WesternElectric => &[
                Rule::BeyondThree,
                Rule::TwoOfThreeBeyondTwo,
                Rule::FourOfFiveBeyondOne,
                Rule::EightOnOneSide,
            ],
            Self::Nelson => &[
                Rule::BeyondThree,
                Rule::NineOnOneSide,
                Rule::SixTrending,
                Rule::FourteenAlternating,
                Rule::TwoOfThreeBeyondTwo,
                Rule::FourOfFiveBeyondOne,
                Rule::FifteenWithinOne,
                Rule::EightBeyondOne,
            ],
        }
    }
}

/// A pattern that ends at a point.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Signal {
    /// Place of the last point of the pattern.
    pub point: usize,
    /// The pattern.
    pub rule: Rule,
}

/// All patterns in a series of distances from the centre, in standard errors
/// ([`super::Chart::z`]). More rules find shifts earlier and cry wolf more
/// often: Western Electric's about once in 92 points, the first alone once in 370.
///
/// # Examples
/// ```
/// use cx_core::infer::control::{signals, Rule, RuleSet};
/// let found = signals(&[0.2, 2.5, -0.1, 2.2, 3.4], RuleSet::WesternElectric);
/// assert_eq!((found[0].point, found[0].rule), (3, Rule::TwoOfThreeBeyondTwo));
/// assert_eq!((found[1].point, found[1].rule), (4, Rule::BeyondThree));
/// ```
pub fn signals(z: &[f64], set: RuleSet) -> Vec<Signal> {
    let at = |point: usize| {
        let ending = set.rules().iter().filter(move |rule| rule.ends(&z[..=point]));
        ending.map(move |rule| Signal { point, rule: *rule })
    };
    (0..z.len()).flat_map(at).collect()
}
