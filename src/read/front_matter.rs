//! Front matter: the keys at the head of a deck.
//!
//! Takes the text of a deck, gives [`Meta`] and the byte at which the slides
//! start. Every problem is reported in one run. Nothing that a key names is
//! read or fetched here.

use std::collections::BTreeMap;
use std::ops::Range;

use super::fields::{self, Fields, entries, is_address};
use super::text::Located;
use super::yaml::{Entry, Value};
use crate::diag::{Diagnostic, Diagnostics, nearest};
use crate::geom::Canvas;
use crate::loader::is_remote;
use crate::model::{Meta, Speaker};
use crate::source::{SourceId, Span, Spanned};

/// Every key, apart from those under `x-`.
pub(super) const KEYS: [&str; 26] = [
    "title",
    "subtitle",
    "description",
    "speaker",
    "event",
    "event-link",
    "date",
    "lang",
    "theme",
    "size",
    "slot",
    "qa",
    "overflow",
    "transition",
    "slide-level",
    "footer",
    "logo",
    "tags",
    "img",
    "video-img",
    "youtube-url",
    "slideshare-url",
    "speaker-img",
    "speaker-description",
    "categories",
    "layout",
];

/// The keys of a `speaker` map.
const SPEAKER_KEYS: [&str; 5] = ["name", "affiliation", "img", "bio", "links"];

/// Where the front matter of a text stands.
pub(super) struct Place {
    /// The bytes between its two lines, or `None` where there is none.
    pub(super) yaml: Option<Range<usize>>,
    /// The first byte of the slides.
    pub(super) body: usize,
}

/// Finds the front matter: from a first line `---` to the next line `---` or
/// `...`.
pub(super) fn find(source: SourceId, text: &str, diags: &mut Diagnostics) -> Place {
    let start = if text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
    let none = Place { yaml: None, body: start };
    let mut lines = text[start..].split_inclusive('\n');
    let Some(first) = lines.next().filter(|line| line.trim_end() == "---") else {
        return none;
    };
    let yaml = start + first.len();
    let mut at = yaml;
    for line in lines {
        if matches!(line.trim_end(), "---" | "...") {
            return Place { yaml: Some(yaml..at), body: at + line.len() };
        }
        at += line.len();
    }
    let span = Span::new(source, start..start + 3);
    diags.push(
        Diagnostic::error("syntax", span, "the front matter is never closed")
            .label("a first line `---` opens front matter")
            .hint("write `---` on a line of its own after the keys")
            .hint("delete the line if the deck has no keys"),
    );
    Place { yaml: None, body: yaml }
}

/// Reads the front matter.
pub(super) fn read(
    source: SourceId,
    text: &str,
    yaml: Range<usize>,
    diags: &mut Diagnostics,
) -> Meta {
    let text = indented(&Located::part(source, text, yaml));
    let mut found = Vec::new();
    let entries = entries(&text, ("", ""), "the front matter", &mut found);
    let mut fields = Fields { text: &text, before: 0, found: &mut found };
    let mut meta = Meta::default();
    let mut seen: BTreeMap<&str, Span> = BTreeMap::new();
    for entry in &entries {
        let span = fields.span(&entry.range);
        if let Some(first) = seen.get(entry.key.as_str()) {
            fields.found.push(fields::duplicate(&entry.key, span, *first));
            continue;
        }
        seen.insert(&entry.key, span);
        key(&mut fields, entry, &mut meta);
    }
    if let (Some(slot), Some(qa)) = (&meta.slot, &meta.qa)
        && slot.value < qa.value
    {
        let message = format!("`qa` of {} is longer than `slot` of {}", qa.value, slot.value);
        found.push(
            Diagnostic::error("wrong-value", qa.span, message)
                .also(slot.span, "the slot holds the questions too")
                .hint("make `qa` shorter than `slot`"),
        );
    }
    fields::hand_over(found, diags);
    meta
}

