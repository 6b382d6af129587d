//! Placing: the blocks of each slide to the slots of its layout.
//!
//! Takes the model and the layouts, gives [`Placed`]. Content that no slot
//! takes is an error; nothing is dropped. There is no text size and no line
//! here: `fit` cuts code that is too long, and whether content fits is measured
//! later.

mod assign;
mod background;

use std::collections::{BTreeMap, BTreeSet};

use schemars::JsonSchema;
use serde::Serialize;

pub use self::background::Behind;
use crate::diag::{Diagnostic, Diagnostics};
use crate::geom::{Canvas, Pt, Rect};
use crate::layout::{HAlign, Layout, Layouts, Shape, TextRole, VAlign, heading_level};
use crate::model::{
    Allow, Block, BlockId, BlockKind, Deck, Footnote, Group, Image, Meta, Motion, Note, Overflow,
    Role, Slide, Step, Time, plain_text, walk,
};
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

    /// Every character that the slides, their footnotes and notes hold.
    #[must_use]
    pub fn chars(&self) -> BTreeSet<char> {
        let mut chars = BTreeSet::new();
        for slide in &self.slides {
            let shown = slide.slots.iter().map(|slot| &slot.blocks);
            let noted = slide.notes.iter().map(|note| &note.blocks);
            shown.chain(noted).for_each(|blocks| {
                walk::blocks(blocks, &mut |block| {
                    if let BlockKind::Code(code) = &block.kind {
                        chars.extend(code.lines.iter().flat_map(|line| line.text.chars()));
                        chars.extend(code.caption.iter().flat_map(|caption| caption.chars()));
                    }
                    if let BlockKind::Image(Image { drawing: Some(drawing), .. }) = &block.kind {
                        chars.extend(drawing.lines.iter().flat_map(|line| line.text.chars()));
                    }
                    for inlines in walk::own_inlines(block) {
                        walk::texts(inlines, &mut |text, _| chars.extend(text.chars()));
                    }
                });
            });
            for footnote in &slide.footnotes {
                walk::texts(&footnote.content, &mut |text, _| chars.extend(text.chars()));
            }
        }
        chars
    }

    /// Makes the tabs of all code spaces, for tab stops `width` columns apart where
    /// the fence does not say how far.
    pub fn expand_tabs(&mut self, width: usize) {
        let blocks = self.slides.iter_mut().flat_map(|slide| &mut slide.slots);
        for block in blocks.flat_map(|slot| &mut slot.blocks) {
            walk::blocks_mut(block, &mut |block| {
                if let BlockKind::Code(code) = &mut block.kind {
                    let width = code.tabs.unwrap_or(width);
                    let sign = if code.signed { 2 } else { 0 };
                    code.lines.iter_mut().for_each(|line| line.expand_tabs_from(sign, width));
                }
            });
        }
    }

    /// Whether a formula stands on a slide, in a footnote or in a note.
    #[must_use]
    pub fn has_formula(&self) -> bool {
        let mut found = false;
        for slide in &self.slides {
            let shown = slide.slots.iter().map(|slot| &slot.blocks);
            let noted = slide.notes.iter().map(|note| &note.blocks);
            for blocks in shown.chain(noted) {
                walk::blocks(blocks, &mut |block| {
                    found |= matches!(block.kind, BlockKind::Formula(_));
                    for inlines in walk::own_inlines(block) {
                        walk::inline_formulas(inlines, &mut |_| found = true);
                    }
                });
            }
            for footnote in &slide.footnotes {
                walk::inline_formulas(&footnote.content, &mut |_| found = true);
            }
        }
        found
    }

    /// The title of the deck: that of the front matter, or the first slide's
    /// that has one, or `Slides`.
    #[must_use]
    pub fn title(&self) -> &str {
        let titles = self.slides.iter().map(|slide| slide.title.as_str());
        self.meta
            .title
            .as_ref()
            .map(|title| title.value.as_str())
            .or_else(|| titles.into_iter().find(|title| !title.is_empty()))
            .unwrap_or("Slides")
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
    /// The planned time of the section that it begins.
    pub section_time: Option<Spanned<Time>>,
    /// What happens to its code that is too long.
    pub overflow: Overflow,
    /// Which part it is of a slide whose code goes on on the next one; `fit`
    /// makes them.
    pub part: Option<Part>,
    /// How it comes in.
    pub motion: Motion,
    /// The rules that the author argues with.
    pub allow: Vec<Allow>,
    /// The title as plain text; empty where there is none.
    pub title: String,
    /// The layout's name.
    pub layout: String,
    /// Why the layout was chosen, for `deckc explain`.
    pub reason: String,
    /// The pictures of its background, in the order of painting.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub behind: Vec<Behind>,
    /// The part of the canvas that the background leaves: all of it, but beside a
    /// background that takes a part for itself.
    #[serde(skip)]
    pub area: Rect,
    /// What is filled with the theme's accent, behind everything.
    pub accents: Vec<Rect>,
    /// Whether the footer, slide number and logo are shown.
    pub footer: bool,
    /// Whether its slots stand in the other grid of the layout; `fit` decides.
    pub beside: bool,
    /// The layout's slots that hold something, in the layout's order.
    pub slots: Vec<PlacedSlot>,
    /// The footnotes, in the order of their numbers.
    pub footnotes: Vec<Footnote>,
    /// The speaker's notes.
    pub notes: Vec<Note>,
    /// The last step.
    pub last_step: Step,
    /// Where lines of code go on on further rows; `fit` fills it in.
    pub wraps: Wraps,
    /// The rows that are left free in code that stands beside other code.
    #[serde(skip_serializing_if = "Gaps::is_empty")]
    pub gaps: Gaps,
}

