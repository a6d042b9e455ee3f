//! Values of R's psych package (2.2.9) and factanal on a table made by rule.

use super::*;
use crate::infer::Level;

/// Twelve subjects by four raters.
fn table() -> Vec<Vec<f64>> {
    (0..12_u32)
        .map(|i| (0..4_u32).map(|j| f64::from(3 * (i % 5) + (i * 7 + j * 5 + i * j) % 6 + j)).collect())
        .collect()
}

fn close(got: f64, wanted: f64, tolerance: f64, what: &str) {
    assert!((got - wanted).abs() < tolerance, "{what}: {got} instead of {wanted}");
}

#[test]
fn intraclass_correlations_and_their_limits() {
    let forms = icc(&table(), Level::P95).unwrap();
    for (form, (name, value, low, high)) in forms.iter().zip([
        ("ICC1", 0.809_702_464_696_993, 0.622_199_972_014_257, 0.931_630_119_054_632),
        ("ICC2", 0.813_273_340_832_396, 0.563_477_619_394_176, 0.937_617_246_406_393),
        ("ICC3", 0.879_270_315_091_21, 0.741_787_399_367_979, 0.958_475_166_199_501),
        ("ICC1k", 0.944_505_227_327_984, 0.868_206_223_731_674, 0.981_983_700_578_779),
        ("ICC2k", 0.945_716_154_349_248, 0.837_750_130_326_349, 0.983_638_820_006_575),
        ("ICC3k", 0.966_812_545_587_163, 0.919_943_068_476_522, 0.989_285_090_420_261),
    ]) {
        assert_eq!(form.kind.name(), name);
        close(form.value, value, 1e-12, name);
        close(form.interval.low.unwrap(), low, 1e-12, name);
        close(form.interval.high.unwrap(), high, 1e-12, name);
    }
    close(forms[0].p / 1.807_646_513_491_79e-11, 1.0, 1e-9, "p");
}

#[test]
fn alpha_and_its_companions() {
    let result = alpha(&table()).unwrap();
    close(result.alpha, 0.966_812_545_587_162_7, 1e-12, "alpha");
    close(result.standardised.unwrap(), 0.967_197_337_602_305_8, 1e-12, "standardised");
    close(result.lambda6.unwrap(), 0.962_791_302_053_633_3, 1e-12, "lambda 6");
    close(result.average_r.unwrap(), 0.880_544_705_500_477_9, 1e-12, "average r");
    let dropped =
        [0.963_596_650_891_882, 0.953_391_389_672_513, 0.961_219_483_705_175, 0.946_589_678_816_312];
    let rest = [0.892_842_196_809_026, 0.927_007_082_664_27, 0.899_688_425_074_743, 0.951_803_665_624_04];
    for j in 0..4 {
        close(result.if_dropped.as_ref().unwrap()[j], dropped[j], 1e-12, "dropped");
        close(result.item_rest[j].unwrap(), rest[j], 1e-12, "item and rest");
    }
}

/// factanal stops at a finite tolerance of its optimiser, hence the wider one here.
#[test]
fn one_factor_by_maximum_likelihood() {
    let model = one_factor(&table()).unwrap();
    for (got, wanted) in model.loadings.iter().zip([
        0.911_406_343_369_583,
        0.954_193_169_122_799,
        0.905_448_729_260_642,
        0.980_229_759_845_572,
    ]) {
        close(*got, wanted, 1e-6, "loading");
    }
    assert!(!model.at_floor);
}

/// At the optimum every item's variance is reproduced: λ² + ψ = 1.
#[test]
fn the_fit_reproduces_the_variances() {
    let model = one_factor(&table()).unwrap();
    for (l, psi) in model.loadings.iter().zip(&model.uniquenesses) {
        close(l * l + psi, 1.0, 1e-9, "variance");
    }
}
