//! Front matter: the keys at the head of a deck.
//!
//! Takes the text of a deck, gives [`Meta`] and the byte at which the slides
//! start. Every problem is reported in one run. Nothing that a key names is
//! read or fetched here.

use std::collections::BTreeMap;
use std::ops::Range;

use super::fields::{self, Fields, address_meant, entries, is_address};
use super::text::Located;
use super::yaml::{Entry, Value};
use super::{foreign, removal, runners};
use crate::diag::{Diagnostic, Diagnostics, meant, nearest};
use crate::geom::Canvas;
use crate::loader::is_remote;
use crate::model::{Meta, Speaker};
use crate::source::{SourceId, Span, Spanned};

/// Every key, apart from those under `x-`.
pub(super) const KEYS: [&str; 27] = [
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
    "runners",
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
    let keys = key_lines(&text[yaml..]);
    let open = Diagnostic::error("syntax", span, "the front matter is never closed")
        .label("a first line `---` opens front matter");
    let (close, delete) = (
        "write `---` on a line of its own after the keys",
        "delete the line if the deck has no keys",
    );
    diags.push(if 0 < keys {
        let end = Span::new(source, yaml + keys..yaml + keys);
        let whole = Span::new(source, yaml..text.len());
        open.hint(close).hint(delete).hides(whole).patch(end, "---\n")
    } else {
        open.hint(delete).hint(close).patch(Span::new(source, start..yaml), "")
    });
    Place { yaml: None, body: yaml }
}

