//! Shares and counts as people write and read them.

/// A share from `10%`, `-5 %` or `0.1`.
///
/// # Errors
/// Text that is no number; the message says how to write it.
pub fn share(text: &str) -> Result<f64, String> {
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
///
/// # Errors
/// Text that is no share, and a share outside.
pub fn part(text: &str) -> Result<f64, String> {
    share(text)
        .and_then(|x| if x > 0.0 && x <= 1.0 { Ok(x) } else { Err("from above 0 to 100 %".to_owned()) })
}

/// A change that is one: not 0, above −100 % and at most tenfold.
///
/// # Errors
/// Text that is no share, and a share outside.
pub fn change(text: &str) -> Result<f64, String> {
    let fits = |x: f64| x != 0.0 && x > -1.0 && x <= 9.0;
    share(text)
        .and_then(|x| if fits(x) { Ok(x) } else { Err("from above -100 % to 900 %, and not 0".to_owned()) })
}

/// A count with separated thousands.
pub fn count(n: u64) -> String {
    grouped(&n.to_string())
}

/// A share 0..1 in percent.
pub fn percent(x: f64) -> String {
    format!("{} %", fixed(100.0 * x, 2))
}

/// A number with so many decimals; no minus before a zero.
pub fn fixed(x: f64, digits: usize) -> String {
    let text = format!("{x:.digits$}");
    let zero = text.trim_start_matches('-').chars().all(|c| matches!(c, '0' | '.'));
    grouped(if zero { text.trim_start_matches('-') } else { &text })
}

/// Digits before the point in threes, with a true minus sign.
pub fn grouped(text: &str) -> String {
    let (sign, text) = text.strip_prefix('-').map_or(("", text), |rest| ("−", rest));
    let (whole, rest) = text.find('.').map_or((text, ""), |i| text.split_at(i));
    let mut out = String::from(sign);
    for (i, digit) in whole.chars().enumerate() {
        if i > 0 && (whole.len() - i).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out + rest
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_read_well() {
        assert_eq!(count(1_234_567), "1,234,567");
        assert_eq!(percent(0.265_374), "26.54 %");
        assert_eq!(fixed(-0.04, 1), "0.0");
        assert_eq!(fixed(-1_234.5, 1), "−1,234.5");
    }

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
