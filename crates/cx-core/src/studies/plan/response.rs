//! What another euro brings, where one thing is planned in three sizes.

use super::choose::Entry;
use crate::findings::ResponseFound;
use crate::ground::estimate::Absent;
use crate::infer::portfolio::{Response, allocate};
use crate::studies::roi::measured::refused;
use std::collections::BTreeMap;

/// Curves through the sizes of each thing that has three or more.
pub(super) fn responses(entries: &[Entry<'_>]) -> Vec<ResponseFound> {
    let mut families: BTreeMap<&str, Vec<(String, f64, f64)>> = BTreeMap::new();
    let mean = |draws: &[f64]| draws.iter().sum::<f64>() / draws.len().max(1) as f64;
    for entry in entries {
        let one = entry.candidate;
        let size = (one.id.clone(), mean(&entry.costed.cost), mean(&entry.costed.benefit));
        families.entry(one.variant_of.as_deref().unwrap_or(&one.id)).or_default().push(size);
    }
    families
        .into_iter()
        .filter(|(_, sizes)| sizes.len() >= 3)
        .map(|(of, mut sizes)| {
            sizes.sort_by(|a, b| a.1.total_cmp(&b.1));
            let enough = enough(&sizes).map_err(Absent::Refused);
            ResponseFound { of: of.to_owned(), sizes, enough }
        })
        .collect()
}

/// The spend from which another euro brings less than a euro, on the curve through the smallest, the middle
/// and the largest size.
fn enough(sizes: &[(String, f64, f64)]) -> Result<f64, crate::ground::estimate::Refused> {
    let at = |i: usize| (sizes[i].1, sizes[i].2);
    let last = sizes.len() - 1;
    let curve = Response::elicited([at(0), at(last / 2), at(last)])?;
    // Money enough for any size: what is not spent is what brings too little.
    let plenty = 10.0 * sizes[last].1;
    let split = allocate(&[curve], plenty)?;
    if split.unspent <= 0.0 {
        let reason = "the curve still rises by more than a euro for a euro at ten times the largest size";
        return Err(refused("no_ceiling", reason, "a larger size, where it brings less for its money"));
    }
    Ok(split.spend[0])
}
