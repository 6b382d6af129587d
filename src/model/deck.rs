//! The deck as a whole: front matter and slides.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Serialize;

use super::{Slide, Time, Transition};
use crate::geom::Canvas;
use crate::source::Spanned;

/// One compiled source.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct Deck {
    /// What the front matter says.
    pub meta: Meta,
    /// Every slide, hidden ones included, in the order of the source.
    pub slides: Vec<Slide>,
    /// How many parts of files, and outputs of programs, it shows that no lock
    /// vouches for.
    pub unlocked: usize,
}

/// What the front matter says of the deck.
#[derive(Clone, Debug, Default, PartialEq, Serialize, JsonSchema)]
pub struct Meta {
    /// The title. A deck without one has the first slide's title.
    pub title: Option<Spanned<String>>,
    /// The line below the title.
    pub subtitle: Option<Spanned<String>>,
    /// What the talk is about.
    pub description: Option<Spanned<String>>,
    /// Who gives it.
    pub speaker: Option<Spanned<Speaker>>,
    /// Where it is given.
    pub event: Option<Spanned<String>>,
    /// The address of the event.
    pub event_link: Option<Spanned<String>>,
    /// When it is given, as written.
    pub date: Option<Spanned<String>>,
    /// The language of the text, as BCP 47. Default: `en`.
    pub lang: Option<Spanned<String>>,
    /// The theme. Default: `dark`.
    pub theme: Option<Spanned<String>>,
    /// The shape of the canvas. Default: `16:9`.
    pub size: Canvas,
    /// The time that the organisers give, questions included.
    pub slot: Option<Spanned<Time>>,
    /// The part of the slot kept for questions.
    pub qa: Option<Spanned<Time>>,
    /// What happens to code that is too long. Default: `error`.
    pub overflow: Overflow,
    /// How slides take each other's place. Default: `none`.
    pub transition: Transition,
    /// Headings up to this level start a slide; 0 for none. Default: 0.
    pub slide_level: u8,
    /// The footer of every slide; may be empty.
    pub footer: Option<Spanned<String>>,
    /// An asset shown in the corner of every slide: a file relative to the root
    /// below which files are read.
    pub logo: Option<Spanned<String>>,
    /// What runs code of languages that deckc has no toolchain for, by language.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub runners: Vec<Runner>,
    /// Words to find the talk by.
    pub tags: Vec<Spanned<String>>,
    /// Keys of the talk page, checked for their form and never read by
    /// `build`, and keys under `x-`; by key.
    pub page: BTreeMap<String, Spanned<serde_json::Value>>,
}

/// What runs the code of a language.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, JsonSchema)]
pub struct Runner {
    /// The language, as fences name it.
    pub lang: String,
    /// The program and its arguments; `{file}` stands for the file of the code.
    pub command: Vec<String>,
    /// What the name of that file ends in, without the dot.
    pub extension: String,
    /// What a line begins with that runs and does not show; `None` for nothing.
    pub hidden: Option<String>,
    /// How many seconds it may take; `None` for as long as any program.
    pub timeout: Option<u32>,
}

impl Runner {
    /// Whether it runs a language, by the name that a fence gives it.
    #[must_use]
    pub fn is_of(&self, lang: &str) -> bool {
        self.lang.eq_ignore_ascii_case(lang)
    }
}

impl Meta {
    /// The language of the text, as BCP 47.
    #[must_use]
    pub fn lang(&self) -> &str {
        self.lang.as_ref().map_or("en", |lang| lang.value.as_str())
    }

    /// The day of the talk as written, without a time of day; empty where the
    /// front matter has none.
    #[must_use]
    pub fn day(&self) -> String {
        let date = self.date.as_ref().map_or("", |date| date.value.trim());
        // `2017-10-02 08:10:58 +0000` and `2017-10-02T08:10:58Z`.
        let day = date.get(..10).filter(|day| {
            let shape = |(at, byte): (usize, u8)| {
                if at == 4 || at == 7 { byte == b'-' } else { byte.is_ascii_digit() }
            };
            day.bytes().enumerate().all(shape)
        });
        day.filter(|_| date[10..].is_empty() || date[10..].starts_with([' ', 'T']))
            .unwrap_or(date)
            .to_owned()
    }

    /// Whether the language is written from right to left. The list is that of
    /// Typst, which sets the page in the same direction.
    #[must_use]
    pub fn is_rtl(&self) -> bool {
        let base = self.lang().split('-').next().unwrap_or_default().to_lowercase();
        ["ar", "dv", "fa", "he", "ks", "pa", "ps", "sd", "ug", "ur", "yi"].contains(&base.as_str())
    }
}

/// Who gives the talk.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Speaker {
    /// The name.
    pub name: String,
    /// The company, university or project.
    pub affiliation: Option<String>,
    /// An asset or address of a portrait.
    pub img: Option<String>,
    /// A few sentences.
    pub bio: Option<String>,
    /// Addresses, in the order written.
    pub links: Vec<String>,
}

/// What happens to code that does not fit its slot.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Overflow {
    /// It is an error.
    #[default]
    Error,
    /// It goes on on the next slide.
    Split,
}
