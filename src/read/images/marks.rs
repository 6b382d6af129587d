//! What stands in braces behind an image: `{w=60% fit=cover}`.

use super::{Cx, DECORATIVE, filters};
use crate::diag::{Diagnostic, nearest};
use crate::model::{Edit, Extent, Filter, Fit, Showing};
use crate::source::{Span, Spanned};

/// The words that can stand there.
const WORDS: [&str; 9] =
    ["w", "h", "fit", "crop", "decorative", "poster", "autoplay", "loop", "muted"];

/// What other languages call them.
const FOREIGN: [(&str, &str); 4] =
    [("width", "w"), ("height", "h"), ("object-fit", "fit"), ("size", "fit")];

/// The largest length, in points: far more than a canvas has.
const MAX_POINTS: u16 = 2000;

/// What the marks of an image say.
#[derive(Debug, Default)]
pub(in crate::read) struct Marks {
    /// Whether it says nothing to those who cannot see it.
    pub(super) decorative: bool,
    pub(super) showing: Showing,
    pub(super) crop: [u8; 4],
    pub(super) filters: Vec<Filter>,
    /// What a video shows before it plays, and where it does not.
    pub(super) poster: Option<Spanned<String>>,
    /// How a video plays, with the word that says so.
    pub(super) playing: Vec<Spanned<Playing>>,
}

/// A word on how a video plays.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Playing {
    Autoplay,
    Loop,
    Muted,
}

/// Whether a text behind an image is marks of it.
pub(super) fn are_marks(text: &str) -> bool {
    let inner = text.trim().strip_prefix('{').and_then(|rest| rest.strip_suffix('}'));
    inner.is_some_and(|inner| !inner.contains(['{', '}']))
}

/// Reads marks. Within another block, a picture has a width and no height of its
/// own to be a part of.
pub(super) fn read(cx: &mut Cx<'_, '_, '_>, span: Span, within: bool, marks: &mut Marks) {
    let text = cx.part.slice(span).to_owned();
    if text.trim() == DECORATIVE {
        marks.decorative = true;
        return;
    }
    let (Some(open), Some(close)) = (text.find('{'), text.rfind('}')) else { return };
    let mut seen: Vec<&str> = Vec::new();
    for word in text[open + 1..close].split_whitespace() {
        let at = word.as_ptr() as usize - text.as_ptr() as usize;
        let place = cx.part.within(span, at, at + word.len());
        let (name, value) = word.split_once('=').map_or((word, None), |(n, v)| (n, Some(v)));
        if seen.contains(&name) {
            let twice = format!("`{name}` stands here a second time");
            cx.report(Diagnostic::error("unknown-key", place, twice).hint("keep one of them"));
            continue;
        }
        seen.push(name);
        if let Err(wrong) = set(marks, (name, value), place, within) {
            cx.report(*wrong);
        }
    }
    let is_empty = seen.is_empty();
    if is_empty {
        cx.report(
            Diagnostic::error("unknown-key", span, "nothing stands in these braces")
                .hint("write `{w=60%}`, `{fit=cover}` or `{decorative}` behind an image")
                .patch(span, ""),
        );
    }
    if within && marks.showing.fit == Fit::Cover && marks.showing.height.is_none() {
        cx.report(
            Diagnostic::error("wrong-value", span, "`fit=cover` has no height to fill here")
                .label("within a list, a quote or a callout a picture is as high as it is")
                .hint("add a height: `h=120pt`"),
        );
        marks.showing.fit = Fit::Contain;
    }
}

/// Takes in one word.
fn set(
    marks: &mut Marks,
    (name, value): (&str, Option<&str>),
    place: Span,
    within: bool,
) -> Result<(), Box<Diagnostic>> {
    let wrong = |message: String| Diagnostic::error("wrong-value", place, message);
    match (name, value) {
        ("decorative", None) => marks.decorative = true,
        ("decorative", Some(_)) => {
            return Err(Box::new(
                wrong("`decorative` takes no value".to_owned())
                    .hint("write `decorative`")
                    .patch(place, "decorative"),
            ));
        }
        ("w", Some(value)) => marks.showing.width = Some(extent("w", value, place)?),
        ("h", Some(value)) => {
            let height = extent("h", value, place)?;
            if within && matches!(height, Extent::Percent(_)) {
                return Err(Box::new(
                    wrong(format!("`{value}` of no height"))
                        .label("within a list, a quote or a callout a picture is as high as it is")
                        .hint("write points: `h=120pt`; a slide is 540 of them high"),
                ));
            }
            marks.showing.height = Some(height);
        }
        ("fit", Some(value)) => {
            let known = Fit::NAMES.into_iter().find(|(word, _)| *word == value);
            let Some((_, fit)) = known else {
                let unknown = wrong(format!("no picture is fitted by `{value}`"));
                let meant = nearest(value, Fit::NAMES.map(|(word, _)| word));
                return Err(Box::new(match meant.first() {
                    Some(meant) => unknown
                        .hint(format!("did you mean `{meant}`?"))
                        .patch(place, format!("fit={meant}")),
                    None => unknown.hint(
                        "`contain` shows all of a picture, `cover` fills its box and cuts off the rest",
                    ),
                }));
            };
            marks.showing.fit = fit;
        }
        ("crop", Some(value)) => marks.crop = crop(value, place)?,
        ("poster", Some(value)) => {
            let at = place.range().end - value.len();
            let span = Span::new(place.source, at..place.range().end);
            marks.poster = Some(Spanned::new(value.to_owned(), span));
        }
        ("autoplay", None) => marks.playing.push(Spanned::new(Playing::Autoplay, place)),
        ("loop", None) => marks.playing.push(Spanned::new(Playing::Loop, place)),
        ("muted", None) => marks.playing.push(Spanned::new(Playing::Muted, place)),
        ("autoplay" | "loop" | "muted", Some(_)) => {
            return Err(Box::new(
                wrong(format!("`{name}` takes no value"))
                    .hint(format!("write `{name}`"))
                    .patch(place, name),
            ));
        }
        ("w" | "h" | "fit" | "crop" | "poster", None) => {
            return Err(Box::new(wrong(format!("`{name}` needs a value")).hint(match name {
                "fit" => "write `fit=cover` or `fit=contain`",
                "poster" => {
                    "name the picture that is shown where a video cannot play: `poster=talk.png`"
                }
                "crop" => {
                    "say what to cut off at the top, right, bottom and left: `crop=0,10%,0,10%`"
                }
                _ => "write a share of the room or points: `w=60%`, `h=240pt`",
            })));
        }
        _ => match filters::read((name, value), '=', place) {
            Some(filter) => marks.filters.push(filter?),
            None => return Err(Box::new(unknown(name, value, place))),
        },
    }
    Ok(())
}

