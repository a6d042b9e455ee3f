//! One text for one value.

use serde_json::{Number, Value};

/// A JSON value as its canonical text: keys sorted by code point, no spaces,
/// UTF-8, numbers as the shortest decimals that read back as the same number.
///
/// Numbers are laid out as ECMAScript does: no exponent from 10⁻⁶ up to 10²¹,
/// no trailing `.0`, so that 1 and 1.0 are one text. Source: `rundgren2020` but for
/// the order of keys, which there follows UTF-16.
///
/// # Examples
/// ```
/// use cx_core::ledger::canonical;
/// let value = serde_json::json!({"b": [1.0, 0.1, 1e-7, 1e21], "a": "line\n"});
/// assert_eq!(canonical(&value), r#"{"a":"line\n","b":[1,0.1,1e-7,1e+21]}"#);
/// ```
pub fn canonical(value: &Value) -> String {
    let mut text = String::new();
    write(value, &mut text);
    text
}

fn write(value: &Value, text: &mut String) {
    match value {
        Value::Null | Value::Bool(_) | Value::String(_) => text.push_str(&value.to_string()),
        Value::Number(number) => text.push_str(&decimal(number)),
        Value::Array(items) => {
            text.push('[');
            for (i, item) in items.iter().enumerate() {
                if i > 0 {
                    text.push(',');
                }
                write(item, text);
            }
            text.push(']');
        }
        Value::Object(fields) => {
            let mut sorted: Vec<(&String, &Value)> = fields.iter().collect();
            sorted.sort_by(|a, b| a.0.cmp(b.0));
            text.push('{');
            for (i, (key, value)) in sorted.into_iter().enumerate() {
                if i > 0 {
                    text.push(',');
                }
                text.push_str(&Value::from(key.as_str()).to_string());
                text.push(':');
                write(value, text);
            }
            text.push('}');
        }
    }
}

/// The shortest decimals of a number.
fn decimal(number: &Number) -> String {
    let real = match number.as_f64() {
        Some(x) if number.is_f64() => x,
        // Whole numbers of 64 bits keep all their digits.
        _ => return number.to_string(),
    };
    if real == 0.0 {
        return "0".to_owned();
    }
    // Rust's exponent form holds the shortest digits: d.ddd and a power of ten.
    let scientific = format!("{:e}", real.abs());
    let (mantissa, exponent) = scientific.split_once('e').unwrap_or((&scientific, "0"));
    let digits = mantissa.replace('.', "");
    let point = exponent.parse::<i32>().unwrap_or(0) + 1;
    let count = digits.len() as i32;
    let sign = if real < 0.0 { "-" } else { "" };
    let zeros = |n: i32| "0".repeat(n.max(0) as usize);
    let body = match point {
        p if count <= p && p <= 21 => format!("{digits}{}", zeros(p - count)),
        p if 0 < p && p <= 21 => {
            let (whole, rest) = digits.split_at(p as usize);
            format!("{whole}.{rest}")
        }
        p if -6 < p && p <= 0 => format!("0.{}{digits}", zeros(-p)),
        p => {
            let (first, rest) = digits.split_at(1);
            let dot = if rest.is_empty() { "" } else { "." };
            format!("{first}{dot}{rest}e{:+}", p - 1)
        }
    };
    format!("{sign}{body}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use serde_json::json;

    #[test]
    fn numbers_are_laid_out_as_the_standard_shows() {
        // Appendix B of the standard.
        for (bits, text) in [
            (0x8000_0000_0000_0000_u64, "0"),
            (0x0000_0000_0000_0001, "5e-324"),
            (0x7fef_ffff_ffff_ffff, "1.7976931348623157e+308"),
            (0x4340_0000_0000_0000, "9007199254740992"),
            (0xc340_0000_0000_0000, "-9007199254740992"),
            (0x4430_0000_0000_0000, "295147905179352830000"),
            (0x44b5_2d02_c7e1_4af5, "9.999999999999997e+22"),
            (0x44b5_2d02_c7e1_4af6, "1e+23"),
            (0x444b_1ae4_d6e2_ef50, "1e+21"),
            (0x3eb0_c6f7_a0b5_ed8c, "9.999999999999997e-7"),
            (0x3eb0_c6f7_a0b5_ed8d, "0.000001"),
            (0x41b3_de43_5555_5557, "333333333.33333343"),
            (0xbecb_f647_612f_3696, "-0.0000033333333333333333"),
        ] {
            assert_eq!(canonical(&json!(f64::from_bits(bits))), text);
        }
    }

    #[test]
    fn text_is_written_out_but_for_what_json_must_escape() {
        assert_eq!(canonical(&json!("Zażółć \u{1}\"\\")), "\"Zażółć \\u0001\\\"\\\\\"");
    }

    fn any_json() -> impl Strategy<Value = Value> {
        let leaf = prop_oneof![
            Just(Value::Null),
            any::<bool>().prop_map(Value::from),
            any::<i64>().prop_map(Value::from),
            (-1e9..1e9_f64).prop_map(Value::from),
            ".{0,8}".prop_map(Value::from),
        ];
        leaf.prop_recursive(3, 24, 5, |inner| {
            prop_oneof![
                prop::collection::vec(inner.clone(), 0..5).prop_map(Value::from),
                prop::collection::vec((".{0,4}", inner), 0..5)
                    .prop_map(|fields| Value::Object(fields.into_iter().collect())),
            ]
        })
    }

    fn turned_round(value: &Value) -> Value {
        match value {
            Value::Object(fields) => {
                Value::Object(fields.iter().rev().map(|(k, v)| (k.clone(), turned_round(v))).collect())
            }
            Value::Array(items) => Value::Array(items.iter().map(turned_round).collect()),
            other => other.clone(),
        }
    }

    proptest! {
        #[test]
        fn the_order_of_keys_changes_nothing(value in any_json()) {
            let text = canonical(&value);
            prop_assert_eq!(&text, &canonical(&turned_round(&value)));
            prop_assert!(serde_json::from_str::<Value>(&text).is_ok());
        }

        #[test]
        fn a_number_reads_back_as_itself(x in any::<f64>().prop_filter("numbers", |x| x.is_finite())) {
            prop_assert_eq!(canonical(&json!(x)).parse::<f64>().unwrap(), x);
        }
    }
}
