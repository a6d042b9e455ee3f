//! Cells laid out for a search, which asks for their likelihood again and again.

use super::logs::Logs;
use super::{Cell, Model};
use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};
use std::sync::atomic::{AtomicUsize, Ordering};

/// Cells of a piece at most.
const PIECE: usize = 16_384;

/// Cells below which a second thread costs more than it brings.
const ALONE: usize = 8_192;

/// A log-likelihood with its gradient over the logs of the parameters.
pub type Sum = (f64, [f64; 4]);

/// Cells sorted by x, then t_x, then T, in pieces of one x each.
///
/// Equal histories are one cell, whatever their groups. The likelihood of a
/// history is a part that knows x and T and a part that knows x and t_x (see
/// `Side`), so that a piece takes the hard functions once per time instead
/// of once per cell. Pieces depend on the cells alone and are summed in their
/// order: the threads decide when a piece is computed, never what comes out.
///
/// # Examples
/// ```
/// use cx_core::infer::buying::{BgNbd, Cell, Model, Table};
/// let cell = Cell::one(2.0, 9.0, 38.0);
/// // The same history in two groups is one cell of three customers.
/// let table = Table::new(&[cell.times(1.0, 0), cell.times(2.0, 7)]);
/// assert_eq!(table.cells(), 1);
/// let model = BgNbd { r: 0.243, alpha: 4.414, a: 0.793, b: 2.426 };
/// assert!((model.total(&table).0 - 3.0 * model.log_likelihood(&cell).0).abs() < 1e-12);
/// ```
#[derive(Debug, Clone)]
pub struct Table {
    /// All times that occur.
    pub(super) times: Vec<f64>,
    pieces: Vec<Piece>,
    cells: usize,
}

/// Cells of one x.
#[derive(Debug, Clone)]
pub(super) struct Piece {
    pub(super) x: f64,
    /// Its times, growing, as places in the times of the table.
    pub(super) times: Vec<u32>,
    /// Customers.
    count: f64,
    /// t_x, as a place in the times of the piece, and the first cell beyond those that have it.
    runs: Vec<(u32, u32)>,
    /// T of every cell, as a place in the times of the piece.
    ages: Vec<u32>,
    /// Customers of every cell.
    counts: Vec<f64>,
}

/// A part of the likelihood of a history that knows one of its times: alive
/// until T, or bought last at t_x.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Side {
    /// Its log; −∞ where it is missing.
    pub(super) ln: f64,
    /// Its slopes over the logs of the parameters.
    pub(super) slopes: [f64; 4],
}

/// Both parts for every time of a piece, and what all its customers share.
#[derive(Debug, Default)]
pub(super) struct Sides {
    pub(super) shared: Side,
    /// By T.
    pub(super) alive: Vec<Side>,
    /// By t_x.
    pub(super) left: Vec<Side>,
}

/// Spreads the bits of a float: the table only looks them up, in no order.
#[derive(Default)]
struct Bits(u64);

impl Hasher for Bits {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        for &byte in bytes {
            self.write_u64(u64::from(byte));
        }
    }

    fn write_u64(&mut self, bits: u64) {
        let mixed = (self.0 ^ bits).wrapping_mul(0x9e37_79b9_7f4a_7c15);
        self.0 = mixed ^ (mixed >> 32);
    }
}

impl Table {
    /// Lays out cells; those of count 0 are passed over. The histories must be possible.
    pub fn new(cells: &[Cell]) -> Self {
        Self::of(&in_order(cells))
    }

    /// A sample of about `wanted` cells that stands for all, which are in order:
    /// of every x enough of them, evenly spread, with the weight of those left
    /// out. Those without a repeat purchase are sampled apart, being few and heavy.
    pub(super) fn thinned(cells: &[Cell], wanted: usize) -> Option<Self> {
        if cells.len() < 4 * wanted {
            return None;
        }
        let (silent, back) = cells.split_at(cells.partition_point(|c| c.x == 0.0));
        let sample = |cells: &[Cell]| -> Vec<Cell> {
            let every = cells.len().div_ceil(wanted).max(1);
            let some = cells.iter().skip(every / 2).step_by(every);
            some.map(|c| c.times(c.count * every as f64, 0)).collect()
        };
        Some(Self::of(&[sample(silent), sample(back)].concat()))
    }

