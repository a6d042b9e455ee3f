//! What may change.

use crate::ground::unit::Unit;

/// A rate or an amount of the base that a scenario moves.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Key {
    /// Share of customers that leaves in a period.
    Churn,
    /// Share that stays: churn from the other side.
    Retention,
    /// Contribution margin of an active customer in a period.
    Margin,
    /// Spending of an active customer; margin follows in proportion.
    Spend,
    /// Contacts of an active customer in a period.
    Contacts,
    /// Cost of one contact.
    ContactCost,
    /// Cost of all contacts of an active customer in a period.
    CostToServe,
    /// Share of satisfied answers.
    Satisfied,
}

impl Key {
    /// Every key with the word that options use.
    pub const ALL: [(&'static str, Self); 8] = [
        ("churn", Self::Churn),
        ("retention", Self::Retention),
        ("margin", Self::Margin),
        ("spend", Self::Spend),
        ("contacts", Self::Contacts),
        ("contact_cost", Self::ContactCost),
        ("cost_to_serve", Self::CostToServe),
        ("satisfied", Self::Satisfied),
    ];

    /// The key of a word.
    ///
    /// # Examples
    /// ```
    /// use cx_core::studies::scenario::Key;
    /// assert_eq!(Key::named("cost_to_serve"), Some(Key::CostToServe));
    /// assert_eq!(Key::named("happiness"), None);
    /// ```
    pub fn named(word: &str) -> Option<Self> {
        Self::ALL.iter().find(|(name, _)| *name == word).map(|(_, key)| *key)
    }

    /// Its word.
    pub fn word(self) -> &'static str {
        Self::ALL.iter().find(|(_, key)| *key == self).map_or("", |(name, _)| name)
    }

    /// True where it is a share of customers or answers.
    pub const fn is_share(self) -> bool {
        matches!(self, Self::Churn | Self::Retention | Self::Satisfied)
    }

    /// Its unit.
    pub const fn unit(self) -> Unit {
        match self {
            Self::Churn | Self::Retention | Self::Satisfied => Unit::Share,
            Self::Contacts => Unit::PerUnit,
            Self::Margin | Self::Spend | Self::ContactCost | Self::CostToServe => Unit::Money,
        }
    }

    /// What it is, in words.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Churn => "share that leaves",
            Self::Retention => "share that stays",
            Self::Margin | Self::Spend => "contribution margin of an active customer",
            Self::Contacts => "contacts of an active customer",
            Self::ContactCost => "cost of a contact",
            Self::CostToServe => "cost to serve an active customer",
            Self::Satisfied => "share of satisfied answers",
        }
    }

    /// True where two keys move the same money and may not both be set.
    pub fn collides(self, other: Self) -> bool {
        let service = |key| matches!(key, Self::Contacts | Self::ContactCost);
        let group = |key| match key {
            Self::Churn | Self::Retention => 0,
            Self::Margin | Self::Spend => 1,
            Self::Contacts => 2,
            Self::ContactCost => 3,
            Self::CostToServe => 4,
            Self::Satisfied => 5,
        };
        group(self) == group(other)
            || (self == Self::CostToServe && service(other))
            || (other == Self::CostToServe && service(self))
    }
}

#[cfg(test)]
mod tests {
    use super::Key;

    #[test]
    fn one_stream_has_one_owner() {
        assert!(Key::Churn.collides(Key::Retention) && Key::Contacts.collides(Key::CostToServe));
        assert!(Key::Margin.collides(Key::Spend) && Key::Churn.collides(Key::Churn));
        assert!(!Key::Churn.collides(Key::Margin) && !Key::Contacts.collides(Key::ContactCost));
    }
}
