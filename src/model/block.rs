//! Blocks: what stands in a slot, one below the other.

use std::fmt;

use schemars::JsonSchema;
use serde::Serialize;

use super::{Code, Drawing, Formula, Inline, Showing, Step, Video};
use crate::data::number;
use crate::source::{Span, Spanned};

/// Names one block of a deck: the slide that it was read on, and which block of
/// that slide it is. Numbers rise in the order of the deck, includes read in
/// place; list items and table cells have numbers too. What happens on one slide
/// names nothing anew on another.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, JsonSchema,
)]
#[serde(transparent)]
pub struct BlockId(pub u32);

impl BlockId {
    /// The bits that tell the blocks of a slide apart; the rest are for the slide.
    const BITS: u32 = 18;

    /// How many blocks may be read on a slide. Each of the parts that a slide can
    /// be cut into needs as many names again.
    pub const PER_SLIDE: u32 = 1 << 14;

    /// Names a block of a slide, both counted from 0.
    #[must_use]
    pub const fn new(slide: u32, nth: u32) -> Self {
        Self((slide << Self::BITS) | nth)
    }

    /// Which slide it was read on, and which block of it it is.
    #[must_use]
    pub const fn parts(self) -> (u32, u32) {
        (self.0 >> Self::BITS, self.0 & ((1 << Self::BITS) - 1))
    }
}

impl fmt::Display for BlockId {
    /// As outputs name it: `3-7`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (slide, nth) = self.parts();
        write!(f, "{slide}-{nth}")
    }
}

/// A block, and where it was read.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct Block {
    /// The block's name.
    pub id: BlockId,
    /// Where it was read.
    pub span: Span,
    /// The step at which it appears.
    pub step: Step,
    /// What it is.
    #[serde(flatten)]
    pub kind: BlockKind,
}

/// The kinds of block.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
#[serde(tag = "block", rename_all = "kebab-case")]
pub enum BlockKind {
    /// A heading.
    Heading {
        /// 1 to 6, as written.
        level: u8,
        /// The text.
        content: Vec<Inline>,
    },
    /// A paragraph.
    Para {
        /// The text.
        content: Vec<Inline>,
    },
    /// A list.
    List(List),
    /// A block quote.
    Quote {
        /// What is quoted.
        blocks: Vec<Block>,
    },
    /// A callout: GitHub's `> [!NOTE]`.
    Callout(Callout),
    /// A code block.
    Code(Code),
    /// An image that stands alone in its paragraph.
    Image(Image),
    /// A table.
    Table(Table),
    /// A formula of its own.
    Formula(Formula),
}

impl BlockKind {
    /// The word for this kind in layouts (`accepts`) and messages.
    #[must_use]
    pub const fn name(&self) -> &'static str {
        match self {
            Self::Heading { .. } => "heading",
            Self::Para { .. } => "text",
            Self::List(_) => "list",
            Self::Quote { .. } => "quote",
            Self::Callout(_) => "callout",
            Self::Code(_) => "code",
            Self::Image(_) => "image",
            Self::Table(_) => "table",
            Self::Formula(_) => "formula",
        }
    }

    /// Every word that [`BlockKind::name`] gives.
    pub const NAMES: [&'static str; 9] =
        ["heading", "text", "list", "quote", "callout", "code", "image", "table", "formula"];
}

/// Whether some blocks read from right to left: the first of them that holds
/// text decides, and where there is none, what stands around them.
#[must_use]
pub fn blocks_are_rtl(blocks: &[Block], around: bool) -> bool {
    let mut found = None;
    super::walk::blocks(blocks, &mut |block| {
        if found.is_none() {
            let first = super::walk::own_inlines(block).into_iter().find(|it| !it.is_empty());
            found = first.map(|inlines| super::is_rtl(inlines, around));
        }
    });
    found.unwrap_or(around)
}

/// A list.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct List {
    /// The number of the first item of an ordered list; `None` for bullets.
    pub start: Option<u32>,
    /// Whether items stand close together: no blank line between them.
    pub tight: bool,
    /// The items, in order.
    pub items: Vec<Item>,
}

impl List {
    /// Whether the list reads from right to left, as its first item does.
    #[must_use]
    pub fn is_rtl(&self, around: bool) -> bool {
        self.items.first().map_or(around, |item| blocks_are_rtl(&item.blocks, around))
    }
}

/// An item of a list.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct Item {
    /// The item's name.
    pub id: BlockId,
    /// Where it was read.
    pub span: Span,
    /// The step at which it appears.
    pub step: Step,
    /// Whether a task is done; `None` for an item that is no task.
    pub task: Option<bool>,
    /// What it holds.
    pub blocks: Vec<Block>,
}

