//! Zones and currencies of countries: suggestions for a question, never an answer.

/// Names and codes of a country, its (most used) zone, its currency.
const COUNTRIES: [(&[&str], &str, &str); 32] = [
    (&["united kingdom", "uk", "gb", "great britain", "england"], "Europe/London", "GBP"),
    (&["united states", "usa", "us", "united states of america"], "America/New_York", "USD"),
    (&["poland", "polska", "pl"], "Europe/Warsaw", "PLN"),
    (&["germany", "deutschland", "de"], "Europe/Berlin", "EUR"),
    (&["austria", "österreich", "at"], "Europe/Vienna", "EUR"),
    (&["switzerland", "schweiz", "ch"], "Europe/Zurich", "CHF"),
    (&["france", "fr"], "Europe/Paris", "EUR"),
    (&["spain", "es", "españa"], "Europe/Madrid", "EUR"),
    (&["italy", "it", "italia"], "Europe/Rome", "EUR"),
    (&["portugal", "pt"], "Europe/Lisbon", "EUR"),
    (&["netherlands", "nl"], "Europe/Amsterdam", "EUR"),
    (&["belgium", "be"], "Europe/Brussels", "EUR"),
    (&["ireland", "eire", "ie"], "Europe/Dublin", "EUR"),
    (&["sweden", "se"], "Europe/Stockholm", "SEK"),
    (&["norway", "no"], "Europe/Oslo", "NOK"),
    (&["denmark", "dk"], "Europe/Copenhagen", "DKK"),
    (&["finland", "fi"], "Europe/Helsinki", "EUR"),
    (&["czech republic", "czechia", "cz"], "Europe/Prague", "CZK"),
    (&["hungary", "hu"], "Europe/Budapest", "HUF"),
    (&["romania", "ro"], "Europe/Bucharest", "RON"),
    (&["ukraine", "ua", "україна"], "Europe/Kyiv", "UAH"),
    (&["russia", "russian federation", "ru", "россия"], "Europe/Moscow", "RUB"),
    (&["kazakhstan", "kz", "казахстан"], "Asia/Almaty", "KZT"),
    (&["turkey", "türkiye", "tr"], "Europe/Istanbul", "TRY"),
    (&["china", "cn", "中国"], "Asia/Shanghai", "CNY"),
    (&["japan", "jp", "日本"], "Asia/Tokyo", "JPY"),
    (&["india", "in"], "Asia/Kolkata", "INR"),
    (&["singapore", "sg"], "Asia/Singapore", "SGD"),
    (&["australia", "au"], "Australia/Sydney", "AUD"),
    (&["new zealand", "nz"], "Pacific/Auckland", "NZD"),
    (&["canada", "ca"], "America/Toronto", "CAD"),
    (&["brazil", "br", "brasil"], "America/Sao_Paulo", "BRL"),
];

/// Zone and currency of a country.
pub(super) fn of_country(name: &str) -> Option<(&'static str, &'static str)> {
    let name = name.trim().to_lowercase();
    COUNTRIES
        .iter()
        .find(|(names, ..)| names.contains(&name.as_str()))
        .map(|(_, zone, money)| (*zone, *money))
}

/// Signs of money and the currency they suggest.
const SIGNS: [(char, &str); 6] =
    [('€', "EUR"), ('£', "GBP"), ('$', "USD"), ('₽', "RUB"), ('₹', "INR"), ('₩', "KRW")];

/// The currency that the cells of a column are marked with.
pub(super) fn of_sign(cells: &[String]) -> Option<&'static str> {
    let marked = |sign: char| cells.iter().filter(|c| c.contains(sign)).count();
    let zloty = cells.iter().filter(|c| c.contains("zł")).count();
    let best = SIGNS.iter().map(|(sign, code)| (marked(*sign), *code)).chain([(zloty, "PLN")]).max()?;
    (best.0 * 2 > cells.len()).then_some(best.1)
}
