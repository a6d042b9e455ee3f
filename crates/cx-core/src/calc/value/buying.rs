//! Buy-till-you-die models on a table of histories.

use super::asked::{Asked, OPTIONS, between, given, refused};
use super::histories::{AGE, Base, CUSTOMERS, FREQUENCY, MONETARY, OCCASIONS, RECENCY, WHO, read};
use crate::calc::{Answer, Args, Calc, CalcError, Figure, Results, Role};
use crate::ground::estimate::{Absent, Caveat, Interval};
use crate::ground::unit::Unit;
use crate::infer::buying::{
    BgBb, BgNbd, CORRELATED, Cell, EXACT, Fitted, FittedSpend, GammaGamma, MbgNbd, Model, ParetoNbd, Spread,
    base_moments, discounted, fit, fit_spend, frequency_spend_correlation, log_likelihood, prediction,
};

const ROLES: &[Role] = &[FREQUENCY, RECENCY, AGE, MONETARY, CUSTOMERS, WHO];

pub(in crate::calc) const BG_NBD: Calc = Calc {
    name: "bg-nbd",
    group: "value",
    summary: "Purchases to come of customers without a contract, who may leave after a repeat purchase (BG/NBD)",
    roles: ROLES,
    second: None,
    options: OPTIONS,
    table_is_optional: false,
    run: run::<BgNbd>,
};

pub(in crate::calc) const MBG_NBD: Calc = Calc {
    name: "mbg-nbd",
    summary: "Purchases to come of customers without a contract, who may leave after any purchase (MBG/NBD)",
    run: run::<MbgNbd>,
    ..BG_NBD
};

pub(in crate::calc) const PARETO_NBD: Calc = Calc {
    name: "pareto-nbd",
    summary: "Purchases to come of customers without a contract, who may leave at any time (Pareto/NBD)",
    run: run::<ParetoNbd>,
    ..BG_NBD
};

pub(in crate::calc) const BG_BB: Calc = Calc {
    name: "bg-bb",
    summary: "Purchases to come where there are fixed occasions to buy: donations, seasons, issues (BG/BB)",
    roles: &[FREQUENCY, RECENCY, OCCASIONS, MONETARY, CUSTOMERS, WHO],
    run: run::<BgBb>,
    ..BG_NBD
};

/// What only some models have a closed form for.
trait Endless: Model {
    /// Purchases to come, discounted at this rate per period of this length, for ever.
    fn endless(&self, cell: &Cell, period: f64, discount: f64) -> Option<f64>;

    /// The chance to be there when it next counts.
    fn still_there(&self, cell: &Cell) -> f64 {
        self.alive(cell)
    }
}

impl<const FIRST: bool> Endless for crate::infer::buying::Geometric<FIRST> {
    fn endless(&self, _: &Cell, _: f64, _: f64) -> Option<f64> {
        None
    }
}

impl Endless for ParetoNbd {
    fn endless(&self, cell: &Cell, period: f64, discount: f64) -> Option<f64> {
        self.residual(cell, discount.ln_1p() / period)
    }
}

impl Endless for BgBb {
    fn endless(&self, cell: &Cell, period: f64, discount: f64) -> Option<f64> {
        // Occasions are whole: only the period of one occasion has the closed form.
        (period == 1.0).then(|| self.residual(cell, discount)).flatten()
    }

    fn still_there(&self, cell: &Cell) -> f64 {
        self.alive_next(cell)
    }
}

/// A model on a base, with its worlds where it was fitted.
struct Run<'a, M> {
    base: &'a Base,
    asked: &'a Asked,
    model: M,
    fitted: Option<Fitted<M>>,
    worlds: Vec<[f64; 4]>,
    spend: Option<Spend>,
}

/// The spend model with its worlds.
struct Spend {
    model: GammaGamma,
    worlds: Vec<GammaGamma>,
}

