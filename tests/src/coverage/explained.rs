//! Why a method covers less than 93 or more than 97 % where it does.

/// An explanation, and the rows it explains.
#[derive(Debug)]
pub struct Reason {
    /// Its mark in the tables.
    pub letter: &'static str,
    /// The explanation, in plain words.
    pub text: &'static str,
    /// Method, population, and the sizes outside the band.
    pub rows: &'static [(&'static str, &'static str, &'static [u64])],
}

/// The explanation of a row.
pub fn explain(method: &str, population: &str, n: u64) -> Option<&'static Reason> {
    let holds = |row: &(&str, &str, &[u64])| row.0 == method && row.1 == population && row.2.contains(&n);
    REASONS.iter().find(|reason| reason.rows.iter().any(holds))
}

/// Every explanation.
pub const REASONS: &[Reason] = &[
    Reason {
        letter: "A",
        text: "Answers are few and counts are whole: with n answers only n + 1 outcomes exist, \
               so the coverage of any method jumps as the true share moves, above and below 95. \
               At one share it says little; over all shares (\"any share\", \"any mix\", \"any \
               two shares\") it is within the band. Where hardly anybody answers otherwise, the \
               interval of \"nobody did\" holds nearly every small share.",
        rows: &[
            ("Wilson (default)", "share 0.5", &[10]),
            ("Wilson (default)", "share 0.1", &[30]),
            ("Wilson (default)", "share 0.02", &[10, 30]),
            ("Agresti-Coull", "share 0.5", &[10]),
            ("Agresti-Coull", "share 0.1", &[30, 100]),
            ("Agresti-Coull", "share 0.02", &[10, 30, 100]),
            ("Jeffreys", "share 0.5", &[10]),
            ("Jeffreys", "share 0.1", &[10]),
            ("Jeffreys", "share 0.02", &[10, 30, 100]),
            ("score (default)", "10/80/10", &[10]),
            ("adjusted Wald", "10/80/10", &[10, 30]),
            ("adjusted Wald", "97/2/1", &[30, 100]),
            ("Greenwood log-log (default)", "exponential, S = 0.98", &[10, 30]),
            ("Newcombe (default)", "shares 0.1 and 0.05", &[10, 30]),
            ("Newcombe (default)", "shares 0.02 and 0.02", &[10, 30, 100]),
            ("squared arms (default)", "nets 90/8/2 and 80/15/5", &[10, 30]),
            ("overlap t (default)", "means of windows, all in both", &[10]),
            ("overlap t (default)", "shares 0.9 of windows, 40 % in both", &[10]),
            ("inverted interval (default)", "share against its true 0.3, Wilson", &[10, 30]),
        ],
    },
    Reason {
        letter: "B",
        text: "Exact by construction: the method promises at least 95 % for every true value, \
               and pays for it with width where counts are small. Events of which a customer \
               has at most one also vary less than Poisson counts do.",
        rows: &[
            ("Clopper-Pearson", "share 0.5", &[10]),
            ("Clopper-Pearson", "share 0.1", &[10, 30]),
            ("Clopper-Pearson", "share 0.02", &[10, 30, 100]),
            ("Clopper-Pearson", "any share, 0 to 1 alike", &[10, 30]),
            ("Garwood", "Poisson count, mean 0.1 n", &[10, 30, 100]),
            ("Garwood", "Poisson count, mean 0.5 n", &[10]),
            ("rate (default)", "at most one event a customer, 0.05 a month", &[10, 30, 100]),
        ],
    },
    Reason {
        letter: "C",
        text: "The normal approximation, with no correction: too narrow for small or one-sided \
               samples and without width where all answers agree (such intervals hold the truth \
               only by luck). Kept because other tools print it; no metric uses it by default.",
        rows: &[
            ("Wald", "share 0.5", &[10]),
            ("Wald", "share 0.1", &[10, 30]),
            ("Wald", "share 0.02", &[10, 30, 100]),
            ("Wald", "any share, 0 to 1 alike", &[10, 30, 100]),
            ("Wald", "50/30/20", &[10]),
            ("Wald", "80/15/5", &[10, 30]),
            ("Wald", "97/2/1", &[10, 30, 100]),
            ("Wald", "any mix, all alike", &[10, 30]),
            ("Student's t", "10/80/10", &[10]),
            ("Student's t", "80/15/5", &[10]),
            ("Student's t", "97/2/1", &[10, 30, 100]),
            ("Student's t", "any mix, all alike", &[10]),
            ("Greenwood plain", "exponential, S = 0.5", &[10]),
            ("Greenwood plain", "Weibull shape 0.6, S = 0.7", &[10]),
            ("Greenwood plain", "exponential, S = 0.9", &[10, 30, 100]),
            ("Greenwood plain", "exponential, S = 0.98", &[10, 30, 100]),
            ("Greenwood log", "Weibull shape 0.6, S = 0.7", &[10, 30]),
            ("Greenwood log", "exponential, S = 0.9", &[10, 30, 100]),
            ("Greenwood log", "exponential, S = 0.98", &[10, 30, 100]),
            ("Wald difference", "shares 0.5 and 0.4", &[10]),
            ("Wald difference", "shares 0.1 and 0.05", &[10]),
            ("Wald difference", "shares 0.02 and 0.02", &[10, 30]),
            ("Wald difference", "any two shares", &[10]),
            ("z of a net", "50/30/20 against its true net", &[10]),
        ],
    },
    Reason {
        letter: "D",
        text: "Deliberately careful: the effective size is never taken above Kish's, nor above \
               the number of answers, and t on the number of customers widens the interval \
               further. From 100 on nothing of it is left.",
        rows: &[
            ("Wilson on effective size (default)", "share 0.9, 1 to 10 answers a customer, ICC 0.2", &[10]),
            ("Wilson on effective size (default)", "share 0.5, weights 1 and 4 at random", &[10]),
            ("Wilson on effective size (default)", "share 0.1, weights 1 and 4 at random", &[10, 30]),
            ("Wilson on effective size (default)", "weights that undo uneven sampling", &[10, 30]),
            ("score on effective size (default)", "80/15/5, 1 to 4 answers a customer", &[10]),
            ("score on effective size (default)", "50/30/20, weights 1 and 4 at random", &[10]),
            ("score on effective size (default)", "80/15/5, weights 1 and 4 at random", &[10, 30]),
        ],
    },
    Reason {
        letter: "E",
        text: "Skewed money: a few customers who spend much decide the mean, and a sample \
               without them does not know that they exist. Nothing computed from the sample \
               alone repairs that; the studentised bootstrap loses least. Figures of this kind \
               carry the caveat `skewed`. It is within \
               the band from 100 customers at sd 1 and from 1,000 at sd 1.5.",
        rows: &[
            ("Student's t", "lognormal amounts, sd of the log 1", &[10, 30, 100]),
            ("linearised t", "spend per order, sd of the log 0.5", &[10, 30]),
            ("linearised t", "spend, sd of the log 1.5", &[10, 30, 100, 1000]),
            ("studentised bootstrap (default for money)", "spend, sd of the log 1", &[10, 30]),
            ("studentised bootstrap (default for money)", "spend, sd of the log 1.5", &[10, 30, 100]),
            ("percentile bootstrap", "spend, sd of the log 1", &[10, 30, 100]),
            ("percentile bootstrap", "spend per order, sd of the log 0.5", &[10, 30]),
        ],
    },
    Reason {
        letter: "F",
        text: "Answers pile up at one end of the scale: a sample that happens to hold few of \
               the rare low answers gives a mean too high and a spread too small at once. Where \
               all answers agree, Wilson's interval on the position steps in and holds nearly \
               always. Figures near an end carry the caveat `ceiling`; a share of the top \
               answers is the better figure there.",
        rows: &[
            ("t, Wilson if all equal (default)", "1 to 5, 60 % at the top", &[10, 30]),
            ("t, Wilson if all equal (default)", "1 to 5, 90 % at the top", &[10, 30, 100]),
            ("t, Wilson if all equal (default)", "0 to 10, recommendation", &[10]),
            ("linearised t (default)", "1 to 5, 60 % at the top, weights 1 and 4", &[10, 30, 100]),
            ("linearised t (default)", "0 to 10, 1 to 4 answers a customer", &[10]),
            ("t, closed group", "half of a group of 2n asked, 0 to 10", &[10]),
        ],
    },
    Reason {
        letter: "G",
        text: "Few customers: numerator and denominator of the ratio are both uncertain, and \
               the linearised error is itself an estimate from ten or thirty of them. Below ten \
               the figure carries the caveat `few_clusters`.",
        rows: &[
            ("function of totals, t", "margin 1 - cost/revenue, true 0.4", &[10, 30]),
            ("rate (default)", "gamma-Poisson, 0.5 a month, shape 1, 1 to 12 months", &[10]),
            ("rate (default)", "gamma-Poisson, 0.1 a month, shape 0.5, 1 to 12 months", &[10]),
        ],
    },
    Reason {
        letter: "H",
        text: "Limits are values that occur, and ranks are whole: the true level is the next \
               one above 95 %. Ties add the whole tie, buckets the width of the bucket, open \
               ends everything beyond. Never below what it says.",
        rows: &[
            ("binomial ranks (default)", "median, lognormal", &[10]),
            ("binomial ranks (default)", "90 % point, lognormal", &[10, 30]),
            ("binomial ranks (default)", "median, whole days (ties)", &[10, 30, 100, 1000]),
            ("binomial ranks (default)", "median, lognormal, in 2 % buckets", &[3000]),
        ],
    },
    Reason {
        letter: "I",
        text: "Few have left: three events among thirty customers say little about how long the \
               others will stay. The interval on the effective size holds 91 to 93 % where the \
               normal one of other tools held 58 and 83 %.",
        rows: &[
            ("restricted mean", "mean up to age 1, exponential, S = 0.5", &[10]),
            ("restricted mean", "mean up to age 1, exponential, S = 0.9", &[10, 30]),
        ],
    },
    Reason {
        letter: "J",
        text: "The rare category of the base has one or two answers here, each standing for \
               many; its spread is not known. The interval counts the numbers that raking fits; \
               without that it held 80 % at n = 10. See also the design effect printed beside \
               it.",
        rows: &[
            ("post-stratified mean, t", "six cells, uneven response", &[30]),
            ("raked mean (default)", "two margins, uneven response", &[30]),
        ],
    },
    Reason {
        letter: "K",
        text: "Shown for comparison: what the margins explain does not vary from sample to \
               sample; an error that takes it for chance is too wide, and no n mends that.",
        rows: &[("raked mean, margins taken for chance", "two margins, uneven response", &[100, 1000])],
    },
    Reason {
        letter: "L",
        text: "The groups differ by 3 points and are seen with errors of 5 to 15: the spread of \
               the true values is within its own error. Few groups: the interval allows for \
               that and is wide. Many: in some samples the spread is estimated as nothing and \
               the intervals become too short. At a true spread of 10 it is within the band. \
               Rank groups only where the reliability printed beside them is 0.5 or more.",
        rows: &[
            ("empirical Bayes (default)", "any group, true sd 3", &[10, 30, 100, 1000]),
            ("empirical Bayes (default)", "the group that looks best, true sd 3", &[10, 30, 100]),
        ],
    },
    Reason {
        letter: "M",
        text: "Shown for comparison: the interval of a group taken by itself, for the group \
               that looks best of many. Choosing it by its luck makes the interval wrong; \
               shrinkage is the remedy.",
        rows: &[("the group's own interval", "the group that looks best, true sd 3", &[10, 30, 100, 1000])],
    },
    Reason {
        letter: "N",
        text: "A prior that weighs five times as much as the spread of the items warrants, as \
               the usual choice (median number of ratings) may do: the figure is a ranking rule \
               then, and its interval says how sure the rule is, not where the item's mean \
               lies. With the right \
               weight the interval holds, a little more than it says at ten ratings.",
        rows: &[
            ("rating, posterior t (default)", "prior of the right weight", &[10]),
            ("rating, posterior t (default)", "prior five times too heavy", &[10, 30, 100, 1000]),
        ],
    },
    Reason {
        letter: "O",
        text: "Kappa and alpha are bounded ratios of two estimates; with ten or thirty units \
               their error is badly known and skewed. The intervals are those that other tools \
               print. Use 100 units or more.",
        rows: &[
            ("Cohen's kappa, Wald", "two categories, kappa 0.60", &[10, 30]),
            ("Cohen's kappa, quadratic, Wald", "five categories, kappa 0.82", &[10, 30]),
            ("Krippendorff's alpha, percentile bootstrap", "two categories, alpha 0.60", &[10]),
            ("Krippendorff's alpha, percentile bootstrap", "five categories, interval, alpha 0.82", &[10]),
        ],
    },
    Reason {
        letter: "P",
        text: "Feldt's limits suppose normal answers. Answers on five points that lean to the \
               top vary in another way, at every n: the interval is about a \
               seventh too short.",
        rows: &[("Feldt (Cronbach's alpha)", "three items on 1 to 5, alpha 0.83", &[10, 30, 100, 1000])],
    },
    Reason {
        letter: "Q",
        text: "Four raters stay four however many subjects there are: with many subjects the \
               spread of the raters is the whole uncertainty and is known from three \
               differences. Satterthwaite's approximation is at its worst there. The fixed-raters \
               form does not suffer from it.",
        rows: &[
            ("ICC2, F with Satterthwaite", "four raters drawn at random, sd 0.5", &[1000]),
            ("ICC2k, F with Satterthwaite", "four raters drawn at random, sd 0.5", &[1000]),
        ],
    },
];
