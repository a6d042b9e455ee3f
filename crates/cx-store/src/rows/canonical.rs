//! One text for equal columns, whatever order they came in.

use serde_json::{Map, Value};

/// Columns as JSON with sorted keys and no spaces.
pub(crate) fn canonical(columns: &Map<String, Value>) -> String {
    let mut text = String::new();
    object(columns, &mut text);
    text
}

fn object(columns: &Map<String, Value>, text: &mut String) {
    let mut keys: Vec<&String> = columns.keys().collect();
    keys.sort_unstable();
    text.push('{');
    for (i, key) in keys.into_iter().enumerate() {
        if i > 0 {
            text.push(',');
        }
        text.push_str(&Value::from(key.as_str()).to_string());
        text.push(':');
        value(&columns[key], text);
    }
    text.push('}');
}

fn value(json: &Value, text: &mut String) {
    match json {
        Value::Object(inner) => object(inner, text),
        Value::Array(items) => {
            text.push('[');
            for (i, item) in items.iter().enumerate() {
                if i > 0 {
                    text.push(',');
                }
                value(item, text);
            }
            text.push(']');
        }
        plain => text.push_str(&plain.to_string()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn order_and_spaces_do_not_matter() {
        let read = |text: &str| canonical(serde_json::from_str::<Value>(text).unwrap().as_object().unwrap());
        let one = read(r#"{ "b": [1, {"d": null, "c": "x"}], "a\"": 1.50 }"#);
        assert_eq!(one, r#"{"a\"":1.5,"b":[1,{"c":"x","d":null}]}"#);
        assert_eq!(one, read(r#"{"a\"":1.5,"b":[1,{"c":"x","d":null}]}"#));
        assert_eq!(read("{}"), "{}");
    }
}
