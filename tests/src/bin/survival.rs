//! Fits a survival curve or Cox's model to a file of subjects and says what it took; for the bench.
//!
//! usage: survival FILE TASK OUT

use cx_core::infer::Level;
use cx_core::infer::survival::cox::{Control, Spells, fit};
use cx_core::infer::survival::{Table, median};
use std::error::Error;
use std::time::Instant;

fn main() -> Result<(), Box<dyn Error>> {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let [path, task, out] = words.as_slice() else { return Err("usage: survival FILE TASK OUT".into()) };
    let text = std::fs::read_to_string(path)?;
    let mut lines = text.lines();
    let header = lines.next().ok_or("an empty file")?;
    let names: Vec<String> = header.split(',').skip(2).map(str::to_owned).collect();
    let p = names.len();
    let (mut times, mut events, mut x) = (Vec::new(), Vec::new(), Vec::new());
    for line in lines {
        let mut cells = line.split(',');
        let mut next = || cells.next().ok_or("a short row");
        times.push(next()?.parse::<f64>()?);
        events.push(next()? == "1");
        for _ in 0..p {
            x.push(next()?.parse::<f64>()?);
        }
    }
    drop(text);
    let began = Instant::now();
    let figures = if task == "kaplan-meier" {
        let table = Table::exact(times.iter().zip(&events).map(|(t, e)| (0.0, *t, e.then_some(0), 1)));
        let half = median(&table, cx_core::ground::unit::Unit::Days, Level::P95);
        vec![table.survival_at(365.0), half.value.ok_or("no median")?]
    } else {
        let mut spells = Spells::new(names);
        for ((time, event), x) in times.iter().zip(&events).zip(x.chunks_exact(p)) {
            spells.add(0.0, *time, *event, 1, x)?;
        }
        let model = fit(&spells, Control::default())?;
        let errors = (0..p).map(|j| model.covariance[(j, j)].sqrt());
        model.beta.iter().copied().chain(errors).chain([model.log_likelihood]).collect()
    };
    let seconds = began.elapsed().as_secs_f64();
    let json = serde_json::json!({ "seconds": seconds, "figures": figures });
    std::fs::write(out, json.to_string())?;
    Ok(())
}
