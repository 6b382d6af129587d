//! The shape of a slide's content, by which a layout is chosen.

use crate::model::{Block, BlockKind, Slide};

/// What a slide holds, in one word. Every slide has exactly one shape, so that
/// two layouts with different words can never both fit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Shape {
    /// The first slide of the deck, when it is a heading and text only.
    Opening,
    /// A first-level heading alone.
    Section,
    /// Something in `::: recap` or `::: preview`.
    RecapPreview,
    /// Something in `::: left` or `::: right`.
    LeftRight,
    /// Something in `::: before` or `::: after`.
    BeforeAfter,
    /// A heading and one code block.
    Code,
    /// One code block alone.
    CodeAlone,
    /// A heading and one image.
    Image,
    /// One image alone.
    ImageAlone,
    /// One image beside text or lists.
    ImageText,
    /// One quote, with at most a heading before it and a paragraph after it.
    Quote,
    /// One table, with at most a heading before it.
    Table,
    /// Nothing more particular. Exactly one layout takes it.
    Content,
}

impl Shape {
    /// Every shape, by the word that `when` uses.
    pub const ALL: [(&'static str, Self); 13] = [
        ("opening", Self::Opening),
        ("section", Self::Section),
        ("recap-preview", Self::RecapPreview),
        ("left-right", Self::LeftRight),
        ("before-after", Self::BeforeAfter),
        ("code", Self::Code),
        ("code-alone", Self::CodeAlone),
        ("image", Self::Image),
        ("image-alone", Self::ImageAlone),
        ("image-text", Self::ImageText),
        ("quote", Self::Quote),
        ("table", Self::Table),
        ("content", Self::Content),
    ];

    /// The word that `when` uses.
    #[must_use]
    pub fn name(self) -> &'static str {
        Self::ALL[self as usize].0
    }

    /// The shape as the end of a sentence: why a layout was chosen.
    #[must_use]
    pub const fn reason(self) -> &'static str {
        match self {
            Self::Opening => "the first slide is a heading and text only",
            Self::Section => "the slide is a first-level heading alone",
            Self::RecapPreview => "the slide has `::: recap` or `::: preview`",
            Self::LeftRight => "the slide has `::: left` or `::: right`",
            Self::BeforeAfter => "the slide has `::: before` or `::: after`",
            Self::Code => "the slide is a heading and one code block",
            Self::CodeAlone => "the slide is one code block alone",
            Self::Image => "the slide is a heading and one image",
            Self::ImageAlone => "the slide is one image alone",
            Self::ImageText => "the slide is one image beside text",
            Self::Quote => "the slide is one quote",
            Self::Table => "the slide is one table",
            Self::Content => "the slide has no more particular shape",
        }
    }

    /// The shape of a slide; `first` for the first one that is shown.
    #[must_use]
    pub fn of(slide: &Slide, first: bool) -> Self {
        let mut named = slide.groups.iter().filter_map(|group| group.slot.as_ref()).peekable();
        if named.peek().is_some() {
            let slots: Vec<&str> = named.map(|slot| slot.value.as_str()).collect();
            let all_in = |words: [&str; 2]| slots.iter().all(|slot| words.contains(slot));
            return if all_in(["left", "right"]) {
                Self::LeftRight
            } else if all_in(["before", "after"]) {
                Self::BeforeAfter
            } else if all_in(["recap", "preview"]) {
                Self::RecapPreview
            } else {
                Self::Content
            };
        }
        let blocks: Vec<&Block> = slide.groups.iter().flat_map(|group| &group.blocks).collect();
        if blocks.is_empty() && slide.background.is_some() {
            return Self::ImageAlone;
        }
        Self::of_blocks(&blocks, first)
    }

    fn of_blocks(blocks: &[&Block], first: bool) -> Self {
        let (title, rest) = match blocks {
            [title, rest @ ..] if heading_level(title).is_some() => (heading_level(title), rest),
            _ => (None, blocks),
        };
        let kinds: Vec<&str> = rest.iter().map(|block| block.kind.name()).collect();
        let count = |kind: &str| kinds.iter().filter(|found| **found == kind).count();
        let only = |allowed: &[&str]| kinds.iter().all(|kind| allowed.contains(kind));
        match kinds.as_slice() {
            [] if title == Some(1) && !first => Self::Section,
            ["code"] if title.is_some() => Self::Code,
            ["code"] => Self::CodeAlone,
            ["image"] if title.is_some() => Self::Image,
            ["image"] => Self::ImageAlone,
            ["quote"] | ["quote", "text"] => Self::Quote,
            ["table"] => Self::Table,
            _ if first && title.is_some() && only(&["heading", "text"]) => Self::Opening,
            _ if count("image") == 1 && only(&["image", "text", "list", "quote", "callout"]) => {
                Self::ImageText
            }
            _ => Self::Content,
        }
    }
}

/// The level of a heading; `None` for other blocks.
pub(crate) fn heading_level(block: &Block) -> Option<u8> {
    if let BlockKind::Heading { level, .. } = block.kind { Some(level) } else { None }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_words_stand_in_the_order_of_the_variants() {
        for (name, shape) in Shape::ALL {
            assert_eq!(shape.name(), name);
        }
    }
}