/// How many bytes of a text are lines of keys: the first of a known one, the
/// others of any, indented, or items of a list.
fn key_lines(text: &str) -> usize {
    let key = |line: &str| {
        let (key, rest) = line.split_once(':')?;
        let is_word = |c: char| c.is_ascii_lowercase() || c == '-';
        (key.chars().all(is_word) && (rest.trim().is_empty() || rest.starts_with(' ')))
            .then(|| key.to_owned())
    };
    let mut lines = text.split_inclusive('\n').filter(|line| line.ends_with('\n'));
    let Some(first) = lines.next() else { return 0 };
    if !key(first).is_some_and(|key| KEYS.contains(&key.as_str()) || meant(&key, KEYS).is_some()) {
        return 0;
    }
    let goes_on = |line: &&str| {
        key(line).is_some()
            || line.starts_with("- ")
            || line.starts_with(' ') && !line.trim().is_empty()
    };
    first.len() + lines.take_while(goes_on).map(str::len).sum::<usize>()
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
    for (index, entry) in entries.iter().enumerate() {
        let span = fields.span(&entry.range);
        if let Some(first) = seen.get(entry.key.as_str()) {
            let removal = removal::entry(&fields, &entries, index);
            fields.found.push(fields::duplicate(&fields, &entries, index, *first, removal));
            continue;
        }
        seen.insert(&entry.key, span);
        if !key(&mut fields, entry, &mut meta) {
            let removal = removal::entry(&fields, &entries, index);
            fields.found.push(unknown(&fields, entry, removal));
        }
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

/// Reads one key; `false` for one that there is not.
fn key(fields: &mut Fields<'_>, entry: &Entry, meta: &mut Meta) -> bool {
    let key = entry.key.as_str();
    match key {
        "title" => meta.title = fields.shown(entry, "title: So You Wanna Go Fast?"),
        "subtitle" => meta.subtitle = fields.shown(entry, "subtitle: Tips from production"),
        "description" => meta.description = fields.shown(entry, "description: What it is about"),
        "speaker" => meta.speaker = speaker(fields, entry),
        "runners" => meta.runners = runners::read(fields, entry),
        "event" => meta.event = fields.shown(entry, "event: Strange Loop"),
        "event-link" => meta.event_link = fields.address(entry),
        "date" => meta.date = fields.text(entry, "date: 2026-11-21"),
        "lang" => {
            let wanted = "a language of BCP 47";
            meta.lang = fields.form(entry, wanted, "lang: en", is_lang, lang_meant);
        }
        "theme" => meta.theme = fields.text(entry, "theme: dark"),
        "size" => {
            let canvas = |text: &str| Canvas::ALL.into_iter().find(|it| it.name() == text);
            let wanted = "`16:9` or `4:3`";
            let holds = |text: &str| canvas(text).is_some();
            let meant = |text: &str| Some(size_meant(text)).filter(|it| holds(it));
            let text = fields.form(entry, wanted, "size: 16:9", holds, meant);
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
            let holds = |text: &str| level(text).is_some();
            let text = fields.form(entry, wanted, "slide-level: 2", holds, |_| None);
            meta.slide_level = text.and_then(|text| level(&text.value)).unwrap_or(0);
        }
        "footer" => meta.footer = fields.shown(entry, "footer: Strange Loop 2017"),
        "logo" => {
            let wanted = "a file beside the deck";
            let holds = |text: &str| !is_remote(text);
            meta.logo = fields.form(entry, wanted, "logo: img/logo.svg", holds, |_| None);
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
        _ => return false,
    }
    true
}

/// The error for a key that front matter does not have.
fn unknown(fields: &Fields<'_>, entry: &Entry, removal: Span) -> Diagnostic {
    let (key, span) = (entry.key.as_str(), fields.span(&entry.range));
    let message = format!("unknown key `{key}` in the front matter");
    let unknown =
        Diagnostic::error("unknown-key", span, message).hides(fields.span(&entry.node.range));
    if let Some(here) = foreign::in_front_matter(key) {
        return here.remedy(unknown, span, entry, removal);
    }
    let unknown = unknown.mistyped(span, key, &KEYS);
    if nearest(key, KEYS).is_empty() {
        unknown.hint(format!("a key of your own starts with `x-`, like `x-{key}`"))
    } else {
        unknown
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
    for (index, entry) in entries.iter().enumerate() {
        let place = fields.span(&entry.range);
        let key = entry.key.as_str();
        if let Some(first) = seen.insert(key, place) {
            let removal = removal::entry(fields, entries, index);
            fields.found.push(fields::duplicate(fields, entries, index, first, removal));
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
                        let wrong = Diagnostic::error("wrong-value", link.span, message)
                            .hint("write it with its scheme, like `https://example.org/`");
                        fields.found.push(match address_meant(&link.value) {
                            Some(meant) => wrong.patch(link.span, meant),
                            None => wrong,
                        });
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
    // Of languages with longer names none is registered.
    let first = parts.next().unwrap_or_default();
    let word = |part: &str| part.bytes().all(|byte| byte.is_ascii_alphanumeric());
    (2..=3).contains(&first.len())
        && first.bytes().all(|byte| byte.is_ascii_alphabetic())
        && parts.all(|part| (1..=8).contains(&part.len()) && word(part))
}

/// The language tag that a locale or the name of a language stands for.
fn lang_meant(text: &str) -> Option<String> {
    const NAMES: [(&str, &str); 12] = [
        ("english", "en"),
        ("german", "de"),
        ("deutsch", "de"),
        ("french", "fr"),
        ("spanish", "es"),
        ("italian", "it"),
        ("portuguese", "pt"),
        ("dutch", "nl"),
        ("polish", "pl"),
        ("russian", "ru"),
        ("japanese", "ja"),
        ("chinese", "zh"),
    ];
    let name = text.trim().to_lowercase();
    if let Some((_, tag)) = NAMES.iter().find(|(known, _)| *known == name) {
        return Some((*tag).to_owned());
    }
    // `de_DE.UTF-8` and `de_DE@euro` are locales of a system.
    let tag = text.trim().split(['.', '@']).next()?.replace('_', "-");
    is_lang(&tag).then_some(tag)
}

/// The canvas that another way of writing it stands for.
fn size_meant(text: &str) -> String {
    match text.trim().to_lowercase().as_str() {
        "widescreen" | "wide" => "16:9".to_owned(),
        "standard" => "4:3".to_owned(),
        text => text.replace(['/', 'x', '×', '-', '.'], ":").replace(' ', ""),
    }
}
