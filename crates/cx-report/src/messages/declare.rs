//! Message ids as methods.

/// Declares messages: each becomes a method of `Messages` whose arguments are
/// `text` (words, or a number that is text already) or `count` (a number that
/// also chooses the plural form), and an entry of the list that the tests hold
/// against the files.
macro_rules! messages {
    ($($name:ident($($argument:ident: $kind:ident),*) = $id:literal;)*) => {
        impl $crate::messages::Messages {
            $(
                pub(crate) fn $name(&self, $($argument: $crate::messages::declare::kind!($kind)),*) -> String {
                    let arguments = fluent_bundle::FluentArgs::new();
                    $(let arguments = $crate::messages::catalogue::Argument::put(
                        &$argument, stringify!($argument), concat!(stringify!($argument), "-text"), arguments,
                    );)*
                    self.say($id, &arguments)
                }
            )*
        }

        #[cfg(test)]
        pub(super) const DECLARED: &[(&str, &[&str])] = &[$(($id, &[$(stringify!($argument)),*])),*];
    };
}

macro_rules! kind {
    (text) => {
        &str
    };
    (count) => {
        u64
    };
}

pub(super) use {kind, messages};
