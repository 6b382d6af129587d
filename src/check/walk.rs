//! Walking through placed slides: blocks and titles.

pub(super) use crate::model::walk::{blocks, inlines, note_words, own_inlines, words};
use crate::model::{Block, BlockKind};
use crate::outline;
use crate::place::PlacedSlide;
use crate::source::Span;

/// Every block of a slide, in the order of its slots.
pub(super) fn slide_blocks(slide: &PlacedSlide) -> Vec<&Block> {
    let mut found = Vec::new();
    for slot in &slide.slots {
        blocks(&slot.blocks, &mut |block| found.push(block));
    }
    found
}

/// The heading that is the slide's title: its first one.
pub(super) fn title(slide: &PlacedSlide) -> Option<(&Block, u8)> {
    let block = outline::title(slide)?;
    let BlockKind::Heading { level, .. } = &block.kind else { return None };
    Some((block, *level))
}

/// The span of the title, or the start of the slide where there is none.
pub(super) fn title_span(slide: &PlacedSlide) -> Span {
    title(slide).map_or_else(|| first_span(slide), |(block, _)| block.span)
}

/// Whether a slide goes on with the one before it: code that was cut, by deckc or
/// by the author, with `(2/2)` behind the title. What is said of it stands on
/// part 1.
pub(super) fn goes_on(slide: &PlacedSlide) -> bool {
    let part = slide.title.trim_end().rsplit_once('(').and_then(|(_, it)| it.strip_suffix(')'));
    let number = part.and_then(|part| part.split_once('/'));
    let number = number.map(|(number, of)| (number.parse::<usize>(), of.parse::<usize>()));
    slide.part.is_some_and(|part| part.number > 1)
        || matches!(number, Some((Ok(number), Ok(of))) if 1 < number && number <= of)
}

/// The first block of a slide in the order of the source, or its start.
pub(super) fn first_span(slide: &PlacedSlide) -> Span {
    let blocks = slide.slots.iter().flat_map(|slot| &slot.blocks);
    blocks.map(|block| block.span).min().unwrap_or_else(|| slide.span.before())
}
