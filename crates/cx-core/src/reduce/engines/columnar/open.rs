//! The clusters at hand: what one cluster has in each cell, until it is closed.

use crate::ground::fixed::Overflow;

/// The cells that the cluster at hand has rows in, with its totals there.
#[derive(Debug, Clone, Default)]
pub(super) struct Open {
    k: usize,
    /// Per cell of the sink: its place here and 1, or 0.
    places: Vec<u32>,
    pub cells: Vec<u32>,
    pub rows: Vec<u64>,
    /// Σw² of the rows.
    pub weight_squares: Vec<i128>,
    /// k a cell.
    terms: Vec<i128>,
}

impl Open {
    pub(super) fn new(k: usize) -> Self {
        Self { k, ..Self::default() }
    }

    /// Makes room for so many cells.
    pub(super) fn grow(&mut self, cells: usize) {
        self.places.resize(cells, 0);
    }

    /// Adds a unit of the cluster in a cell.
    #[inline]
    pub(super) fn add(
        &mut self,
        cell: u32,
        terms: &[i128],
        rows: u64,
        weight_square: i128,
    ) -> Result<(), Overflow> {
        let place = &mut self.places[cell as usize];
        if *place == 0 {
            self.cells.push(cell);
            *place = self.cells.len() as u32;
            self.rows.push(rows);
            self.weight_squares.push(weight_square);
            self.terms.extend_from_slice(terms);
            return Ok(());
        }
        let at = *place as usize - 1;
        self.rows[at] += rows;
        let squares = &mut self.weight_squares[at];
        *squares = squares.checked_add(weight_square).ok_or(Overflow)?;
        for (into, x) in self.terms[at * self.k..].iter_mut().zip(terms) {
            *into = into.checked_add(*x).ok_or(Overflow)?;
        }
        Ok(())
    }

    /// The totals at a place.
    #[inline]
    pub(super) fn terms(&self, place: usize) -> &[i128] {
        &self.terms[place * self.k..(place + 1) * self.k]
    }

    /// The totals in a cell, where the cluster has rows in it.
    #[inline]
    pub(super) fn in_cell(&self, cell: u32) -> Option<&[i128]> {
        let place = self.places[cell as usize];
        (place > 0).then(|| self.terms(place as usize - 1))
    }

    /// Forgets the cluster.
    pub(super) fn clear(&mut self) {
        for cell in self.cells.drain(..) {
            self.places[cell as usize] = 0;
        }
        self.rows.clear();
        self.weight_squares.clear();
        self.terms.clear();
    }
}
