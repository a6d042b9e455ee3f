//! Values to 18 digits, computed with 40-digit arithmetic.

use super::*;

fn close(got: f64, wanted: f64, relative: f64, what: &str) {
    assert!((got - wanted).abs() <= relative * wanted.abs(), "{what}: {got:e} instead of {wanted:e}");
}

#[test]
fn normal_tails_and_quantiles() {
    for (x, wanted) in [
        (-1.96, 0.024_997_895_148_220_435),
        (-10.0, 7.619_853_024_160_525e-24),
        (-37.0, 5.725_571_222_524_577e-300),
        (0.3, 0.617_911_422_188_952_7),
    ] {
        close(normal::tails(x).below, wanted, 1e-13, "normal");
        close(normal::tails(-x).above, wanted, 1e-13, "normal");
    }
    for (p, wanted) in [
        (0.025, -1.959_963_984_540_054_3),
        (0.005, -2.575_829_303_548_901),
        (0.4, -0.253_347_103_135_799_8),
        (1e-10, -6.361_340_902_404_057),
        (1e-300, -37.047_096_299_361_2),
    ] {
        close(normal::quantile(Tails::below(p)), wanted, 1e-15, "normal quantile");
        close(normal::quantile(Tails::above(p)), -wanted, 1e-15, "normal quantile");
    }
}

#[test]
fn student_tails_and_quantiles() {
    for (t, df, wanted) in [
        (2.0, 3.0, 0.069_662_984_279_421_6),
        (1.96, 1e6, 0.024_998_033_792_634_895),
        (50.0, 2.5, 4.065_247_542_479_360_5e-5),
        (0.001, 7.0, 0.499_615_008_622_499_4),
        (12.0, 155.3, 3.430_405_091_490_680_6e-24),
    ] {
        close(student::tails(t, df).above, wanted, 1e-13, "t");
    }
    for (p, df, wanted) in [
        (0.025, 4.0, 2.776_445_105_197_794_3),
        (0.025, 1.0, 12.706_204_736_174_705),
        (0.025, 325.384_506_652_768_27, 1.967_281_388_155_127),
        (1e-12, 9.0, 51.414_916_023_282_23),
        (0.45, 3.0, 0.136_598_199_353_698_9),
    ] {
        close(student::quantile(Tails::above(p), df), wanted, 1e-14, "t quantile");
    }
}

#[test]
fn gamma_tails_and_quantiles() {
    for (a, x, below, above) in [
        (0.5, 0.2, 0.472_910_743_134_461_9, 0.527_089_256_865_538_1),
        (3.0, 10.0, 0.997_230_604_284_488_4, 0.002_769_395_715_511_576),
        (1000.0, 900.0, 0.000_549_902_265_711_782_9, 0.999_450_097_734_288_2),
        (1e5, 100_500.0, 0.942_896_730_023_971_3, 0.057_103_269_976_028_714),
        (0.01, 1e-5, 0.896_336_798_267_197_3, 0.103_663_201_732_802_8),
        (50.0, 200.0, 1.0, 1.692_797_995_885_708_7e-37),
    ] {
        close(gamma::tails(x, a).below, below, 1e-13, "gamma below");
        close(gamma::tails(x, a).above, above, 2e-13, "gamma above");
    }
    for (a, p, wanted) in [
        (7.0, 0.025, 2.814_363_051_519_866),
        (8.0, 0.975, 14.422_675_361_702_38),
        (0.5, 0.5, 0.227_468_211_559_786_4),
        (1e5, 0.001, 99_025.631_890_500_92),
    ] {
        close(gamma::quantile(Tails::below(p), a), wanted, 1e-13, "gamma quantile");
    }
}

