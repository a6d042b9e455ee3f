//! Changes, costs and base values as people write them.

use super::{Amount, Change, Key, Term};

fn key(word: &str) -> Result<Key, String> {
    let word = word.trim();
    Key::named(word).ok_or_else(|| {
        let known: Vec<&str> = Key::ALL.iter().map(|(name, _)| *name).collect();
        format!("there is no `{word}`; there are {}", known.join(", "))
    })
}

fn pair(text: &str) -> Result<(Key, &str), String> {
    let (word, rest) = text.split_once('=').ok_or("write it as KEY=VALUE, such as churn=-10%")?;
    Ok((key(word)?, rest.trim()))
}

/// A change, as `churn=-10%`.
///
/// # Errors
/// Text that does not say that; the message says how to write it.
pub fn set(text: &str) -> Result<(Key, Change), String> {
    let (key, change) = pair(text)?;
    Ok((key, change.parse()?))
}

/// A base value of one's own, as `margin=120`.
///
/// # Errors
/// Text that does not say that; the message says how to write it.
pub fn given(text: &str) -> Result<(Key, Amount), String> {
    let (key, value) = pair(text)?;
    let amount: Amount = value.parse()?;
    let fits =
        |x: f64| if key.is_share() { (0.0..=1.0).contains(&x) } else { key == Key::Margin || x >= 0.0 };
    if !amount.points().into_iter().all(fits) {
        return Err(format!("`{value}` cannot be: a share lies in 0 to 100 %, an amount above 0"));
    }
    match key {
        Key::Spend => Err("give the margin: revenue is not a return".to_owned()),
        Key::Retention => Err("give churn, which is 100 % less retention".to_owned()),
        _ => Ok((key, amount)),
    }
}

/// A part of a whole: one share or three.
///
/// # Errors
/// Text that does not say that; the message says how to write it.
pub fn part(text: &str) -> Result<Amount, String> {
    let amount: Amount = text.parse()?;
    let fits = amount.points().into_iter().all(|x| (0.0..=1.0).contains(&x));
    if fits { Ok(amount) } else { Err("a share lies in 0 to 1, or 0 to 100 %".to_owned()) }
}

/// A cost: one amount or three.
///
/// # Errors
/// Text that does not say that; the message says how to write it.
pub fn spent(text: &str) -> Result<Amount, String> {
    let amount: Amount = text.parse()?;
    let fits = !text.contains('%') && amount.points().into_iter().all(|x| x >= 0.0);
    if fits { Ok(amount) } else { Err("a cost is an amount of 0 or more".to_owned()) }
}

/// A discount rate a year.
///
/// # Errors
/// Text that does not say that; the message says how to write it.
pub fn rate(text: &str) -> Result<f64, String> {
    match text.parse()? {
        Amount::Sure(x) if x > -1.0 && x < 10.0 => Ok(x),
        _ => Err("a rate is one share, such as 0.1 or 10%".to_owned()),
    }
}

/// How much of a change is left after a year, for all or for one key, as `churn=0..0.5..1`.
///
/// # Errors
/// Text that does not say that; the message says how to write it.
pub fn lasting(text: &str) -> Result<(Option<Key>, Amount), String> {
    let (key, share) = match text.split_once('=') {
        Some((word, share)) => (Some(key(word)?), share),
        None => (None, text),
    };
    Ok((key, part(share)?))
}

/// The changes with what is left of each after a year: what was said last for its key, or else last for all.
pub fn terms(set: &[(Key, Change)], lasting: &[(Option<Key>, Amount)]) -> Vec<Term> {
    let left = |key: Key| {
        let of = |wanted: Option<Key>| lasting.iter().rev().find(|(key, _)| *key == wanted);
        of(Some(key)).or_else(|| of(None)).map_or(Term::USUAL, |(_, amount)| amount.points())
    };
    set.iter().map(|(key, change)| Term { key: *key, change: *change, lasting: left(*key) }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_said_last_for_a_key_counts() {
        let changes = [set("churn=-10%").unwrap(), set("spend=+2%").unwrap()];
        let said = [lasting("0.2").unwrap(), lasting("churn=0..0.5..0.9").unwrap(), lasting("0.4").unwrap()];
        let terms = terms(&changes, &said);
        assert_eq!(terms[0].lasting, [0.0, 0.5, 0.9]);
        assert_eq!(terms[1].lasting, [0.4; 3]);
    }

    #[test]
    fn what_cannot_be_is_refused() {
        assert!(given("spend=3").is_err() && given("retention=0.8").is_err() && given("churn=180%").is_err());
        assert!(spent("10%").is_err() && spent("-1").is_err() && part("1.2").is_err() && rate("-2").is_err());
        assert!(set("happiness=+1%").unwrap_err().contains("churn"));
        assert_eq!(given("margin=-5").unwrap(), (Key::Margin, Amount::Sure(-5.0)));
    }
}
