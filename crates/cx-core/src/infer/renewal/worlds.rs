//! The law in resampled worlds that are shared with everything else.

use super::{Renewals, Sbg};
use crate::stats::group_weight;

/// The law in every one of `worlds` resampled worlds: one Newton step from the
/// fit on the likelihood in which each group counts as often as it is drawn.
///
/// One step is what the worlds differ by, to first order, at the price of a
/// sum. `None` where the weighted information is not positive definite.
/// Source: `efron1993`.
pub fn sbg_worlds(law: Sbg, groups: &[Renewals], seed: u64, worlds: u32) -> Vec<Option<Sbg>> {
    let world = |b: u32| {
        let mut drawn = Renewals::default();
        for (group, renewals) in groups.iter().enumerate() {
            drawn.add_times(renewals, group_weight(seed, group as u32, b) as f64);
        }
        step(law, &drawn)
    };
    (0..worlds).map(world).collect()
}

/// One Newton step in ln a and ln b.
fn step(Sbg { a, b }: Sbg, renewals: &Renewals) -> Option<Sbg> {
    let (mut by_a, mut by_b) = (0.0, 0.0);
    let (mut aa, mut ab, mut bb) = (0.0, 0.0, 0.0);
    for (number, due, lost) in renewals.rows() {
        let stay = b + (number - 1) as f64;
        let all = a + stay;
        let (share_a, share_b, kept) = (a / all, b / all, (due - lost) * b / stay);
        by_a += lost - due * share_a;
        by_b += kept - due * share_b;
        aa += due * share_a * (1.0 - share_a);
        ab -= due * share_a * share_b;
        bb += due * share_b * (1.0 - share_b) - kept * (1.0 - b / stay);
    }
    let determinant = aa * bb - ab * ab;
    if !(aa > 0.0 && determinant > 1e-12 * aa * bb.abs()) {
        return None;
    }
    let (up_a, up_b) = ((bb * by_a - ab * by_b) / determinant, (aa * by_b - ab * by_a) / determinant);
    let law = Sbg { a: a * up_a.exp(), b: b * up_b.exp() };
    (law.a.is_finite() && law.b.is_finite()).then_some(law)
}
