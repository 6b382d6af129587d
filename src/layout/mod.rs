//! Layouts: named grids of slots, solved once to rectangles in points.
//!
//! Takes one TOML file a layout and gives a [`Layout`]; [`Layout::solve`] gives
//! the rectangle of every slot on a canvas. Both writers place the same
//! rectangles, so a layout takes no CSS and no Typst.

mod areas;
mod load;
mod read;
mod shape;
mod slot;
mod solve;

use std::collections::BTreeMap;

pub use load::{BUILT_IN, Layouts};
pub use read::read;
pub use shape::Shape;
pub(crate) use shape::heading_level;
pub(crate) use slot::TITLE;

use crate::geom::{Canvas, Pt, Rect};

/// A layout: a grid of tracks, an ASCII picture of areas, and the slots that
/// fill them.
#[derive(Clone, Debug, PartialEq)]
pub struct Layout {
    /// The name that `layout:` uses.
    pub name: String,
    /// One line for `deckc layouts`.
    pub description: String,
    /// The contents for which the layout is chosen without being named.
    pub when: Vec<Shape>,
    /// The columns of the grid, left to right.
    pub columns: Vec<Track>,
    /// The rows of the grid, top to bottom.
    pub rows: Vec<Track>,
    /// Between the grid and the canvas: top, right, bottom, left.
    pub margin: [Pt; 4],
    /// Between columns.
    pub column_gap: Pt,
    /// Between rows.
    pub row_gap: Pt,
    /// The name of the area of each cell, row by row; `.` is no area.
    pub areas: Vec<Vec<String>>,
    /// The slots, in the order in which a reader meets them.
    pub slots: Vec<Slot>,
    /// The areas that are filled with the theme's accent and hold nothing.
    pub accents: Vec<String>,
    /// Whether the slide shows the footer, slide number and logo.
    pub footer: bool,
    /// The same slots in another grid, which slides have whose code fits it.
    pub beside: Option<Box<Layout>>,
}

/// The size of a column or row.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Track {
    /// A length.
    Fixed(Pt),
    /// A share of what the fixed tracks leave.
    Share(f64),
}

/// A place for content.
#[derive(Clone, Debug, PartialEq)]
pub struct Slot {
    /// The name that `:::` uses, which is the name of its area.
    pub name: String,
    /// The kinds of block it takes: words of `BlockKind::NAMES`; the word
    /// `title` is the slide's first heading.
    pub accepts: Vec<String>,
    /// How few and how many blocks it takes.
    pub arity: Arity,
    /// How blocks that no `:::` names get here.
    pub takes: Takes,
    /// How its text is set.
    pub text: TextRole,
    /// How its content stands from left to right.
    pub align: HAlign,
    /// How its content stands from top to bottom.
    pub valign: VAlign,
    /// How far the panel of its code reaches past its left edge, so that the
    /// code itself begins there, where text does. Not negative.
    pub bleed: Pt,
}

/// How few and how many blocks a slot takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Arity {
    /// At least this many.
    pub min: usize,
    /// At most this many; `None` for any number.
    pub max: Option<usize>,
}

/// How blocks that no `:::` names get to a slot.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Takes {
    /// Not at all: only `:::` fills the slot.
    Named,
    /// Blocks of these kinds come here.
    Kinds(Vec<String>),
    /// What no other slot takes comes here. At most one slot of a layout.
    Rest,
}

/// Which style of the theme's scale a slot's headings and paragraphs have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TextRole {
    /// The deck's title.
    Display,
    /// One big number.
    Fact,
    /// The slide's title.
    Title,
    /// Large text.
    Lead,
    /// Running text.
    Body,
    /// Captions.
    Small,
}

/// How content stands from left to right.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum HAlign {
    /// At the start of the line.
    Start,
    /// In the middle.
    Center,
    /// At the end of the line.
    End,
}

/// How content stands from top to bottom.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum VAlign {
    /// At the top.
    Top,
    /// In the middle.
    Middle,
    /// At the bottom.
    Bottom,
}

impl HAlign {
    /// The word that layouts and the writers use.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Start => "start",
            Self::Center => "center",
            Self::End => "end",
        }
    }
}

impl VAlign {
    /// The word that layouts and the writers use.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Top => "top",
            Self::Middle => "middle",
            Self::Bottom => "bottom",
        }
    }
}

impl std::fmt::Display for Arity {
    /// As layouts write it: `1`, `0..1`, `1..`.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self.max {
            Some(max) if max == self.min => write!(f, "{max}"),
            Some(max) => write!(f, "{}..{max}", self.min),
            None => write!(f, "{}..", self.min),
        }
    }
}

impl Layout {
    /// The height of the band at the bottom of a slide that belongs to the
    /// footer, slide number and logo: one line of the smallest text and the
    /// space around it. No slot of a layout with a footer reaches into it.
    pub const FOOTER: Pt = Pt(22.0);

    /// Whether a word can name a layout or a slot: lower case letters, digits
    /// and `-`, a letter first.
    #[must_use]
    pub fn is_name(word: &str) -> bool {
        let plain = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
        word.starts_with(|first: char| first.is_ascii_lowercase()) && word.bytes().all(plain)
    }

    /// The rectangle of every area, by its name: that of its slot, or of one of
    /// the [accents](Self::accents).
    #[must_use]
    pub fn solve(&self, canvas: Canvas) -> BTreeMap<String, Rect> {
        self.solve_in(canvas.rect())
    }

    /// The same in a part of the canvas that is as high as it is.
    #[must_use]
    pub fn solve_in(&self, part: Rect) -> BTreeMap<String, Rect> {
        solve::solve(self, part)
    }

    /// The least width of the part of a canvas in which every column has some
    /// room.
    #[must_use]
    pub fn least_width(&self) -> Pt {
        let [_, right, _, left] = self.margin;
        left + right + solve::fixed(&self.columns, self.column_gap)
    }
}
