//! What a key is, and a part of the settings with its keys.

/// Part of the settings with keys of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Place {
    /// How it is written: `[project]`, `[[source]]`.
    pub name: &'static str,
    /// What it is for.
    pub meaning: &'static str,
    /// Its keys, in reading order.
    pub keys: &'static [Key],
}

/// A key of the settings.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Key {
    /// Its name.
    pub name: &'static str,
    /// The kind of value it takes.
    pub kind: &'static str,
    /// What holds without it, in words or as TOML in backquotes; empty where it is needed.
    pub default: &'static str,
    /// What it says.
    pub meaning: &'static str,
    /// A value as it is written.
    pub example: &'static str,
}

pub(super) const fn key(
    name: &'static str,
    kind: &'static str,
    default: &'static str,
    example: &'static str,
    meaning: &'static str,
) -> Key {
    Key { name, kind, default, meaning, example }
}

impl Place {
    /// The names of its keys.
    pub(in crate::project) fn names(&self) -> impl Iterator<Item = &'static str> {
        self.keys.iter().map(|key| key.name)
    }
}
