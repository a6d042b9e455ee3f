//! Money: integer minor units of a currency.
//!
//! Amounts are parsed exactly from their decimal text, rounded once to the
//! currency's minor unit (half away from zero) and summed as integers, so a
//! total never depends on the order of its rows.

use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;
use serde::{Deserialize, Serialize};
use std::fmt;

/// An ISO 4217 currency code.
///
/// # Examples
/// ```
/// use cx_core::ground::money::Currency;
/// let yen: Currency = "JPY".parse().unwrap();
/// assert_eq!(yen.minor_digits(), 0);
/// assert!("euro".parse::<Currency>().is_err());
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Currency([u8; 3]);

impl Currency {
    /// The code as text.
    pub fn code(&self) -> &str {
        std::str::from_utf8(&self.0).unwrap_or("???")
    }

    /// Digits after the decimal point: 2 for most currencies, 0 for yen and
    /// won, 3 for the dinars (ISO 4217 list of exponents that are not 2).
    pub fn minor_digits(&self) -> u32 {
        match &self.0 {
            b"BIF" | b"CLP" | b"DJF" | b"GNF" | b"ISK" | b"JPY" | b"KMF" | b"KRW" | b"PYG" | b"RWF"
            | b"UGX" | b"UYI" | b"VND" | b"VUV" | b"XAF" | b"XOF" | b"XPF" => 0,
            b"BHD" | b"IQD" | b"JOD" | b"KWD" | b"LYD" | b"OMR" | b"TND" => 3,
            _ => 2,
        }
    }

    /// Minor units in one major unit: 100 for the euro.
    pub fn minor_per_major(&self) -> i64 {
        10_i64.pow(self.minor_digits())
    }

    /// Rounds a decimal amount to minor units, half away from zero.
    /// The flag says whether anything was rounded off.
    ///
    /// ```
    /// use cx_core::ground::money::Currency;
    /// let eur: Currency = "EUR".parse().unwrap();
    /// assert_eq!(eur.to_minor("12.34".parse().unwrap()), Some((1234, false)));
    /// assert_eq!(eur.to_minor("0.001".parse().unwrap()), Some((0, true)));
    /// assert_eq!(eur.to_minor("-2.675".parse().unwrap()), Some((-268, true)));
    /// ```
    pub fn to_minor(&self, amount: Decimal) -> Option<(i64, bool)> {
        let scaled = amount.checked_mul(Decimal::from(self.minor_per_major()))?;
        let whole = scaled.round_dp_with_strategy(0, rust_decimal::RoundingStrategy::MidpointAwayFromZero);
        Some((whole.to_i64()?, whole != scaled))
    }
}

impl fmt::Display for Currency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

impl std::str::FromStr for Currency {
    type Err = String;
    fn from_str(s: &str) -> Result<Self, String> {
        match s.as_bytes() {
            &[a, b, c] if [a, b, c].iter().all(u8::is_ascii_uppercase) => Ok(Self([a, b, c])),
            _ => Err(format!("`{s}` is not a currency code; use three capital letters such as EUR")),
        }
    }
}

impl TryFrom<String> for Currency {
    type Error = String;
    fn try_from(s: String) -> Result<Self, String> {
        s.parse()
    }
}

impl From<Currency> for String {
    fn from(c: Currency) -> Self {
        c.code().to_owned()
    }
}
