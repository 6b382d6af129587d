//! Dress: which style, colour and indent a text has, from its role.
//!
//! Takes a theme and a role; the typesetter and the HTML writer both ask here,
//! so that they cannot differ.
//! There is no Typst and no CSS here.

use crate::color::Rgb;
use crate::figure::Figures;
use crate::font::Fonts;
use crate::geom::Pt;
use crate::highlight::Tokens;
use crate::layout::TextRole;
use crate::model::{Code, List};
use crate::place::Placed;
use crate::source::Source;
use crate::theme::{TextStyle, Theme};

/// A placed deck and everything that it is dressed in.
#[derive(Clone, Copy, Debug)]
pub struct Dressed<'a> {
    /// The slides.
    pub placed: &'a Placed,
    /// The classes of the code's characters.
    pub tokens: &'a Tokens,
    /// The pictures, by asset.
    pub figures: &'a Figures,
    /// The theme.
    pub theme: &'a Theme,
    /// The faces.
    pub fonts: &'a Fonts,
    /// The texts that the PDF carries, the deck itself first.
    pub attached: &'a [Source],
}

/// The share of the surrounding size that sub- and superscripts have. Body text
/// of 26 pt has scripts of 18 pt, above the floor of 14 pt.
pub const SCRIPT: f64 = 0.7;

/// The advance of a digit in the code fonts, as a share of the size. JetBrains
/// Mono, like most monospaced families, has 600 of 1,000 units.
const DIGIT: f64 = 0.6;

/// The room between line numbers and code. With two digits of 14 pt and a
/// padding of 12 pt this makes 40 pt, which is what the code of the built-in
/// layouts bleeds.
pub const GUTTER_GAP: Pt = Pt(11.2);

/// Every role of text that has a style of its own, by the name that the
/// writers use.
pub const ROLES: [&str; 9] =
    ["display", "fact", "title", "heading", "lead", "body", "table", "remark", "small"];

/// The style and colour of a role; an unknown name has those of `body`.
#[must_use]
pub fn role(theme: &Theme, name: &str) -> (TextStyle, Rgb) {
    let (scale, palette) = (&theme.scale, &theme.palette);
    match name {
        "display" => (scale.display, palette.title()),
        "fact" => (scale.fact, palette.accent()),
        "title" => (scale.title, palette.title()),
        "heading" => (scale.heading, palette.title()),
        "lead" => (scale.lead, palette.text()),
        "table" => (scale.table, palette.text()),
        // Its lines stand beside those of the code.
        "remark" => (TextStyle { pitch: scale.code_pitch, ..scale.table }, palette.text()),
        "small" => (scale.small, palette.muted()),
        _ => (scale.body, palette.text()),
    }
}

/// The name of a slot's role.
#[must_use]
pub const fn slot_role(role: TextRole) -> &'static str {
    match role {
        TextRole::Display => "display",
        TextRole::Fact => "fact",
        TextRole::Title => "title",
        TextRole::Lead => "lead",
        TextRole::Body => "body",
        TextRole::Small => "small",
    }
}

/// The role of a heading in a slot: the slot's own where that is made for
/// titles, and `heading` among running text.
#[must_use]
pub const fn heading_role(slot: TextRole) -> &'static str {
    match slot {
        TextRole::Display | TextRole::Fact | TextRole::Title => slot_role(slot),
        TextRole::Lead | TextRole::Body | TextRole::Small => "heading",
    }
}

/// The distance from the edge of a list to its items' text: the theme's, or
/// what the longest number needs.
#[must_use]
pub fn list_indent(theme: &Theme, list: &List, style: TextStyle) -> Pt {
    let Some(start) = list.start else { return theme.space.indent };
    let last = u64::from(start) + list.items.len().saturating_sub(1) as u64;
    let digits = f64::from(last.max(1).ilog10() + 1);
    theme.space.indent.max(style.size * (0.66 * digits + 0.56))
}

/// The bullet of a list at a depth, counted from 0.
#[must_use]
pub const fn bullet(depth: usize) -> &'static str {
    if depth.is_multiple_of(2) { "•" } else { "–" }
}

/// The advance of a character of code; `None` without a face for code.
#[must_use]
pub fn column(theme: &Theme, fonts: &Fonts) -> Option<Pt> {
    Some(theme.scale.code.get() * fonts.column(&theme.code_fonts)?)
}

/// The room between the padding of a code block and its text: what line numbers
/// need, and what is left of a bleed.
#[must_use]
pub fn gutter(theme: &Theme, code: &Code, bleed: Pt) -> Pt {
    numbers(theme, code).max(bleed - theme.space.pad_x)
}

/// The room for line numbers and the gap behind them; none without numbers.
fn numbers(theme: &Theme, code: &Code) -> Pt {
    let Some(first) = code.numbers else { return Pt::ZERO };
    let last = u64::from(first) + code.lines.len().saturating_sub(1) as u64;
    let digits = f64::from(last.max(1).ilog10() + 1).max(2.0);
    theme.scale.small.size * (DIGIT * digits) + GUTTER_GAP
}
