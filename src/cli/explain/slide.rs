//! What became of a slide: its layout and why, and how full its slots are.

use std::fmt::Write as _;

use crate::cli::report::Report;
use crate::compile::Prepared;
use crate::geom::{Pt, Rect};
use crate::model::{BlockKind, Role, Time, walk};
use crate::page::{Page, SlotFill};
use crate::place::{PlacedSlide, PlacedSlot};
use crate::plan::Plan;

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
    let beside = if slide.beside { "; side by side, since the code of both fits" } else { "" };
    let _ = writeln!(out, "  layout `{}`: {}{beside}", slide.layout, slide.reason);
    let _ = writeln!(out, "  id `{}`, {}, {}", slide.id, slide.role.name(), steps(slide));
    let _ = writeln!(out, "  {}, {}", time(prepared, index), notes(slide));
    let Some(page) = prepared.typeset.pages.get(index) else { return out };
    let width = slide.slots.iter().map(|slot| slot.name.len()).max().unwrap_or(0);
    for (slot, fill) in slide.slots.iter().zip(&page.slots) {
        let [text, size] = fullness(slot, *fill, page);
        let _ = writeln!(out, "  {:width$}  {text}\n  {:width$}  {size}", slot.name, "");
    }
    out
}

/// `1:30 planned, 4:10 into the talk`.
fn time(prepared: &Prepared, index: usize) -> String {
    let plan = Plan::of(&prepared.placed);
    let planned = plan.slides[index];
    if !planned.given {
        return "no time planned".to_owned();
    }
    if planned.role != Role::Main {
        return format!("{} planned", planned.time);
    }
    let before = plan.slides[..index].iter().filter(|it| it.given && it.role == Role::Main);
    format!("{} planned, {} into the talk", planned.time, Time(before.map(|it| it.time.0).sum()))
}

fn notes(slide: &PlacedSlide) -> String {
    match walk::note_words(&slide.notes) {
        1 => "1 word of notes".to_owned(),
        n => format!("{n} words of notes"),
    }
}

fn steps(slide: &PlacedSlide) -> String {
    match slide.last_step.0 {
        0 => "no steps".to_owned(),
        1 => "1 step".to_owned(),
        n => format!("{n} steps"),
    }
}

/// `85 % full: 6 lines, room for 1 more; list`, and below it
/// `367 of 432 pt high, 500 of 864 pt wide`.
fn fullness(slot: &PlacedSlot, fill: SlotFill, page: &Page) -> [String; 2] {
    let whole = |length: Pt| length.get().round();
    let kinds: Vec<&str> = slot.blocks.iter().map(|block| block.kind.name()).collect();
    let lines = lines(slot, fill, page).map_or_else(String::new, |lines| lines + "; ");
    let size = format!(
        "{} of {} pt high, {} of {} pt wide",
        whole(fill.used.h),
        whole(fill.room.h),
        whole(fill.used.w),
        whole(fill.room.w),
    );
    [format!("{:>3} % full: {lines}{}", fill.percent(), kinds.join(", ")), format!("      {size}")]
}

/// `6 lines, room for 1 more`: more of the last one. Lines beside each other, as
/// in a table, count as one. Nothing where there is no text.
fn lines(slot: &PlacedSlot, fill: SlotFill, page: &Page) -> Option<String> {
    // Code may have empty lines, which no box shows.
    let mut n_code = 0;
    let mut found: Vec<Rect> = Vec::new();
    let mut lowest: Option<Rect> = None;
    walk::blocks(&slot.blocks, &mut |block| {
        let lines = page.boxes.get(&block.id).map_or(&[][..], |it| &it.lines);
        for line in lines.iter().map(|line| line.rect) {
            lowest = Some(lowest.filter(|it| line.y < it.y).unwrap_or(line));
        }
        if let BlockKind::Code(code) = &block.kind {
            n_code += code.lines.len();
        } else {
            found.extend(lines.iter().map(|line| line.rect));
        }
    });
    let last = lowest?;
    found.sort_by(|a, b| a.y.get().total_cmp(&b.y.get()));
    found.dedup_by(|a, b| (a.y.get() - b.y.get()).abs() < 1.0);
    let count = match n_code + found.len() {
        1 => "1 line".to_owned(),
        n => format!("{n} lines"),
    };
    // What sticks out by less than a law sees does not stick out.
    let left = fill.room.h - fill.used.h;
    let n = ((left + Pt(0.5)) / last.h).floor();
    Some(if n < 0.0 {
        format!("{count}, {} too many", n.abs())
    } else if n < 1.0 {
        format!("{count}, room for no more")
    } else {
        format!("{count}, room for {n} more")
    })
}
