//! Credit, claims and judged promises against the worked examples.

use cx_core::claims::{Library, Size, shipped};
use cx_core::infer::draws::{Points, largest_base};
use cx_core::infer::finance::shapley;
use cx_core::infer::scoring::crps_of_draws;
use cx_tests::oracle::{Vector, shared, vectors};

fn named(all: &[Vector], name: &str) -> Vec<usize> {
    let places: Vec<usize> = (0..all.len()).filter(|i| all[*i].name == name).collect();
    assert!(!places.is_empty(), "no example is called {name}");
    places
}

/// Shares of two and of three initiatives.
#[test]
fn credit_is_split_as_by_hand() {
    let Some(all) = vectors() else { return };
    for (name, players) in [("shapley2", "AB"), ("shapley3", "ABC")] {
        for vector in named(&all, name).into_iter().map(|i| &all[i]) {
            let value = |coalition: u64| {
                let members: String = players
                    .chars()
                    .enumerate()
                    .filter(|(j, _)| coalition >> j & 1 == 1)
                    .map(|(_, c)| c)
                    .collect();
                if members.is_empty() { 0.0 } else { vector.number(&members) }
            };
            let credits = shapley(players.len(), value, 1).unwrap();
            for (player, credit) in players.chars().zip(credits) {
                vector.check(&player.to_string(), credit.share);
            }
            vector.all_claimed();
        }
    }
}

/// The shipped claims are the researched ones, word for word.
#[test]
fn claims_are_carried_over_whole() {
    let Some(folder) = shared("claims") else { return };
    let text = std::fs::read_to_string(folder.join("design/claims.json")).unwrap();
    assert_eq!(&Library::read(&text).unwrap(), shipped().unwrap());
}

/// The bounds that the claims' own coherence checks state, in per cent.
#[test]
fn coherence_checks_say_what_arithmetic_says() {
    let library = shipped().unwrap();
    for (id, stated) in [("C13", 80.0), ("C15", 80.6), ("C17", 71.4), ("C31", 83.3)] {
        let claim = library.claim(id).unwrap();
        assert!(claim.coherence_check.contains(&format!("<={stated}%")), "{id}");
        let Size::Relative { low, .. } = claim.size() else { panic!("{id} is not relative") };
        assert!((100.0 * largest_base(low).unwrap() - stated).abs() < 0.05, "{id}");
    }
}

/// The promise of the worked case, 1.40 points (0.44 to 2.36), held against a smaller delivery.
#[test]
fn a_promise_as_quantiles_scores_like_its_normal() {
    let sd: f64 = (2.36 - 0.44) / (2.0 * 1.959_963_984_540_054);
    let z = [1.644_853_626_951_472_7, 1.281_551_565_544_600_4, 0.674_489_750_196_081_7];
    let at = |z: f64| sd.mul_add(z, 1.4);
    let promised =
        Points::checked([at(-z[0]), at(-z[1]), at(-z[2]), 1.4, at(z[2]), at(z[1]), at(z[0])]).unwrap();
    let exact = cx_core::infer::scoring::crps_of_normal(0.9, 1.4, sd).unwrap();
    let got = crps_of_draws(&promised.even(1000), 0.9).unwrap();
    assert!((got / exact - 1.0).abs() < 0.003, "{got} {exact}");
}
