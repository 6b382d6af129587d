//! The drawings of a deck: each drawn for the room that it has, and read like any
//! other SVG.

use std::sync::Arc;

use rayon::prelude::*;

use super::draw::{self, Kit};
use super::pixels::Wanted;
use super::problem::Problem;
use super::{Figure, Figures, Memo, SvgFonts, kept, room, svg, used};
use crate::diag::{Diagnostic, Diagnostics};
use crate::font::Fonts;
use crate::model::{BlockKind, Drawing, Image, walk};
use crate::place::{Placed, PlacedSlot};
use crate::source::Span;
use crate::store::{Key, Store};
use crate::theme::Theme;

/// A drawing where it stands.
struct Job<'a> {
    image: &'a Image,
    drawing: &'a Drawing,
    slide: usize,
    room: (f64, f64),
}

/// What was made of one: its figures, by what stands behind the name of the asset,
/// and what is wrong with them.
pub(super) type Made = (Vec<(String, Figure)>, Vec<Problem>);

/// Draws every drawing of a deck, and each of its layers.
pub(super) fn load(
    placed: &Placed,
    theme: &Theme,
    fonts: &Fonts,
    svg_fonts: &SvgFonts<'_>,
    (memo, store): (Option<&Memo>, Option<&dyn Store>),
    diags: &mut Diagnostics,
) -> Figures {
    let jobs = jobs(placed, theme);
    let store = store.filter(|_| !jobs.is_empty()).map(|store| (store, kept::faces(fonts)));
    let made: Vec<_> = jobs
        .par_iter()
        .map(|job| -> Result<Arc<Made>, Vec<Diagnostic>> {
            let kit = Kit { theme, fonts, room: job.room };
            let make = || make(&kit, job, svg_fonts);
            if memo.is_none() && store.is_none() {
                return make().map(Arc::new);
            }
            let key = key(job, theme);
            if let Some(known) = memo.and_then(|memo| memo.drawn.get(&key)) {
                return Ok(known);
            }
            let made = Arc::new(match &store {
                Some((store, faces)) => kept_or_made(*store, &kept::key(faces, &key), make)?,
                None => make()?,
            });
            if let Some(memo) = memo {
                memo.drawn.put(key, Arc::clone(&made));
            }
            Ok(made)
        })
        .collect();
    let mut figures = Figures::new();
    for (job, made) in jobs.iter().zip(made) {
        match made {
            Ok(made) => {
                let asset = used::Asset::only(job.image.path.span, job.slide);
                diags.extend(made.1.iter().map(|problem| problem.clone().at(&asset)));
                let named = |(suffix, figure): &(String, Figure)| {
                    (format!("{}{suffix}", job.image.asset), figure.clone())
                };
                figures.extend(made.0.iter().map(named));
            }
            Err(findings) => diags.extend(findings.into_iter().map(|it| it.on_slide(job.slide))),
        }
    }
    figures
}

/// The figures that the store has, or those that are made. What something is wrong
/// with is not kept: it is said anew, since its place may be another.
fn kept_or_made(
    store: &dyn Store,
    key: &Key,
    make: impl FnOnce() -> Result<Made, Vec<Diagnostic>>,
) -> Result<Made, Vec<Diagnostic>> {
    if let Some(figures) = store.get(key).and_then(|bytes| kept::unpack(&bytes)) {
        return Ok((figures, Vec::new()));
    }
    let made = make()?;
    if made.1.is_empty()
        && let Some(packed) = kept::pack(&made.0)
    {
        store.put(key, &packed);
    }
    Ok(made)
}

/// Writes what drawings say to those who cannot see them, where the author does
/// not say it.
pub(super) fn describe(placed: &mut Placed) {
    for slide in &mut placed.slides {
        let shown = slide.slots.iter_mut().map(|slot| &mut slot.blocks);
        let noted = slide.notes.iter_mut().map(|note| &mut note.blocks);
        for block in shown.chain(noted).flatten() {
            walk::blocks_mut(block, &mut |block| {
                let BlockKind::Image(image) = &mut block.kind else { return };
                let Some(drawing) = image.drawing.as_ref().filter(|_| !image.decorative) else {
                    return;
                };
                if image.alt.trim().is_empty() {
                    image.alt = draw::alt(drawing);
                }
            });
        }
    }
}

/// Every drawing, with its room. A slide that was cut into parts may show one
/// several times.
fn jobs<'a>(placed: &'a Placed, theme: &Theme) -> Vec<Job<'a>> {
    let mut jobs: Vec<Job<'_>> = Vec::new();
    for slide in &placed.slides {
        let mut add = |image: &'a Image, slot: Option<&PlacedSlot>| {
            let Some(drawing) = image.drawing.as_deref() else { return };
            if jobs.iter().any(|job| job.image.asset == image.asset) {
                return;
            }
            let room = match slot {
                Some(slot) => room::of(slot, image, theme),
                None => room::of_note(placed.canvas()),
            };
            jobs.push(Job { image, drawing, slide: slide.source_number, room });
        };
        for slot in &slide.slots {
            walk::images(&slot.blocks, &mut |image| add(image, Some(slot)));
        }
        for note in &slide.notes {
            walk::images(&note.blocks, &mut |image| add(image, None));
        }
    }
    jobs
}

/// Everything that a drawing depends on beside the fonts, for which the memo is.
fn key(job: &Job<'_>, theme: &Theme) -> String {
    let Drawing { kind, lines, words, parts, further_steps, steps_from: _ } = job.drawing;
    let lines: Vec<&str> = lines.iter().map(|line| line.text.as_str()).collect();
    let words: Vec<_> = words.iter().map(|it| (&it.name.value, &it.value.value)).collect();
    format!("{kind:?}{lines:?}{words:?}{parts:?}{further_steps}{:?}{theme:?}", job.room)
}

/// Draws a drawing, and reads what came of it.
fn make(kit: &Kit<'_>, job: &Job<'_>, fonts: &SvgFonts<'_>) -> Result<Made, Vec<Diagnostic>> {
    let place: Span = job.image.path.span;
    let mut mistakes = Vec::new();
    let drawn = draw::draw(kit, job.drawing, &mut mistakes);
    let findings = |mistakes: draw::Mistakes| mistakes.into_iter().map(|it| it.finding(place));
    let Some(drawn) = drawn else { return Err(findings(mistakes).collect()) };
    let name = job.drawing.kind.name();
    let mut problems = Vec::new();
    let read = |layer, problems: &mut Vec<Problem>| {
        let figure = svg::read(name, &drawn.svg(layer), fonts, Wanted::default(), problems);
        figure.map(|figure| Figure { enlarge: draw::MAX_ENLARGEMENT, ..figure })
    };
    let asset = used::Asset::only(place, job.slide);
    let broken = |problem: Problem| vec![problem.at(&asset)];
    let mut figures = vec![(String::new(), read(None, &mut problems).map_err(broken)?)];
    if 1 < drawn.n_layers() {
        for nth in 0..drawn.n_layers() {
            // All that could be wrong with a layer is wrong with the whole.
            let layer = read(Some(nth), &mut Vec::new()).map_err(broken)?;
            figures.push((format!("/{nth}"), layer));
        }
    }
    Ok((figures, problems))
}
