//! Values from a published data set and identities that any fit must keep.

use super::*;

fn rows() -> Vec<(f64, f64, f64)> {
    (0..40_u32)
        .map(|i| {
            let (x, z) = (f64::from(i % 7), f64::from((i * 5) % 11));
            let noise = f64::from((i * 37) % 13) - 6.0;
            (x, z, 1.0 + 0.5 * x - 0.3 * z + 0.4 * noise)
        })
        .collect()
}

/// Pooling rows by their design point changes no digit that matters, for every kind of variance.
#[test]
fn pooled_rows_give_what_single_rows_give() {
    let single: Vec<Pooled> =
        rows().iter().map(|(x, z, y)| Pooled::row(vec![1.0, x % 2.0, z % 3.0], *y)).collect();
    let mut pooled: Vec<Pooled> = Vec::new();
    for row in &single {
        match pooled.iter_mut().find(|p| p.x == row.x) {
            Some(p) => {
                p.n += row.n;
                p.sum += row.sum;
                p.squares += row.squares;
                p.rows += 1;
                p.spread.iter_mut().zip(row.spread).for_each(|(into, x)| *into += x);
            }
            None => pooled.push(row.clone()),
        }
    }
    assert!(pooled.len() < single.len());
    for kind in
        [Variance::Classical, Variance::Robust0, Variance::Robust1, Variance::Robust2, Variance::Robust3]
    {
        let (a, b) = (least_squares(&single, kind).unwrap(), least_squares(&pooled, kind).unwrap());
        assert!((a.covariance - b.covariance).amax() < 1e-12, "{kind:?}");
        assert!(a.coefficients.iter().zip(&b.coefficients).all(|(a, b)| (a - b).abs() < 1e-12));
    }
    let clustered = |rows: &[Pooled]| {
        let rows: Vec<Pooled> =
            rows.iter().map(|r| r.clone().of_cluster(r.x[1] as u64 * 3 + r.x[2] as u64)).collect();
        least_squares(&rows, Variance::Clustered).unwrap()
    };
    assert!((clustered(&single).covariance - clustered(&pooled).covariance).amax() < 1e-12);
}

/// A logit on yes-or-no rows equals the multinomial with two bands.
#[test]
fn two_bands_are_a_logit() {
    let trials: Vec<Pooled> =
        (0..6_u64).map(|i| Pooled::trials(vec![1.0, i as f64], 3 + 2 * i, 20)).collect();
    let logit = generalised(&trials, Family::Logit, Variance::Classical, 0.0).unwrap();
    let counted: Vec<Counted> =
        trials.iter().map(|t| Counted { x: t.x.clone(), bands: vec![t.sum, t.n - t.sum] }).collect();
    let bands = multinomial(&counted, 0.0).unwrap();
    for j in 0..2 {
        assert!((bands.coefficients[0][j] - logit.coefficients[j]).abs() < 1e-10);
        assert!((bands.covariance[(j, j)].sqrt() - logit.se(j)).abs() < 1e-10);
    }
    assert!((bands.log_likelihood - logit.log_likelihood).abs() < 1e-10);
}

/// A saturated Poisson model gives the rates, and its sandwich the spread of counts in each cell.
#[test]
fn counts_under_exposure() {
    let rows = [
        Pooled::exposed(vec![1.0, 0.0], 4, 10.0, 6.0, [30.0, 20.0, 14.0]),
        Pooled::exposed(vec![1.0, 1.0], 4, 20.0, 30.0, [120.0, 160.0, 300.0]),
    ];
    let fit = generalised(&rows, Family::Poisson, Variance::Robust0, 0.0).unwrap();
    assert!((fit.mean(&[1.0, 0.0]) - 0.6).abs() < 1e-12);
    assert!((fit.mean(&[1.0, 1.0]) - 1.5).abs() < 1e-12);
    let about = |rate: f64, s: [f64; 3]| s[2] - 2.0 * rate * s[1] + rate * rate * s[0];
    let wanted = about(0.6, rows[0].spread) / 36.0;
    assert!((fit.covariance[(0, 0)] - wanted).abs() < 1e-12);
    let wanted = wanted + about(1.5, rows[1].spread) / 900.0;
    assert!((fit.covariance[(1, 1)] - wanted).abs() < 1e-12);
}

