//! Names of columns to roles.

use super::words::{LISTS, Role};
use std::collections::BTreeMap;

/// How well a header fits a role: smaller is better.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Fit {
    /// False where the phrase is the whole header.
    pub partly: bool,
    /// Place of the phrase in its list.
    pub order: usize,
}

/// A header taken apart.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Header {
    /// Its words in small letters.
    pub words: Vec<String>,
    /// The words without blanks, for languages that write none.
    joined: String,
    /// True where it reads like a sentence put to a person.
    pub is_sentence: bool,
}

/// `InvoiceNo` and `invoice_no` as `invoice no`.
pub(super) fn header(name: &str) -> Header {
    let mut spaced = String::new();
    let mut before: Option<char> = None;
    let mut letters = name.chars().peekable();
    while let Some(c) = letters.next() {
        let small_next = letters.peek().is_some_and(|n| n.is_lowercase());
        let new_word = c.is_uppercase()
            && before.is_some_and(|b| b.is_lowercase() || b.is_numeric() || (b.is_uppercase() && small_next));
        if new_word || !c.is_alphanumeric() {
            spaced.push(' ');
        }
        if c.is_alphanumeric() {
            spaced.extend(c.to_lowercase());
        }
        before = Some(c);
    }
    let words: Vec<String> = spaced.split_whitespace().map(str::to_owned).collect();
    let is_sentence = words.len() >= 5 || name.contains('?') || name.contains('？');
    Header { joined: words.concat(), words, is_sentence }
}

/// Languages that put no blanks between words.
fn is_ideographic(phrase: &str) -> bool {
    phrase.chars().any(|c| ('\u{3040}'..='\u{9fff}').contains(&c))
}

/// Whether a phrase names a header, and if only a part of it.
fn fits(phrase: &str, header: &Header) -> Option<bool> {
    let (whole, phrase) = phrase.strip_prefix('=').map_or((false, phrase), |p| (true, p));
    if is_ideographic(phrase) {
        return if header.joined == phrase {
            Some(false)
        } else {
            (!whole && header.joined.contains(phrase)).then_some(true)
        };
    }
    let parts: Vec<&str> = phrase.split(' ').collect();
    let same = |word: &String, part: &str| match part.strip_suffix('*') {
        Some(stem) => word.starts_with(stem),
        None => word == part,
    };
    let at = |window: &[String]| window.iter().zip(&parts).all(|(w, p)| same(w, p));
    if header.words.len() == parts.len() {
        return at(&header.words).then_some(false);
    }
    // `customerid` is `customer id` written together.
    if parts.len() > 1 && header.words.len() == 1 && !phrase.contains('*') && header.joined == parts.concat()
    {
        return Some(false);
    }
    (!whole && header.words.windows(parts.len()).any(at)).then_some(true)
}

/// The roles a header may have, with how well each fits.
pub(super) fn roles(name: &str) -> BTreeMap<Role, Fit> {
    let header = header(name);
    let mut found: BTreeMap<Role, Fit> = BTreeMap::new();
    for (role, phrases) in LISTS.iter().copied().flatten() {
        for (order, phrase) in phrases.iter().enumerate() {
            if let Some(partly) = fits(phrase, &header) {
                let fit = Fit { partly, order };
                let best = found.entry(*role).or_insert(fit);
                *best = fit.min(*best);
            }
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn best(name: &str, role: Role) -> Option<bool> {
        roles(name).get(&role).map(|f| !f.partly)
    }

    #[test]
    fn headers_in_several_spellings_and_languages() {
        for (name, role) in [
            ("customerID", Role::Customer),
            ("CustomerID", Role::Customer),
            ("customer_id", Role::Customer),
            ("Customer Id", Role::Customer),
            ("InvoiceNo", Role::Order),
            ("Nr zamówienia", Role::Order),
            ("Bestellnummer", Role::Order),
            ("Номер заказа", Role::Order),
            ("订单号", Role::Order),
            ("MonthlyCharges", Role::Monthly),
            ("sys_mod_count", Role::Sequence),
            ("Kundennummer", Role::Customer),
            ("ID klienta", Role::Customer),
            ("оценка", Role::Rating),
            ("满意度", Role::Satisfaction),
            ("Weiterempfehlung", Role::Recommend),
            ("Zadowolenie", Role::Satisfaction),
        ] {
            assert_eq!(best(name, role), Some(true), "{name}");
        }
        assert_eq!(best("How likely are you to recommend us to a friend?", Role::Recommend), Some(false));
        assert_eq!(best("Czy polecisz nas znajomym?", Role::Recommend), Some(false));
        assert_eq!(best("您有多大可能推荐我们", Role::Recommend), Some(false));
    }

    #[test]
    fn whole_words_only() {
        assert_eq!(best("Contract", Role::Plan), Some(true));
        assert_eq!(best("contractor", Role::Plan), None);
        assert_eq!(best("update", Role::Date), None);
        assert_eq!(best("order status", Role::Status), Some(false));
        assert_eq!(best("phone number", Role::Case), None, "`=number` asks for the whole header");
    }

    #[test]
    fn words_are_taken_apart() {
        for (name, words) in [
            ("InvoiceNo", "invoice no"),
            ("IPAddress", "ip address"),
            ("Q1_NPS_GROUP", "q1 nps group"),
            ("Departure/Arrival time convenient", "departure arrival time convenient"),
        ] {
            assert_eq!(header(name).words.join(" "), words);
        }
    }
}
