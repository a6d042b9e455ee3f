//! The search for the maximum.

use super::line::{self, Point};
use super::{Fit, Information, NoFit, Verdict, information};
use nalgebra::{DMatrix, DVector};

/// How hard to search.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Search {
    /// Steps from one start at most.
    pub steps: u32,
    /// A maximum is reached when the log-likelihood could gain less than this, to second order.
    pub gain: f64,
    /// A parameter that has moved this far from its start has run away. In logs 40 is a factor of 10¹⁷.
    pub reach: f64,
}

impl Default for Search {
    fn default() -> Self {
        Self { steps: 500, gain: 1e-14, reach: 40.0 }
    }
}

/// A Newton step longer than this in a parameter of size 1, where the
/// likelihood no longer gains, means that it is flat.
const MOVES: f64 = 1e-2;

/// Maximises a smooth log-likelihood over unconstrained parameters.
///
/// `f` gives the log-likelihood and writes its gradient; where it has no value
/// it may give NaN or −∞, and the search turns back. From every start the BFGS
/// method climbs with a line search that holds the weak Wolfe conditions; then
/// Newton steps with the observed information (central differences of the
/// gradient) bring the last digits. The highest end wins, the first of equals.
/// The same input gives the same bytes.
///
/// What ends the search is free of units: the gain that the curvature still
/// promises, ½ gᵀ I⁻¹ g, must be below [`Search::gain`], and the Newton step
/// must not move. A likelihood that promises nothing while the step still
/// moves has no peak there: [`Verdict::Flat`]. Parameters should be of size 1
/// (logs, logits, coefficients of standardised columns).
///
/// # Errors
/// No start, or no start with a finite likelihood.
///
/// Source: `nocedal2006`.
///
/// # Examples
/// ```
/// use cx_core::infer::fit::{Search, maximise};
/// // Ten events in 4 units of time: the rate is 2.5; its log is the parameter.
/// let poisson = |at: &[f64], gradient: &mut [f64]| {
///     gradient[0] = 10.0 - 4.0 * at[0].exp();
///     10.0 * at[0] - 4.0 * at[0].exp()
/// };
/// let fit = maximise(&poisson, &[vec![0.0]], &Search::default()).unwrap();
/// assert!(fit.converged());
/// assert!((fit.at[0].exp() - 2.5).abs() < 1e-6);
/// assert!((fit.information.standard_error(0).unwrap() - 0.1_f64.sqrt()).abs() < 1e-6);
/// ```
pub fn maximise(
    f: &impl Fn(&[f64], &mut [f64]) -> f64,
    starts: &[Vec<f64>],
    search: &Search,
) -> Result<Fit, NoFit> {
    let k = starts.first().map_or(0, Vec::len);
    if k == 0 || starts.iter().any(|start| start.len() != k) {
        return Err(NoFit::NoStart);
    }
    let mut evaluations = 0;
    let mut best: Option<(usize, Climb)> = None;
    for (number, start) in starts.iter().enumerate() {
        let Some(climb) = climb(f, start, search, &mut evaluations) else { continue };
        if best.as_ref().is_none_or(|(_, held)| climb.end.value > held.end.value) {
            best = Some((number, climb));
        }
    }
    let (start, climb) = best.ok_or(NoFit::NotFinite)?;
    let Climb { end, steps, verdict, information, gain } = climb;
    Ok(Fit {
        at: end.at.as_slice().to_vec(),
        value: end.value,
        gradient: end.gradient.as_slice().to_vec(),
        gain,
        steps,
        evaluations,
        start,
        verdict,
        information,
    })
}

/// The end of the climb from one start.
struct Climb {
    end: Point,
    steps: u32,
    verdict: Verdict,
    information: Information,
    gain: Option<f64>,
}

/// Climbs from one start; `None` where the likelihood is not finite there.
fn climb(
    f: &impl Fn(&[f64], &mut [f64]) -> f64,
    start: &[f64],
    search: &Search,
    evaluations: &mut u32,
) -> Option<Climb> {
    let k = start.len();
    let origin = DVector::from_column_slice(start);
    let mut here = Point::new(f, origin.clone());
    *evaluations += 1;
    if !here.value.is_finite() {
        return None;
    }
    let far = |point: &Point| (&point.at - &origin).amax() > search.reach;
    let (mut steps, mut verdict) = (0, Verdict::OutOfSteps);
    // A saddle or a curvature that is not yet right starts the climb anew, a few times at most.
    for _ in 0..4 {
        let (spread, stalled) = bfgs(f, &mut here, search, &far, &mut steps, evaluations);
        let mut held = information(f, here.at.as_slice(), &spread);
        *evaluations += 2 * k as u32;
        verdict = newton(f, &mut here, &mut held, search, &far, &mut steps, evaluations);
        if verdict == Verdict::Stalled {
            if steps >= search.steps {
                verdict = Verdict::OutOfSteps;
            } else if held.bends_up()
                && let Some(beside) = off_the_saddle(f, &here, &held, evaluations)
            {
                here = beside;
                continue;
            } else if !stalled {
                // The curvature is still wrong here: climb on.
                continue;
            }
        }
        let gain = gain(&here, &held);
        return Some(Climb { end: here, steps, verdict, information: held, gain });
    }
    let held = information(f, here.at.as_slice(), &vec![1.0; k]);
    *evaluations += 2 * k as u32;
    let gain = gain(&here, &held);
    Some(Climb { end: here, steps, verdict, information: held, gain })
}

