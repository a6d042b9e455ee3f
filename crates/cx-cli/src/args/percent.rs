//! Shares as people write them.

/// A share from `10%`, `-5 %` or `0.1`.
pub(super) fn share(text: &str) -> Result<f64, String> {
    let text = text.trim();
    let (number, scale) = match text.strip_suffix('%') {
        Some(percent) => (percent.trim_end(), 100.0),
        None => (text, 1.0),
    };
    match number.parse::<f64>() {
        Ok(x) if x.is_finite() => Ok(x / scale),
        _ => Err("write it as 10% or 0.1".to_owned()),
    }
}

/// A part of a whole: above 0 and at most 1.
pub(super) fn part(text: &str) -> Result<f64, String> {
    share(text)
        .and_then(|x| if x > 0.0 && x <= 1.0 { Ok(x) } else { Err("from above 0 to 100 %".to_owned()) })
}

/// A change that is one: not 0, above −100 % and at most tenfold.
pub(super) fn change(text: &str) -> Result<f64, String> {
    let fits = |x: f64| x != 0.0 && x > -1.0 && x <= 9.0;
    share(text)
        .and_then(|x| if fits(x) { Ok(x) } else { Err("from above -100 % to 900 %, and not 0".to_owned()) })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn percent_and_share_are_the_same() {
        assert_eq!(share("10%"), Ok(0.1));
        assert_eq!(share(" -5 % "), Ok(-0.05));
        assert_eq!(share("0.1"), Ok(0.1));
        assert!(share("ten").is_err() && share("inf").is_err() && share("%").is_err());
        assert!(part("0").is_err() && part("101%").is_err());
        assert_eq!(part("100%"), Ok(1.0));
        assert!(change("0%").is_err() && change("-100%").is_err());
        assert_eq!(change("-50%"), Ok(-0.5));
    }
}