/// Indents the lines on which a quoted value goes on. YAML asks for that and
/// most of its parsers do not, so talk pages are written without.
fn indented(lines: &Located) -> Located {
    let mut out = Located::new(lines.source);
    let mut open: Option<char> = None;
    for (index, line) in lines.lines.iter().enumerate() {
        let text = lines.line(index);
        let goes_on = open.is_some() && !text.starts_with([' ', '\t']);
        out.push(if goes_on { " " } else { "" }, text, line.origin);
        let rest = if open.is_some() {
            Some(text)
        } else {
            let value = text.split_once(": ").map_or(text, |(_, value)| value).trim_start();
            let value = value.trim_start_matches("- ");
            open = value.chars().next().filter(|first| matches!(first, '"' | '\''));
            open.map(|_| &value[1..])
        };
        if let (Some(rest), Some(quote)) = (rest, open)
            && closes(rest, quote)
        {
            open = None;
        }
    }
    out
}

/// Whether a quoted value ends in this piece of it.
fn closes(text: &str, quote: char) -> bool {
    if quote == '\'' {
        // Two of them stand for one that is text.
        return text.matches(quote).count() % 2 == 1;
    }
    let mut escaped = false;
    text.chars().any(|c| {
        let ends = c == quote && !escaped;
        escaped = c == '\\' && !escaped;
        ends
    })
}

/// Reads one key.
fn key(fields: &mut Fields<'_>, entry: &Entry, meta: &mut Meta) {
    let key = entry.key.as_str();
    match key {
        "title" => meta.title = fields.text(entry, "title: So You Wanna Go Fast?"),
        "subtitle" => meta.subtitle = fields.text(entry, "subtitle: Tips from production"),
        "description" => meta.description = fields.text(entry, "description: What it is about"),
        "speaker" => meta.speaker = speaker(fields, entry),
        "event" => meta.event = fields.text(entry, "event: Strange Loop"),
        "event-link" => meta.event_link = fields.address(entry),
        "date" => meta.date = fields.text(entry, "date: 2026-11-21"),
        "lang" => meta.lang = fields.form(entry, "a language of BCP 47", "lang: en", is_lang),
        "theme" => meta.theme = fields.text(entry, "theme: dark"),
        "size" => {
            let canvas = |text: &str| Canvas::ALL.into_iter().find(|it| it.name() == text);
            let text =
                fields.form(entry, "`16:9` or `4:3`", "size: 16:9", |it| canvas(it).is_some());
            meta.size = text.and_then(|text| canvas(&text.value)).unwrap_or_default();
        }
        "slot" => meta.slot = fields.time(entry),
        "qa" => meta.qa = fields.time(entry),
        "overflow" => {
            meta.overflow = fields.overflow(entry).unwrap_or_default();
        }
        "transition" => meta.transition = fields.transition(entry).unwrap_or_default(),
        "slide-level" => {
            let level = |text: &str| text.parse::<u8>().ok().filter(|level| *level <= 6);
            let wanted = "a level of headings from 0 to 6";
            let text = fields.form(entry, wanted, "slide-level: 2", |it| level(it).is_some());
            meta.slide_level = text.and_then(|text| level(&text.value)).unwrap_or(0);
        }
        "footer" => meta.footer = fields.text(entry, "footer: Strange Loop 2017"),
        "logo" => {
            let wanted = "a file beside the deck";
            meta.logo = fields.form(entry, wanted, "logo: img/logo.svg", |it| !is_remote(it));
        }
        "tags" => meta.tags = fields.texts(entry, "tags: [go, performance]"),
        "img" | "video-img" | "speaker-img" | "speaker-description" | "layout" => {
            let text = fields.text(entry, &format!("{key}: \"...\""));
            page(meta, key, text);
        }
        "youtube-url" | "slideshare-url" => {
            let address = fields.address(entry);
            page(meta, key, address);
        }
        "categories" => {
            let words = fields.texts(entry, "categories: [talks, strange-loop]");
            if !words.is_empty() {
                let value = entry.node.json();
                let span = fields.span(&entry.node.range);
                meta.page.insert(key.to_owned(), Spanned::new(value, span));
            }
        }
        _ if key.starts_with("x-") => {
            let span = fields.span(&entry.node.range);
            meta.page.insert(key.to_owned(), Spanned::new(entry.node.json(), span));
        }
        _ => {
            let span = fields.span(&entry.range);
            let message = format!("unknown key `{key}` in the front matter");
            let unknown =
                Diagnostic::error("unknown-key", span, message).mistyped(span, key, &KEYS);
            fields.found.push(if nearest(key, KEYS).is_empty() {
                unknown.hint(format!("a key of your own starts with `x-`, like `x-{key}`"))
            } else {
                unknown
            });
        }
    }
}

