//! Values of R's survival package (3.5): `survfit` with log-log intervals.

use super::*;
use crate::ground::unit::Unit;
use crate::infer::Level;
use crate::stats::Life;

fn close(got: f64, wanted: f64) {
    assert!((got - wanted).abs() < 1e-12, "{got} instead of {wanted}");
}

#[test]
fn late_entry() {
    let entry = [0, 0, 0, 2, 2, 4, 5, 0];
    let exit = [3, 5, 6, 7, 8, 9, 9, 10];
    let event = [1, 0, 1, 1, 0, 1, 1, 0];
    let mut life = Life::default();
    for ((a, b), e) in entry.iter().zip(&exit).zip(&event) {
        life.add(a << 20, b << 20, (*e == 1).then_some(0), 1);
    }
    let table = Table::new(&life);
    for (age, at_risk, s, se, low, high) in [
        (3.0, 6, 0.833_333_333_333_333, 0.152_145_154_862_546, 0.273_122_849_928_356, 0.974_712_426_690_894),
        (
            6.0,
            6,
            0.694_444_444_444_445,
            0.179_304_784_546_64,
            0.232_049_285_534_297_13,
            0.912_998_147_994_049,
        ),
        (
            7.0,
            5,
            0.555_555_555_555_556,
            0.189_758_347_517_77,
            0.159_465_126_611_229_72,
            0.828_462_026_888_938,
        ),
        (
            9.0,
            3,
            0.185_185_185_185_185,
            0.163_900_222_806_812,
            0.008_939_563_749_817_04,
            0.547_233_958_374_765,
        ),
    ] {
        assert_eq!(table.at_risk(age), at_risk);
        let estimate = estimate_at(&table, age, Level::P95);
        close(estimate.value.unwrap(), s);
        close(estimate.se.unwrap(), se);
        let interval = estimate.interval.unwrap();
        close(interval.low.unwrap(), low);
        close(interval.high.unwrap(), high);
    }
    let last = table.row_at(10.0).unwrap();
    close(last.hazard, 1.2);
    close(last.hazard_variance.sqrt(), 0.563_717_817_509_592);
    for (left, value, low, high) in [(0.25, 6.0, Some(3.0), Some(9.0)), (0.5, 9.0, Some(3.0), None)] {
        let estimate = quantile(&table, left, Unit::Months, Level::P95);
        assert_eq!(estimate.value, Some(value));
        let interval = estimate.interval.unwrap();
        assert_eq!((interval.low, interval.high), (low, high));
    }
}

#[test]
fn competing_causes() {
    let exit = [2, 3, 3, 5, 6, 6, 8, 9, 9, 11, 12, 15];
    let status = [1, 2, 0, 1, 1, 2, 0, 1, 2, 2, 0, 1];
    let mut life = Life::default();
    for (t, status) in exit.iter().zip(status) {
        life.add(0, t << 20, usize::checked_sub(status, 1), 1);
    }
    let table = Table::new(&life);
    let (first, second) = (incidence(&table, 0, Level::P95), incidence(&table, 1, Level::P95));
    let at = |curve: &[Incidence], age: f64| {
        let row = curve.iter().find(|row| row.age == age).unwrap();
        (row.value, row.se)
    };
    for (age, one, se_one, two, se_two) in [
        (
            3.0,
            0.083_333_333_333_333_3,
            0.079_785_592_313_028_2,
            0.083_333_333_333_333_3,
            0.079_785_592_313_028_2,
        ),
        (
            6.0,
            0.268_518_518_518_518_5,
            0.133_047_604_798_090_1,
            0.175_925_925_925_925_9,
            0.113_328_777_578_624_4,
        ),
        (9.0, 0.379_629_629_629_629_6, 0.151_789_420_569_818_4, 0.287_037_037_037_037, 0.141_862_878_188_394),
        (
            15.0,
            0.601_851_851_851_851_9,
            0.155_729_681_594_789_1,
            0.398_148_148_148_148,
            0.155_729_681_594_788_9,
        ),
    ] {
        let ((f1, s1), (f2, s2)) = (at(&first, age), at(&second, age));
        close(f1, one);
        close(s1, se_one);
        close(f2, two);
        close(s2, se_two);
    }
}
