//! What a model is fitted to: spells under watch, each with its covariates.

use super::Refusal;

/// Spells under watch. Rows alike may be one row with a count.
///
/// # Examples
/// ```
/// use cx_core::infer::survival::cox::Spells;
/// let mut spells = Spells::new(["price rise"]);
/// spells.add(0.0, 3.0, true, 20, &[1.0]).unwrap();
/// spells.add(0.0, 12.0, false, 80, &[0.0]).unwrap();
/// assert_eq!((spells.n(), spells.events()), (100, 20));
/// assert!(spells.add(5.0, 3.0, true, 1, &[0.0]).is_err());
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct Spells {
    pub(super) names: Vec<String>,
    pub(super) entry: Vec<f64>,
    pub(super) exit: Vec<f64>,
    pub(super) event: Vec<bool>,
    pub(super) count: Vec<u64>,
    /// Covariates, row by row.
    pub(super) x: Vec<f64>,
}

impl Spells {
    /// No spells yet, of covariates with these names.
    pub fn new<S: Into<String>>(names: impl IntoIterator<Item = S>) -> Self {
        Self {
            names: names.into_iter().map(Into::into).collect(),
            entry: Vec::new(),
            exit: Vec::new(),
            event: Vec::new(),
            count: Vec::new(),
            x: Vec::new(),
        }
    }

    /// Adds `count` units watched from age `entry` (0 from the start) to age
    /// `exit`, ending in the event or, with `false`, still watched.
    ///
    /// # Errors
    /// [`Refusal::NotANumber`] for ages or covariates that are none,
    /// [`Refusal::Width`] for too many or too few covariates and
    /// [`Refusal::EndBeforeStart`] for a spell that ends before it begins.
    pub fn add(&mut self, entry: f64, exit: f64, event: bool, count: u64, x: &[f64]) -> Result<(), Refusal> {
        if x.len() != self.names.len() {
            return Err(Refusal::Width { wanted: self.names.len(), got: x.len() });
        }
        if let Some(j) = x.iter().position(|x| !x.is_finite()) {
            return Err(Refusal::NotANumber { what: self.names[j].clone() });
        }
        if !(entry.is_finite() && exit.is_finite()) {
            return Err(Refusal::NotANumber { what: "an age".to_owned() });
        }
        if exit < entry {
            return Err(Refusal::EndBeforeStart { entry, exit });
        }
        if count > 0 {
            self.entry.push(entry);
            self.exit.push(exit);
            self.event.push(event);
            self.count.push(count);
            self.x.extend_from_slice(x);
        }
        Ok(())
    }

    /// Names of the covariates.
    pub fn names(&self) -> &[String] {
        &self.names
    }

    /// Rows, each of one or more units.
    pub const fn rows(&self) -> usize {
        self.exit.len()
    }

    /// Units in all.
    pub fn n(&self) -> u64 {
        self.count.iter().sum()
    }

    /// Events in all.
    pub fn events(&self) -> u64 {
        self.count.iter().zip(&self.event).filter(|(_, event)| **event).map(|(n, _)| n).sum()
    }

    pub(super) fn row(&self, i: usize) -> &[f64] {
        let p = self.names.len();
        &self.x[i * p..(i + 1) * p]
    }
}
