//! Images that are backgrounds: `![bg right:40% opacity:.3](hall.jpg)`.

use comrak::nodes::{Node, NodeValue};

use super::{Cx, Marks, filters};
use crate::diag::{Diagnostic, nearest};
use crate::model::{Background, Backing, Extent, Filter, FilterKind, Side, Size, Split};
use crate::source::Span;

/// The word that makes an image a background.
const WORD: &str = "bg";

/// The words that can stand beside it, without their values.
const WORDS: [&str; 11] = [
    "cover",
    "contain",
    "fit",
    "auto",
    "left",
    "right",
    "vertical",
    "horizontal",
    "w",
    "h",
    "opacity",
];

/// What a split background takes of the slide where it does not say, in percent.
const HALF: u16 = 50;

/// What it may take, in percent: beside less than a quarter of the width no text
/// can be read.
const SHARES: std::ops::RangeInclusive<u16> = 10..=75;

/// What the words of a background say.
#[derive(Clone, Default)]
struct Said {
    size: Size,
    split: Option<(Split, Span)>,
    stacked: Option<(bool, Span)>,
    opacity: Option<u8>,
    filters: Vec<Filter>,
}

/// Whether an image is a background: its first word says so.
pub(in crate::read) fn is_one(node: Node<'_>) -> bool {
    matches!(node.data().value, NodeValue::Image(_))
        && super::alt(node).split_whitespace().next() == Some(WORD)
}

/// Reads a background, which is part of the slide and of no block. `within` says
/// whether it stands in another block.
pub(super) fn read(cx: &mut Cx<'_, '_, '_>, node: Node<'_>, marks: &Marks, within: bool) {
    let span = cx.span(node);
    if within || cx.draft.in_note {
        let place = if cx.draft.in_note { "a note" } else { "another block" };
        cx.report(
            Diagnostic::error("background", span, format!("a background stands in {place}"))
                .hint("write it between the blocks of its slide, on a line of its own"),
        );
        return;
    }
    let (words, said) = words(cx, span);
    let shaped = marks.showing.width.is_some() || marks.showing.height.is_some();
    if shaped || marks.showing.fit != crate::model::Fit::default() {
        cx.report(
            Diagnostic::error(
                "background",
                span,
                "the size of a background stands in its brackets",
            )
            .hint("write `![bg contain](...)`, `![bg 50%](...)` or `![bg w:400px](...)`"),
        );
    }
    let filters = said.filters.iter().chain(&marks.filters).copied().collect();
    let marks = Marks { decorative: true, crop: marks.crop, filters, ..Marks::default() };
    let is_video = match &node.data().value {
        NodeValue::Image(link) => super::video::is_one(&link.url, &marks),
        _ => false,
    };
    if is_video {
        cx.report(
            Diagnostic::error("background", span, "a video is no background")
                .hint("show it in a slot: `![A session](talk.mp4){poster=talk.png}`"),
        );
        return;
    }
    let Some(mut image) = super::image(cx, node, &marks) else { return };
    image.alt.clear();
    if !image.caption.is_empty() {
        cx.report(
            Diagnostic::error("background", span, "a background has no caption")
                .hint("write what is to be read on the slide, or take the title of the image away"),
        );
        image.caption.clear();
    }
    let background = cx.draft.background.get_or_insert_with(Background::default);
    let opacity = said.opacity.unwrap_or(Backing::OPAQUE);
    background.pictures.push(Backing { span, words, image, size: said.size, opacity });
    if let Some((stacked, _)) = said.stacked {
        background.stacked |= stacked;
    }
    let Some((split, at)) = said.split else { return };
    match background.split {
        Some(other) if other != split => cx.report(
            Diagnostic::error("background", at, "the backgrounds of a slide stand on one side")
                .hint(format!(
                    "write `{}` once: all pictures of the background share its room",
                    words_of(other)
                )),
        ),
        Some(_) | None => background.split = Some(split),
    }
}

/// A split as decks write it.
fn words_of(split: Split) -> String {
    format!("{}:{}%", split.side.name(), split.share)
}

/// The words between the brackets, and what they say.
fn words(cx: &mut Cx<'_, '_, '_>, span: Span) -> (Span, Said) {
    let text = cx.part.slice(span).to_owned();
    let open = text.find('[').map_or(0, |at| at + 1);
    let close = text[open..].find(']').map_or(text.len(), |at| open + at);
    let mut said = Said::default();
    for word in text[open..close].split_whitespace().skip(1) {
        let at = word.as_ptr() as usize - text.as_ptr() as usize;
        let place = cx.part.within(span, at, at + word.len());
        let (name, value) = word.split_once(':').map_or((word, None), |(n, v)| (n, Some(v)));
        if let Err(wrong) = set(&mut said, (name, value), place) {
            cx.report(*wrong);
        }
    }
    (cx.part.within(span, open, close), said)
}