/// Numerical derivatives of every family's likelihood: the search ends where they vanish.
#[test]
fn every_family_ends_at_the_top() {
    let rows: Vec<Pooled> =
        (0..8_u64).map(|i| Pooled::trials(vec![1.0, i as f64 / 4.0], 2 + i, 30)).collect();
    for family in [Family::Logit, Family::Probit, Family::LogLog, Family::Poisson] {
        let fit = generalised(&rows, family, Variance::Classical, 0.0).unwrap();
        let value = |beta: &[f64]| -> f64 {
            rows.iter()
                .map(|r| {
                    let mean = family.mean(r.along(beta));
                    if family == Family::Poisson {
                        r.sum * mean.ln() - r.n * mean
                    } else {
                        r.sum * mean.ln() + (r.n - r.sum) * (1.0 - mean).ln()
                    }
                })
                .sum()
        };
        let top = value(&fit.coefficients);
        assert!((top - fit.log_likelihood).abs() < 1e-9, "{family:?}");
        let h = 1e-4;
        let mut bends = [[0.0; 2]; 2];
        for (i, bends) in bends.iter_mut().enumerate() {
            for (j, bend) in bends.iter_mut().enumerate() {
                let mut sum = 0.0;
                for (a, b) in [(1.0, 1.0), (1.0, -1.0), (-1.0, 1.0), (-1.0, -1.0)] {
                    let mut beta = fit.coefficients.clone();
                    beta[i] += a * h;
                    beta[j] += b * h;
                    sum += a * b * value(&beta);
                    assert!(value(&beta) <= top + 1e-9, "{family:?}");
                }
                *bend = -sum / (4.0 * h * h);
            }
        }
        let determinant = bends[0][0] * bends[1][1] - bends[0][1] * bends[1][0];
        let wanted = (bends[0][0] / determinant).sqrt();
        assert!((fit.se(1) - wanted).abs() < 1e-4 * wanted, "{family:?}: {} {wanted}", fit.se(1));
    }
}

#[test]
fn what_cannot_be_fitted_is_named() {
    assert_eq!(least_squares(&[], Variance::Classical), Err(FitError::Empty));
    let flat: Vec<Pooled> = (0..9).map(|i| Pooled::row(vec![1.0, 2.0], f64::from(i))).collect();
    assert_eq!(least_squares(&flat, Variance::Classical), Err(FitError::Collinear { column: 1 }));
    let same = [Pooled::trials(vec![1.0], 0, 10)];
    assert_eq!(generalised(&same, Family::Logit, Variance::Classical, 0.0), Err(FitError::OneOutcome));
    // Quasi-separation: one level of a column has no failure, the other has both.
    let quasi = [
        Pooled::trials(vec![1.0, 0.0, 0.0], 5, 10),
        Pooled::trials(vec![1.0, 0.0, 1.0], 3, 10),
        Pooled::trials(vec![1.0, 1.0, 0.0], 10, 10),
    ];
    for family in [Family::Logit, Family::Probit, Family::LogLog] {
        let error = generalised(&quasi, family, Variance::Classical, 0.0).unwrap_err();
        assert_eq!(error, FitError::Separated { column: 1 }, "{family:?}");
        assert_eq!(error.refused().rule, "separation");
    }
    // With a ridge the same rows have an estimate.
    assert!(generalised(&quasi, Family::Logit, Variance::Classical, 1.0).is_ok());
    let one = [Pooled::trials(vec![1.0], 3, 10)];
    assert_eq!(generalised(&one, Family::Logit, Variance::Clustered, 0.0), Err(FitError::OneCluster));
}
