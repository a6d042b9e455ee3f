//! Which designs the data allow, and what grade is left when checks fail.

use crate::ground::evidence::Grade;

/// A way to find an effect, from best to least.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Design {
    /// Assignment drawn by lot, or a roll-out in random order.
    Randomised,
    /// A rule with a cut-off.
    Discontinuity,
    /// Treated and other units before and after.
    Differences,
    /// One large unit against a mixture of donors.
    Synthetic,
    /// A series with a control series.
    ControlledSeries,
    /// A series alone.
    Series,
    /// Those who chose in, weighted and with a placebo.
    Weighted,
    /// The chain by way of the score.
    Linkage,
}

/// What the data have.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
#[expect(clippy::struct_excessive_bools, reason = "each says one thing about the data")]
pub struct Available {
    /// Assignment was, or can still be, drawn by lot.
    pub lot: bool,
    /// A rule-based cut-off decides who is treated.
    pub cut_off: bool,
    /// Units treated.
    pub treated_units: u64,
    /// Units not treated and not touched.
    pub untreated_units: u64,
    /// Periods before the start.
    pub periods_before: u64,
    /// Periods after it.
    pub periods_after: u64,
    /// A series that the initiative cannot have moved.
    pub control_series: bool,
    /// Customers chose in themselves and their history is known.
    pub chose_in: bool,
    /// A linkage from score to outcome exists.
    pub linkage: bool,
}

/// A design with its best grade, or the reason why it is not possible.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ranked {
    /// The design.
    pub design: Design,
    /// The grade it has when its checks pass.
    pub grade: Grade,
    /// Why the data do not allow it; `None` where they do.
    pub missing: Option<&'static str>,
}

/// All designs from best to least, each possible or with the reason why not.
///
/// The first possible one is the design to use; what stands above it says why
/// nothing better is. Where none is possible the effect cannot be known from
/// these data. Source: definition of this product.
///
/// # Examples
/// ```
/// use cx_core::infer::effects::{designs, Available, Design};
/// let data = Available { treated_units: 12, untreated_units: 40, periods_before: 6, periods_after: 3, ..Available::default() };
/// let ranked = designs(&data);
/// let first = ranked.iter().find(|r| r.missing.is_none()).unwrap();
/// assert_eq!(first.design, Design::Differences);
/// assert_eq!(ranked[0].missing, Some("assignment was not drawn by lot"));
/// ```
pub fn designs(data: &Available) -> Vec<Ranked> {
    let ranked = |design: Design, grade: Grade, rules: &[(bool, &'static str)]| Ranked {
        design,
        grade,
        missing: rules.iter().find(|(holds, _)| !holds).map(|(_, why)| *why),
    };
    let after = (data.periods_after > 0, "no period after the start was seen");
    let long = (data.periods_before >= 12, "fewer than 12 periods before the start");
    let long_after = (data.periods_after >= 12, "fewer than 12 periods after the start");
    vec![
        ranked(Design::Randomised, Grade::R, &[(data.lot, "assignment was not drawn by lot")]),
        ranked(Design::Discontinuity, Grade::Q, &[(data.cut_off, "no cut-off decides who is treated")]),
        ranked(
            Design::Differences,
            Grade::Q,
            &[
                (data.treated_units > 0 && data.untreated_units > 0, "no units without treatment"),
                (data.periods_before >= 4, "fewer than 4 periods before the start"),
                after,
            ],
        ),
        ranked(
            Design::Synthetic,
            Grade::Q,
            &[
                (data.treated_units > 0, "no treated unit"),
                (data.untreated_units >= 10, "fewer than 10 untouched donors"),
                long,
                after,
            ],
        ),
        ranked(
            Design::ControlledSeries,
            Grade::Q,
            &[(data.control_series, "no series that the initiative cannot have moved"), long, long_after],
        ),
        ranked(Design::Series, Grade::T, &[long, long_after]),
        ranked(Design::Weighted, Grade::W, &[(data.chose_in, "nobody chose in with a known history"), after]),
        ranked(Design::Linkage, Grade::A, &[(data.linkage, "no linkage from score to outcome")]),
    ]
}

/// What the checks of a design found.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Finding {
    /// Arms of other sizes than planned.
    SampleRatio,
    /// Arms that differ in people lost.
    Attrition,
    /// Less than 80 % of the people could have chosen either way.
    Overlap,
    /// Covariates out of balance, or a placebo outcome with an effect.
    Placebo,
    /// M̄, and whether the joint test before the start rejected.
    Parallel {
        /// Multiple of the worst departure before that undoes the result.
        breakdown: f64,
        /// True where departures before the start are not 0 together.
        rejected: bool,
    },
    /// A mixture that does not follow the treated unit before the start.
    FitBefore,
    /// An effect whose sign hangs on a single donor.
    OneDonor,
    /// A rank, a number of units or a margin too weak to say much: told beside the figure, the grade stands.
    Weak,
    /// Something else changed with the start, or the control series moved too.
    OtherEvents,
    /// A figure that hangs on dates, on the scale, or on who was there.
    Fragile,
    /// Heaped values at the cut-off, or covariates that jump there.
    Manipulation,
}

/// The grade that failed checks leave; `None` where no figure may be given.
///
/// Source: definition of this product.
///
/// # Examples
/// ```
/// use cx_core::ground::evidence::Grade;
/// use cx_core::infer::effects::{grade_left, Finding};
/// assert_eq!(grade_left(Grade::R, &[]), Some(Grade::R));
/// assert_eq!(grade_left(Grade::R, &[Finding::SampleRatio]), None);
/// assert_eq!(grade_left(Grade::R, &[Finding::Attrition]), Some(Grade::W));
/// let weak = Finding::Parallel { breakdown: 0.4, rejected: false };
/// assert_eq!(grade_left(Grade::Q, &[weak]), Some(Grade::W));
/// assert_eq!(grade_left(Grade::Q, &[Finding::Parallel { breakdown: 0.2, rejected: true }]), Some(Grade::T));
/// ```
pub fn grade_left(best: Grade, failed: &[Finding]) -> Option<Grade> {
    failed.iter().try_fold(best, |grade, finding| {
        let most = match finding {
            Finding::SampleRatio | Finding::Overlap | Finding::FitBefore | Finding::Manipulation => {
                return None;
            }
            Finding::Attrition | Finding::OneDonor | Finding::Fragile => Grade::W,
            Finding::Placebo => Grade::A,
            Finding::Weak => best,
            Finding::OtherEvents => Grade::T,
            Finding::Parallel { breakdown, rejected } if *rejected && *breakdown < 0.25 => Grade::T,
            Finding::Parallel { breakdown, .. } if *breakdown < 0.5 => Grade::W,
            // A steady drift undoes a result at a multiple of 1 and never at a half.
            Finding::Parallel { breakdown, rejected } if *rejected && *breakdown < 1.0 => Grade::W,
            Finding::Parallel { .. } => Grade::Q,
        };
        Some(grade.weakest(most))
    })
}
