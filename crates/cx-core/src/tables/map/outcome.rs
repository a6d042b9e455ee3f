//! What became of a row that was asked.

use crate::ground::issue::Fault;
use crate::tables::scale::{Place, Scale};

/// A cell of an answer, read.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Given {
    Blank,
    Point(f64),
    DontKnow,
    Outside,
    Between,
    Unreadable,
}

/// How far a survey got.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Status {
    Unknown,
    Invited,
    Started,
    Completed,
    Dismissed,
}

impl Given {
    pub(super) const fn fault(self) -> Option<Fault> {
        match self {
            Self::Outside => Some(Fault::OutOfScale),
            Self::Between => Some(Fault::BetweenPoints),
            Self::Unreadable => Some(Fault::NotANumber),
            _ => None,
        }
    }
}

/// What became of a row, as a place in [`OUTCOMES`](crate::tables::schema::survey::OUTCOMES). Every row has exactly one.
pub(super) const fn outcome(given: Given, status: Status, excluded: bool) -> usize {
    match (given, status) {
        _ if excluded => 9,
        (_, Status::Dismissed) => 4,
        (Given::Blank, Status::Invited) => 5,
        (Given::Outside | Given::Between, _) => 6,
        (Given::Unreadable, _) => 7,
        (_, Status::Started) => 3,
        (Given::Blank, _) => 1,
        (Given::DontKnow, _) => 2,
        (Given::Point(_), _) => 0,
    }
}

/// A number on its scale.
pub(super) fn on_scale(x: f64, scale: &Scale) -> Given {
    match scale.place(x) {
        Place::Point => Given::Point(x),
        Place::DontKnow => Given::DontKnow,
        Place::Outside => Given::Outside,
        Place::Between => Given::Between,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tables::schema::survey::OUTCOMES;

    #[test]
    fn every_row_has_one_outcome() {
        let word = |given, status, excluded| OUTCOMES[outcome(given, status, excluded)];
        for (given, status, excluded, wanted) in [
            (Given::Point(9.0), Status::Unknown, false, "answered"),
            (Given::Point(9.0), Status::Completed, false, "answered"),
            (Given::Point(9.0), Status::Started, false, "partial"),
            (Given::Point(9.0), Status::Unknown, true, "excluded"),
            (Given::Blank, Status::Dismissed, false, "dismissed"),
            (Given::Blank, Status::Invited, false, "invited"),
            (Given::Blank, Status::Started, false, "partial"),
            (Given::Blank, Status::Completed, false, "blank"),
            (Given::DontKnow, Status::Completed, false, "dont_know"),
            (Given::Outside, Status::Completed, false, "out_of_scale"),
            (Given::Between, Status::Unknown, false, "out_of_scale"),
            (Given::Unreadable, Status::Unknown, false, "unreadable"),
        ] {
            assert_eq!(word(given, status, excluded), wanted);
        }
    }
}