/// Takes in one word.
fn set(
    said: &mut Said,
    (name, value): (&str, Option<&str>),
    place: Span,
) -> Result<(), Box<Diagnostic>> {
    let (width, height) = match said.size {
        Size::Within(width, height) => (width, height),
        Size::Cover | Size::Contain | Size::Auto => (None, None),
    };
    // As images in slots have them.
    if let (None, Some((word, amount))) = (value, name.split_once('=')) {
        let whole = format!("{word}:{amount}");
        if set(&mut said.clone(), (word, Some(amount)), place).is_ok() {
            let hint = format!("did you mean `{whole}`?");
            return Err(Box::new(unknown(name, place).hint(hint).patch(place, whole)));
        }
    }
    match (name, value) {
        ("cover", None) => said.size = Size::Cover,
        ("contain" | "fit", None) => said.size = Size::Contain,
        ("auto", None) => said.size = Size::Auto,
        ("vertical", None) => said.stacked = Some((true, place)),
        ("horizontal", None) => said.stacked = Some((false, place)),
        ("left" | "right", value) => {
            let side = if name == "left" { Side::Left } else { Side::Right };
            let share = value.map_or(Ok(HALF), |value| share(value, name, place))?;
            said.split = Some((Split { side, share }, place));
        }
        ("w" | "width", Some(value)) => {
            said.size = Size::Within(Some(extent(value, "w", place)?), height);
        }
        ("h" | "height", Some(value)) => {
            said.size = Size::Within(width, Some(extent(value, "h", place)?));
        }
        (word, None) if word.ends_with('%') => {
            said.size = Size::Within(Some(extent(word, "w", place)?), None);
        }
        _ => match filters::read((name, value), ':', place) {
            // The scrim in front of a background is part of no pixel.
            Some(Ok(Filter { kind: FilterKind::Opacity, amount })) => {
                said.opacity = u8::try_from(amount / 10).ok();
            }
            Some(filter) => said.filters.push(filter?),
            None => return Err(Box::new(not_known(name, place))),
        },
    }
    Ok(())
}

fn unknown(name: &str, place: Span) -> Diagnostic {
    Diagnostic::error("background", place, format!("`{name}` says nothing of a background"))
}

/// A word that says nothing of a background, and what it may be meant to say.
fn not_known(name: &str, place: Span) -> Diagnostic {
    let unknown = unknown(name, place);
    let words = WORDS.into_iter().chain(FilterKind::NAMES.map(|(word, _)| word));
    match nearest(name, words).first() {
        Some(meant) => unknown.hint(format!("did you mean `{meant}`?")),
        None => unknown.hint(
            "behind `bg` stand a side (`right:40%`), a size (`contain`, `50%`), `vertical` and \
             filters (`opacity:.3`)",
        ),
    }
}

/// Reads the share of the width that a split background takes.
fn share(value: &str, side: &str, place: Span) -> Result<u16, Box<Diagnostic>> {
    let number: Option<u16> = value.strip_suffix('%').and_then(|it| it.parse().ok());
    let wrong = |message: String| Diagnostic::error("background", place, message);
    match number {
        Some(share) if SHARES.contains(&share) => Ok(share),
        Some(share) => Err(Box::new(
            wrong(format!("a background cannot take {share} % of the slide's width")).hint(
                format!(
                    "write {} % to {} %; a picture on all of the slide is written without `{side}`",
                    SHARES.start(),
                    SHARES.end()
                ),
            ),
        )),
        None => Err(Box::new(
            wrong(format!("`{value}` is no share of the slide's width"))
                .hint(format!("write percent: `{side}:40%`")),
        )),
    }
}

/// Reads `50%`, `300px` or `225pt`.
fn extent(value: &str, name: &str, place: Span) -> Result<Extent, Box<Diagnostic>> {
    let digits = value.trim_end_matches(|ch: char| !ch.is_ascii_digit());
    let number: Option<u16> = digits.parse().ok().filter(|it| (1..=2000).contains(it));
    match (number, &value[digits.len()..]) {
        (Some(number), "%") => Ok(Extent::Percent(number)),
        (Some(number), "pt") => Ok(Extent::Points(number)),
        // The canvas has 1280 x 720 pixels to 960 x 540 points.
        (Some(number), "px" | "") => Ok(Extent::Points((number * 3).div_ceil(4))),
        _ => Err(Box::new(
            Diagnostic::error("background", place, format!("`{value}` is no length of a picture"))
                .hint(format!(
                    "write a share of its room, or pixels of a canvas 720 of them high: \
                     `{name}:60%`, `{name}:300px`"
                )),
        )),
    }
}
