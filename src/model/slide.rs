//! Slides and what stands on them.

use schemars::JsonSchema;
use serde::Serialize;

use super::{Background, Block, BlockId, Inline, Motion, Note, Overflow, Role, Step, Time};
use crate::source::{Span, Spanned};

/// What stands between two breaks.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct Slide {
    /// From the break before it to the break after it.
    pub span: Span,
    /// Its number in the source, from 1; slides that could not be read count.
    #[serde(skip)]
    pub number: usize,
    /// The name that links and the address bar use: the directive `id`, or one
    /// made from the title. Unique in the deck.
    pub id: String,
    /// The part it plays in the plan.
    pub role: Role,
    /// The layout that the author asked for.
    pub layout: Option<Spanned<String>>,
    /// The time that the author plans for it.
    pub time: Option<Spanned<Time>>,
    /// The time that the author plans for the section that it begins.
    pub section_time: Option<Spanned<Time>>,
    /// How it comes in.
    pub motion: Motion,
    /// What happens to its code that is too long; `None` for what the deck says.
    pub overflow: Option<Overflow>,
    /// The rules that the author argues with.
    pub allow: Vec<Allow>,
    /// What stands behind or beside the content.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub background: Option<Background>,
    /// The content, in groups: a group is a run of blocks in one `:::` slot, or
    /// in none.
    pub groups: Vec<Group>,
    /// The footnotes that its blocks refer to, in the order of their numbers.
    pub footnotes: Vec<Footnote>,
    /// The speaker's notes, in order.
    pub notes: Vec<Note>,
    /// The last step; [`Step::FIRST`] for a slide without steps.
    pub last_step: Step,
}

impl Slide {
    /// The first heading of the slide, which is its title.
    #[must_use]
    pub fn title(&self) -> Option<&Block> {
        let mut blocks = self.groups.iter().flat_map(|group| &group.blocks);
        blocks.find(|block| matches!(block.kind, super::BlockKind::Heading { .. }))
    }
}

/// A run of blocks that go to one slot.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct Group {
    /// The slot that the author named with `:::`; `None` where the layout
    /// decides.
    pub slot: Option<Spanned<String>>,
    /// The blocks, in order.
    pub blocks: Vec<Block>,
}

/// A footnote, on the slide that refers to it.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct Footnote {
    /// The footnote's name as a block.
    pub id: BlockId,
    /// Where it was defined.
    pub span: Span,
    /// Its number on the slide, counted from 1.
    pub number: u32,
    /// The text; the paragraphs of a longer definition are joined by breaks.
    pub content: Vec<Inline>,
}

/// A rule that the author argues with, and why.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Allow {
    /// The rule.
    pub rule: Spanned<String>,
    /// The author's reason; never empty.
    pub reason: String,
    /// What to delete so that nothing is left of it.
    #[serde(skip)]
    pub removal: Span,
}
