//! Survival curves against R survival and lifelines.

use cx_core::ground::fixed;
use cx_core::ground::unit::Unit;
use cx_core::infer::Level;
use cx_core::infer::survival::{CurveScale, Table, estimate_at, limits_at, median, restricted_mean};
use cx_core::stats::Life;
use cx_tests::oracle::Oracle;

#[test]
fn survival_curves() {
    let Some(oracle) = Oracle::open("survival_km") else { return };
    let input = oracle.table("input.csv");
    let cells = |name: &str| &input.column(name).unwrap().cells;
    for group in ["control", "miR-137"] {
        let mut life = Life::default();
        for ((time, event), of) in cells("time").iter().zip(cells("event")).zip(cells("group")) {
            if of == group {
                let age = fixed::from_f64(time.parse().unwrap()).unwrap();
                life.add(0, age, (event == "1").then_some(0), 1);
            }
        }
        let table = Table::new(&life);
        oracle.check(&format!("{group}.n"), table.units() as f64);
        oracle.check(&format!("{group}.events"), table.events() as f64);
        for age in [10, 20, 30, 40, 50, 60] {
            let at = f64::from(age);
            let estimate = estimate_at(&table, at, Level::P95);
            oracle.check(&format!("{group}.surv[{age}]"), estimate.value.unwrap());
            oracle.check(&format!("{group}.se[{age}]"), estimate.se.unwrap());
            oracle.check(&format!("{group}.nelson_aalen[{age}]"), table.hazard_at(at));
            for (name, scale) in
                [("plain", CurveScale::Plain), ("log", CurveScale::Log), ("loglog", CurveScale::LogLog)]
            {
                let (low, high) = limits_at(&table, at, scale, Level::P95).unwrap();
                oracle.check(&format!("{group}.{name}.lo[{age}]"), low);
                oracle.check(&format!("{group}.{name}.hi[{age}]"), high);
            }
            let interval = estimate.interval.unwrap();
            oracle.check(&format!("{group}.loglog.lo[{age}]"), interval.low.unwrap());
            oracle.check(&format!("{group}.loglog.hi[{age}]"), interval.high.unwrap());
        }
        oracle.check(&format!("{group}.median"), median(&table, Unit::Days, Level::P95).value.unwrap());
        let mean = restricted_mean(&table, 60.0, Unit::Days, Level::P95);
        oracle.check(&format!("{group}.rmst[60]"), mean.value.unwrap());
        oracle.check(&format!("{group}.rmst_lifelines[60]"), mean.value.unwrap());
        oracle.check(&format!("{group}.rmst_se[60]"), mean.se.unwrap());
    }
    // Tests of two curves stand in `golden_retention`.
    oracle.all_claimed_but(&["logrank.", "petopeto_rho1."]);
}
