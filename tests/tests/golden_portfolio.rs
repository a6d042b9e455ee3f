//! Choosing under a budget, what drives an answer and what a share can do: the worked examples.

use cx_core::infer::draws::{largest_base, uniform};
use cx_core::infer::portfolio::best_of_many;
use cx_core::infer::sensitivity::sobol;
use cx_tests::oracle::vectors;

#[test]
fn worked_examples() {
    let Some(all) = vectors() else { return };
    let mut seen = 0;
    for v in &all {
        match v.name.as_str() {
            "optimisers_curse" => {
                let candidates = v.number("candidates") as u32;
                let best = best_of_many(candidates, v.number("signal_sd"), v.number("noise_sd")).unwrap();
                v.check("apparent_best", best.apparent);
                v.check("true_of_best", best.truth);
            }
            "feasibility_bound" => {
                for (i, relative) in v.numbers("relative").into_iter().flatten().enumerate() {
                    v.check(&i.to_string(), largest_base(relative).unwrap());
                }
            }
            "ishigami_sobol" => {
                let (a, b) = (v.number("a"), v.number("b"));
                let pi = std::f64::consts::PI;
                let set = |seed: u64| -> Vec<Vec<f64>> {
                    let of = |name: &&str| {
                        (0..20_000).map(|d| (2.0 * uniform(seed, name, d) - 1.0) * pi).collect()
                    };
                    ["x", "y", "z"].iter().map(of).collect()
                };
                let model = |x: &[f64]| x[0].sin() + a * x[1].sin().powi(2) + b * x[2].powi(4) * x[0].sin();
                let indices = sobol(&set(1), &set(2), model).unwrap();
                for (i, index) in indices.iter().enumerate() {
                    v.check(&format!("S.{i}"), index.first);
                    v.check(&format!("ST.{i}"), index.total);
                }
            }
            _ => continue,
        }
        v.all_claimed();
        seen += 1;
    }
    assert_eq!(seen, 3);
}
