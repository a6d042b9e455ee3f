//! Joint draws of a model of money, and what they say: for effects that were measured and for those expected.

use crate::findings::{Density, InputFound, MoneyFound, StreamFound};
use crate::ground::estimate::{Absent, Estimate, Interval, Method, Size};
use crate::ground::unit::Unit;
use crate::infer::draws::{
    Distribution, DrawnReturns, Input, Provenance, Source, Summary, joint, percentile, rates_of_draws,
    returns_of_draws,
};
use crate::infer::finance::{Returns, Schedule, cost_of_delay, discounted_payback, internal_rates};
use crate::infer::sensitivity::{
    BreakEven, break_even, detectability, partial_information, perfect_information, sobol, tornado,
};

/// Bins of a density.
const BINS: usize = 40;
/// Draws of each of the two sets behind indices of variance.
const SOBOL: u32 = 2048;
/// Draws behind the limits of the internal rate: each is a search of its own.
const RATES: usize = 1000;
/// Rate a year beyond which a limit of the internal rate says no more than that money is back at once.
const FASTEST: f64 = 10.0;
/// Two-sided level of intervals of money.
const LEVEL: f64 = 0.90;

/// Money as a function of uncertain inputs.
pub(super) trait Model {
    /// The inputs; names hold whose they are, since names key the draws.
    fn inputs(&self) -> &[Input];
    /// How each input is drawn, in words.
    fn words(&self) -> &[String];
    /// The name of an input as people read it.
    fn name(&self, input: usize) -> &str;
    /// The input that break-even is sought on, and the range in which it can lie at all.
    fn effect(&self, medians: &[f64]) -> (usize, f64, f64);
    /// Present values of benefit and cost.
    fn returns(&self, x: &[f64]) -> Returns;
    /// Parts of the benefit, which add up to it.
    fn streams(&self, x: &[f64]) -> Vec<StreamFound>;
    /// The benefit of each month, where it comes: not discounted.
    fn by_month(&self, x: &[f64]) -> Vec<f64>;
    /// What is spent once, then benefit less running cost by period.
    fn schedule(&self, x: &[f64]) -> Option<Schedule>;
    /// Discount rate a period of the schedule, and such periods in a year.
    fn rate(&self) -> (f64, f64);
    /// Months looked at.
    fn months(&self) -> u32;
    /// True where costs after the last day of records are taken on.
    fn costs_go_on(&self) -> bool;

    /// Benefit less cost.
    fn npv(&self, x: &[f64]) -> f64 {
        self.returns(x).npv()
    }
}

/// What is asked of every model alike.
#[derive(Debug, Clone, Copy)]
pub(super) struct Asked {
    pub draws: u32,
    pub seed: u64,
    pub hurdle: f64,
    pub rate: f64,
}

/// Money of one initiative with its draws of benefit and cost.
pub(super) struct Worth {
    pub found: MoneyFound,
    pub benefit: Vec<f64>,
    pub cost: Vec<f64>,
    /// The benefit of each month at the medians of the inputs, not discounted.
    pub by_month: Vec<f64>,
    /// Draws by input.
    pub drawn: Vec<Vec<f64>>,
}

