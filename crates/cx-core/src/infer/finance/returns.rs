//! One benefit and one cost, in every form in use.

use crate::ground::estimate::Refused;

/// Present values of what an initiative brings and costs.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Returns {
    /// Present value of the benefits, against the world without it.
    pub benefit: f64,
    /// Present value of the costs.
    pub cost: f64,
}

/// The three forms of one return, which say the same.
///
/// standard = gross − 1 = table + 1, so that one line holds all of them.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct RoiForms {
    /// (B − C)/C, the headline.
    pub standard: f64,
    /// B/C, the benefit-cost ratio.
    pub gross: f64,
    /// (net profit − C)/C with the net profit already less the cost: the cost
    /// comes off twice. For reconciliation only.
    pub table: f64,
}

impl Returns {
    /// Net present value, B − C. It ranks; the others explain.
    pub fn npv(self) -> f64 {
        self.benefit - self.cost
    }

    /// Benefit-cost ratio, B/C.
    ///
    /// # Errors
    /// The refusal `no_cost` where the cost is not above 0.
    pub fn ratio(self) -> Result<f64, Refused> {
        if self.cost > 0.0 && self.cost.is_finite() && self.benefit.is_finite() {
            return Ok(self.benefit / self.cost);
        }
        Err(Refused {
            rule: "no_cost".to_owned(),
            reason: "a return on a cost that is not above 0 has no meaning".to_owned(),
            lift: "judge by the net present value".to_owned(),
        })
    }

    /// Return on investment, (B − C)/C, a share.
    ///
    /// # Errors
    /// As [`Self::ratio`].
    pub fn roi(self) -> Result<f64, Refused> {
        self.ratio().map(|ratio| ratio - 1.0)
    }

    /// The three forms that are found in print.
    ///
    /// Source: `phillips2012`.
    ///
    /// # Errors
    /// As [`Self::ratio`].
    ///
    /// # Examples
    /// ```
    /// use cx_core::infer::finance::Returns;
    /// let forms = Returns { benefit: 150.0, cost: 100.0 }.forms().unwrap();
    /// assert_eq!((forms.standard, forms.gross, forms.table), (0.5, 1.5, -0.5));
    /// assert_eq!(Returns { benefit: 150.0, cost: 0.0 }.roi().unwrap_err().rule, "no_cost");
    /// ```
    pub fn forms(self) -> Result<RoiForms, Refused> {
        self.ratio().map(|gross| RoiForms { standard: gross - 1.0, gross, table: gross - 2.0 })
    }
}

/// A return over several years as one per year, (1+ROI)^(1/years) − 1.
///
/// `None` at a loss of everything or more, or without time.
///
/// # Examples
/// ```
/// use cx_core::infer::finance::annualised;
/// assert!((annualised(0.331, 3.0).unwrap() - 0.1).abs() < 1e-12);
/// assert_eq!(annualised(-1.0, 3.0), None);
/// ```
pub fn annualised(roi: f64, years: f64) -> Option<f64> {
    (roi > -1.0 && years > 0.0 && roi.is_finite()).then(|| (1.0 + roi).powf(1.0 / years) - 1.0)
}

/// An operating flow after tax, with the tax that its depreciation saves.
///
/// Formula: flow (1 − tax) + depreciation · tax. `None` for a tax outside 0..1.
///
/// # Examples
/// ```
/// use cx_core::infer::finance::after_tax;
/// assert_eq!(after_tax(100.0, 40.0, 0.25), Some(85.0));
/// ```
pub fn after_tax(flow: f64, depreciation: f64, tax: f64) -> Option<f64> {
    (0.0..=1.0).contains(&tax).then_some(flow * (1.0 - tax) + depreciation * tax)
}
