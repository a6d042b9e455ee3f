//! A strict reader of one JSON object (RFC 8259) that keeps numbers as written.
//!
//! Numbers stay text because `0.10` is money and a 20-digit number is an
//! identifier; neither survives a trip through floating point. Nested objects
//! become dotted names; arrays stay JSON text.

/// Deepest nesting accepted, so that hostile text cannot exhaust the stack.
const MOST_DEPTH: usize = 64;

/// What is wrong and where, in bytes from 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Fault {
    pub(super) at: usize,
    pub(super) why: &'static str,
}

/// Takes each field: its dotted name, and its value unless that is null.
pub(super) trait Visit {
    /// # Errors
    /// Why the field cannot be taken.
    fn field(&mut self, name: &str, value: Option<&str>) -> Result<(), &'static str>;
}

/// Working memory, kept from one line to the next.
#[derive(Debug, Default)]
pub(super) struct Scanner {
    name: String,
    text: String,
}

/// True where the text is one JSON object and nothing else.
pub(in crate::sources) fn is_object(text: &str) -> bool {
    struct Nothing;
    impl Visit for Nothing {
        fn field(&mut self, _: &str, _: Option<&str>) -> Result<(), &'static str> {
            Ok(())
        }
    }
    Scanner::default().scan(text, &mut Nothing).is_ok()
}

impl Scanner {
    /// Reads one object and hands its fields on in the order of the text.
    pub(super) fn scan(&mut self, line: &str, visit: &mut dyn Visit) -> Result<(), Fault> {
        self.name.clear();
        let mut cursor = Cursor { line, at: 0 };
        cursor.blanks();
        if cursor.peek() != Some(b'{') {
            return Err(cursor.fault("no object begins here"));
        }
        self.object(&mut cursor, visit, 0)?;
        cursor.blanks();
        if cursor.peek().is_some() { Err(cursor.fault("text after the object")) } else { Ok(()) }
    }

    fn object(&mut self, cursor: &mut Cursor<'_>, visit: &mut dyn Visit, depth: usize) -> Result<(), Fault> {
        if depth == MOST_DEPTH {
            return Err(cursor.fault("nested too deeply"));
        }
        cursor.expect(b'{', "expected `{`")?;
        cursor.blanks();
        if cursor.accept(b'}') {
            return Ok(());
        }
        let outer = self.name.len();
        loop {
            cursor.blanks();
            if outer > 0 {
                self.name.push('.');
            }
            let name_at = cursor.at;
            cursor.string_into(&mut self.name)?;
            cursor.blanks();
            cursor.expect(b':', "expected `:`")?;
            cursor.blanks();
            self.value(cursor, visit, depth, name_at)?;
            self.name.truncate(outer);
            cursor.blanks();
            if cursor.accept(b'}') {
                return Ok(());
            }
            cursor.expect(b',', "expected `,` or `}`")?;
        }
    }

    fn value(
        &mut self,
        cursor: &mut Cursor<'_>,
        visit: &mut dyn Visit,
        depth: usize,
        name_at: usize,
    ) -> Result<(), Fault> {
        let start = cursor.at;
        let refused = |why| Fault { at: name_at, why };
        match cursor.peek() {
            Some(b'{') => self.object(cursor, visit, depth + 1),
            Some(b'"') => {
                if let Some(text) = cursor.plain_string()? {
                    return visit.field(&self.name, Some(text)).map_err(refused);
                }
                self.text.clear();
                cursor.string_into(&mut self.text)?;
                visit.field(&self.name, Some(&self.text)).map_err(refused)
            }
            Some(b'n') => {
                cursor.skip_value(depth)?;
                visit.field(&self.name, None).map_err(refused)
            }
            _ => {
                cursor.skip_value(depth)?;
                let raw = &cursor.line[start..cursor.at];
                visit.field(&self.name, Some(raw)).map_err(refused)
            }
        }
    }
}

struct Cursor<'a> {
    line: &'a str,
    at: usize,
}

impl<'a> Cursor<'a> {
    fn fault(&self, why: &'static str) -> Fault {
        Fault { at: self.at, why }
    }

    fn peek(&self) -> Option<u8> {
        self.line.as_bytes().get(self.at).copied()
    }

    fn blanks(&mut self) {
        while matches!(self.peek(), Some(b' ' | b'\t' | b'\r' | b'\n')) {
            self.at += 1;
        }
    }

    fn accept(&mut self, byte: u8) -> bool {
        let yes = self.peek() == Some(byte);
        self.at += usize::from(yes);
        yes
    }

    fn expect(&mut self, byte: u8, why: &'static str) -> Result<(), Fault> {
        if self.accept(byte) { Ok(()) } else { Err(self.fault(why)) }
    }