/// Draws a model.
///
/// # Errors
/// Why the draws say nothing.
pub(super) fn worth(model: &dyn Model, smallest: Option<f64>, asked: Asked) -> Result<Worth, Absent> {
    let drawn = joint(model.inputs(), &[], asked.draws, asked.seed).map_err(Absent::Refused)?;
    let row = |set: &[Vec<f64>], d: usize| set.iter().map(|draws| draws[d]).collect::<Vec<f64>>();
    let pairs: Vec<_> = (0..asked.draws as usize).map(|d| model.returns(&row(&drawn, d))).collect();
    let benefit: Vec<f64> = pairs.iter().map(|r| r.benefit).collect();
    let cost: Vec<f64> = pairs.iter().map(|r| r.cost).collect();
    let behind = model.inputs().iter().filter_map(|i| match &i.source {
        Source::Replicates(worlds) => Some(worlds.len()),
        Source::Drawn(_) => None,
    });
    let returns = returns_of_draws(&benefit, &cost, asked.hurdle, behind.min()).map_err(Absent::Refused)?;
    let npv: Vec<f64> = pairs.iter().map(|r| r.npv()).collect();
    let medians = medians(&drawn);
    let at_medians = model.returns(&medians);
    let plan = model.schedule(&medians);
    let (rate, periods) = model.rate();
    let pays = plan.as_ref().and_then(|plan| discounted_payback(plan, rate)).and_then(|p| p.stays);
    let even = even(model, &medians);
    let found = MoneyFound {
        horizon_months: model.months(),
        rate: asked.rate,
        draws: asked.draws,
        streams: model.streams(&medians),
        benefit: figure(&returns.benefit, Unit::Money),
        cost: figure(&returns.cost, Unit::Money),
        npv: figure(&returns.npv, Unit::Money),
        roi: roi(&returns),
        internal_rate: internal_rate(model, &drawn, &medians),
        forms: at_medians.forms().ok().map(|f| [f.standard, f.gross, f.table]),
        quantiles: {
            let n = &returns.npv;
            [n.p5, n.p10, n.p25, n.p50, n.p75, n.p90, n.p95]
        },
        density: density(&npv),
        pays: returns.pays.p,
        hurdle: asked.hurdle,
        above_hurdle: returns.above_hurdle.p,
        shortfall: returns.npv.shortfall,
        payback_years: pays.map(|time| time / periods),
        half_year_delay: cost_of_delay(at_medians.npv(), asked.rate, 0.5),
        break_even: even.value(),
        always_pays: even == BreakEven::AlwaysPays,
        detectability: even.value().zip(smallest).and_then(|(e, s)| detectability(e, s)).map(|d| d.ratio),
        inputs: inputs(model, &drawn, &npv, asked),
        perfect_information: perfect_information(&npv).unwrap_or(0.0),
        costs_go_on: model.costs_go_on(),
        held: None,
    };
    Ok(Worth { found, benefit, cost, by_month: model.by_month(&medians), drawn })
}

/// The internal rate a year at the medians, its limits over the first draws.
fn internal_rate(model: &dyn Model, drawn: &[Vec<f64>], medians: &[f64]) -> Estimate {
    let plan = |x: &[f64]| model.schedule(x).map(|plan| plan.flows());
    let draws = drawn.first().map_or(0, Vec::len).min(RATES);
    let size = Size { n: draws as u64, clusters: draws as u64, ..Size::default() };
    let absent = |why| Estimate::absent(why, Unit::Share, size);
    let Some(flows) = plan(medians) else { return absent(Absent::NoData) };
    let middle = match internal_rates(&flows).only() {
        Ok(rate) => rate,
        Err(why) => return absent(why),
    };
    let plans: Vec<_> =
        (0..draws).filter_map(|d| plan(&drawn.iter().map(|x| x[d]).collect::<Vec<f64>>())).collect();
    // A steady rate a period is this rate a year.
    let (_, periods) = model.rate();
    let yearly = |rate: f64| (periods * rate.ln_1p()).exp_m1();
    match rates_of_draws(&plans, LEVEL) {
        Ok(limits) => {
            let told = |limit: Option<f64>| limit.map(yearly).filter(|rate| *rate <= FASTEST);
            let limits = Interval { low: told(limits.low), high: told(limits.high), ..limits };
            Estimate::new(yearly(middle), Some(limits), Unit::Share, size)
        }
        Err(why) => absent(why),
    }
}

/// The median of each input.
pub(super) fn medians(drawn: &[Vec<f64>]) -> Vec<f64> {
    let middle = |draws: &Vec<f64>| {
        let mut sorted = draws.clone();
        sorted.sort_by(f64::total_cmp);
        percentile(&sorted, 0.5).unwrap_or(0.0)
    };
    drawn.iter().map(middle).collect()
}

fn even(model: &dyn Model, medians: &[f64]) -> BreakEven {
    let (place, low, high) = model.effect(medians);
    let npv = |effect: f64| {
        let mut x = medians.to_vec();
        x[place] = effect;
        model.npv(&x)
    };
    break_even(npv, low, high).unwrap_or(BreakEven::NeverPays)
}

