//! Budgets, chances and rates as people write them.

use crate::ground::written::share;

fn number(text: &str) -> Result<f64, String> {
    text.parse().ok().filter(|x: &f64| x.is_finite()).ok_or_else(|| format!("`{text}` is no number"))
}

/// An amount of 0 or more.
///
/// # Errors
/// Text that does not say that; the message says how to write it.
pub fn budget(text: &str) -> Result<f64, String> {
    number(text).and_then(|x| if x >= 0.0 { Ok(x) } else { Err("it lies below 0".to_owned()) })
}

/// A chance of 0 to 100 %.
///
/// # Errors
/// Text that does not say that; the message says how to write it.
pub fn chance(text: &str) -> Result<f64, String> {
    share(text).and_then(|x| {
        if (0.0..=1.0).contains(&x) { Ok(x) } else { Err("a chance lies in 0 to 100 %".to_owned()) }
    })
}

/// A discount rate a year.
///
/// # Errors
/// Text that does not say that; the message says how to write it.
pub fn rate(text: &str) -> Result<f64, String> {
    share(text).and_then(|x| {
        if x > -1.0 && x < 10.0 { Ok(x) } else { Err("a rate is a share such as 10%".to_owned()) }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn limits_hold() {
        assert_eq!((budget("500000"), chance("80%"), rate("10%")), (Ok(500_000.0), Ok(0.8), Ok(0.1)));
        assert!(budget("-1").is_err() && chance("1.2").is_err() && rate("-100%").is_err());
        assert!(budget("NaN").is_err() && budget("much").unwrap_err().contains("`much`"));
    }
}