/// Keeps a key of the talk page.
fn page(meta: &mut Meta, key: &str, text: Option<Spanned<String>>) {
    if let Some(text) = text {
        meta.page.insert(key.to_owned(), Spanned::new(text.value.into(), text.span));
    }
}

/// Reads `speaker`: a name or a map.
fn speaker(fields: &mut Fields<'_>, entry: &Entry) -> Option<Spanned<Speaker>> {
    let Value::Map(entries) = &entry.node.value else {
        let name = fields.text(entry, "speaker: Ada Lovelace")?;
        let speaker = Speaker { name: name.value, ..Speaker::default() };
        return Some(Spanned::new(speaker, name.span));
    };
    let span = fields.span(&entry.node.range);
    let mut speaker = Speaker::default();
    let mut seen: BTreeMap<&str, Span> = BTreeMap::new();
    for entry in entries {
        let place = fields.span(&entry.range);
        let key = entry.key.as_str();
        if let Some(first) = seen.insert(key, place) {
            fields.found.push(fields::duplicate(key, place, first));
            continue;
        }
        let mut text =
            |example: &str| fields.text(entry, &format!("{key}: {example}")).map(|it| it.value);
        match key {
            "name" => speaker.name = text("Ada Lovelace").unwrap_or_default(),
            "affiliation" => speaker.affiliation = text("Analytical Engines"),
            "img" => speaker.img = text("img/ada.jpg"),
            "bio" => speaker.bio = text("Writes programs"),
            "links" => {
                for link in fields.texts(entry, "links: [https://example.org/]") {
                    if is_address(&link.value) || link.value.starts_with("mailto:") {
                        speaker.links.push(link.value);
                    } else {
                        let message = format!("`{}` is not an address", link.value);
                        fields.found.push(
                            Diagnostic::error("wrong-value", link.span, message)
                                .hint("write it with its scheme, like `https://example.org/`"),
                        );
                    }
                }
            }
            _ => {
                let message = format!("unknown key `{key}` of `speaker`");
                fields.found.push(Diagnostic::error("unknown-key", place, message).mistyped(
                    place,
                    key,
                    &SPEAKER_KEYS,
                ));
            }
        }
    }
    // A mistyped `name` was reported as such.
    let mistyped = seen.keys().any(|key| !SPEAKER_KEYS.contains(key));
    if !seen.contains_key("name") && !mistyped {
        fields.found.push(
            Diagnostic::error("missing-key", span, "`speaker` has no `name`")
                .hint("write `name: Ada Lovelace`"),
        );
    }
    Some(Spanned::new(speaker, span))
}

/// Whether a text has the form of a language tag.
fn is_lang(text: &str) -> bool {
    let mut parts = text.split('-');
    let first = parts.next().unwrap_or_default();
    let word = |part: &str| part.bytes().all(|byte| byte.is_ascii_alphanumeric());
    (2..=8).contains(&first.len())
        && first.bytes().all(|byte| byte.is_ascii_alphabetic())
        && parts.all(|part| (1..=8).contains(&part.len()) && word(part))
}
