//! What became of a slide: its layout and why, and how full its slots are.

use std::fmt::Write as _;

use crate::check::words_of_notes;
use crate::cli::report::Report;
use crate::compile::Prepared;
use crate::geom::Pt;
use crate::page::SlotFill;
use crate::place::{PlacedSlide, PlacedSlot};

/// Every slide in one line: its number, layout, fullest slot and title.
pub(super) fn overview(prepared: &Prepared) -> String {
    let slides = prepared.placed.slides.iter().zip(&prepared.typeset.pages);
    let width = slides.clone().map(|(slide, _)| slide.layout.len()).max().unwrap_or(0);
    let mut out = String::new();
    for (slide, page) in slides {
        let fullest = page.slots.iter().map(|fill| fill.percent()).max();
        let _ = writeln!(
            out,
            "{:>4}  {:width$}  {:>3} % full  {}",
            slide.source_number,
            slide.layout,
            fullest.unwrap_or(0),
            if slide.title.is_empty() { &slide.id } else { &slide.title }
        );
    }
    out
}

/// One slide at length.
pub(super) fn explain(prepared: &Prepared, index: usize, report: &Report) -> String {
    let slide = &prepared.placed.slides[index];
    let mut out = format!("slide {}", slide.source_number);
    if !slide.title.is_empty() {
        let _ = write!(out, ": {}", slide.title);
    }
    let source = report.sources.get(slide.span.source);
    let (range, text) = (slide.span.range(), report.sources.text(slide.span));
    let first = source.line(range.end - text.trim_start().len());
    let last = source.line(range.start + text.trim_end().len());
    let _ = writeln!(out, "\n  lines {first} to {last} of {}", report.path(&source.path));
    let _ = writeln!(out, "  layout `{}`: {}", slide.layout, slide.reason);
    let _ = writeln!(out, "  id `{}`, {}, {}", slide.id, slide.role.name(), steps(slide));
    let words = words_of_notes(&slide.notes);
    let time = slide.time.as_ref().map_or_else(|| "no time".to_owned(), |it| it.value.to_string());
    let _ = writeln!(out, "  {time} planned, {words} words of notes");
    let Some(page) = prepared.typeset.pages.get(index) else { return out };
    let width = slide.slots.iter().map(|slot| slot.name.len()).max().unwrap_or(0);
    for (slot, fill) in slide.slots.iter().zip(&page.slots) {
        let _ = writeln!(out, "  {:width$}  {}", slot.name, fullness(slot, *fill));
    }
    out
}

fn steps(slide: &PlacedSlide) -> String {
    match slide.last_step.0 {
        0 => "no steps".to_owned(),
        1 => "1 step".to_owned(),
        n => format!("{n} steps"),
    }
}

/// `85 % full: 367 of 432 pt high, 500 of 864 pt wide; list, code`.
fn fullness(slot: &PlacedSlot, fill: SlotFill) -> String {
    let whole = |length: Pt| length.get().round();
    let kinds: Vec<&str> = slot.blocks.iter().map(|block| block.kind.name()).collect();
    format!(
        "{:>3} % full: {} of {} pt high, {} of {} pt wide; {}",
        fill.percent(),
        whole(fill.used.h),
        whole(fill.room.h),
        whole(fill.used.w),
        whole(fill.room.w),
        kinds.join(", ")
    )
}
