//! What a guide is told besides the slides: what was verified, when it begins,
//! who can be called.

use std::fmt::Write as _;

use crate::lock::Standing;
use crate::model::Time;

/// What is known of a deck besides its slides.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Facts {
    /// The PDF of the slides, if it was made and read back.
    pub pdf: Option<PdfFacts>,
    /// What `deck.lock` says of the code.
    pub examples: Examples,
    /// When the talk begins. `None` for a table that counts from 0:00.
    pub start: Option<Clock>,
    /// Who can be called: what they are, and how to reach them.
    pub contacts: Vec<(String, String)>,
}

/// What was read back from a PDF.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PdfFacts {
    /// How many pages it has.
    pub pages: usize,
    /// The standards that it keeps, like `PDF/UA-1 and PDF/A-2a`.
    pub standards: String,
    /// How many fonts it names.
    pub fonts: usize,
    /// How many of them are in the file.
    pub embedded: usize,
}

/// What `deckc test --update` found of the code of a deck.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Examples {
    /// The programs.
    pub programs: Standing,
    /// How many parts of files and outputs of programs are not as they were.
    pub changed: usize,
}

/// A time of day, in seconds after midnight.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Clock(u32);

impl Clock {
    /// Reads `14:30`; `None` for anything that no clock shows.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let (hours, minutes) = text.split_once(':')?;
        let number = |text: &str, below: u32| -> Option<u32> {
            let digits = (1..=2).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit());
            text.parse().ok().filter(|number| digits && *number < below)
        };
        let (hours, minutes) = (number(hours, 24)?, number(minutes, 60)?);
        Some(Self(hours * 3600 + minutes * 60))
    }

    /// What it shows some time later: seconds only where there are any.
    pub(super) fn after(self, time: Time) -> String {
        let now = (self.0 + time.0) % (24 * 3600);
        let (hours, minutes, seconds) = (now / 3600, now / 60 % 60, now % 60);
        let mut text = format!("{hours}:{minutes:02}");
        if seconds > 0 {
            let _ = write!(text, ":{seconds:02}");
        }
        text
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_clock_goes_on_past_midnight() {
        assert_eq!(Clock::parse("23:50").map(|it| it.after(Time(900))), Some("0:05".to_owned()));
        assert_eq!(Clock::parse("9:05").map(|it| it.after(Time(61))), Some("9:06:01".to_owned()));
        for text in ["24:00", "12:60", "12", "12:5:1", "-1:00", "+1:00", "012:00", ":"] {
            assert_eq!(Clock::parse(text), None, "{text}");
        }
    }
}
