//! Numbers that carry their slopes in the parameters of a search.

use nalgebra::DVector;
use std::ops::{Add, Div, Mul, Sub};

/// A value with its derivatives.
#[derive(Debug, Clone)]
pub(super) struct Sloped {
    pub(super) value: f64,
    pub(super) slopes: DVector<f64>,
}

impl Sloped {
    pub(super) fn constant(value: f64, parameters: usize) -> Self {
        Self { value, slopes: DVector::zeros(parameters) }
    }

    /// The parameter of a place times a scale, from an origin.
    pub(super) fn parameter(origin: f64, scale: f64, at: &[f64], place: usize) -> Self {
        let mut slopes = DVector::zeros(at.len());
        slopes[place] = scale;
        Self { value: origin + scale * at[place], slopes }
    }

    /// A share between two ends by the logit in a place.
    pub(super) fn share((low, high): (f64, f64), at: &[f64], place: usize) -> Self {
        let share = 1.0 / (1.0 + (-at[place]).exp());
        let mut slopes = DVector::zeros(at.len());
        slopes[place] = (high - low) * share * (1.0 - share);
        Self { value: low + (high - low) * share, slopes }
    }
}

impl Add for &Sloped {
    type Output = Sloped;
    fn add(self, other: Self) -> Sloped {
        Sloped { value: self.value + other.value, slopes: &self.slopes + &other.slopes }
    }
}

impl Sub for &Sloped {
    type Output = Sloped;
    fn sub(self, other: Self) -> Sloped {
        Sloped { value: self.value - other.value, slopes: &self.slopes - &other.slopes }
    }
}

impl Mul for &Sloped {
    type Output = Sloped;
    fn mul(self, other: Self) -> Sloped {
        let slopes = &self.slopes * other.value + &other.slopes * self.value;
        Sloped { value: self.value * other.value, slopes }
    }
}

impl Mul<f64> for &Sloped {
    type Output = Sloped;
    fn mul(self, scale: f64) -> Sloped {
        Sloped { value: self.value * scale, slopes: &self.slopes * scale }
    }
}

impl Div for &Sloped {
    type Output = Sloped;
    fn div(self, other: Self) -> Sloped {
        let value = self.value / other.value;
        Sloped { value, slopes: (&self.slopes - &other.slopes * value) / other.value }
    }
}
