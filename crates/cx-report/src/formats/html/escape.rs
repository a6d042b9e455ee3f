//! Text that cannot break out of the place it is put into.

/// Text for an element's content or a quoted attribute.
pub(super) fn html(text: &str, out: &mut String) {
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            _ => out.push(c),
        }
    }
}

/// JSON for a `<script type="application/json">` block.
///
/// Only a `<` can end the block or open a comment in it, and outside of JSON
/// strings there is none, so its escape never changes the data. The two line
/// separators are legal in JSON but end a line in older script parsers.
pub(super) fn json(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + text.len() / 64);
    for c in text.chars() {
        match c {
            '<' => out.push_str("\\u003c"),
            '\u{2028}' => out.push_str("\\u2028"),
            '\u{2029}' => out.push_str("\\u2029"),
            _ => out.push(c),
        }
    }
    out
}

/// The part of a link after `#`, with everything but plain letters, digits and `-._~` in percent form.
pub(super) fn fragment(id: &str) -> String {
    const HEX: &[u8; 16] = b"0123456789ABCDEF";
    let mut out = String::from("#");
    for byte in id.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            out.push(char::from(byte));
        } else {
            out.push('%');
            out.push(char::from(HEX[usize::from(byte >> 4)]));
            out.push(char::from(HEX[usize::from(byte & 15)]));
        }
    }
    out
}

/// Standard base64 with padding, for the hash of an inline style (RFC 4648, section 4).
pub(super) fn base64(bytes: &[u8]) -> String {
    const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut out = String::new();
    for chunk in bytes.chunks(3) {
        let bits = (0..3).fold(0_u32, |bits, i| (bits << 8) | u32::from(chunk.get(i).copied().unwrap_or(0)));
        for place in 0..4 {
            if place <= chunk.len() {
                out.push(char::from(ALPHABET[(bits >> (18 - 6 * place)) as usize & 63]));
            } else {
                out.push('=');
            }
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// The test vectors of RFC 4648, section 10.
    #[test]
    fn base64_follows_the_standard() {
        for (text, code) in [
            ("", ""),
            ("f", "Zg=="),
            ("fo", "Zm8="),
            ("foo", "Zm9v"),
            ("foob", "Zm9vYg=="),
            ("fooba", "Zm9vYmE="),
            ("foobar", "Zm9vYmFy"),
        ] {
            assert_eq!(base64(text.as_bytes()), code);
        }
    }

    #[test]
    fn a_fragment_holds_any_id() {
        assert_eq!(fragment("nps"), "#nps");
        assert_eq!(fragment("fcr[W=7d] ś"), "#fcr%5BW%3D7d%5D%20%C5%9B");
    }

    proptest! {
        #[test]
        fn escaped_text_opens_nothing(text in "\\PC*") {
            let mut out = String::new();
            html(&text, &mut out);
            prop_assert!(!out.contains(['<', '>', '"', '\'']));
        }

        /// What a browser reads out of the block is what was put in.
        #[test]
        fn escaped_json_means_the_same(text in "[<>&!/a-z\"\\\\\u{2028}\u{2029}-]*") {
            let plain = serde_json::to_string(&text).unwrap();
            let escaped = json(&plain);
            let left = escaped.contains(['<', '\u{2028}', '\u{2029}']);
            prop_assert!(!left);
            prop_assert_eq!(serde_json::from_str::<String>(&escaped).unwrap(), text);
        }
    }
}
