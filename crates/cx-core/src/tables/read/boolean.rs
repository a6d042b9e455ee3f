//! Yes and no.

/// Words for yes and no, lower case, by language. No word may stand on both
/// sides, and no letter alone that another language uses for something else.
const WORDS: [(&[&str], &[&str]); 14] = [
    // English and machines.
    (&["yes", "y", "true", "t", "1", "on"], &["no", "n", "false", "f", "0", "off"]),
    // Polish, Czech and Slovak.
    (&["tak", "ano", "áno"], &["nie", "ne"]),
    // Russian and Ukrainian.
    (&["да", "так"], &["нет", "не", "ні"]),
    // Chinese.
    (&["是", "有", "对", "對"], &["否", "无", "無", "不", "不是", "没有", "沒有"]),
    // German, Dutch, Danish, Norwegian and Swedish.
    (&["ja", "j", "wahr"], &["nein", "nee", "nej", "nei", "falsch"]),
    // French.
    (&["oui", "vrai"], &["non", "faux"]),
    // Spanish, Catalan and Italian.
    (&["sí", "si", "sì", "verdadero", "vero"], &["falso"]),
    // Portuguese.
    (&["sim", "verdadeiro"], &["não", "nao"]),
    // Romanian, and the South Slavic languages in Latin letters.
    (&["da"], &["nu"]),
    // Finnish.
    (&["kyllä", "kylla"], &["ei"]),
    // Hungarian.
    (&["igen"], &["nem"]),
    // Turkish; capitals without a dot become `i`.
    (&["evet"], &["hayır", "hayir"]),
    // Greek.
    (&["ναι"], &["όχι", "οχι"]),
    // Japanese and Korean.
    (&["はい", "예", "네"], &["いいえ", "아니요", "아니오"]),
];

/// Reads a yes or no; case does not matter.
pub fn parse(text: &str) -> Option<bool> {
    let word = text.trim().to_lowercase();
    let known = |words: &[&str]| words.contains(&word.as_str());
    WORDS.iter().find_map(|(yes, no)| if known(yes) { Some(true) } else { known(no).then_some(false) })
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeMap;

    #[test]
    fn words_of_many_languages() {
        for yes in ["Yes", " TRUE ", "1", "Ja", "oui", "Sí", "SIM", "Да", "tak", "是", "Evet", "ΝΑΙ", "はい"]
        {
            assert_eq!(parse(yes), Some(true), "{yes}");
        }
        for no in ["No", "FALSE", "0", "Nein", "NON", "não", "Нет", "nie", "否", "HAYIR", "Όχι", "いいえ"]
        {
            assert_eq!(parse(no), Some(false), "{no}");
        }
        for neither in ["", "maybe", "2", "jan", "nope", "-1"] {
            assert_eq!(parse(neither), None, "{neither}");
        }
    }

    #[test]
    fn no_word_means_both_or_is_said_twice() {
        let mut meant = BTreeMap::new();
        for (yes, no) in WORDS {
            for (words, value) in [(yes, true), (no, false)] {
                for word in words {
                    assert_eq!(*word, word.to_lowercase());
                    assert_eq!(meant.insert(*word, value), None, "{word}");
                }
            }
        }
    }
}
