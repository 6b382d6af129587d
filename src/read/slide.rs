//! Slides: what stands between two breaks.
//!
//! Takes the blocks of a slide as the parser gave them, gives a [`Slide`]: its
//! directives, its groups, its notes, its footnotes, its steps numbered.

use std::collections::BTreeMap;

use comrak::nodes::{Node, NodeValue};

use super::breaks::Stretch;
use super::run::{Cx, Part, Run};
use super::{blocks, containers, footnotes, steps};
use crate::diag::Diagnostic;
use crate::model::{
    Allow, Background, Block, BlockId, Group, Motion, Note, Overflow, Role, Slide, Time,
};
use crate::source::{Span, Spanned};

/// A slide while it is read.
#[derive(Default)]
pub(super) struct Draft {
    /// Directives.
    pub(super) layout: Option<Spanned<String>>,
    /// The name that the author gave.
    pub(super) id: Option<Spanned<String>>,
    /// The planned time.
    pub(super) time: Option<Spanned<Time>>,
    pub(super) section_time: Option<Spanned<Time>>,
    /// The part it plays.
    pub(super) role: Role,
    /// How it comes in.
    pub(super) motion: Motion,
    /// What happens to its code that is too long.
    pub(super) overflow: Option<Overflow>,
    /// The rules argued with.
    pub(super) allow: Vec<Allow>,
    /// The deck to read in its place.
    pub(super) include: Option<Spanned<String>>,
    /// Where each key of a directive was met first.
    pub(super) keys: BTreeMap<&'static str, Span>,
    /// What stands behind or beside the content.
    pub(super) background: Option<Background>,
    /// The groups so far.
    pub(super) groups: Vec<Group>,
    /// The notes so far.
    pub(super) notes: Vec<Note>,
    /// The labels of the footnotes referred to so far, in order.
    pub(super) footnotes: Vec<String>,
    /// Their numbers, which count from 1.
    pub(super) footnote_numbers: BTreeMap<String, usize>,
    /// How many lines of link definitions stand above the text of the paragraph
    /// that is being read. The parser counts the lines of its text without them.
    pub(super) definition_lines: usize,
    /// Whether a note is being read, whose steps do not count.
    pub(super) in_note: bool,
    /// Whether `::: steps` is open.
    pub(super) in_steps: bool,
    /// The HTML tags that were opened and refused: their ends are no further
    /// problem.
    pub(super) refused: Vec<String>,
    /// The steps so far.
    pub(super) steps: steps::Steps,
}

impl Draft {
    /// Adds blocks to the group of a slot, which is the last one or begins here.
    pub(super) fn add(&mut self, slot: Option<&Spanned<String>>, blocks: Vec<Block>) {
        if blocks.is_empty() {
            return;
        }
        match self.groups.last_mut() {
            Some(group) if group.slot.as_ref() == slot => group.blocks.extend(blocks),
            Some(_) | None => self.groups.push(Group { slot: slot.cloned(), blocks }),
        }
    }
}

/// Reads a slide and adds it to the run, or the slides of the deck that it
/// includes.
pub(super) fn read<'a>(run: &mut Run<'_>, part: &Part<'a>, mut stretch: Stretch<'a>) {
    let number = run.number();
    run.diags.extend(stretch.found.drain(..).map(|found| found.on_slide(number)));
    let mut draft = Draft::default();
    let mut cx = Cx { run, part, draft: &mut draft };
    containers::read(&mut cx, &stretch.nodes);
    let footnotes = footnotes::read(&mut cx);
    steps::finish(&mut cx);

    if run.has_too_many_blocks() {
        let number = run.number();
        run.diags.push(
            Diagnostic::error("too-large", stretch.span.before(), "the slide has too many blocks")
                .label(format!("at most {} are read, items and cells too", BlockId::PER_SLIDE))
                .hint("split the slide")
                .on_slide(number),
        );
    }
    if let Some(path) = draft.include.take() {
        let alone = draft.groups.is_empty()
            && draft.background.is_none()
            && draft.notes.is_empty()
            && draft.keys.len() == 1;
        if alone {
            super::include(run, part, &path);
        } else {
            run.diags.push(
                Diagnostic::error("misplaced", path.span, "an include does not stand alone")
                    .hint("write `---` before and after `<!-- include: ... -->`"),
            );
        }
        return;
    }
    if draft.groups.is_empty() && draft.background.is_none() && draft.layout.is_none() {
        // Content that could not be read was reported; it is not missing.
        let lone = stretch.opened.is_none() && stretch.closed.is_none();
        let told =
            stretch.nodes.iter().any(|node| is_content(node)) || lone && run.diags.has_errors();
        if !told {
            let number = run.number();
            run.diags.push(empty(part, &stretch, &draft).on_slide(number));
        }
        run.n_dropped += 1;
        return;
    }
    let slide = Slide {
        span: stretch.span,
        number: run.number(),
        id: String::new(),
        role: draft.role,
        layout: draft.layout,
        time: draft.time,
        section_time: draft.section_time,
        motion: draft.motion,
        overflow: draft.overflow,
        allow: draft.allow,
        background: draft.background,
        groups: draft.groups,
        footnotes,
        notes: draft.notes,
        last_step: draft.steps.last_used(),
    };
    run.slides.push((slide, draft.id));
}

/// The error for a slide without content.
fn empty(part: &Part<'_>, stretch: &Stretch<'_>, draft: &Draft) -> Diagnostic {
    if let Some(note) = draft.notes.first() {
        return Diagnostic::error("empty-slide", note.span, "this slide has notes and no content")
            .hint("move the notes to the slide before, or give the slide content");
    }
    let place = stretch.opened.or(stretch.closed).unwrap_or(stretch.span.before());
    if stretch.opened.is_none() && stretch.closed.is_none() {
        return Diagnostic::error("empty-slide", place, "the deck has no slide")
            .hint("write a heading, like `# So You Wanna Go Fast?`");
    }
    let line = part.on_characters(place);
    Diagnostic::error("empty-slide", line, "this slide is empty")
        .hint("give the slide content, or delete the break")
        .patch(line, "")
}

/// Whether a node is content, and neither a comment nor a definition.
pub(super) fn is_content(node: Node<'_>) -> bool {
    match &node.data().value {
        NodeValue::HtmlBlock(html) => html.block_type != 2,
        NodeValue::FootnoteDefinition(_) => false,
        _ => true,
    }
}

/// Reads a note's blocks: they have no steps.
pub(super) fn note_blocks<'a>(cx: &mut Cx<'_, '_, 'a>, nodes: &[Node<'a>]) -> Vec<Block> {
    let outer = std::mem::replace(&mut cx.draft.in_note, true);
    let steps = std::mem::take(&mut cx.draft.steps);
    let mut read = Vec::new();
    for node in nodes {
        blocks::block(cx, node, 1, &mut read);
    }
    cx.draft.steps = steps;
    cx.draft.in_note = outer;
    read
}
