//! `mojibake`: see its page.

use super::{Ctx, Rule, walk};
use crate::check::encoding::{self, Garbled};
use crate::diag::{Diagnostic, Level};
use crate::model::{Block, BlockKind, Inline, InlineKind, Meta};
use crate::source::Span;

/// UTF-8 that somebody read in another encoding.
pub(super) const RULE: Rule =
    Rule { name: "mojibake", level: Level::Warning, docs: include_str!("mojibake.md"), check };

fn check(ctx: Ctx<'_>, found: &mut Vec<Diagnostic>) {
    for (span, text) in of_meta(&ctx.placed.meta) {
        found.extend(findings(ctx, span, text));
    }
    for slide in &ctx.placed.slides {
        let mut texts = Vec::new();
        let noted = slide.notes.iter().flat_map(|note| &note.blocks);
        for block in slide.slots.iter().flat_map(|slot| &slot.blocks).chain(noted) {
            walk::blocks(std::slice::from_ref(block), &mut |block| of_block(block, &mut texts));
        }
        for note in &slide.footnotes {
            of_inlines(&note.content, &mut texts);
        }
        let all = texts.into_iter().flat_map(|(span, text)| findings(ctx, span, text));
        found.extend(all.map(|finding| finding.on_slide(slide.source_number)));
    }
}

/// The texts of the front matter that are shown, with their places.
fn of_meta(meta: &Meta) -> Vec<(Span, &str)> {
    let fields = [&meta.title, &meta.subtitle, &meta.description, &meta.event, &meta.footer];
    let mut found: Vec<(Span, &str)> =
        fields.into_iter().flatten().map(|it| (it.span, it.value.as_str())).collect();
    if let Some(speaker) = &meta.speaker {
        let texts = [Some(&speaker.value.name), speaker.value.affiliation.as_ref()];
        let bio = speaker.value.bio.as_ref();
        found
            .extend(texts.into_iter().chain([bio]).flatten().map(|it| (speaker.span, it.as_str())));
    }
    found
}

/// The texts of a block that are its own, with their places.
fn of_block<'a>(block: &'a Block, found: &mut Vec<(Span, &'a str)>) {
    for content in walk::own_inlines(block) {
        of_inlines(content, found);
    }
    match &block.kind {
        BlockKind::Code(code) => {
            found.extend(code.lines.iter().map(|line| (line.span, line.text.as_str())));
        }
        BlockKind::Image(image) => {
            found.extend([&image.alt, &image.caption].map(|text| (block.span, text.as_str())));
        }
        BlockKind::Callout(callout) => {
            found.extend(callout.title.iter().map(|title| (block.span, title.as_str())));
        }
        BlockKind::Heading { .. }
        | BlockKind::Para { .. }
        | BlockKind::List(_)
        | BlockKind::Quote { .. }
        | BlockKind::Table(_)
        | BlockKind::Formula(_) => {}
    }
}

fn of_inlines<'a>(content: &'a [Inline], found: &mut Vec<(Span, &'a str)>) {
    walk::inlines(content, &mut |inline| match &inline.kind {
        InlineKind::Text { text } | InlineKind::Code { text } => {
            found.push((inline.span, text.as_str()));
        }
        InlineKind::Image(image) => found.push((inline.span, image.alt.as_str())),
        InlineKind::Styled { .. }
        | InlineKind::Link { .. }
        | InlineKind::Icon { .. }
        | InlineKind::Formula(_)
        | InlineKind::Break
        | InlineKind::FootnoteRef { .. } => {}
    });
}

/// The findings in one text.
fn findings(ctx: Ctx<'_>, span: Span, text: &str) -> Vec<Diagnostic> {
    let written = ctx.sources.text(span);
    let mut from = 0;
    let place = |Garbled { text: broken, meant, .. }: Garbled| {
        // Escapes and entities make source and text differ: where the stretch
        // does not stand in the source as it is, all of the text is underlined.
        let at = written.get(from..).and_then(|rest| Some(from + rest.find(&broken)?));
        let start = span.start as usize;
        let narrow = at.map(|at| Span::new(span.source, start + at..start + at + broken.len()));
        from = at.map_or(from, |at| at + broken.len());
        let message = format!("`{broken}` looks like text that was read in a wrong encoding");
        let finding = RULE.of_deck(narrow.unwrap_or(span), message);
        match (meant, narrow) {
            (Some(meant), Some(narrow)) => {
                finding.hint(format!("write `{meant}`")).patch(narrow, meant)
            }
            (Some(meant), None) => finding.hint(format!("write `{meant}`")),
            (None, _) => finding.hint("save the deck as UTF-8 and write the character again"),
        }
    };
    encoding::garbled(text).into_iter().map(place).collect()
}
