//! What clusters have on two sides at once.

use super::totals::Totals;
use super::{Merge, add, product};
use crate::ground::fixed::Overflow;

/// Cross-products of two lists of `k` quantities over the clusters (customers)
/// that have rows on both sides: two periods, or a group and its whole.
///
/// With the [`Totals`] of either side it gives the joint totals of both, as if
/// every cluster had carried 2k quantities: nothing of one side alone has to be
/// gathered twice.
///
/// For side one a₁…a_k and side two b₁…b_k per cluster it holds the number of
/// clusters on both sides and all Σaᵢbⱼ over them, exactly, in fixed point (2⁻⁴⁰).
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Crossed {
    /// Clusters with rows on both sides.
    pub units: u64,
    k: usize,
    /// Σaᵢbⱼ at i·k + j.
    products: Vec<i128>,
}

impl Crossed {
    /// No clusters yet, of `k` quantities a side.
    pub fn new(k: usize) -> Self {
        Self { units: 0, k, products: vec![0; k * k] }
    }

    /// Adds one cluster by its totals on either side, in fixed point.
    ///
    /// # Errors
    /// [`Overflow`] when a sum leaves 128 bits.
    #[inline]
    pub fn add(&mut self, one: &[i128], two: &[i128]) -> Result<(), Overflow> {
        debug_assert!(one.len() == self.k && two.len() == self.k);
        self.units += 1;
        let pairs = one.iter().flat_map(|a| two.iter().map(move |b| (*a, *b)));
        for (into, (a, b)) in self.products.iter_mut().zip(pairs) {
            add(into, product(a, b)?)?;
        }
        Ok(())
    }

    pub(super) fn raw(&self, i: usize, j: usize) -> i128 {
        self.products[i * self.k + j]
    }

    /// Totals of both sides, over all clusters that have rows on either.
    ///
    /// # Examples
    /// ```
    /// use cx_core::stats::{Crossed, Totals};
    /// let one = 1 << 20;
    /// // Two customers: 1 and 4 in May, the first also 3 in June.
    /// let (mut may, mut june, mut both) = (Totals::new(1), Totals::new(1), Crossed::new(1));
    /// may.add(&[one], 1).unwrap();
    /// may.add(&[4 * one], 1).unwrap();
    /// june.add(&[3 * one], 1).unwrap();
    /// both.add(&[one], &[3 * one]).unwrap();
    /// let joint = both.joint(&may, &june);
    /// assert_eq!((joint.units, joint.sum(0), joint.sum(1), joint.product(0, 1)), (2, 5.0, 3.0, 3.0));
    /// ```
    pub fn joint(&self, one: &Totals, two: &Totals) -> Totals {
        let units = (one.units + two.units).saturating_sub(self.units);
        Totals::of_two(one, two, self, units, one.rows + two.rows)
    }

    /// Totals of a group beside everybody, over all units: (group, everybody).
    ///
    /// This holds (group, everybody) over the clusters that have rows in the
    /// group; all others have nothing in it and add to everybody alone.
    ///
    /// # Examples
    /// ```
    /// use cx_core::stats::{Crossed, Totals};
    /// let one = 1 << 20;
    /// // Two customers; the first has 1 of its 3 answers in the group, the second none.
    /// let (mut group, mut own, mut all) = (Totals::new(1), Crossed::new(1), Totals::new(1));
    /// group.add(&[one], 1).unwrap();
    /// own.add(&[one], &[3 * one]).unwrap();
    /// all.add(&[3 * one], 3).unwrap();
    /// all.add(&[2 * one], 2).unwrap();
    /// let joint = own.beside(&group, &all);
    /// assert_eq!((joint.sum(0), joint.sum(1), joint.units), (1.0, 5.0, 2));
    /// assert_eq!((joint.product(0, 1), joint.product(1, 1)), (3.0, 13.0));
    /// ```
    pub fn beside(&self, group: &Totals, all: &Totals) -> Totals {
        let mut joint = Totals::of_two(group, all, self, all.units, all.rows);
        joint.weight_squares = all.weight_squares;
        joint
    }
}

impl Merge for Crossed {
    fn merge(&mut self, other: &Self) -> Result<(), Overflow> {
        debug_assert_eq!(self.k, other.k);
        self.units += other.units;
        for (into, x) in self.products.iter_mut().zip(&other.products) {
            add(into, *x)?;
        }
        Ok(())
    }
}