/// The BFGS part of the climb; gives a guess at the standard errors, and
/// whether the line search found nothing more.
fn bfgs(
    f: &impl Fn(&[f64], &mut [f64]) -> f64,
    here: &mut Point,
    search: &Search,
    far: &impl Fn(&Point) -> bool,
    steps: &mut u32,
    evaluations: &mut u32,
) -> (Vec<f64>, bool) {
    let k = here.at.len();
    let mut inverse: DMatrix<f64> = DMatrix::identity(k, k) / here.gradient.norm().max(1.0);
    let mut fresh = true;
    let mut stalled = false;
    while *steps < search.steps && !far(here) {
        let direction = &inverse * &here.gradient;
        if 0.5 * here.gradient.dot(&direction) < 1e-7_f64.max(search.gain) && !fresh {
            break;
        }
        if here.gradient.iter().all(|g| *g == 0.0) {
            break;
        }
        let longest = 5.0 * here.at.amax().max(1.0) / direction.amax().max(f64::MIN_POSITIVE);
        let (found, tried) = line::search(f, here, &direction, longest);
        *evaluations += tried;
        let Some(next) = found else {
            if fresh {
                stalled = true;
                break;
            }
            inverse = DMatrix::identity(k, k) / here.gradient.norm().max(1.0);
            fresh = true;
            continue;
        };
        *steps += 1;
        let moved = &next.at - &here.at;
        let bent = &here.gradient - &next.gradient;
        let curvature = moved.dot(&bent);
        if curvature > 1e-10 * moved.norm() * bent.norm() {
            if fresh {
                inverse = DMatrix::identity(k, k) * (curvature / bent.dot(&bent));
                fresh = false;
            }
            let product = &inverse * &bent;
            let weight = (1.0 + bent.dot(&product) / curvature) / curvature;
            inverse += weight * &moved * moved.transpose()
                - (&product * moved.transpose() + &moved * product.transpose()) / curvature;
        }
        *here = next;
    }
    ((0..k).map(|i| inverse[(i, i)].abs().sqrt()).collect(), stalled)
}

/// Newton steps to the last digits, and the verdict.
fn newton(
    f: &impl Fn(&[f64], &mut [f64]) -> f64,
    here: &mut Point,
    held: &mut Information,
    search: &Search,
    far: &impl Fn(&Point) -> bool,
    steps: &mut u32,
    evaluations: &mut u32,
) -> Verdict {
    let k = here.at.len();
    for _ in 0..50 {
        if far(here) {
            return Verdict::Flat { direction: towards(here, held, None) };
        }
        let Some(covariance) = held.covariance.clone() else {
            return if held.bends_up() {
                Verdict::Stalled
            } else {
                Verdict::Flat { direction: towards(here, held, None) }
            };
        };
        let step = &covariance * &here.gradient;
        let promised = 0.5 * here.gradient.dot(&step);
        // What summing the likelihood may hide is no reason to go on.
        let hidden = 1e-15 * here.value.abs();
        let moves = (0..k).map(|i| step[i].abs() / here.at[i].abs().max(1.0)).fold(0.0, f64::max);
        if promised <= search.gain.max(hidden) {
            return if moves <= MOVES {
                Verdict::Converged
            } else {
                Verdict::Flat { direction: towards(here, held, Some(&step)) }
            };
        }
        if *steps >= search.steps {
            return Verdict::OutOfSteps;
        }
        *steps += 1;
        let longest = 5.0 * here.at.amax().max(1.0) / step.amax().max(f64::MIN_POSITIVE);
        let mut length = longest.min(1.0);
        let mut taken = false;
        for _ in 0..20 {
            let next = Point::new(f, &here.at + &step * length);
            *evaluations += 1;
            let rounding = 8.0 * f64::EPSILON * here.value.abs().max(1.0);
            let left = 0.5 * next.gradient.dot(&(&covariance * &next.gradient));
            if next.value > here.value + rounding
                || (next.value >= here.value - rounding && left < 0.9 * promised)
            {
                *here = next;
                taken = true;
                break;
            }
            length *= 0.5;
        }
        if !taken {
            // Rounding stands in the way of the last steps: what is still promised decides.
            return match (promised < 1e-8, moves <= MOVES) {
                (true, true) => Verdict::Converged,
                (true, false) => Verdict::Flat { direction: towards(here, held, Some(&step)) },
                (false, _) => Verdict::Stalled,
            };
        }
        let spread: Vec<f64> = (0..k).map(|i| covariance[(i, i)].sqrt()).collect();
        *held = information(f, here.at.as_slice(), &spread);
        *evaluations += 2 * k as u32;
    }
    Verdict::Stalled
}

/// ½ gᵀ I⁻¹ g.
fn gain(here: &Point, held: &Information) -> Option<f64> {
    held.covariance.as_ref().map(|c| 0.5 * here.gradient.dot(&(c * &here.gradient)))
}

/// The flat direction, of length 1, pointing to where the likelihood rises:
/// the Newton step where there is one, else the weakest direction.
fn towards(here: &Point, held: &Information, step: Option<&DVector<f64>>) -> Vec<f64> {
    let mut direction = step.map_or_else(|| DVector::from_column_slice(&held.weakest), Clone::clone);
    let length = direction.norm();
    if length > 0.0 {
        direction /= length;
    }
    if here.gradient.dot(&direction) < 0.0 {
        direction = -direction;
    }
    direction.as_slice().to_vec()
}

/// A point beside a saddle where the likelihood is higher.
fn off_the_saddle(
    f: &impl Fn(&[f64], &mut [f64]) -> f64,
    here: &Point,
    held: &Information,
    evaluations: &mut u32,
) -> Option<Point> {
    let direction = DVector::from_column_slice(&held.weakest);
    for size in [0.5, 0.1, 0.02] {
        for sign in [1.0, -1.0] {
            let beside = Point::new(f, &here.at + &direction * (sign * size));
            *evaluations += 1;
            if beside.value > here.value {
                return Some(beside);
            }
        }
    }
    None
}