impl PlacedSlide {
    /// Whether a section of the talk begins with it: the deck's first slide and
    /// those that tell of a transition do. Backup slides are in no section.
    #[must_use]
    pub fn begins_section(&self) -> bool {
        self.role != Role::Backup && (self.number == 1 || self.layout == "section")
    }
}

/// A part of a slide of the source.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Part {
    /// Which one, counted from 1.
    pub number: usize,
    /// How many there are.
    pub of: usize,
}

/// Where lines of code go on on further rows: by block, line by line, the bytes
/// before which a row starts. A block whose lines have one row each is not in it.
pub type Wraps = BTreeMap<BlockId, Vec<Vec<usize>>>;

/// How many rows are left free before each line of a code block, and behind its
/// last one: by block.
pub type Gaps = BTreeMap<BlockId, Vec<usize>>;

/// A slot and what it holds.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct PlacedSlot {
    /// The slot's name in its layout.
    pub name: String,
    /// The room that the layout gives.
    pub rect: Rect,
    /// The room in the other grid of the layout, if it has one.
    #[serde(skip)]
    pub beside: Option<Rect>,
    /// How its text is set.
    #[serde(skip)]
    pub text: TextRole,
    /// How its content stands from left to right.
    #[serde(skip)]
    pub align: HAlign,
    /// How its content stands from top to bottom.
    #[serde(skip)]
    pub valign: VAlign,
    /// How far the panel of its code reaches past its left edge.
    #[serde(skip)]
    pub bleed: Pt,
    /// What it holds, in order.
    pub blocks: Vec<Block>,
}

/// Places a deck.
///
/// Hidden slides are left out; backup slides come after all others, whatever
/// their place in the source. Reports an unknown layout, a slot that the layout
/// does not have, content that no slot takes, and a slot with too little or too
/// much.
pub fn place(deck: Deck, layouts: &Layouts, diags: &mut Diagnostics) -> Placed {
    let shown = deck.slides.into_iter().filter(|slide| slide.role != Role::Hidden);
    let (backup, main): (Vec<_>, Vec<_>) = shown.partition(|slide| slide.role == Role::Backup);

    let mut rects = BTreeMap::new();
    let mut slides = Vec::with_capacity(main.len() + backup.len());
    for slide in main.into_iter().chain(backup) {
        let source_number = slide.number;
        let number = slides.len() + 1;
        let chosen = choose(&slide, number == 1, layouts, source_number, diags);
        // Without a layout for every shape, reading the layouts has failed and
        // has said so.
        if let Some((layout, reason)) = chosen {
            let canvas = deck.meta.size.rect();
            let (behind, mut area) = background::behind(slide.background.as_ref(), canvas);
            if let Some(finding) = background::too_wide(&slide, layout, area) {
                diags.push(finding.on_slide(source_number));
                area = canvas;
            }
            let own;
            let rects = if area == canvas {
                &*rects.entry(layout.name.clone()).or_insert_with(|| Rects::of(layout, canvas))
            } else {
                own = Rects::of(layout, area);
                &own
            };
            let assigned = assign::assign(&slide, layout, layouts);
            diags.extend(assigned.problems.into_iter().map(|it| it.on_slide(source_number)));
            slides.push(PlacedSlide {
                number,
                source_number,
                title: title_text(&slide),
                slots: fill(layout, rects, &assigned.slots, slide.groups),
                span: slide.span,
                id: slide.id,
                role: slide.role,
                time: slide.time,
                section_time: slide.section_time,
                overflow: slide.overflow.unwrap_or(deck.meta.overflow),
                part: None,
                motion: slide.motion,
                allow: slide.allow,
                layout: layout.name.clone(),
                reason,
                behind,
                area,
                accents: layout
                    .accents
                    .iter()
                    .filter_map(|area| rects.own.get(area))
                    .copied()
                    .collect(),
                footer: layout.footer,
                beside: false,
                footnotes: slide.footnotes,
                notes: slide.notes,
                last_step: slide.last_step,
                wraps: Wraps::new(),
                gaps: Gaps::new(),
            });
        }
    }
    check_animations(&slides, diags);
    check_section_times(&slides, diags);
    Placed { meta: deck.meta, slides }
}

