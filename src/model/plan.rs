//! What the talk plans: times and the role of a slide.

use std::fmt::Write as _;

use schemars::JsonSchema;
use serde::Serialize;

/// A planned time, in whole seconds.
///
/// Written `25m`, `90s`, `1h30m`, `1m30s`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, JsonSchema)]
#[serde(transparent)]
pub struct Time(pub u32);

impl Time {
    /// The longest time that a deck may plan: a day.
    pub const MAX: Self = Self(24 * 60 * 60);

    /// The time as a deck writes it: `1h30m`, `45s`. [`Time::parse`] reads it.
    #[must_use]
    pub fn written(self) -> String {
        let mut text = String::new();
        for (count, unit) in [(self.0 / 3600, 'h'), (self.0 / 60 % 60, 'm'), (self.0 % 60, 's')] {
            if count > 0 {
                let _ = write!(text, "{count}{unit}");
            }
        }
        if text.is_empty() { "0s".to_owned() } else { text }
    }

    /// Reads `1h30m`, `25m`, `90s` and their combinations in falling order.
    ///
    /// Gives `None` for anything else: a bare number, a unit twice, a unit out
    /// of order, nothing at all, or more than [`Time::MAX`].
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let mut rest = text.trim();
        let mut seconds = 0u32;
        let mut found = false;
        for (unit, factor) in [('h', 3600u32), ('m', 60), ('s', 1)] {
            let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
            let (number, tail) = rest.split_at(digits);
            if let Some(tail) = tail.strip_prefix(unit) {
                let count: u32 = number.parse().ok()?;
                seconds = seconds.checked_add(count.checked_mul(factor)?)?;
                rest = tail;
                found = true;
            }
        }
        (found && rest.is_empty() && seconds <= Self::MAX.0).then_some(Self(seconds))
    }
}

impl std::fmt::Display for Time {
    /// `1:05` is a minute and five seconds; `1:00:00` is an hour.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let (hours, minutes, seconds) = (self.0 / 3600, self.0 / 60 % 60, self.0 % 60);
        if hours > 0 {
            write!(f, "{hours}:{minutes:02}:{seconds:02}")
        } else {
            write!(f, "{minutes}:{seconds:02}")
        }
    }
}

/// What part a slide plays in the plan.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Role {
    /// Shown, and counted in the plan.
    #[default]
    Main,
    /// May be skipped when behind; its time is counted apart.
    Optional,
    /// After the end: in every output, not in the plan.
    Backup,
    /// In the source only.
    Hidden,
}

impl Role {
    /// Every role, by the name that a directive uses.
    pub const NAMES: [(&'static str, Self); 4] = [
        ("main", Self::Main),
        ("optional", Self::Optional),
        ("backup", Self::Backup),
        ("hidden", Self::Hidden),
    ];

    /// The name that a directive uses.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Main => "main",
            Self::Optional => "optional",
            Self::Backup => "backup",
            Self::Hidden => "hidden",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_read_and_written() {
        for (text, seconds) in
            [("25m", 1500), ("90s", 90), ("1h30m", 5400), ("1m30s", 90), ("0s", 0)]
        {
            assert_eq!(Time::parse(text), Some(Time(seconds)), "{text}");
        }
        for seconds in [0, 1, 60, 90, 3600, 3601, 86_399, 86_400] {
            assert_eq!(Time::parse(&Time(seconds).written()), Some(Time(seconds)));
        }
        for text in ["", "25", "m", "1m1m", "1s1m", "25h", "-1m", "1.5m", "99999999999s"] {
            assert_eq!(Time::parse(text), None, "{text}");
        }
        assert_eq!(Time(65).to_string(), "1:05");
        assert_eq!(Time(3600).to_string(), "1:00:00");
    }
}
