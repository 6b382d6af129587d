//! Pages: what the typesetter decided, as plain boxes and lines in points.
//!
//! One page a slide. `typeset/` gives them; `check/` measures them and `html/`
//! replays them. Nothing here knows Typst.
//!
//! A page lists boxes by the [`BlockId`] of the model. A block may be nested:
//! a list item has its own box, and so has each paragraph in it.

use std::collections::{BTreeMap, BTreeSet};

use schemars::JsonSchema;
use serde::Serialize;

use crate::color::{Backdrop, Rgb};
use crate::font::FaceKey;
use crate::geom::{Pt, Rect};
use crate::model::{BlockId, Focus, Step};

/// One slide, typeset.
#[derive(Clone, Debug, Default, PartialEq, Serialize, JsonSchema)]
pub struct Page {
    /// The boxes of the slide's blocks, by block.
    pub boxes: BTreeMap<BlockId, BlockBox>,
    /// How much of each slot is used, in the order of the placed slots.
    pub slots: Vec<SlotFill>,
    /// The pictures of the background, with what is cut off of them.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub behind: Vec<Rect>,
    /// The footnotes' area, when there are footnotes.
    pub footnotes: Option<Rect>,
    /// What accompanies the blocks and is the text of none: bullets, numbers of
    /// items and of lines, the footer.
    pub furniture: Vec<Run>,
    /// The faces that set the page, and the characters that each one sets.
    #[serde(skip)]
    pub faces: BTreeMap<FaceKey, BTreeSet<char>>,
}

/// One block, typeset.
#[derive(Clone, Debug, Default, PartialEq, Serialize, JsonSchema)]
pub struct BlockBox {
    /// The block's own box: from its first line to its last, or the figure.
    pub rect: Rect,
    /// The lines of its own text, top to bottom; those of nested blocks are
    /// theirs.
    pub lines: Vec<Line>,
    /// The picture itself, where the block is an image.
    pub picture: Option<Rect>,
    /// What is behind the picture, where it stands in front of another one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub backdrop: Option<Backdrop>,
    /// The pictures in its lines, in the order of the text.
    pub icons: Vec<Rect>,
    /// The formulas in its lines, in the order of the text, or the block itself.
    pub formulas: Vec<Drawn>,
    /// The room in whose middle the picture stands, with its caption below it.
    pub area: Option<Rect>,
    /// The widths of a table's columns, left to right; empty for others.
    pub columns: Vec<Pt>,
    /// The room behind the text of a table's cell, so that its decimal mark
    /// stands below that of the others.
    pub pad: Pt,
    /// What code shows in each focus, in order; empty for what has none. The lines
    /// above are those of the last one.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub states: Vec<State>,
}

/// One focus of a code block: the same letters on the same places as in its
/// lines, in other colours and on others.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct State {
    /// The lines that have it.
    pub focus: Focus,
    /// From which step on it holds.
    pub step: Step,
    /// What is on the lines that have the focus, word by word.
    pub lit: Vec<Run>,
    /// What is on the others.
    pub dimmed: Vec<Run>,
    /// What stands beside the lines: their numbers, hooks, the caption.
    pub beside: Vec<Run>,
}

/// One line of text.
#[derive(Clone, Debug, Default, PartialEq, Serialize, JsonSchema)]
pub struct Line {
    /// The line's box: the advance of its text, and the pitch of its block.
    pub rect: Rect,
    /// How many characters stand on it that show something; an image counts as
    /// one.
    pub n_chars: usize,
    /// The runs of text on it, in visual order.
    pub runs: Vec<Run>,
}

/// A formula, typeset.
#[derive(Clone, Debug, Default, PartialEq, Serialize, JsonSchema)]
pub struct Drawn {
    /// Its advance and height. In a line of text the bottom is the baseline.
    pub rect: Rect,
    /// What it draws, which may reach out of `rect`.
    pub ink: Rect,
    /// Its letters and signs.
    pub runs: Vec<Run>,
    /// The same and its lines as outlines, in the order of painting. In points,
    /// from the left end of the baseline, or from the upper left corner of a
    /// formula of its own.
    #[serde(skip)]
    pub shapes: Vec<Shape>,
}

/// An outline.
#[derive(Clone, Debug, PartialEq)]
pub struct Shape {
    /// The path, as SVG writes it.
    pub path: String,
    /// Its colour.
    pub color: Rgb,
    /// The width of its line; `None` for one that is filled.
    pub stroke: Option<Pt>,
}

/// A stretch of one font, size and colour.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct Run {
    /// The characters.
    pub text: String,
    /// Where its advance begins and how far it goes; the height is that of its
    /// font's ascent and descent.
    pub rect: Rect,
    /// The size on the page, after every transform.
    pub size: Pt,
    /// The colour of the glyphs.
    pub color: Rgb,
    /// What is behind them.
    pub backdrop: Backdrop,
}

/// How much of a slot its content uses.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, JsonSchema)]
pub struct SlotFill {
    /// The room that the layout gives, footnotes taken off and what the panel of
    /// code bleeds added.
    pub room: Rect,
    /// The smallest box around everything in the slot; may stick out of the
    /// room, which is overflow.
    pub used: Rect,
}

impl SlotFill {
    /// How full the slot is downwards, in whole percent, rounded up: 100 only
    /// where it is full or fuller. At most 9999.
    #[must_use]
    pub fn percent(self) -> u32 {
        let percent = self.used.h / self.room.h * 100.0;
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "clamped")]
        let percent =
            if percent.is_finite() { percent.ceil().clamp(0.0, 9999.0) as u32 } else { 0 };
        percent
    }
}
