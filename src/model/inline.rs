//! Inlines: what stands in a line of text.

use schemars::JsonSchema;
use serde::Serialize;

use super::{Formula, Image};
use crate::source::Span;

/// A piece of a line, and where it was read.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct Inline {
    /// Where it was read.
    pub span: Span,
    /// What it is.
    #[serde(flatten)]
    pub kind: InlineKind,
}

/// The kinds of inline.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
#[serde(tag = "inline", rename_all = "kebab-case")]
pub enum InlineKind {
    /// Text. A soft break in the source is a single space here.
    Text {
        /// The characters, with entities and escapes resolved.
        text: String,
    },
    /// Inline code.
    Code {
        /// The characters between the backticks.
        text: String,
    },
    /// A styled stretch.
    Styled {
        /// How it differs from its surroundings.
        style: Style,
        /// What is styled.
        content: Vec<Inline>,
    },
    /// A link.
    Link {
        /// An address, or `#id` of a slide.
        target: String,
        /// The title, which may be empty.
        title: String,
        /// What is shown.
        content: Vec<Inline>,
    },
    /// An image in a line of text, as high as the text.
    Image(Image),
    /// An icon in the colour of the text, and as high.
    Icon {
        /// Which: a name that [`shortcode::icon`](crate::shortcode::icon) knows.
        name: String,
        /// What is said for it; empty where words stand beside it.
        alt: String,
    },
    /// A formula in a line of text.
    Formula(Formula),
    /// A hard break.
    Break,
    /// A reference to a footnote of the same slide.
    FootnoteRef {
        /// The footnote's number on the slide, counted from 1.
        number: u32,
    },
}

/// How a stretch of text differs from its surroundings.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Style {
    /// `*emphasis*`.
    Emph,
    /// `**strong**`.
    Strong,
    /// `~~strikethrough~~` and `<s>`.
    Strike,
    /// `<u>`.
    Underline,
    /// `<mark>`.
    Mark,
    /// `<kbd>`, a key to press.
    Kbd,
    /// `<sub>`.
    Sub,
    /// `<sup>`.
    Sup,
    /// `<small>`.
    Small,
    /// What counts less, as a difference that may be chance: no author writes it.
    Muted,
    /// `<abbr title="...">`.
    Abbr {
        /// What the abbreviation stands for; may be empty.
        title: String,
    },
}

/// Where Hebrew starts, the first script that reads from right to left.
const FIRST_RTL: char = '\u{590}';

/// Whether some inlines read from right to left: their first character with a
/// strong direction decides (Unicode Standard Annex #9, rule P2), and where
/// there is none, what stands around them.
#[must_use]
pub fn is_rtl(inlines: &[Inline], around: bool) -> bool {
    let text = plain_text(inlines);
    if !around && text.chars().all(|ch| ch < FIRST_RTL) {
        return false;
    }
    match unicode_bidi::get_base_direction(text.as_str()) {
        unicode_bidi::Direction::Rtl => true,
        unicode_bidi::Direction::Ltr => false,
        unicode_bidi::Direction::Mixed => around,
    }
}

/// Whether any character of some inlines reads from right to left.
#[must_use]
pub fn has_rtl(inlines: &[Inline]) -> bool {
    plain_text(inlines).chars().any(|ch| {
        use unicode_bidi::BidiClass::{AL, R};
        FIRST_RTL <= ch && matches!(unicode_bidi::bidi_class(ch), R | AL)
    })
}

/// The text of some inlines without their styling. A hard break is a space; an
/// image or an icon is its alt text; a formula is what one says for it; a footnote reference
/// is nothing.
#[must_use]
pub fn plain_text(inlines: &[Inline]) -> String {
    fn collect(inlines: &[Inline], out: &mut String) {
        for inline in inlines {
            match &inline.kind {
                InlineKind::Text { text } | InlineKind::Code { text } => out.push_str(text),
                InlineKind::Styled { content, .. } | InlineKind::Link { content, .. } => {
                    collect(content, out);
                }
                InlineKind::Image(image) => out.push_str(&image.alt),
                InlineKind::Icon { alt, .. } => out.push_str(alt),
                InlineKind::Formula(formula) => out.push_str(&formula.spoken),
                InlineKind::Break => out.push(' '),
                InlineKind::FootnoteRef { .. } => {}
            }
        }
    }
    let mut out = String::new();
    collect(inlines, &mut out);
    out
}

/// What stands behind the first characters of the [`plain_text`] of some inlines,
/// styled as it is. An image, a formula or a break counts as gone with the first
/// of its characters.
#[must_use]
pub fn after(inlines: &[Inline], n_chars: usize) -> Vec<Inline> {
    let mut gone = n_chars;
    let mut rest = Vec::new();
    for inline in inlines {
        let length = plain_text(std::slice::from_ref(inline)).chars().count();
        if gone == 0 {
            rest.push(inline.clone());
        } else if gone < length {
            rest.extend(cut(inline, gone));
        }
        gone = gone.saturating_sub(length);
    }
    rest
}

/// What an inline is without its first characters.
fn cut(inline: &Inline, gone: usize) -> Option<Inline> {
    let text = |text: &str| text.chars().skip(gone).collect::<String>();
    let kind = match &inline.kind {
        InlineKind::Text { text: it } => InlineKind::Text { text: text(it) },
        InlineKind::Code { text: it } => InlineKind::Code { text: text(it) },
        InlineKind::Styled { style, content } => {
            InlineKind::Styled { style: style.clone(), content: after(content, gone) }
        }
        InlineKind::Link { target, title, content } => InlineKind::Link {
            target: target.clone(),
            title: title.clone(),
            content: after(content, gone),
        },
        InlineKind::Image(_)
        | InlineKind::Icon { .. }
        | InlineKind::Formula(_)
        | InlineKind::Break
        | InlineKind::FootnoteRef { .. } => return None,
    };
    Some(Inline { span: inline.span, kind })
}
