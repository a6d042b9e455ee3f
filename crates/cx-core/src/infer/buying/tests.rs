use super::*;

/// A gradient against central differences of the log-likelihood.
fn gradient_is_right<M: Model>(model: &M, cell: &Cell) {
    let (value, gradient) = model.log_likelihood(cell);
    assert!(
        value.is_finite() && gradient.iter().all(|g| g.is_finite()),
        "{model:?} {cell:?}: {value} {gradient:?}"
    );
    for k in 0..4 {
        let moved = |h: f64| {
            let mut p = model.parameters();
            p[k] *= f64::exp(h);
            M::new(p).log_likelihood(cell).0
        };
        let h = 1e-4;
        // Five points: the error is of the fourth order.
        let slope = (8.0 * (moved(h) - moved(-h)) - (moved(2.0 * h) - moved(-2.0 * h))) / (12.0 * h);
        let allowed = 1e-7 * gradient[k].abs().max(1.0) + 1e-11 * value.abs();
        assert!(
            (slope - gradient[k]).abs() <= allowed,
            "{model:?} {cell:?} {}: {slope} {}",
            M::NAMES[k],
            gradient[k]
        );
    }
}

fn histories() -> Vec<Cell> {
    let mut cells = Vec::new();
    for (x, recency, age) in [
        (0.0, 0.0, 38.9),
        (0.0, 0.0, 0.01),
        (0.0, 0.0, 5e4),
        (2.0, 30.43, 38.86),
        (1.0, 1.71, 38.86),
        (29.0, 37.9, 38.1),
        (26.0, 30.86, 31.0),
        (10.0, 38.0, 38.0),
        (3.0, 0.3, 5000.0),
        (3000.0, 500.0, 520.0),
        (3000.0, 100.0, 900.0),
        (1.0, 0.001, 0.002),
    ] {
        cells.push(Cell::one(x, recency, age));
    }
    cells
}

#[test]
fn gradients_hold_in_every_corner() {
    for cell in histories() {
        for p in [
            [0.243, 4.414, 0.793, 2.426],
            [1e-3, 10.0, 1e-3, 5.0],
            [50.0, 400.0, 30.0, 900.0],
            [0.5, 1e-3, 1.0, 1.0],
            [1e5, 1e6, 1e7, 2e8],
            [3.0, 2e-5, 0.2, 1e-4],
        ] {
            gradient_is_right(&BgNbd::new(p), &cell);
            gradient_is_right(&MbgNbd::new(p), &cell);
            gradient_is_right(&ParetoNbd::new(p), &cell);
        }
    }
    for (x, last, n) in
        [(0.0, 0.0, 6.0), (1.0, 3.0, 6.0), (6.0, 6.0, 6.0), (40.0, 150.0, 300.0), (0.0, 0.0, 1.0)]
    {
        for p in [[1.2035, 0.7497, 0.6567, 2.7834], [1e-3, 4.0, 20.0, 0.1], [1e6, 2e6, 1e4, 5e5]] {
            gradient_is_right(&BgBb::new(p), &Cell::one(x, last, n));
        }
    }
}
