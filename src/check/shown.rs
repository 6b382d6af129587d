//! The pictures of a page: what is shown, where, and on which colour.

use crate::color::Backdrop;
use crate::figure::{Figure, Figures};
use crate::geom::{Pt, Rect};
use crate::model::{Block, BlockId, BlockKind, Image, Inline, walk};
use crate::page::Page;
use crate::place::PlacedSlide;

/// One picture on a page.
#[derive(Clone, Copy, Debug)]
pub(super) struct Shown<'a> {
    /// The picture in the deck.
    pub(super) image: &'a Image,
    /// Its file.
    pub(super) figure: &'a Figure,
    /// Where it stands.
    pub(super) rect: Rect,
    /// The room in whose middle it stands.
    pub(super) area: Rect,
    /// Whether it stands in a line of text.
    pub(super) in_line: bool,
    /// What is behind it, where it stands in front of a background.
    pub(super) backdrop: Option<Backdrop>,
    /// Whether it stands in a callout, and so on its surface.
    pub(super) in_callout: bool,
}

impl Shown<'_> {
    /// A length of the figure, in its own units, as it is on the page.
    pub(super) fn length(&self, units: f64) -> Pt {
        Pt(units * self.scale())
    }

    /// Points to a unit of the figure. What is cut off counts.
    pub(super) fn scale(&self) -> f64 {
        let (rect, figure) = (self.rect, self.figure);
        (rect.w.get() / figure.width).max(rect.h.get() / figure.height)
    }
}

/// Every picture of a slide: those of its slots, those in lines of text, and
/// those in footnotes. A logo in the footer is none: it is a sign, not content.
pub(super) fn pictures<'a>(
    slide: &'a PlacedSlide,
    page: &Page,
    figures: &'a Figures,
) -> Vec<Shown<'a>> {
    let mut walk = Walk { page, figures, found: Vec::new() };
    for slot in &slide.slots {
        walk.blocks(&slot.blocks, false);
    }
    for note in &slide.footnotes {
        walk.inlines(note.id, &note.content, false);
    }
    walk.found
}

/// The pictures of a slide's background. They say nothing, so what holds for what
/// is read in a picture does not hold for them.
pub(super) fn backgrounds<'a>(
    slide: &'a PlacedSlide,
    page: &Page,
    figures: &'a Figures,
) -> Vec<Shown<'a>> {
    let all = slide.behind.iter().zip(&page.behind);
    let shown = all.filter_map(|(it, rect)| {
        let (image, rect) = (&it.backing.image, *rect);
        let figure = figures.get(&image.asset)?;
        let (in_line, in_callout, backdrop) = (false, false, None);
        Some(Shown { image, figure, rect, area: it.room, in_line, backdrop, in_callout })
    });
    shown.collect()
}

struct Walk<'a, 'p> {
    page: &'p Page,
    figures: &'a Figures,
    found: Vec<Shown<'a>>,
}

impl<'a> Walk<'a, '_> {
    fn blocks(&mut self, blocks: &'a [Block], in_callout: bool) {
        for block in blocks {
            match &block.kind {
                BlockKind::Image(image) => {
                    let laid = self.page.boxes.get(&block.id);
                    if let Some((rect, area)) = laid.and_then(|it| it.picture.zip(it.area)) {
                        let backdrop = laid.and_then(|it| it.backdrop);
                        self.add(image, (rect, area), false, (in_callout, backdrop));
                    }
                }
                BlockKind::Heading { content, .. } | BlockKind::Para { content } => {
                    self.inlines(block.id, content, in_callout);
                }
                BlockKind::Table(table) => {
                    for cell in table.head.iter().chain(table.rows.iter().flatten()) {
                        self.inlines(cell.id, &cell.content, in_callout);
                    }
                }
                BlockKind::List(list) => {
                    list.items.iter().for_each(|item| self.blocks(&item.blocks, in_callout));
                }
                BlockKind::Quote { blocks } => self.blocks(blocks, in_callout),
                BlockKind::Callout(callout) => self.blocks(&callout.blocks, true),
                BlockKind::Code(_) | BlockKind::Formula(_) => {}
            }
        }
    }

    fn inlines(&mut self, id: BlockId, content: &'a [Inline], in_callout: bool) {
        let Some(block) = self.page.boxes.get(&id) else { return };
        let mut rects = block.icons.iter().copied();
        let mut images = Vec::new();
        walk::inline_images(content, &mut |image| images.push(image));
        for image in images.into_iter().filter(|image| self.figures.contains_key(&image.asset)) {
            let Some(rect) = rects.next() else { return };
            self.add(image, (rect, rect), true, (in_callout, None));
        }
    }

    fn add(
        &mut self,
        image: &'a Image,
        (rect, area): (Rect, Rect),
        in_line: bool,
        (in_callout, backdrop): (bool, Option<Backdrop>),
    ) {
        if let Some(figure) = self.figures.get(&image.asset) {
            self.found.push(Shown { image, figure, rect, area, in_line, backdrop, in_callout });
        }
    }
}
