//! A slide made by hand for the tests of the laws: 15 lines of code, which just
//! fit a slot of 432 pt.

use std::path::Path;

use super::Ctx;
use crate::color::{Backdrop, Rgb};
use crate::diag::Diagnostic;
use crate::figure::Figures;
use crate::font::Fonts;
use crate::geom::{Canvas, Pt, Rect};
use crate::highlight::Tokens;
use crate::layout::{HAlign, TextRole, VAlign};
use crate::model::{Block, BlockId, BlockKind, Code, CodeLine, Motion, Overflow, Role, Step};
use crate::page::{BlockBox, Line, Page, Run, SlotFill};
use crate::place::{Gaps, PlacedSlide, PlacedSlot, Wraps};
use crate::source::{Source, Sources, Span};
use crate::theme::{CodeSize, Scale, Space, TextStyle};

/// The pitch of code, and the advance of its characters.
const PITCH: f64 = 28.8;
const ADVANCE: f64 = 14.4;

/// A page that a test can spoil.
pub(super) struct Draft {
    sources: Sources,
    slide: PlacedSlide,
    page: Page,
    figures: Figures,
}

/// What a law says of the page after a test has spoilt it.
pub(super) fn run(
    check: fn(Ctx<'_>, &mut Vec<Diagnostic>),
    spoil: impl FnOnce(&mut Draft),
) -> Vec<String> {
    findings(check, spoil).into_iter().map(|it| it.message).collect()
}

/// The findings of a law on the page after a test has spoilt it.
pub(super) fn findings(
    check: fn(Ctx<'_>, &mut Vec<Diagnostic>),
    spoil: impl FnOnce(&mut Draft),
) -> Vec<Diagnostic> {
    let mut draft = Draft::new();
    spoil(&mut draft);
    let style = TextStyle { size: Pt(24.0), pitch: Pt(PITCH), weight: 400 };
    let fonts = Fonts::default();
    let ctx = Ctx {
        slide: &draft.slide,
        page: &draft.page,
        canvas: Canvas::Wide,
        scale: &Scale {
            display: style,
            fact: style,
            title: style,
            heading: style,
            lead: style,
            body: style,
            table: style,
            small: style,
            code: CodeSize::MIN,
            code_pitch: Pt(PITCH),
        },
        space: &Space {
            block: Pt::ZERO,
            item: Pt::ZERO,
            indent: Pt::ZERO,
            pad_x: Pt::ZERO,
            pad_y: Pt::ZERO,
            cell_x: Pt::ZERO,
            cell_y: Pt::ZERO,
            bar: Pt::ZERO,
            radius: Pt::ZERO,
            tab: 4,
        },
        text_fonts: &[],
        code_fonts: &["Mono".to_owned()],
        fonts: &fonts,
        figures: &draft.figures,
        grounds: (Rgb::BLACK, Rgb::BLACK),
        graphics: (Rgb::WHITE, Rgb::WHITE),
        sources: &draft.sources,
        tokens: &Tokens::default(),
        room: None,
    };
    let mut found = Vec::new();
    check(ctx, &mut found);
    found
}

impl Draft {
    fn new() -> Self {
        let mut draft = Self {
            sources: Sources::default(),
            slide: PlacedSlide {
                number: 1,
                source_number: 1,
                span: Span::default(),
                id: "x".to_owned(),
                role: Role::Main,
                time: None,
                section_time: None,
                overflow: Overflow::Error,
                part: None,
                motion: Motion::default(),
                allow: Vec::new(),
                title: String::new(),
                layout: "code".to_owned(),
                reason: String::new(),
                behind: Vec::new(),
                area: Canvas::Wide.rect(),
                accents: Vec::new(),
                footer: true,
                beside: false,
                slots: Vec::new(),
                footnotes: Vec::new(),
                notes: Vec::new(),
                last_step: Step::FIRST,
                wraps: Wraps::new(),
                gaps: Gaps::new(),
            },
            page: Page::default(),
            figures: Figures::new(),
        };
        draft.set_code(&["x = 1"; 15]);
        draft
    }

    /// Sets these lines of code, at the top of the slot.
    pub(super) fn set_code(&mut self, lines: &[&str]) {
        let text = lines.join("\n");
        let mut sources = Sources::default();
        let source = sources.add(Source::new(Path::new("deck.md"), text.as_str()));
        let mut at = 0;
        let mut code = Vec::new();
        let mut set = Vec::new();
        for (y, text) in (0u32..).zip(lines) {
            let span = Span::new(source, at..at + text.len());
            at += text.len() + 1;
            code.push(CodeLine::new((*text).to_owned(), span));
            let y = Pt(100.0 + PITCH * f64::from(y));
            #[expect(clippy::cast_precision_loss, reason = "a line has some columns")]
            let rect = Rect::new(Pt(48.0), y, Pt(ADVANCE * text.len() as f64), Pt(PITCH));
            let run = Run {
                text: (*text).to_owned(),
                rect,
                size: Pt(24.0),
                color: Rgb::WHITE,
                backdrop: Backdrop::plain(Rgb::BLACK),
            };
            set.push(Line { rect, n_chars: text.len(), runs: vec![run] });
        }
        let rect = set.iter().map(|line| line.rect).reduce(Rect::union).unwrap_or_default();
        let room = Rect::new(Pt(48.0), Pt(100.0), Pt(864.0), Pt(432.0));
        let kind = BlockKind::Code(Code::plain(code));
        let span = Span::new(source, 0..text.len());
        self.slide.slots = vec![PlacedSlot {
            name: "code".to_owned(),
            rect: room,
            beside: None,
            text: TextRole::Body,
            align: HAlign::Start,
            valign: VAlign::Top,
            bleed: Pt::ZERO,
            blocks: vec![Block { id: BlockId(1), span, step: Step::FIRST, kind }],
        }];
        self.page.slots = vec![SlotFill { room, used: rect }];
        let block = BlockBox { rect, lines: set, ..BlockBox::default() };
        self.page.boxes.insert(BlockId(1), block);
        self.sources = sources;
    }

    /// Sets every run at another size.
    pub(super) fn set_size(&mut self, size: Pt) {
        self.runs(|run| run.size = size);
    }

    /// Sets every run in other colours.
    pub(super) fn set_colors(&mut self, color: Rgb, backdrop: Backdrop) {
        self.runs(|run| (run.color, run.backdrop) = (color, backdrop));
    }

    fn runs(&mut self, change: impl Fn(&mut Run)) {
        let lines = self.page.boxes.values_mut().flat_map(|block| &mut block.lines);
        lines.flat_map(|line| &mut line.runs).for_each(change);
    }

    /// Puts the block somewhere else.
    pub(super) fn set_rect(&mut self, rect: Rect) {
        for block in self.page.boxes.values_mut() {
            block.rect = rect;
        }
    }

    /// Sets one line of code, and a second block with the same text at a height.
    pub(super) fn add_block(&mut self, y: Pt) {
        self.set_code(&["x = 1"]);
        let first = self.page.boxes[&BlockId(1)].clone();
        let rect = Rect { y, ..first.rect };
        self.page.boxes.insert(BlockId(2), BlockBox { rect, ..first });
        let mut block = self.slide.slots[0].blocks[0].clone();
        block.id = BlockId(2);
        self.slide.slots[0].blocks.push(block);
    }
}
