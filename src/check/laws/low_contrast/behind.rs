//! Text over the pictures of a background: how much of them may be seen.
//!
//! The scrim of a background has the theme's own colour, in front of which every
//! text of the theme stands out; so there is an opacity for every picture.

use std::collections::BTreeMap;

use super::{Ctx, GRAPHIC, IN_FIGURE, LAW, below, roles};
use crate::check::shown::Shown;
use crate::color::{Backdrop, Layer, Rgb};
use crate::diag::Diagnostic;
use crate::geom::Rect;
use crate::model::{Backing, BlockId};
use crate::page::Run;
use crate::place::Behind;
use crate::source::Span;

/// What stands in front of a picture, and how far it has to stand out.
#[derive(Clone, Copy)]
struct Seen<'a> {
    text: &'a str,
    color: Rgb,
    backdrop: Backdrop,
    floor: f64,
    rect: Rect,
}

impl Seen<'_> {
    fn contrast(&self) -> f64 {
        self.backdrop.contrast(self.color)
    }
}

/// Whether a text stands over a picture of the background, whose finding tells of
/// it.
pub(super) fn is_under(ctx: Ctx<'_>, run: &Run) -> bool {
    pictures(ctx).any(|it| meets(it.room, run.rect))
}

/// What is too faint in front of each picture of the background.
pub(super) fn check(
    ctx: Ctx<'_>,
    floors: &BTreeMap<BlockId, roles::Floor>,
    found: &mut Vec<Diagnostic>,
) {
    if pictures(ctx).next().is_none() || super::super::overflow::is_there(ctx) {
        return;
    }
    let all = seen(ctx, floors);
    for picture in pictures(ctx) {
        let over = all.iter().filter(|it| meets(picture.room, it.rect));
        let over: Vec<Seen<'_>> = over.copied().collect();
        found.extend(faint(ctx, &picture.backing, &over));
    }
}

/// A figure, over a picture of the background, in which a text or all that is
/// painted is too faint there.
pub(super) fn faint_figure(ctx: Ctx<'_>, picture: Shown<'_>) -> Option<Diagnostic> {
    let backdrop = picture.backdrop?;
    let ends = [backdrop.darkest, backdrop.lightest];
    let lowest = |ink: Layer, ground: Layer| {
        let behind = backdrop.under(ground);
        ends.map(|end| behind.contrast(ink.on(end))).into_iter().fold(f64::INFINITY, f64::min)
    };
    let texts = picture.figure.texts.iter();
    let ratios = texts.filter_map(|text| Some((lowest(text.ink?, text.ground?), IN_FIGURE)));
    let shapes = picture.figure.colors.iter().map(|colors| {
        let best = colors.iter().map(|color| lowest(*color, Layer::CLEAR));
        (best.fold(1.0, f64::max), GRAPHIC)
    });
    let (ratio, floor) = ratios.chain(shapes).find(|(ratio, floor)| ratio < floor)?;
    let path = &picture.image.path;
    let message = format!(
        "the figure `{}` has a contrast of {}:1 over the background, below the floor of {floor}:1",
        path.value,
        below(ratio)
    );
    let finding = LAW.at(ctx, path.span, message).label(format!("{backdrop} is behind it"));
    Some(
        finding
            .hint("give the drawing a background of its own: a `rect` behind everything")
            .hint("or show less of the background: `![bg opacity:.1](...)`, `![bg right](...)`"),
    )
}

/// The pictures that stand behind what is on the slide.
fn pictures(ctx: Ctx<'_>) -> impl Iterator<Item = &Behind> {
    ctx.slide.behind.iter().filter(|it| it.under)
}

fn meets(a: Rect, b: Rect) -> bool {
    a.x < b.right() && b.x < a.right() && a.y < b.bottom() && b.y < a.bottom()
}

