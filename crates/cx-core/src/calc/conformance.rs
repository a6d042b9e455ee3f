//! What every formula of the list must keep.

use super::spec::Default;
use super::*;

#[test]
fn names_are_unique_and_help_is_written() {
    for (i, calc) in CALCS.iter().enumerate() {
        assert!(CALCS[..i].iter().all(|other| other.name != calc.name), "{} stands twice", calc.name);
        assert!(calc.summary.len() > 20, "{}", calc.name);
        for choice in calc.options {
            assert!(!choice.help.is_empty(), "{} {}", calc.name, choice.name);
            if let Some(default) = choice.default {
                let listed = choice.allowed.is_empty() || choice.allowed.contains(&default);
                assert!(listed, "{} --{}: {default} is not among the values", calc.name, choice.name);
            }
            // One flag may not mean a column and an option.
            let role = calc.roles.iter().any(|role| role.name == choice.name);
            assert!(!role || calc.name == "nps", "{}: {} is a role and an option", calc.name, choice.name);
        }
        assert!(calc.roles.iter().all(|role| !role.help.is_empty()));
    }
}

#[test]
fn every_formula_refuses_nonsense_with_a_remedy() {
    let table = Table::from_rows(&["a"], &[&["x,y"]]).unwrap();
    for calc in CALCS {
        for request in [
            Request::bare(),
            Request::on(&table),
            Request::on(&table).option("no-such-option", "1"),
            Request::on(&table).column("no-such-role", "a"),
            Request::on(&table).by("no-such-column"),
        ] {
            let error = call(calc.name, &request).unwrap_err();
            assert!(!error.help().is_empty(), "{}: {error}", calc.name);
        }
    }
}

/// A cell that cannot be read is named by its row, header included, and column.
#[test]
fn a_bad_cell_is_named_with_its_remedy() {
    let table = Table::from_rows(&["score"], &[&["9"], &["8,5"], &["7"]]).unwrap();
    let error = call("nps", &Request::on(&table)).unwrap_err();
    assert_eq!(error.to_string(), "row 3, column `score`: `8,5` is not a number: it holds a comma");
    assert!(error.help().contains("8.5"));
    assert_eq!(error.kind(), Kind::Data);
    let table = Table::from_rows(&["score"], &[&["11"]]).unwrap();
    assert!(call("nps", &Request::on(&table)).unwrap_err().to_string().contains("lies outside 0 to 10"));
}

#[test]
fn a_blank_is_missing_and_never_zero() {
    let rows: &[&[&str]] = &[&["10"], &[" "], &["9"], &[""]];
    let table = Table::from_rows(&["score"], rows).unwrap();
    let result = call("nps", &Request::on(&table)).unwrap();
    assert_eq!(result.results.figure(&["n"]), Some(&Figure::count(2)));
    let json = serde_json::to_value(&result).unwrap();
    assert_eq!(json["caveats"][0]["code"], "note");
    assert!(json["caveats"][0]["text"].as_str().unwrap().starts_with("2 rows were left out"));
}

/// The shape that scripts depend on.
#[test]
fn the_result_has_its_documented_shape() {
    let rows: Vec<Vec<String>> = [("10", 50), ("8", 30), ("2", 20)]
        .iter()
        .flat_map(|(s, n)| vec![vec![(*s).to_owned()]; *n])
        .collect();
    let table = Table::new(vec!["score".to_owned()], rows).unwrap();
    let result = call("nps", &Request::on(&table).option("method", "adjusted-wald")).unwrap();
    let json = serde_json::to_value(&result).unwrap();
    assert_eq!(json["schema_version"], 1);
    assert_eq!(json["formula"], "nps");
    assert_eq!(json["method"], "adjusted_wald");
    assert_eq!(json["level"], 0.95);
    assert_eq!(json["results"]["nps"]["value"], 30.0);
    assert_eq!(json["results"]["nps"]["unit"], "points");
    let near = |key: &str, wanted: f64| {
        let got = json["results"]["nps"][key].as_f64().unwrap();
        assert!((got - wanted).abs() < 0.005, "{key}: {got}");
    };
    near("low", 14.05);
    near("high", 44.20);
    assert_eq!(json["results"]["n"], serde_json::json!({"value": 100}));
    assert_eq!(json["caveats"], serde_json::json!([]));
}

/// Roles that a second table or several columns fill are found by their usual names.
#[test]
fn usual_names_are_found() {
    assert!(CALCS.iter().flat_map(|c| c.roles).all(|r| match r.default {
        Default::Named(names) => !names.is_empty(),
        _ => true,
    }));
}