/// Median with the 5 and 95 % points.
pub(super) fn figure(summary: &Summary, unit: Unit) -> Estimate {
    let interval = Interval::closed(summary.p5, summary.p95, LEVEL, Method::Draws);
    let size = Size { n: summary.n as u64, clusters: summary.n as u64, ..Size::default() };
    Estimate::new(summary.p50, Some(interval), unit, size).with_se(summary.sd)
}

/// The return of draws; why not, where a draw has no cost.
pub(super) fn roi(returns: &DrawnReturns) -> Estimate {
    match &returns.roi {
        Ok(summary) => figure(summary, Unit::Ratio),
        Err(absent) => {
            let size = Size { n: returns.npv.n as u64, ..Size::default() };
            Estimate::absent(absent.clone(), Unit::Ratio, size)
        }
    }
}

/// Draws counted in bins between their 0.5 and 99.5 % points; what lies outside is in the outer bins.
pub(super) fn density(draws: &[f64]) -> Density {
    let mut sorted = draws.to_vec();
    sorted.sort_by(f64::total_cmp);
    let at = |p| percentile(&sorted, p).unwrap_or(0.0);
    let (from, to) = (at(0.005), at(0.995));
    let mut counts = vec![0; BINS];
    for x in draws {
        let place = if to > from { (x - from) / (to - from) * BINS as f64 } else { 0.0 };
        counts[(place.max(0.0) as usize).min(BINS - 1)] += 1;
    }
    Density { from, to, counts }
}

/// A part of a benefit by its id.
pub(super) fn stream(id: &str, value: f64) -> StreamFound {
    let name = match id {
        "retention" => "from more customers staying",
        "spend" => "from customers spending more",
        "interaction" => "from both together",
        "together" => "from staying and spending together",
        "service_not_cash" => "spared in service, but not in cash",
        _ => "spared in service, in cash",
    };
    StreamFound { id: id.to_owned(), name: name.to_owned(), value, counted: id != "service_not_cash" }
}

fn inputs(model: &dyn Model, drawn: &[Vec<f64>], npv: &[f64], asked: Asked) -> Vec<InputFound> {
    let bars = tornado(drawn, |x| model.npv(x)).unwrap_or_default();
    // Inputs of the same customers go together, and then indices of variance do not add up.
    let apart = model.inputs().iter().filter(|i| matches!(i.source, Source::Replicates(_))).count() < 2;
    let set = |seed: u64| joint(&independent(model.inputs()), &[], SOBOL.min(asked.draws), seed).ok();
    let indices = set(asked.seed).zip(set(asked.seed.wrapping_add(1))).filter(|_| apart);
    let indices = indices.and_then(|(a, b)| sobol(&a, &b, |x| model.npv(x)).ok());
    bars.into_iter()
        .filter(|bar| model.inputs()[bar.input].provenance != Provenance::Fixed)
        .map(|bar| InputFound {
            name: model.name(bar.input).to_owned(),
            provenance: word(model.inputs()[bar.input].provenance).to_owned(),
            drawn: model.words()[bar.input].clone(),
            swing: (bar.low, bar.high),
            total_index: indices.as_ref().map(|all| all[bar.input].total),
            information: partial_information(&drawn[bar.input], npv, asked.seed).map_or(0.0, |i| i.value),
        })
        .collect()
}

/// The inputs with worlds drawn one by one: two sets of them have to be independent.
fn independent(inputs: &[Input]) -> Vec<Input> {
    let one = |input: &Input| match &input.source {
        Source::Replicates(worlds) => {
            Input { source: Source::Drawn(Distribution::Empirical(worlds.clone())), ..input.clone() }
        }
        Source::Drawn(_) => input.clone(),
    };
    inputs.iter().map(one).collect()
}

const fn word(provenance: Provenance) -> &'static str {
    match provenance {
        Provenance::Data => "data",
        Provenance::Design => "design",
        Provenance::Prior => "prior",
        Provenance::Judgement => "judgement",
        Provenance::Fixed => "fixed",
    }
}