/// A callout.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct Callout {
    /// What it is for.
    pub kind: CalloutKind,
    /// The title, when it differs from the kind's own.
    pub title: Option<String>,
    /// What it says.
    pub blocks: Vec<Block>,
}

/// What a callout is for. The five kinds are GitHub's.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum CalloutKind {
    /// Worth knowing.
    Note,
    /// Makes something easier.
    Tip,
    /// Needed to succeed.
    Important,
    /// Needs attention.
    Warning,
    /// Has bad consequences.
    Caution,
}

impl CalloutKind {
    /// Every kind, in the order of their weight.
    pub const ALL: [Self; 5] =
        [Self::Note, Self::Tip, Self::Important, Self::Warning, Self::Caution];

    /// The title shown when the author gives none.
    #[must_use]
    pub const fn title(self) -> &'static str {
        match self {
            Self::Note => "Note",
            Self::Tip => "Tip",
            Self::Important => "Important",
            Self::Warning => "Warning",
            Self::Caution => "Caution",
        }
    }
}

/// An image. The file is an asset of the deck.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Image {
    /// The file, as written, and where it is named.
    pub path: Spanned<String>,
    /// The file, relative to the root below which files are read, with forward
    /// slashes and without dots. The root is the deck's folder by default. Or
    /// [`Image::QR`] and what a QR code says, or a name that no file has for a
    /// drawing and for a picture that is edited.
    pub asset: String,
    /// What the image shows, for those who cannot see it.
    pub alt: String,
    /// Whether the author marked it `{decorative}`: it needs no alt text and
    /// readers aloud pass over it.
    pub decorative: bool,
    /// The title, shown as a caption; may be empty.
    pub caption: String,
    /// How it is shown.
    pub showing: Showing,
    /// What it is drawn from; `None` for one that comes from a file.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub drawing: Option<Box<Drawing>>,
    /// The video whose poster it is; `None` for others.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub video: Option<Box<Video>>,
}

impl Image {
    /// What the path of an image begins with that is drawn as a QR code, in place
    /// of a file's.
    pub const QR: &str = "qr:";

    /// The file that it is made of: [`Image::asset`], but for an edited picture.
    #[must_use]
    pub fn file(&self) -> &str {
        self.showing.edit.as_ref().map_or(&self.asset, |edit| &edit.file)
    }

    /// The layers of a drawing that appear step by step, each as an asset, and
    /// the step of each; none for what is there at once. [`Image::asset`] is all
    /// of them in one.
    #[must_use]
    pub fn layers(&self) -> Vec<(String, Step)> {
        let Some(drawing) = self.drawing.as_ref().filter(|it| it.further_steps > 0) else {
            return Vec::new();
        };
        let step = |nth: u32| match nth.checked_sub(1) {
            None => Step::FIRST,
            Some(further) => Step(drawing.steps_from.0 + further),
        };
        let layer = |nth| (format!("{}/{nth}", self.asset), step(nth));
        (0..=drawing.further_steps).map(layer).collect()
    }
}

/// A table.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct Table {
    /// The columns, left to right.
    pub columns: Vec<Column>,
    /// The cells of the head row, one a column.
    pub head: Vec<Cell>,
    /// The other rows, top to bottom; each has one cell a column.
    pub rows: Vec<Vec<Cell>>,
}

impl Table {
    /// Whether the columns run from right to left, as the first head cell that
    /// says something reads.
    #[must_use]
    pub fn is_rtl(&self, around: bool) -> bool {
        let said = self.head.iter().find(|cell| !cell.content.is_empty());
        said.map_or(around, |cell| super::is_rtl(&cell.content, around))
    }
}

/// A cell of a table.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct Cell {
    /// The cell's name.
    pub id: BlockId,
    /// Where it was read.
    pub span: Span,
    /// The text.
    pub content: Vec<Inline>,
}

/// A column of a table.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(untagged)]
pub enum Column {
    /// Text.
    Text(Align),
    /// Numbers, their decimal marks below each other.
    Numbers {
        /// The mark: a point or a comma.
        mark: char,
    },
}

impl Column {
    /// What of a number stands behind its whole part: its decimal mark, and all
    /// that follows. `None` in a column of text.
    #[must_use]
    pub fn tail(self, cell: &Cell) -> Option<Vec<Inline>> {
        let Self::Numbers { mark } = self else { return None };
        let text = super::plain_text(&cell.content);
        let n_before = number::read(&text, mark).map_or(usize::MAX, |it| it.n_before);
        Some(super::after(&cell.content, n_before))
    }
}

/// How text stands in a column.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Align {
    /// At the start of the line.
    #[default]
    Left,
    /// In the middle.
    Center,
    /// At the end of the line.
    Right,
}
