//! Which encoding might read bytes that are not UTF-8: advice, never a decision.

use encoding_rs::{Encoding, GB18030, UTF_16BE, UTF_16LE, WINDOWS_1250, WINDOWS_1251, WINDOWS_1252};

/// Letters beyond ASCII of the languages each code page is used for.
const EXPECTED: [(&Encoding, &str); 3] = [
    (WINDOWS_1251, "абвгдеёжзийклмнопрстуфхцчшщъыьэюяіїєґўАБВГДЕЖЗИКЛМНОПРСТУФХЦЧШЭЮЯІЇЄ№«»—"),
    (WINDOWS_1250, "ąćęłńóśźżĄĆĘŁŃÓŚŹŻáčďéěíňřšťúůýžÁČÉÍŘŠÚŽőűŐŰäöüÄÖÜß„”–"),
    (WINDOWS_1252, "àâäáãåæçèéêëìíîïñòóôõöøùúûüýÿßÀÂÄÁÃÅÆÇÈÉÊËÌÍÎÏÑÒÓÔÕÖØÙÚÛÜ’‘“”–—€£©®°"),
];

/// The name of an encoding that reads a sample without a fault and makes it
/// look like a language; `None` where the sample is UTF-8 or nothing fits.
pub(in crate::sources) fn guess_encoding(sample: &[u8]) -> Option<&'static str> {
    match std::str::from_utf8(sample) {
        Ok(_) if !sample.contains(&0) => return None,
        // Only the last letter is cut off by the sample's end.
        Err(e) if e.error_len().is_none() && !sample.contains(&0) => return None,
        _ => {}
    }
    if let Some(wide) = guess_wide(sample) {
        return Some(wide.name());
    }
    if is_chinese(sample) {
        return Some(GB18030.name());
    }
    // Cyrillic words are high bytes throughout; accents mostly stand alone between ASCII letters.
    let runs = in_runs(sample);
    let scored = EXPECTED.iter().filter_map(|(encoding, letters)| {
        let text = encoding.decode_without_bom_handling_and_without_replacement(sample)?;
        let beyond = text.chars().filter(|c| !c.is_ascii()).count();
        let known = text.chars().filter(|c| letters.contains(*c) && !c.is_ascii()).count();
        let fit = if *encoding == WINDOWS_1251 { runs } else { 1.0 - runs / 2.0 };
        (beyond > 0).then(|| (encoding, fit * known as f64 / beyond as f64))
    });
    // The earlier of equals wins, so the Western code page is named only where it fits better.
    let best = scored.reduce(|a, b| if b.1 > a.1 { b } else { a })?;
    (best.1 > 0.5).then(|| best.0.name())
}

/// The share of high bytes that stand next to another.
fn in_runs(sample: &[u8]) -> f64 {
    let high = |i: usize| sample.get(i).is_some_and(|b| *b >= 0x80);
    let all = (0..sample.len()).filter(|i| high(*i)).count();
    let paired = (0..sample.len()).filter(|i| high(*i) && (high(i + 1) || (*i > 0 && high(i - 1)))).count();
    if all == 0 { 0.0 } else { paired as f64 / all as f64 }
}

/// UTF-16 of a mostly Latin text has a zero in every other byte.
fn guess_wide(sample: &[u8]) -> Option<&'static Encoding> {
    let pairs = sample.len() / 2;
    let zeros = |at: usize| sample.chunks_exact(2).filter(|pair| pair[at] == 0).count();
    let (first, second) = (zeros(0), zeros(1));
    if pairs >= 4 && second * 5 > pairs * 2 && first * 20 < pairs {
        Some(UTF_16LE)
    } else if pairs >= 4 && first * 5 > pairs * 2 && second * 20 < pairs {
        Some(UTF_16BE)
    } else {
        None
    }
}

/// Reads as GB 18030 to common ideographs: level 1 of GB 2312 has both bytes
/// high and the first up to 0xD7, where accented Latin letters rarely pair up.
fn is_chinese(sample: &[u8]) -> bool {
    let (mut pairs, mut common, mut at) = (0_usize, 0_usize, 0);
    while at < sample.len() {
        let (a, b) = (sample[at], sample.get(at + 1).copied());
        match b {
            _ if a < 0x80 => at += 1,
            Some(b) if (0x81..=0xFE).contains(&a) && (0x40..=0xFE).contains(&b) && b != 0x7F => {
                pairs += 1;
                common += usize::from(matches!(a, 0xA1..=0xA3 | 0xB0..=0xD7) && b >= 0xA1);
                at += 2;
            }
            // The last letter may be cut off.
            None => break,
            Some(_) => return false,
        }
    }
    // Cyrillic in windows-1251 pairs up as well, but its small letters are 0xE0 and above.
    let high = sample.iter().filter(|b| **b >= 0x80).count();
    let small = sample.iter().filter(|b| **b >= 0xE0).count();
    pairs > 0 && common * 10 >= pairs * 8 && small * 2 < high
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_languages_of_customers_are_told_apart() {
        for (label, text) in [
            ("windows-1251", "id;отзыв\n1;Очень долго ждал ответа, менеджер не перезвонил\n2;Всё хорошо"),
            (
                "windows-1250",
                "id;opinia\n1;Żółw przyszedł późno, obsługa źle się zachowała\n2;W porządku, dziękuję",
            ),
            ("windows-1252", "id;avis\n1;Le service était très agréable, à bientôt\n2;Señor, mañana"),
            ("gb18030", "id,评价\n1,很快，好吃，味道足，量大\n2,没有送水没有送水"),
            ("utf-16le", "id,text\n1,plain words in wide letters\n"),
            ("utf-16be", "id,text\n1,plain words in wide letters\n"),
        ] {
            let encoding = Encoding::for_label(label.as_bytes()).unwrap();
            let bytes: Vec<u8> = match label {
                "utf-16le" => text.encode_utf16().flat_map(u16::to_le_bytes).collect(),
                "utf-16be" => text.encode_utf16().flat_map(u16::to_be_bytes).collect(),
                _ => encoding.encode(text).0.into_owned(),
            };
            assert_eq!(guess_encoding(&bytes), Some(encoding.name()), "{label}");
        }
    }

    #[test]
    fn utf_8_needs_no_guess() {
        assert_eq!(guess_encoding("zażółć".as_bytes()), None);
        assert_eq!(guess_encoding(&"zażółć".as_bytes()[..3]), None, "cut inside a letter");
        assert_eq!(guess_encoding(&[0xFF, 0x00, 0xFE, 0x13, 0x81]), None);
    }
}