impl<M: Endless> Run<'_, M> {
    /// Σ over the base with the interval over the worlds; `work` is how many evaluations a cell costs.
    fn total(&self, work: usize, f: impl Fn(&M, &Cell) -> f64) -> (f64, Option<Interval>) {
        let spread = self.spread(work, f);
        (spread.value, spread.interval(self.asked.level))
    }

    fn spread(&self, work: usize, f: impl Fn(&M, &Cell) -> f64) -> Spread {
        match &self.fitted {
            Some(fitted) => fitted.spread(&self.base.cells, &self.worlds, EXACT / work.max(1), f),
            None => Spread {
                value: self.base.cells.iter().map(|c| c.count * f(&self.model, c)).sum(),
                worlds: Vec::new(),
                expanded: false,
            },
        }
    }

    /// A figure of a new customer with its interval over the worlds.
    fn fresh(&self, f: impl Fn(&M) -> f64) -> Figure {
        let worlds = self.worlds.iter().map(|at| f(&crate::infer::buying::at_logs(at))).collect();
        let spread = Spread { value: f(&self.model), worlds, expanded: false };
        between(spread.value, spread.interval(self.asked.level))
    }

    /// The discounted purchases of a customer up to the horizon.
    fn up_to_horizon(&self, model: &M, cell: &Cell) -> Option<f64> {
        let (periods, discount) = self.asked.periods()?;
        Some(discounted(model, cell, self.asked.period, periods, discount).value)
    }

    fn results(&self, results: &mut Results, caveats: &mut Vec<Caveat>) {
        let customers: f64 = self.base.cells.iter().map(|c| c.count).sum();
        let (alive, limits) = self.total(1, M::still_there);
        let share = |x: f64| x / customers;
        let limits = limits.map(|i| i.affine(1.0 / customers, 0.0).clamped((Some(0.0), Some(1.0))));
        results.put("p_alive", between(share(alive), limits).unit(Unit::Share));
        if let Some(t) = self.asked.horizon {
            results.put("expected_new", self.fresh(|model| model.fresh(t).mean));
            let mean = self.spread(1, |model, cell| model.ahead(cell, t).mean);
            results.put("expected", between(mean.value, mean.interval(self.asked.level)));
            let predicted = if mean.worlds.is_empty() {
                prediction(&[base_moments(&self.model, &self.base.cells, t)], self.asked.level)
            } else {
                let variance = self.spread(1, |model, cell| model.ahead(cell, t).variance);
                let worlds: Vec<(f64, f64)> =
                    mean.worlds.iter().copied().zip(variance.worlds.iter().copied()).collect();
                prediction(&worlds, self.asked.level)
            };
            results.put("purchases", between(mean.value, predicted));
        }
        self.discounted_results(results, caveats);
    }

    fn discounted_results(&self, results: &mut Results, caveats: &mut Vec<Caveat>) {
        let Some(discount) = self.asked.discount else { return };
        if let Some((periods, _)) = self.asked.periods() {
            let (value, limits) =
                self.total(periods as usize, |model, cell| self.up_to_horizon(model, cell).unwrap_or(0.0));
            results.put("discounted", between(value, limits));
            let beyond =
                |cell: &Cell| discounted(&self.model, cell, self.asked.period, periods, discount).beyond;
            let beyond: Option<f64> = self.base.cells.iter().map(|c| Some(c.count * beyond(c)?)).sum();
            results.put("beyond_horizon_at_most", Figure::real_or(beyond, "without discount it has no end"));
            if let Some(spend) = &self.spend {
                let value = self.value(spend, periods, discount);
                if value.worlds.is_empty() && self.fitted.is_some() {
                    let text = "the value has no interval: so many histories over so many periods in every world \
                                take too long; fewer `--worlds` or a nearer horizon give one";
                    caveats.push(Caveat::Note { text: text.to_owned() });
                }
                results
                    .put("value", between(value.value, value.interval(self.asked.level)).unit(Unit::Money));
            }
        }
        let one = Cell::one(0.0, 0.0, 0.0);
        if self.model.endless(&one, self.asked.period, discount).is_some() {
            let (value, limits) = self
                .total(4, |model, cell| model.endless(cell, self.asked.period, discount).unwrap_or(f64::NAN));
            results.put("discounted_for_ever", between(value, limits));
        } else if self.asked.horizon.is_none() {
            let text = "this model has no closed form of the purchases for ever: give a horizon".to_owned();
            caveats.push(Caveat::Note { text });
        }
    }

    /// Σ of discounted purchases × expected spend, in the same worlds.
    fn value(&self, spend: &Spend, periods: u32, discount: f64) -> Spread {
        // What a customer buys depends on the history alone, what it costs on the spend too:
        // rows of one history share the expensive part.
        let mut histories: std::collections::BTreeMap<[u64; 3], (Cell, f64, f64, f64)> =
            std::collections::BTreeMap::new();
        for row in &self.base.rows {
            let Cell { x, recency, age, count, .. } = row.cell;
            let entry = histories
                .entry([x + 0.0, recency + 0.0, age + 0.0].map(f64::to_bits))
                .or_insert((row.cell, 0.0, 0.0, x));
            entry.1 += count;
            entry.2 += count * row.spend.unwrap_or(0.0);
        }
        let histories: Vec<(Cell, f64, f64)> =
            histories.into_values().map(|(c, n, total, _)| (c, n, total)).collect();
        // The expected spend is linear in a customer's total: p(γ + total)/(px + q − 1).
        let price = |money: &GammaGamma, cell: &Cell, n: f64, total: f64| {
            n * money.expected_spend(cell.x, total / n).unwrap_or(f64::NAN)
        };
        let one = |model: &M, money: &GammaGamma| {
            histories
                .iter()
                .filter(|(_, n, _)| *n > 0.0)
                .map(|(cell, n, total)| {
                    discounted(model, cell, self.asked.period, periods, discount).value
                        * price(money, cell, *n, *total)
                })
                .sum::<f64>()
        };
        let value = one(&self.model, &spend.model);
        let affordable = histories.len() * periods as usize * self.worlds.len() <= 4 * EXACT;
        let worlds = if affordable && self.worlds.len() == spend.worlds.len() {
            let worlds = self.worlds.iter().zip(&spend.worlds);
            worlds.map(|(at, money)| one(&crate::infer::buying::at_logs(at), money)).collect()
        } else {
            Vec::new()
        };
        Spread { value, worlds, expanded: false }
    }

    fn rows(&self) -> Results {
        let mut rows = Results::new();
        for row in &self.base.rows {
            let mut one = Results::new()
                .with("p_alive", Figure::real(self.model.still_there(&row.cell)).unit(Unit::Share));
            if let Some(t) = self.asked.horizon {
                one.put("expected", Figure::real(self.model.ahead(&row.cell, t).mean));
            }
            let up_to = self.up_to_horizon(&self.model, &row.cell);
            if let Some(purchases) = up_to {
                one.put("discounted", Figure::real(purchases));
            }
            if let Some(discount) = self.asked.discount
                && let Some(purchases) = self.model.endless(&row.cell, self.asked.period, discount)
            {
                one.put("discounted_for_ever", Figure::real(purchases));
            }
            if let (Some(spend), Some(total)) = (&self.spend, row.spend)
                && let Ok(price) = spend.model.expected_spend(row.cell.x, total)
            {
                one.put("expected_spend", Figure::real(price).unit(Unit::Money));
                if let Some(purchases) = up_to {
                    one.put("value", Figure::real(price * purchases).unit(Unit::Money));
                }
            }
            rows.group(&row.label, one);
        }
        rows
    }
}