/// A word that is not known.
fn unknown(name: &str, value: Option<&str>, place: Span) -> Diagnostic {
    let unknown =
        Diagnostic::error("unknown-key", place, format!("unknown mark `{name}` of an image"));
    // As backgrounds have them, and Marp everywhere.
    if let (None, Some((word, value))) = (value, name.split_once(':'))
        && (WORDS.contains(&word) || filters::read((word, Some(value)), '=', place).is_some())
    {
        let whole = format!("{word}={value}");
        return unknown.hint(format!("did you mean `{whole}`?")).patch(place, whole);
    }
    let foreign = FOREIGN.iter().find(|(word, _)| *word == name).map(|(_, meant)| *meant);
    let near = nearest(name, WORDS);
    match foreign.or(near.first().copied()) {
        Some(meant) => {
            let whole = value.map_or(meant.to_owned(), |value| format!("{meant}={value}"));
            unknown.hint(format!("did you mean `{whole}`?")).patch(place, whole)
        }
        None => unknown
            .hint("behind an image stand `w=`, `h=`, `fit=`, `crop=`, `decorative` and filters"),
    }
}

/// Reads `60%` or `240pt`.
fn extent(name: &str, value: &str, place: Span) -> Result<Extent, Box<Diagnostic>> {
    let wrong = |message: String| Diagnostic::error("wrong-value", place, message);
    let digits = value.trim_end_matches(|ch: char| !ch.is_ascii_digit());
    let number: Option<u16> = digits.parse().ok();
    let example = format!("write a share of the room or points: `{name}=60%`, `{name}=240pt`");
    match (number, &value[digits.len()..]) {
        (Some(0), _) => {
            Err(Box::new(wrong(format!("`{value}` shows nothing of a picture")).hint(example)))
        }
        (Some(number @ ..=100), "%") => Ok(Extent::Percent(number)),
        (Some(_), "%") => Err(Box::new(
            wrong(format!("`{value}` is more room than there is"))
                .hint("write at most `100%`; `fit=cover` fills the room and cuts off the rest"),
        )),
        (Some(number @ ..=MAX_POINTS), "pt") => Ok(Extent::Points(number)),
        (Some(_), "pt") => Err(Box::new(
            wrong(format!("`{value}` is larger than any slide"))
                .hint("a slide is 540 points high; at 16:9 it is 960 points wide"),
        )),
        (Some(number), "px") => {
            let points = (u32::from(number) * 3 + 2) / 4;
            Err(Box::new(
                wrong(format!("`{value}` depends on the screen"))
                    .hint(format!("of a canvas of 1280 x 720 pixels that is `{points}pt`"))
                    .patch(place, format!("{name}={points}pt")),
            ))
        }
        _ => Err(Box::new(wrong(format!("`{value}` is no length of a picture")).hint(example))),
    }
}

/// Reads what is cut off at the four sides, as CSS orders them.
fn crop(value: &str, place: Span) -> Result<[u8; 4], Box<Diagnostic>> {
    let wrong = |message: String| {
        Diagnostic::error("wrong-value", place, message).hint(
            "say what share to cut off at the top, right, bottom and left: `crop=0,10%,0,10%`",
        )
    };
    let side = |text: &str| text.strip_suffix('%').unwrap_or(text).parse::<u8>().ok();
    let sides: Option<Vec<u8>> = value.split(',').map(side).collect();
    let [top, right, bottom, left] = match sides.as_deref() {
        Some([all]) => [*all; 4],
        Some([y, x]) => [*y, *x, *y, *x],
        Some([top, x, bottom]) => [*top, *x, *bottom, *x],
        Some([top, right, bottom, left]) => [*top, *right, *bottom, *left],
        _ => return Err(Box::new(wrong(format!("`{value}` does not say what to cut off")))),
    };
    let leaves = |a: u8, b: u8| u16::from(a) + u16::from(b) < 100;
    if !leaves(top, bottom) || !leaves(left, right) {
        return Err(Box::new(wrong(format!("`crop={value}` leaves nothing of the picture"))));
    }
    Ok([top, right, bottom, left])
}

impl Marks {
    /// Those of an image in a line of text, which has no others.
    pub(in crate::read) fn in_line(decorative: bool) -> Self {
        Self { decorative, ..Self::default() }
    }

    /// How a picture is shown that comes from `file`, and the asset that it is.
    pub(super) fn showing(&self, file: String) -> (Showing, String) {
        let mut showing = self.showing.clone();
        if self.crop == Edit::WHOLE && self.filters.is_empty() {
            return (showing, file);
        }
        let edit = Edit { file, crop: self.crop, filters: self.filters.clone(), room: None };
        let asset = edit.asset();
        showing.edit = Some(Box::new(edit));
        (showing, asset)
    }
}