    /// Lays out cells that are in order.
    pub(super) fn of(cells: &[Cell]) -> Self {
        let mut known: HashMap<u64, u32, BuildHasherDefault<Bits>> = HashMap::default();
        let mut times: Vec<f64> = Vec::new();
        let mut place = |time: f64| {
            // 0.0 and −0.0 are one time.
            *known.entry((time + 0.0).to_bits()).or_insert_with(|| {
                times.push(time + 0.0);
                times.len() as u32 - 1
            })
        };
        let mut last = (f64::NAN, 0);
        let placed: Vec<(u32, u32)> = cells
            .iter()
            .map(|c| {
                // Neighbours mostly share their last purchase.
                if c.recency != last.0 {
                    last = (c.recency, place(c.recency));
                }
                (last.1, place(c.age))
            })
            .collect();
        let mut last_seen = vec![(u32::MAX, 0_u32); times.len()];
        let mut pieces = Vec::new();
        let mut first = 0;
        while first < cells.len() {
            let x = cells[first].x;
            let same = cells[first..].partition_point(|c| c.x <= x);
            let end = first + same.min(PIECE);
            let here = first..end;
            let number = pieces.len() as u32;
            let mut own: Vec<u32> = Vec::new();
            for &(recency, age) in &placed[here.clone()] {
                for time in [recency, age] {
                    if last_seen[time as usize].0 != number {
                        last_seen[time as usize].0 = number;
                        own.push(time);
                    }
                }
            }
            own.sort_unstable_by(|a, b| times[*a as usize].total_cmp(&times[*b as usize]));
            for (local, time) in own.iter().enumerate() {
                last_seen[*time as usize].1 = local as u32;
            }
            let local = |time: u32| last_seen[time as usize].1;
            let mut runs: Vec<(u32, u32)> = Vec::new();
            for (i, &(recency, _)) in placed[here.clone()].iter().enumerate() {
                let (recency, end) = (local(recency), i as u32 + 1);
                match runs.last_mut() {
                    Some(run) if run.0 == recency => run.1 = end,
                    _ => runs.push((recency, end)),
                }
            }
            let counts: Vec<f64> = cells[here.clone()].iter().map(|c| c.count).collect();
            pieces.push(Piece {
                x,
                times: own,
                count: counts.iter().sum(),
                runs,
                ages: placed[here].iter().map(|&(_, age)| local(age)).collect(),
                counts,
            });
            first = end;
        }
        Self { times, pieces, cells: cells.len() }
    }

    /// Different histories.
    pub const fn cells(&self) -> usize {
        self.cells
    }

    /// The sum over all pieces in their order, on all cores where there are many cells.
    pub(super) fn sum(&self, piece: impl Fn(&Piece) -> Sum + Sync) -> Sum {
        let threads = if self.cells < ALONE {
            1
        } else {
            std::thread::available_parallelism().map_or(1, std::num::NonZero::get).min(self.pieces.len())
        };
        self.sum_on(threads, piece)
    }

    /// The same on so many threads.
    pub(super) fn sum_on(&self, threads: usize, piece: impl Fn(&Piece) -> Sum + Sync) -> Sum {
        let mut found: Vec<(usize, Sum)> = Vec::new();
        if threads <= 1 {
            found.extend(self.pieces.iter().map(&piece).enumerate());
        } else {
            let next = AtomicUsize::new(0);
            let work = || {
                let mut done = Vec::new();
                while let Some(one) = {
                    let i = next.fetch_add(1, Ordering::Relaxed);
                    self.pieces.get(i).map(|one| (i, piece(one)))
                } {
                    done.push(one);
                }
                done
            };
            std::thread::scope(|scope| {
                let others: Vec<_> = (1..threads).map(|_| scope.spawn(work)).collect();
                found.extend(work());
                for other in others {
                    match other.join() {
                        Ok(done) => found.extend(done),
                        Err(panic) => std::panic::resume_unwind(panic),
                    }
                }
            });
            found.sort_unstable_by_key(|(i, _)| *i);
        }
        found.into_iter().fold((0.0, [0.0; 4]), |(sum, slopes), (_, (value, more))| {
            (sum + value, std::array::from_fn(|k| slopes[k] + more[k]))
        })
    }
}

/// Cells with any customer by x, t_x and T, equal histories joined.
pub(super) fn in_order(cells: &[Cell]) -> Vec<Cell> {
    let mut sorted: Vec<Cell> =
        cells.iter().filter(|c| c.count != 0.0).map(|c| c.times(c.count, 0)).collect();
    let key = |c: &Cell| (c.x, c.recency, c.age);
    sorted.sort_by(|a, b| {
        a.x.total_cmp(&b.x).then(a.recency.total_cmp(&b.recency)).then(a.age.total_cmp(&b.age))
    });
    sorted.dedup_by(|later, kept| {
        let same = key(later) == key(kept);
        if same {
            kept.count += later.count;
        }
        same
    });
    sorted
}

