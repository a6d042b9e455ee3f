//! What size of effect a claim names.

/// The size of an effect.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Size {
    /// A relative change, as shares of the base: 0.05 is five per cent more.
    Relative {
        /// The smaller end in the number's own order.
        low: f64,
        /// The other end; the same where one number is claimed.
        high: f64,
    },
    /// A share that is said to be so, 0..1: no effect.
    Level(f64),
    /// How many times one thing is another: no effect.
    Times {
        /// The smaller end.
        low: f64,
        /// The other end.
        high: f64,
    },
    /// More of it, or what is better; no size.
    Up,
    /// Less of it; no size.
    Down,
    /// A count, an order or a phase: no effect.
    NoEffect,
}

impl Size {
    /// Reads the words of a record.
    ///
    /// # Examples
    /// ```
    /// use cx_core::claims::Size;
    /// assert_eq!(Size::read("+5..+10", "% (relative)"), Size::Relative { low: 0.05, high: 0.1 });
    /// assert_eq!(Size::read("-80 (improvement)", "% (relative)"), Size::Relative { low: -0.8, high: -0.8 });
    /// assert_eq!(Size::read("about 70", "% of customers"), Size::Level(0.7));
    /// assert_eq!(Size::read("6..7", "times"), Size::Times { low: 6.0, high: 7.0 });
    /// assert_eq!(Size::read("lower", "sign"), Size::Down);
    /// ```
    pub fn read(magnitude: &str, unit: &str) -> Self {
        if unit == "sign" {
            return match magnitude {
                "positive" | "better" | "higher" => Self::Up,
                "negative" | "worse" | "lower" => Self::Down,
                _ => Self::NoEffect,
            };
        }
        let bare = magnitude.split(" (").next().unwrap_or_default().trim_start_matches("about ");
        let (first, last) = bare.split_once("..").unwrap_or((bare, bare));
        let number = |text: &str| text.trim().parse::<f64>().ok().filter(|x| x.is_finite());
        let share = |text: &str| number(text).map(|x| x / 100.0);
        if let (true, Some(a), Some(b)) = (unit == "times", number(first), number(last)) {
            return Self::Times { low: a.min(b), high: a.max(b) };
        }
        match (share(first), share(last)) {
            (Some(a), Some(b)) if unit.starts_with('%') && unit.contains("relative") => {
                Self::Relative { low: a.min(b), high: a.max(b) }
            }
            (Some(level), Some(_)) if unit.starts_with('%') => Self::Level(level),
            _ => Self::NoEffect,
        }
    }
}
