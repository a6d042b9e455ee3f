//! Models of yes or no against statsmodels.

use cx_core::calc::{Request, call};
use cx_core::infer::regression::{Family, Pooled, Variance, average_marginal, binary};
use cx_tests::oracle::{Oracle, value};

#[test]
fn logit_and_probit() {
    let Some(oracle) = Oracle::open("driver_logit") else { return };
    let input = oracle.table("input.csv");
    let names = ["const", "GPA", "TUCE", "PSI"];
    let cell = |name: &str, row: usize| input.column(name).unwrap().cells[row].parse::<f64>().unwrap();
    let rows: Vec<Pooled> = (0..input.rows())
        .map(|i| {
            let x = [vec![1.0], names[1..].iter().map(|name| cell(name, i)).collect()].concat();
            Pooled::row(x, cell("GRADE", i))
        })
        .collect();
    for (link, family) in [("logit", Family::Logit), ("probit", Family::Probit)] {
        let fit = binary(&rows, family, Variance::Classical).unwrap();
        let called = call("logit", &Request::on(&input).option("link", link)).unwrap();
        for (place, name) in names.iter().enumerate() {
            let key = |part: &str| format!("{link}.{name}.{part}");
            oracle.check(&key("coef"), fit.model.coefficients[place]);
            oracle.check(&key("coef"), value(&called, &[name, "coefficient"]));
            oracle.check(&key("se"), fit.model.se(place));
            oracle.check(&key("se"), value(&called, &[name, "se"]));
            if place > 0 && link == "logit" {
                let step = average_marginal(&fit.model, &rows, place).unwrap();
                oracle.check(&key("ame"), step.effect);
                oracle.check(&key("ame_se"), step.se);
                oracle.check(&key("ame"), value(&called, &[name, "average_marginal_effect"]));
                oracle.check(&key("ame_se"), value(&called, &[name, "average_marginal_effect_se"]));
                oracle.check(&key("odds_ratio"), fit.model.coefficients[place].exp());
                oracle.check(&key("odds_ratio"), value(&called, &[name, "odds_ratio"]));
            }
        }
        let whole = |part: &str| value(&called, &["model", part]);
        oracle.check(&format!("{link}.loglik"), fit.model.log_likelihood);
        oracle.check(&format!("{link}.loglik"), whole("log_likelihood"));
        oracle.check(&format!("{link}.loglik_null"), whole("log_likelihood_null"));
        oracle.check(&format!("{link}.mcfadden_r2"), whole("mcfadden_r2"));
        if link == "logit" {
            oracle.check("logit.auc_in_sample", fit.area.unwrap());
            oracle.check("logit.auc_in_sample", whole("auc_in_sample"));
        }
    }
    oracle.all_claimed();
}