#[test]
fn beta_tails_and_quantiles() {
    for (a, b, x, below, above) in [
        (0.5, 0.5, 0.3, 0.369_010_119_565_545_36, 0.630_989_880_434_454_6),
        (152.0, 29.0, 0.79, 0.040_846_306_645_814_35, 0.959_153_693_354_185_7),
        (1e5, 2e5, 0.334, 0.780_761_813_832_126_5, 0.219_238_186_167_873_52),
        (3.0, 1e6, 1e-6, 0.080_301_672_981_258_65, 0.919_698_327_018_741_3),
        (80.5, 1.5, 0.999, 0.983_539_479_023_196_3, 0.016_460_520_976_803_69),
        (1.0, 5.0, 1.0 / 11.0, 0.379_078_676_940_844_85, 0.620_921_323_059_155_2),
        (2.5, 700.0, 0.02, 0.999_968_401_609_604, 3.159_839_039_596_867e-5),
    ] {
        close(beta::tails(x, a, b).below, below, 3e-13, "beta below");
        close(beta::tails(x, a, b).above, above, 1e-12, "beta above");
    }
    for (a, b, p, wanted) in [
        (152.0, 29.0, 0.025, 0.783_085_844_066_079_2),
        (0.5, 180.5, 0.975, 0.013_839_193_740_452_596),
        (153.0, 28.0, 0.975, 0.894_077_159_314_278_6),
        (30_000.0, 70_000.0, 0.025, 0.297_163_553_035_795),
    ] {
        close(beta::quantile(Tails::below(p), a, b), wanted, 1e-13, "beta quantile");
    }
}

#[test]
fn fisher_quantiles() {
    for (p, d1, d2, wanted) in [
        (0.025, 29.0, 174.0, 1.661_538_417_028_814_8),
        (0.975, 29.0, 174.0, 0.536_965_542_527_490_6),
        (0.05, 1.0, 5.0, 6.607_890_973_703_364),
        (0.001, 3.5, 40.25, 6.081_562_296_823_769),
    ] {
        close(fisher::quantile(Tails::above(p), d1, d2), wanted, 1e-13, "F quantile");
        close(fisher::tails(wanted, d1, d2).above, p, 1e-12, "F");
    }
}

#[test]
fn noncentral_t_probabilities() {
    for (t, df, delta, wanted) in [
        (2.0, 10.0, 1.5, 0.659_154_072_442_190_8),
        (-1.0, 10.0, 1.5, 0.007_779_095_354_336_621_4),
        (1.98, 126.0, 2.82, 0.201_168_583_548_066_3),
        (2.5, 5.0, 0.0, 0.972_754_950_328_811_9),
        (1.9646, 784.8, 2.8, 0.201_858_796_191_447_34),
        (3.0, 4.0, -2.0, 0.999_881_854_027_593_9),
    ] {
        close(noncentral_t::tails(t, df, delta).below, wanted, 1e-12, "noncentral t");
    }
}

#[test]
fn log_gamma_and_its_error_term() {
    for (x, wanted) in [
        (0.5, 0.572_364_942_924_700_1),
        (1e-3, 6.907_178_885_383_853),
        (3.3, 0.987_098_577_894_734_5),
        (25.5, 56.389_167_643_719_944),
        (1e6, 12_815_504.569_147_611),
    ] {
        close(density::ln_gamma(x), wanted, 2e-15, "ln gamma");
    }
    for (x, wanted) in [
        (0.5, 0.153_426_409_720_027_36),
        (3.3, 0.025_177_132_967_245_1),
        (15.5, 0.005_375_599_032_926_835),
        (100.0, 0.000_833_330_555_634_914_7),
    ] {
        close(density::stirling_error(x), wanted, 1e-13, "Stirling error");
    }
}

#[test]
fn arguments_outside_the_domain_give_no_number() {
    assert!(student::quantile(Tails::below(0.1), -1.0).is_nan());
    assert!(beta::tails(0.5, 0.0, 1.0).below.is_nan());
    assert!(gamma::quantile(Tails::below(1.5), 2.0).is_nan());
    assert_eq!(normal::quantile(Tails::below(0.0)), f64::NEG_INFINITY);
    assert!(normal::quantile(Tails::below(f64::NAN)).is_nan());
}