    /// A string without escapes, taken as it is; `None`, with nothing taken, where it has some.
    fn plain_string(&mut self) -> Result<Option<&'a str>, Fault> {
        let from = self.at + 1;
        let bytes = &self.line.as_bytes()[from..];
        let Some(n) = bytes.iter().position(|b| matches!(b, b'"' | b'\\' | 0..0x20)) else {
            return Err(Fault { at: self.at, why: "this string is never closed" });
        };
        match bytes[n] {
            b'"' => {
                self.at = from + n + 1;
                Ok(Some(&self.line[from..from + n]))
            }
            b'\\' => Ok(None),
            _ => Err(Fault { at: from + n, why: "a control character inside a string" }),
        }
    }

    /// A string with its escapes undone, added to `into`.
    fn string_into(&mut self, into: &mut String) -> Result<(), Fault> {
        let opened = self.at;
        self.expect(b'"', "expected a name in quotes")?;
        loop {
            let rest = &self.line.as_bytes()[self.at..];
            let Some(n) = rest.iter().position(|b| matches!(b, b'"' | b'\\' | 0..0x20)) else {
                return Err(Fault { at: opened, why: "this string is never closed" });
            };
            into.push_str(&self.line[self.at..self.at + n]);
            self.at += n;
            match rest[n] {
                b'"' => {
                    self.at += 1;
                    return Ok(());
                }
                b'\\' => into.push(self.escape()?),
                _ => return Err(self.fault("a control character inside a string")),
            }
        }
    }

    fn escape(&mut self) -> Result<char, Fault> {
        let fault = self.fault("an escape without meaning");
        self.at += 1;
        let code = self.peek().ok_or(fault)?;
        self.at += 1;
        Ok(match code {
            b'"' => '"',
            b'\\' => '\\',
            b'/' => '/',
            b'b' => '\u{8}',
            b'f' => '\u{c}',
            b'n' => '\n',
            b'r' => '\r',
            b't' => '\t',
            b'u' => {
                let first = self.hex().ok_or(fault)?;
                let half = Fault { why: "half of a surrogate pair", ..fault };
                let code = match first {
                    0xD800..0xDC00 => {
                        if !(self.accept(b'\\') && self.accept(b'u')) {
                            return Err(half);
                        }
                        let second = self.hex().filter(|x| (0xDC00..0xE000).contains(x)).ok_or(half)?;
                        0x1_0000 + ((first - 0xD800) << 10) + (second - 0xDC00)
                    }
                    code => code,
                };
                char::from_u32(code).ok_or(half)?
            }
            _ => return Err(fault),
        })
    }

    fn hex(&mut self) -> Option<u32> {
        let digits = self.line.get(self.at..self.at + 4)?;
        if !digits.bytes().all(|b| b.is_ascii_hexdigit()) {
            return None;
        }
        self.at += 4;
        u32::from_str_radix(digits, 16).ok()
    }

    /// Passes over one value of any kind, holding it to the grammar.
    fn skip_value(&mut self, depth: usize) -> Result<(), Fault> {
        match self.peek() {
            Some(b'"') => self.skip_string(),
            Some(b'-' | b'0'..=b'9') => self.number(),
            Some(b't') => self.word("true"),
            Some(b'f') => self.word("false"),
            Some(b'n') => self.word("null"),
            Some(b'[') => self.skip_items(depth, b']'),
            Some(b'{') => self.skip_items(depth, b'}'),
            _ => Err(self.fault("expected a value")),
        }
    }

    /// Passes over an array or an object.
    fn skip_items(&mut self, depth: usize, close: u8) -> Result<(), Fault> {
        if depth >= MOST_DEPTH {
            return Err(self.fault("nested too deeply"));
        }
        self.at += 1;
        self.blanks();
        if self.accept(close) {
            return Ok(());
        }
        loop {
            self.blanks();
            if close == b'}' {
                if self.peek() != Some(b'"') {
                    return Err(self.fault("expected a name in quotes"));
                }
                self.skip_string()?;
                self.blanks();
                self.expect(b':', "expected `:`")?;
                self.blanks();
            }
            self.skip_value(depth + 1)?;
            self.blanks();
            if self.accept(close) {
                return Ok(());
            }
            self.expect(b',', "expected `,` or the end of a list")?;
        }
    }

    fn skip_string(&mut self) -> Result<(), Fault> {
        if self.plain_string()?.is_none() {
            self.string_into(&mut String::new())?;
        }
        Ok(())
    }

    fn word(&mut self, word: &str) -> Result<(), Fault> {
        if self.line[self.at..].starts_with(word) {
            self.at += word.len();
            Ok(())
        } else {
            Err(self.fault("expected a value"))
        }
    }

    fn number(&mut self) -> Result<(), Fault> {
        self.accept(b'-');
        if !self.accept(b'0') {
            self.digits()?;
        }
        if self.accept(b'.') {
            self.digits()?;
        }
        if self.accept(b'e') || self.accept(b'E') {
            let _ = self.accept(b'+') || self.accept(b'-');
            self.digits()?;
        }
        Ok(())
    }

    fn digits(&mut self) -> Result<(), Fault> {
        let from = self.at;
        while matches!(self.peek(), Some(b'0'..=b'9')) {
            self.at += 1;
        }
        if self.at > from { Ok(()) } else { Err(self.fault("expected a digit")) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use serde_json::Value;

    #[derive(Default)]
    struct Fields(Vec<(String, Option<String>)>);

    impl Visit for Fields {
        fn field(&mut self, name: &str, value: Option<&str>) -> Result<(), &'static str> {
            self.0.push((name.to_owned(), value.map(str::to_owned)));
            Ok(())
        }
    }

    fn fields(line: &str) -> Result<Vec<(String, Option<String>)>, Fault> {
        let mut fields = Fields::default();
        Scanner::default().scan(line, &mut fields).map(|()| fields.0)
    }

    #[test]
    fn nested_fields_get_dotted_names_and_numbers_stay_as_written() {
        let line = r#" {"id": 12345678901234567890123, "a": {"b": {"c": "x\u00e9\n\ud83d\ude00"}, "d": [1, {"e": 2}]},
            "price": 0.10, "ok": true, "none": null, "empty": {}, "list": []} "#;
        let text = |s: &str| Some(s.to_owned());
        assert_eq!(
            fields(line).unwrap(),
            [
                ("id".to_owned(), text("12345678901234567890123")),
                ("a.b.c".to_owned(), text("xé\n😀")),
                ("a.d".to_owned(), text("[1, {\"e\": 2}]")),
                ("price".to_owned(), text("0.10")),
                ("ok".to_owned(), text("true")),
                ("none".to_owned(), None),
                ("list".to_owned(), text("[]")),
            ]
        );
    }

    #[test]
    fn faults_point_at_their_place() {
        for (line, at) in [
            ("[1]", 0),
            ("{\"a\":1} x", 8),
            ("{\"a\":01}", 6),
            ("{\"a\":1.}", 7),
            ("{\"a\" 1}", 5),
            ("{\"a\":1,}", 7),
            ("{\"a\":\"b", 5),
            ("{\"a\":\"\u{1}\"}", 6),
            ("{\"a\":\"\\ud83d\"}", 6),
            ("{\"a\":\"\\x\"}", 6),
            ("{\"a\":nul}", 5),
            ("", 0),
        ] {
            assert_eq!(fields(line).unwrap_err().at, at, "{line}");
        }
        let deep = format!("{{\"a\":{}1{}}}", "[".repeat(100_000), "]".repeat(100_000));
        assert_eq!(fields(&deep).unwrap_err().why, "nested too deeply");
        let deep = format!("{}1{}", "{\"a\":".repeat(100_000), "}".repeat(100_000));
        assert_eq!(fields(&deep).unwrap_err().why, "nested too deeply");
    }

    fn json() -> impl Strategy<Value = Value> {
        let leaf = prop_oneof![
            Just(Value::Null),
            any::<bool>().prop_map(Value::from),
            any::<i64>().prop_map(Value::from),
            any::<f64>().prop_map(Value::from),
            "[a-zą\"\\\\\n\u{1}😀/]{0,6}".prop_map(Value::from),
        ];
        leaf.prop_recursive(4, 30, 5, |inner| {
            prop_oneof![
                prop::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
                prop::collection::hash_map("[a-z.\"]{0,3}", inner, 0..4)
                    .prop_map(|map| Value::Object(map.into_iter().collect())),
            ]
        })
    }

    fn flattened(prefix: &str, value: &Value, into: &mut Vec<(String, Option<String>)>) {
        let Value::Object(map) = value else { return };
        for (key, value) in map {
            let name = if prefix.is_empty() { key.clone() } else { format!("{prefix}.{key}") };
            match value {
                Value::Object(_) => flattened(&name, value, into),
                Value::Null => into.push((name, None)),
                Value::String(s) => into.push((name, Some(s.clone()))),
                other => into.push((name, Some(other.to_string()))),
            }
        }
    }

    proptest! {
        /// The fields are those that serde_json finds.
        #[test]
        fn fields_agree_with_serde_json(map in prop::collection::hash_map("[a-z]{1,3}", json(), 0..5)) {
            let value = Value::Object(map.into_iter().collect());
            let mut want = Vec::new();
            flattened("", &value, &mut want);
            prop_assert_eq!(fields(&value.to_string()), Ok(want));
        }

        /// What is accepted is what serde_json accepts.
        #[test]
        fn the_grammar_agrees_with_serde_json(text in "[{}\\[\\]:,\"\\\\a0-9.eE+u -]{0,14}|\\{\"a\":[-0-9.eE+\\[\\],tn]{0,8}\\}") {
            let accepted = serde_json::from_str::<serde_json::Map<String, Value>>(&text).is_ok();
            // Numbers beyond the range of a double are no fault of the text.
            let out_of_range = text.contains(['e', 'E']);
            if !(out_of_range && is_object(&text)) {
                prop_assert_eq!(is_object(&text), accepted, "{}", text);
            }
        }
    }
}