/// The spend model where the table tells spend and value is asked for, else why there is none.
fn spend(base: &Base, asked: &Asked, caveats: &mut Vec<Caveat>) -> Option<Spend> {
    if base.spend.is_empty() || asked.periods().is_none() {
        return None;
    }
    let note = |text: String| Caveat::Note { text };
    if let Some(rho) = frequency_spend_correlation(&base.spend).filter(|rho| rho.abs() > CORRELATED) {
        caveats.push(note(format!(
            "frequency and spend are correlated ({rho:.2}): the spend model takes them as independent"
        )));
    }
    let fitted: Result<FittedSpend, Absent> = fit_spend(&base.spend);
    match fitted.and_then(|fitted| fitted.model.population_mean().map(|_| fitted)) {
        Ok(fitted) => {
            let worlds = fitted.worlds(&base.spend, asked.seed, asked.worlds);
            Some(Spend { model: fitted.model, worlds })
        }
        Err(Absent::Refused(refused)) => {
            caveats.push(note(format!("no value: {}", refused.reason)));
            None
        }
        Err(_) => None,
    }
}

fn run<M: Endless>(args: &Args<'_>) -> Result<Answer, CalcError> {
    let asked = Asked::of(args)?;
    let base = read::<M>(args)?;
    let mut caveats = base.caveats.clone();
    let mut results = Results::new();
    let (model, fitted) = match given(args, &M::NAMES)? {
        Some(parameters) => {
            if base.cells.is_empty() {
                return Err(refused(Absent::NoData));
            }
            (M::new(parameters), None)
        }
        None => {
            let fitted = fit::<M>(&base.cells).map_err(refused)?;
            (fitted.model, Some(fitted))
        }
    };
    for (k, (name, value)) in M::NAMES.iter().zip(model.parameters()).enumerate() {
        results.put(name, between(value, fitted.as_ref().and_then(|f| f.interval(k, asked.level))));
    }
    let likelihood = log_likelihood::<M>(&base.cells, &model.parameters().map(f64::ln), &mut [0.0; 4]);
    results.put("log_likelihood", Figure::real(likelihood));
    let customers: f64 = base.cells.iter().map(|c| c.count).sum();
    results.put("n", Figure::count(customers as u64));
    results.put("cells", Figure::count(base.cells.len() as u64));
    if let Some(fitted) = &fitted {
        results.put("converged", Figure::yes(fitted.fit.converged()));
        results.put("steps", Figure::count(u64::from(fitted.fit.steps)));
        results.put("gradient", Figure::real(fitted.fit.gradient_norm()));
    }
    let worlds = fitted.as_ref().map_or_else(Vec::new, |f| f.worlds(&base.grouped, asked.seed, asked.worlds));
    let spend = spend(&base, &asked, &mut caveats);
    let run = Run { base: &base, asked: &asked, model, fitted, worlds, spend };
    run.results(&mut results, &mut caveats);
    if asked.rows {
        results.group("rows", run.rows());
    }
    let method =
        Some(if run.fitted.is_some() { "maximum_likelihood" } else { "given_parameters" }.to_owned());
    Ok(Answer { method, level: Some(asked.level.value()), results, caveats })
}
