//! What is handed to a statement.

/// A value of a statement. Each knows its type even where there is none,
/// because PostgreSQL asks.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Value<'a> {
    /// A whole number.
    Int(Option<i64>),
    /// Text.
    Text(Option<&'a str>),
}

impl From<i64> for Value<'_> {
    fn from(number: i64) -> Self {
        Self::Int(Some(number))
    }
}

impl From<Option<i64>> for Value<'_> {
    fn from(number: Option<i64>) -> Self {
        Self::Int(number)
    }
}

impl From<bool> for Value<'_> {
    fn from(truth: bool) -> Self {
        Self::Int(Some(i64::from(truth)))
    }
}

impl From<crate::Moment> for Value<'_> {
    fn from(moment: crate::Moment) -> Self {
        Self::Int(Some(moment.micros()))
    }
}

impl From<Option<crate::Moment>> for Value<'_> {
    fn from(moment: Option<crate::Moment>) -> Self {
        Self::Int(moment.map(crate::Moment::micros))
    }
}

impl<'a> From<&'a str> for Value<'a> {
    fn from(text: &'a str) -> Self {
        Self::Text(Some(text))
    }
}

impl<'a> From<&'a String> for Value<'a> {
    fn from(text: &'a String) -> Self {
        Self::Text(Some(text))
    }
}

impl<'a> From<Option<&'a str>> for Value<'a> {
    fn from(text: Option<&'a str>) -> Self {
        Self::Text(text)
    }
}

/// A list of values of several types.
macro_rules! values {
    ($($value:expr),* $(,)?) => { &[$($crate::database::Value::from($value)),*] };
}
pub(crate) use values;
