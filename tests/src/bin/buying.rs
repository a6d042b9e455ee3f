//! Fits a model of repeat purchases to histories in days and writes what it took, for `cargo xtask bench`.
//!
//! usage: buying FILE MODEL OUT   (a CSV of x, t_x, T in days; bg-nbd or pareto-nbd; a JSON file)

use cx_core::infer::buying::{BgNbd, Cell, Model, ParetoNbd, fit};
use std::collections::BTreeMap;
use std::error::Error;
use std::fs;
use std::time::Instant;

fn main() -> Result<(), Box<dyn Error>> {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let [file, model, out] = words.as_slice() else {
        return Err("usage: buying FILE MODEL OUT".into());
    };
    let began = Instant::now();
    let customers = read(&fs::read_to_string(file)?)?;
    let read = began.elapsed();
    let counting = Instant::now();
    let cells = counted(&customers);
    drop(customers);
    let count = counting.elapsed();
    let fitting = Instant::now();
    let (log_likelihood, parameters) = match model.as_str() {
        "bg-nbd" => fitted::<BgNbd>(&cells)?,
        "pareto-nbd" => fitted::<ParetoNbd>(&cells)?,
        other => return Err(format!("there is no model `{other}`").into()),
    };
    let result = serde_json::json!({
        "log_likelihood": log_likelihood,
        "parameters": parameters,
        "cells": cells.len(),
        "read_seconds": read.as_secs_f64(),
        "count_seconds": count.as_secs_f64(),
        "fit_seconds": fitting.elapsed().as_secs_f64(),
    });
    fs::write(out, result.to_string())?;
    Ok(())
}

fn read(text: &str) -> Result<Vec<[u32; 3]>, Box<dyn Error>> {
    let customer = |line: &str| -> Result<[u32; 3], Box<dyn Error>> {
        let mut numbers = line.split(',').map(|cell| cell.trim().parse::<u32>());
        let mut next = || numbers.next().ok_or_else(|| format!("`{line}` has fewer than three numbers"));
        Ok([next()??, next()??, next()??])
    };
    text.lines().skip(1).map(customer).collect()
}

/// Cells in weeks.
fn counted(customers: &[[u32; 3]]) -> Vec<Cell> {
    let mut counts: BTreeMap<[u32; 3], u32> = BTreeMap::new();
    for customer in customers {
        *counts.entry(*customer).or_default() += 1;
    }
    let week = |days: u32| f64::from(days) / 7.0;
    let cell = |([x, last, age], n): ([u32; 3], u32)| {
        Cell::one(f64::from(x), week(last), week(age)).times(f64::from(n), 0)
    };
    counts.into_iter().map(cell).collect()
}

fn fitted<M: Model>(cells: &[Cell]) -> Result<(f64, [f64; 4]), Box<dyn Error>> {
    let fitted = fit::<M>(cells).map_err(|absent| format!("{absent:?}"))?;
    Ok((fitted.fit.value, fitted.model.parameters()))
}