impl Piece {
    /// The sum cell by cell, for a model whose likelihood has not been taken apart.
    pub(super) fn one_by_one<M: Model>(&self, model: &M, times: &[f64]) -> Sum {
        let time = |local: u32| times[self.times[local as usize] as usize];
        let mut sum = (0.0, [0.0; 4]);
        let mut begin = 0;
        for &(recency, end) in &self.runs {
            for i in begin..end as usize {
                let cell = Cell::one(self.x, time(recency), time(self.ages[i]));
                let (value, slopes) = model.log_likelihood(&cell);
                sum.0 += self.counts[i] * value;
                for (total, slope) in sum.1.iter_mut().zip(slopes) {
                    *total += self.counts[i] * slope;
                }
            }
            begin = end as usize;
        }
        sum
    }

    /// The sum from the two parts, ln(alive + left) per cell.
    ///
    /// A part has its slopes times the share of customers that it stands for,
    /// so a cell only adds to the shares of its two times.
    pub(super) fn joined(&self, sides: &Sides) -> Sum {
        let Sides { shared, alive, left } = sides;
        let (mut low, mut high) = (f64::INFINITY, f64::NEG_INFINITY);
        for side in alive.iter().chain(left).map(|s| s.ln).filter(|ln| *ln != f64::NEG_INFINITY) {
            low = low.min(side);
            high = high.max(side);
        }
        // The shares of T and of t_x in every time, and the sum of the logs.
        let (mut value, still, gone);
        // Within this range the parts themselves are numbers, and nothing that counts is lost.
        if high - low < 600.0 {
            let middle = f64::midpoint(low, high);
            let plain =
                |sides: &[Side]| -> Vec<f64> { sides.iter().map(|s| (s.ln - middle).exp()).collect() };
            (value, still, gone) = self.plain(&plain(alive), &plain(left));
            value += self.count * middle;
        } else {
            (value, still, gone) = self.in_logs(alive, left);
        }
        value += self.count * shared.ln;
        let mut slopes = shared.slopes.map(|slope| self.count * slope);
        for (side, share) in alive.iter().zip(still).chain(left.iter().zip(gone)) {
            for (sum, slope) in slopes.iter_mut().zip(side.slopes) {
                *sum += share * slope;
            }
        }
        (value, slopes)
    }

    fn plain(&self, alive: &[f64], left: &[f64]) -> (f64, Vec<f64>, Vec<f64>) {
        let (mut still, mut gone) = (vec![0.0; alive.len()], vec![0.0; left.len()]);
        let (mut value, mut begin) = (Logs::default(), 0);
        for &(recency, end) in &self.runs {
            let here = begin..end as usize;
            let last = left[recency as usize];
            let mut shares = 0.0;
            for (&age, &count) in self.ages[here.clone()].iter().zip(&self.counts[here]) {
                let both = alive[age as usize] + last;
                value.add(both, count);
                let share = count / both;
                still[age as usize] += share;
                shares += share;
            }
            gone[recency as usize] += last * shares;
            begin = end as usize;
        }
        for (share, part) in still.iter_mut().zip(alive) {
            *share *= part;
        }
        (value.sum(), still, gone)
    }

    fn in_logs(&self, alive: &[Side], left: &[Side]) -> (f64, Vec<f64>, Vec<f64>) {
        let (mut still, mut gone) = (vec![0.0; alive.len()], vec![0.0; left.len()]);
        let (mut value, mut begin) = (0.0, 0);
        for &(recency, end) in &self.runs {
            let last = left[recency as usize].ln;
            for i in begin..end as usize {
                let age = self.ages[i] as usize;
                let (count, apart) = (self.counts[i], last - alive[age].ln);
                let less = (-apart.abs()).exp();
                value += count * (last.max(alive[age].ln) + less.ln_1p());
                let (more, less) = (count / (1.0 + less), count * less / (1.0 + less));
                let (living, leaving) = if apart > 0.0 { (less, more) } else { (more, less) };
                still[age] += living;
                gone[recency as usize] += leaving;
            }
            begin = end as usize;
        }
        (value, still, gone)
    }
}
