//! What the types of parameters and bodies say of themselves.

use schemars::Schema;
use serde_json::{Map, Value, json};

/// One parameter of the address.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Parameter {
    pub(super) name: String,
    pub(super) required: bool,
    pub(super) meaning: String,
    pub(super) schema: Value,
}

/// The parameters that a type describes.
pub(super) fn parameters(schema: &Schema) -> Vec<Parameter> {
    let value = schema.as_value();
    let required: Vec<&str> =
        value["required"].as_array().into_iter().flatten().filter_map(Value::as_str).collect();
    let none = Map::new();
    let properties = value["properties"].as_object().unwrap_or(&none);
    let one = |(name, schema): (&String, &Value)| {
        let mut schema = schema.clone();
        let meaning = schema.as_object_mut().and_then(|of| of.remove("description"));
        let meaning = meaning.as_ref().and_then(Value::as_str).unwrap_or_default().replace('\n', " ");
        Parameter {
            name: name.clone(),
            required: required.contains(&name.as_str()),
            meaning,
            schema: present(schema),
        }
    };
    properties.iter().map(one).collect()
}

/// A parameter that is left out is not null: there is no null in an address.
fn present(mut schema: Value) -> Value {
    let Some(of) = schema.as_object_mut() else { return schema };
    if let Some(kind) = of.get("type").and_then(Value::as_array) {
        let kinds: Vec<Value> = kind.iter().filter(|kind| **kind != json!("null")).cloned().collect();
        if let [kind] = kinds.as_slice() {
            of.insert("type".to_owned(), kind.clone());
        }
    }
    of.remove("default");
    schema
}

/// A body's schema with its parts moved where the document keeps them.
pub(super) fn body(schema: &Schema, parts: &mut Map<String, Value>) -> (String, Value) {
    let mut value = schema.as_value().clone();
    let Some(of) = value.as_object_mut() else { return ("Body".to_owned(), value) };
    of.remove("$schema");
    let title = of.remove("title").and_then(|t| t.as_str().map(str::to_owned)).unwrap_or_default();
    if let Some(Value::Object(own)) = of.remove("$defs") {
        for (name, part) in own {
            parts.insert(name, moved(part));
        }
    }
    (title, moved(value))
}

/// References to `#/$defs/…` become references to the document's parts.
fn moved(value: Value) -> Value {
    match value {
        Value::Object(of) => Value::Object(of.into_iter().map(|(k, v)| (k, moved(v))).collect()),
        Value::Array(list) => Value::Array(list.into_iter().map(moved).collect()),
        Value::String(text) => Value::String(text.replace("#/$defs/", "#/components/schemas/")),
        other => other,
    }
}
