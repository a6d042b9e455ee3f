//! Did the segments change, or only their shares?

/// Weight and score of one segment in two periods.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Segment {
    /// Weights (shares or counts) before and after.
    pub weight: (f64, f64),
    /// Scores before and after; `None` where the segment had no answers.
    pub score: (Option<f64>, Option<f64>),
}

/// A change split into what happened within segments and what their mix did.
#[derive(Debug, Clone, PartialEq)]
pub struct Split {
    /// Score of the whole before.
    pub before: f64,
    /// Score of the whole after.
    pub after: f64,
    /// Σ w̄ Δs.
    pub within: f64,
    /// Σ Δw s̄.
    pub mix: f64,
    /// Each segment's (within, mix).
    pub parts: Vec<(f64, f64)>,
}

/// Splits the change of a weighted mean: within + mix = after − before, exactly.
///
/// Formula: within = Σ w̄ₖ Δsₖ, mix = Σ Δwₖ s̄ₖ with bars the means of the two
/// periods. A segment absent in one period has no Δs: its whole change is mix,
/// with its one known score. Weights are scaled to sum to 1 in each period
/// over the segments that have a score. `None` where a period has none.
/// Source: `kitagawa1955`.
///
/// # Examples
/// ```
/// use cx_core::infer::mix::{split, Segment};
/// let segments = [
///     Segment { weight: (0.5, 0.7), score: (Some(40.0), Some(38.0)) },
///     Segment { weight: (0.5, 0.3), score: (Some(0.0), Some(-5.0)) },
/// ];
/// let split = split(&segments).unwrap();
/// // Both segments got worse and the whole rose.
/// assert!((split.within + 3.2).abs() < 1e-12 && (split.mix - 8.3).abs() < 1e-12);
/// ```
pub fn split(segments: &[Segment]) -> Option<Split> {
    let known = |weight: f64, score: Option<f64>| if score.is_some() { weight } else { 0.0 };
    let sum0: f64 = segments.iter().map(|s| known(s.weight.0, s.score.0)).sum();
    let sum1: f64 = segments.iter().map(|s| known(s.weight.1, s.score.1)).sum();
    if !(sum0 > 0.0 && sum1 > 0.0) {
        return None;
    }
    let mut split = Split { before: 0.0, after: 0.0, within: 0.0, mix: 0.0, parts: Vec::new() };
    for segment in segments {
        let (s0, s1) = segment.score;
        let (w0, w1) = (known(segment.weight.0, s0) / sum0, known(segment.weight.1, s1) / sum1);
        split.before += w0 * s0.unwrap_or(0.0);
        split.after += w1 * s1.unwrap_or(0.0);
        let part = match (s0, s1) {
            // A weight of 0 is absence too: the score of nobody has not changed.
            (Some(a), Some(b)) if w0 > 0.0 && w1 > 0.0 => {
                (f64::midpoint(w0, w1) * (b - a), (w1 - w0) * f64::midpoint(a, b))
            }
            (Some(a), _) if w0 > 0.0 => (0.0, (w1 - w0) * a),
            (_, Some(b)) => (0.0, (w1 - w0) * b),
            _ => (0.0, 0.0),
        };
        split.within += part.0;
        split.mix += part.1;
        split.parts.push(part);
    }
    Some(split)
}
