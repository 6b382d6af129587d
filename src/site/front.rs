//! Front matter: what the page says of the talk to the site's generator.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::Generator;
use crate::model::Meta;
use crate::place::Placed;

/// What front matter says, by deckc's names.
pub const KEYS: [&str; 19] = [
    "layout",
    "title",
    "subtitle",
    "description",
    "img",
    "video-img",
    "youtube-url",
    "slideshare-url",
    "speaker",
    "speaker-img",
    "speaker-description",
    "event",
    "event-link",
    "date",
    "categories",
    "tags",
    "slides",
    "pdf",
    "poster",
];

/// How a site names them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Keys(pub BTreeMap<String, String>);

impl Keys {
    /// The site's name for one of [`KEYS`].
    fn name<'a>(&'a self, key: &'a str) -> &'a str {
        self.0.get(key).map_or(key, String::as_str)
    }

    /// A text whose `@key@` are the site's names.
    pub(super) fn fill(&self, text: &str) -> String {
        let mut out = text.to_owned();
        for key in KEYS.into_iter().chain(["card", "lang"]) {
            out = out.replace(&format!("@{key}@"), self.name(key));
        }
        out
    }
}

/// The layout of a talk page where the deck names none.
const LAYOUT: &str = "talk";

/// What front matter says, in order.
fn entries(placed: &Placed) -> Vec<(&'static str, Value)> {
    let meta = &placed.meta;
    let text = |it: &Option<crate::source::Spanned<String>>| {
        it.as_ref().map(|it| Value::from(it.value.trim()))
    };
    let page = |key: &str| meta.page.get(key).map(|it| it.value.clone());
    let speaker = meta.speaker.as_ref().map(|it| &it.value);
    let own = |it: &Option<String>| it.as_ref().map(|it| Value::from(it.as_str()));
    let tags: Vec<&str> = meta.tags.iter().map(|tag| tag.value.as_str()).collect();
    let known = [
        ("layout", page("layout").or_else(|| Some(LAYOUT.into()))),
        ("title", Some(placed.title().into())),
        ("subtitle", text(&meta.subtitle)),
        ("description", text(&meta.description)),
        ("img", page("img")),
        ("video-img", page("video-img")),
        ("youtube-url", page("youtube-url")),
        ("slideshare-url", page("slideshare-url")),
        ("speaker", speaker.map(|it| it.name.as_str().into())),
        ("speaker-img", page("speaker-img").or_else(|| own(&speaker?.img))),
        ("speaker-description", page("speaker-description").or_else(|| own(&speaker?.bio))),
        ("event", text(&meta.event)),
        ("event-link", text(&meta.event_link)),
        ("date", date(meta).map(Value::from)),
        ("categories", page("categories")),
        ("tags", (!tags.is_empty()).then(|| json!(tags))),
        ("lang", Some(meta.lang().into())),
        ("slides", Some("slides.html".into())),
        ("pdf", Some("slides.pdf".into())),
        ("poster", Some("poster.png".into())),
        ("card", Some("card.png".into())),
    ];
    known.into_iter().filter_map(|(key, value)| Some((key, value?))).collect()
}

/// The date, where a generator can read it: one that it cannot stops the site.
fn date(meta: &Meta) -> Option<&str> {
    let date = meta.date.as_ref()?.value.trim();
    let day = meta.day();
    let parts: Vec<u32> = day.split('-').filter_map(|part| part.parse().ok()).collect();
    let is_day = matches!(parts.as_slice(), [_, 1..=12, 1..=31]) && day.len() == 10;
    is_day.then_some(date)
}

/// As YAML, between its two lines. Strings are quoted as JSON does it, which YAML
/// reads as well.
pub(super) fn yaml(placed: &Placed, generator: Generator, keys: &Keys) -> String {
    let mut out = String::from("---\n");
    for (key, value) in entries(placed) {
        let bare = key == "date";
        let value = match &value {
            Value::String(text) if bare => text.clone(),
            value => value.to_string(),
        };
        out += &[keys.name(key), ": ", &value, "\n"].concat();
    }
    if generator == Generator::Hugo {
        // A talk that is announced has a date to come, and Hugo leaves out what is
        // not published yet.
        out.push_str("publishDate: 2000-01-01\n");
    }
    out.push_str("---\n");
    out
}

/// As TOML, in the places where Zola looks for it.
pub(super) fn toml(placed: &Placed, keys: &Keys) -> String {
    let own = ["title", "description", "date"];
    let entries = entries(placed);
    let mut out = String::from("+++\ntemplate = \"talk.html\"\n");
    for (key, value) in entries.iter().filter(|(key, _)| own.contains(key)) {
        let value = match value {
            // A day is all that every form of a date has.
            Value::String(text) if *key == "date" => text.get(..10).unwrap_or(text).to_owned(),
            value => value.to_string(),
        };
        out += &[*key, " = ", &value, "\n"].concat();
    }
    out.push_str("[extra]\n");
    for (key, value) in entries.iter().filter(|(key, _)| !own.contains(key)) {
        out +=
            &[&Value::from(keys.name(key)).to_string(), " = ", &value.to_string(), "\n"].concat();
    }
    out.push_str("+++\n");
    out
}

/// The front matter of the list of talks.
pub(super) fn list(generator: Generator) -> String {
    match generator {
        Generator::Zola => {
            "+++\ntitle = \"Talks\"\ntemplate = \"talks.html\"\nsort_by = \"date\"\n+++\n"
                .to_owned()
        }
        Generator::Jekyll | Generator::Hugo | Generator::Plain => {
            "---\ntitle: Talks\n---\n".to_owned()
        }
    }
}
