//! Filters of images, as words: `brightness:.6` in the brackets of a background,
//! `brightness=.6` in the braces of an image.

use crate::diag::Diagnostic;
use crate::model::{Filter, FilterKind};
use crate::source::Span;

/// What both outputs cannot show alike.
const SHADOW: &str = "drop-shadow";

/// The filter that a word names, with the amount that it says, if any. `sign`
/// stands between the two.
pub(super) fn read(
    (name, value): (&str, Option<&str>),
    sign: char,
    place: Span,
) -> Option<Result<Filter, Box<Diagnostic>>> {
    if name == SHADOW {
        return Some(Err(Box::new(shadow(place))));
    }
    let (_, kind) = FilterKind::NAMES.into_iter().find(|(word, _)| *word == name)?;
    let Some(value) = value else { return Some(Ok(Filter { kind, amount: kind.usual() })) };
    let (least, most) = kind.range();
    Some(match amount(kind, value) {
        Some(amount) if (least..=most).contains(&amount) => Ok(Filter { kind, amount }),
        _ => Err(Box::new(
            Diagnostic::error("wrong-value", place, format!("`{value}` is no amount of `{name}`"))
                .hint(hint(kind, sign)),
        )),
    })
}

/// Whether a word names a filter, also one that cannot be shown.
pub(super) fn is_one(name: &str) -> bool {
    name == SHADOW || FilterKind::NAMES.iter().any(|(word, _)| *word == name)
}

/// Reads `.6`, `60%`, `4px` or `90deg` in thousandths.
fn amount(kind: FilterKind, value: &str) -> Option<i32> {
    let (number, unit) = match kind {
        FilterKind::Blur => (value.strip_suffix("px")?, 1000.0),
        FilterKind::HueRotate => (value.strip_suffix("deg")?, 1000.0),
        FilterKind::Brightness
        | FilterKind::Contrast
        | FilterKind::Grayscale
        | FilterKind::Invert
        | FilterKind::Opacity
        | FilterKind::Saturate
        | FilterKind::Sepia => match value.strip_suffix('%') {
            Some(percent) => (percent, 10.0),
            None => (value, 1000.0),
        },
    };
    let plain = |ch: char| ch.is_ascii_digit() || ch == '.' || ch == '-';
    let number: f64 = number.parse().ok().filter(|_| number.chars().all(plain))?;
    let amount = (number * unit).round();
    #[expect(clippy::cast_possible_truncation, reason = "looked at beforehand")]
    (amount.abs() < 1e9).then_some(amount as i32)
}

/// What to write for an amount.
fn hint(kind: FilterKind, sign: char) -> String {
    let name = kind.name();
    match kind {
        FilterKind::Blur => format!(
            "write up to 200 pixels of a canvas that is 720 of them high: `{name}{sign}4px`"
        ),
        FilterKind::HueRotate => format!("write degrees: `{name}{sign}90deg`"),
        FilterKind::Brightness | FilterKind::Contrast | FilterKind::Saturate => format!(
            "write a number or percent, of which 1 changes nothing: `{name}{sign}.6`, \
             `{name}{sign}150%`"
        ),
        FilterKind::Grayscale | FilterKind::Invert | FilterKind::Opacity | FilterKind::Sepia => {
            format!("write a number from 0 to 1, or percent: `{name}{sign}.3`, `{name}{sign}30%`")
        }
    }
}

/// The error for a shadow, which has no place in the pixels of a picture.
fn shadow(place: Span) -> Diagnostic {
    let words: Vec<String> =
        FilterKind::NAMES.iter().map(|(word, _)| format!("`{word}`")).collect();
    Diagnostic::error("wrong-value", place, "a picture casts no shadow in a PDF")
        .label("both outputs show the same")
        .hint(format!("the filters that both can show are {}", words.join(", ")))
}
