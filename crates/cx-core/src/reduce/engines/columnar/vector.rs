//! Values of a batch: one per row, or one for all rows.

use crate::tables::column::{NO_BOOL, NO_CODE, NO_TIME};
use std::rc::Rc;

/// Values of a node: one per row, or one for all rows.
#[derive(Debug, Clone)]
pub(super) enum Vector<'a> {
    Num(Rc<[f64]>),
    Bool(Rc<[u8]>),
    Time(Rc<[i64]>),
    NumView(&'a [f64]),
    BoolView(&'a [u8]),
    TimeView(&'a [i64]),
    Codes(&'a [u32]),
    OneNum(f64),
    OneBool(u8),
    OneTime(i64),
}

/// A slice or a constant, indexable either way.
#[derive(Debug, Clone, Copy)]
pub(super) enum Nums<'a> {
    Many(&'a [f64]),
    One(f64),
}

#[derive(Debug, Clone, Copy)]
pub(super) enum Times<'a> {
    Many(&'a [i64]),
    One(i64),
}

#[derive(Debug, Clone, Copy)]
pub(super) enum Bools<'a> {
    Many(&'a [u8]),
    One(u8),
}

impl Nums<'_> {
    #[inline]
    pub(super) fn at(&self, i: usize) -> f64 {
        match self {
            Self::Many(v) => v[i],
            Self::One(x) => *x,
        }
    }
}

impl Times<'_> {
    #[inline]
    pub(super) fn at(&self, i: usize) -> i64 {
        match self {
            Self::Many(v) => v[i],
            Self::One(x) => *x,
        }
    }
}

impl Bools<'_> {
    #[inline]
    pub(super) fn at(&self, i: usize) -> u8 {
        match self {
            Self::Many(v) => v[i],
            Self::One(x) => *x,
        }
    }
}

impl Vector<'_> {
    pub(super) fn nums(&self) -> Nums<'_> {
        match self {
            Self::Num(v) => Nums::Many(v),
            Self::NumView(v) => Nums::Many(v),
            Self::OneNum(x) => Nums::One(*x),
            _ => Nums::One(f64::NAN),
        }
    }

    pub(super) fn times(&self) -> Times<'_> {
        match self {
            Self::Time(v) => Times::Many(v),
            Self::TimeView(v) => Times::Many(v),
            Self::OneTime(x) => Times::One(*x),
            _ => Times::One(NO_TIME),
        }
    }

    pub(super) fn bools(&self) -> Bools<'_> {
        match self {
            Self::Bool(v) => Bools::Many(v),
            Self::BoolView(v) => Bools::Many(v),
            Self::OneBool(x) => Bools::One(*x),
            _ => Bools::One(NO_BOOL),
        }
    }

    pub(super) fn codes(&self) -> &[u32] {
        match self {
            Self::Codes(v) => v,
            _ => &[],
        }
    }

    /// A number for each row, whatever the type: yes is 1, no is 0.
    pub(super) fn number_at(&self, i: usize) -> f64 {
        match self {
            Self::Num(_) | Self::NumView(_) | Self::OneNum(_) => self.nums().at(i),
            Self::Bool(_) | Self::BoolView(_) | Self::OneBool(_) => match self.bools().at(i) {
                NO_BOOL => f64::NAN,
                b => f64::from(b),
            },
            Self::Time(_) | Self::TimeView(_) | Self::OneTime(_) => match self.times().at(i) {
                NO_TIME => f64::NAN,
                t => t as f64,
            },
            Self::Codes(v) => {
                if v[i] == NO_CODE {
                    f64::NAN
                } else {
                    f64::from(v[i])
                }
            }
        }
    }
}