/// Reports slides whose name under `animate` neither neighbour has.
fn check_animations(slides: &[PlacedSlide], diags: &mut Diagnostics) {
    let name = |slide: &PlacedSlide| slide.motion.animate.as_ref().map(|it| it.value.clone());
    for (at, slide) in slides.iter().enumerate() {
        let Some(animate) = &slide.motion.animate else { continue };
        let before = at.checked_sub(1).and_then(|at| slides.get(at));
        let beside = before.into_iter().chain(slides.get(at + 1));
        if beside.into_iter().filter_map(name).all(|other| other != animate.value) {
            let message = format!("no slide beside this one has `animate: {}`", animate.value);
            diags.push(
                Diagnostic::error("lone-animation", animate.span, message)
                    .hint("write it on the slide before or after, too, or take it away")
                    .on_slide(slide.source_number),
            );
        }
    }
}

/// Reports times of sections on slides that begin none.
fn check_section_times(slides: &[PlacedSlide], diags: &mut Diagnostics) {
    for slide in slides.iter().filter(|slide| !slide.begins_section()) {
        let Some(time) = &slide.section_time else { continue };
        diags.push(
            Diagnostic::error("misplaced", time.span, "no section begins with this slide")
                .label("a section begins with a slide whose layout is `section`")
                .hint("write it on the first slide of the section, or `time:` for this slide alone")
                .on_slide(slide.source_number),
        );
    }
}

/// Why a layout was chosen that the slide names.
pub const NAMED: &str = "named by the slide";

/// The layout of a slide, and why it is that one.
fn choose<'l>(
    slide: &Slide,
    first: bool,
    layouts: &'l Layouts,
    source_number: usize,
    diags: &mut Diagnostics,
) -> Option<(&'l Layout, String)> {
    if let Some(name) = &slide.layout {
        if let Some(layout) = layouts.by_name.get(&name.value) {
            return Some((layout, NAMED.to_owned()));
        }
        if !layouts.broken.contains(&name.value) {
            let message = format!("there is no layout `{}`", name.value);
            diags.push(
                Diagnostic::error("unknown-layout", name.span, message)
                    .mistyped(name.span, &name.value, &layouts.names())
                    .on_slide(source_number),
            );
        }
    }
    let shape = Shape::of(slide, first);
    Some((layouts.for_shape(shape)?, shape.reason().to_owned()))
}

/// The block that is the slide's title: the first heading outside `:::`, if it
/// is of level 1 or 2 or the slide begins with it.
fn title_block(slide: &Slide) -> Option<&Block> {
    let free = slide.groups.iter().filter(|group| group.slot.is_none());
    let mut free = free.flat_map(|group| &group.blocks).enumerate();
    free.find_map(|(at, block)| Some((at, block, heading_level(block)?)))
        .filter(|(at, _, level)| *at == 0 || *level <= 2)
        .map(|(_, block, _)| block)
}

/// The title as plain text: the title block's, or that of the first heading in
/// any slot.
fn title_text(slide: &Slide) -> String {
    let kind = title_block(slide).or_else(|| slide.title()).map(|block| &block.kind);
    if let Some(BlockKind::Heading { content, .. }) = kind {
        plain_text(content)
    } else {
        String::new()
    }
}

/// The rectangles of a layout's areas, in its grid and in the other one.
struct Rects {
    own: BTreeMap<String, Rect>,
    beside: Option<BTreeMap<String, Rect>>,
}

impl Rects {
    /// Those in a part of the canvas.
    fn of(layout: &Layout, part: Rect) -> Self {
        let beside = layout.beside.as_deref().map(|grid| grid.solve_in(part));
        Self { own: layout.solve_in(part), beside }
    }
}

/// Moves the blocks to their slots.
fn fill(
    layout: &Layout,
    rects: &Rects,
    assigned: &[Option<usize>],
    groups: Vec<Group>,
) -> Vec<PlacedSlot> {
    let mut blocks: Vec<Vec<Block>> = layout.slots.iter().map(|_| Vec::new()).collect();
    for (block, at) in groups.into_iter().flat_map(|group| group.blocks).zip(assigned) {
        if let Some(at) = at {
            blocks[*at].push(block);
        }
    }
    let full = layout.slots.iter().zip(blocks).filter(|(_, blocks)| !blocks.is_empty());
    full.map(|(slot, blocks)| PlacedSlot {
        name: slot.name.clone(),
        rect: rects.own.get(&slot.name).copied().unwrap_or_default(),
        beside: rects.beside.as_ref().and_then(|rects| rects.get(&slot.name)).copied(),
        text: slot.text,
        align: slot.align,
        valign: slot.valign,
        bleed: slot.bleed,
        blocks,
    })
    .collect()
}