/// The finding for a picture in front of which something is too faint.
fn faint(ctx: Ctx<'_>, backing: &Backing, over: &[Seen<'_>]) -> Option<Diagnostic> {
    let lacks = |it: &&Seen<'_>| it.contrast() < it.floor;
    let share = |it: &Seen<'_>| it.contrast() / it.floor;
    let worst = over.iter().filter(lacks).min_by(|a, b| share(a).total_cmp(&share(b)))?;
    let message = format!(
        "`{}` on {} of the background has a contrast of {}:1, below the floor of {}:1",
        worst.color,
        worst.backdrop,
        below(worst.contrast()),
        worst.floor
    );
    let finding =
        LAW.at(ctx, backing.span, message).label(format!("this is behind `{}`", worst.text.trim()));
    let finding = match most(ctx.grounds.0, backing.opacity, over) {
        None => finding,
        Some(most) => {
            let word = format!("opacity:{}", written(most));
            let (span, text) = with_opacity(ctx, backing, &word);
            finding
                .hint(format!("write `{word}`: the most with which all that stands on it is clear"))
                .patch(span, text)
                .guess()
        }
    };
    Some(finding.hint("or put the picture beside the text: `![bg right](...)`"))
}

/// The largest opacity, in hundredths, with which all reaches its floor.
fn most(paper: Rgb, opacity: u8, over: &[Seen<'_>]) -> Option<u8> {
    (1..opacity).rev().find(|less| {
        let scrim = Layer::new(paper, 1.0 - f64::from(*less) / f64::from(opacity));
        over.iter().all(|it| it.floor <= it.backdrop.under(scrim).contrast(it.color))
    })
}

/// An opacity in hundredths as decks write it.
fn written(opacity: u8) -> String {
    format!(".{opacity:02}").trim_end_matches('0').to_owned()
}

/// Where an opacity is written, and what stands there then.
fn with_opacity(ctx: Ctx<'_>, backing: &Backing, word: &str) -> (Span, String) {
    let (words, range) = (ctx.sources.text(backing.words), backing.words.range());
    let old = words.split_whitespace().find(|it| it.split(':').next() == Some("opacity"));
    let source = backing.words.source;
    if let Some(old) = old {
        let at = range.start + (old.as_ptr() as usize - words.as_ptr() as usize);
        (Span::new(source, at..at + old.len()), word.to_owned())
    } else {
        let at = range.start + words.trim_end().len();
        (Span::new(source, at..at), format!(" {word}"))
    }
}

/// All that has to be seen on a slide. Beside each text stand bars, bullets and
/// the lines of tables and footnotes, in the theme's accent and in its colour for
/// lines.
fn seen<'a>(ctx: Ctx<'a>, floors: &BTreeMap<BlockId, roles::Floor>) -> Vec<Seen<'a>> {
    let (accent, rule) = ctx.graphics;
    let mut found = Vec::new();
    let mut add = |run: &'a Run, floor: f64, lined: bool| {
        if run.text.trim().is_empty() {
            return;
        }
        let of = |color, floor| Seen {
            text: &run.text,
            color,
            backdrop: run.backdrop,
            floor,
            rect: run.rect,
        };
        found.push(of(run.color, floor));
        found.push(of(accent, GRAPHIC));
        if lined {
            found.push(of(rule, GRAPHIC));
        }
    };
    let lined = lined(ctx);
    for (id, block) in &ctx.page.boxes {
        let floor = floors.get(id).map_or(roles::ASIDE, |floor| floor.contrast);
        let lines = block.lines.iter().flat_map(|line| &line.runs);
        for run in lines.chain(block.formulas.iter().flat_map(|formula| &formula.runs)) {
            add(run, floor, lined.contains(id));
        }
    }
    for run in &ctx.page.furniture {
        add(run, if roles::is_read(run) { roles::ASIDE } else { GRAPHIC }, false);
    }
    found
}

/// The texts between which lines are drawn: cells of tables, and footnotes.
fn lined(ctx: Ctx<'_>) -> Vec<BlockId> {
    let mut found: Vec<BlockId> = ctx.slide.footnotes.iter().map(|note| note.id).collect();
    for block in crate::check::walk::slide_blocks(ctx.slide) {
        if let crate::model::BlockKind::Table(table) = &block.kind {
            found.extend(table.head.iter().chain(table.rows.iter().flatten()).map(|it| it.id));
        }
    }
    found
}
