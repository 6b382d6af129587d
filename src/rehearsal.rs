//! Rehearsals: what each slide took, against what is planned for it.
//!
//! Takes the file that the presenter view saves and a placed deck, gives a table
//! and findings whose patches write the times into the deck. A rehearsal knows
//! slides by their ids, so it outlives changes of their order. Nothing is read
//! or printed here.

use std::collections::BTreeMap;

use serde::Deserialize;

use crate::diag::{Diagnostic, Diagnostics, Patch, nearest};
use crate::model::{BlockKind, Role, Time};
use crate::place::{Placed, PlacedSlide};
use crate::plan::Plan;
use crate::source::{Sources, Span};

/// What a time is rounded to when it is planned, in seconds: no speaker is more
/// exact.
const ROUND: u32 = 5;

/// A difference that is none, in seconds.
const TOLERANCE: u32 = 10;

/// A difference that is none, in parts of what is planned.
const TOLERANCE_PART: u32 = 10;

/// The form of the file that is read.
const VERSION: u32 = 1;

/// What each slide of a talk took.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Rehearsal {
    /// The times, by the ids of the slides.
    times: BTreeMap<String, Time>,
}

/// The file that the presenter view saves. What is not read is for people.
#[derive(Deserialize)]
struct File {
    rehearsal: u32,
    slides: Vec<Taken>,
}

#[derive(Deserialize)]
struct Taken {
    id: String,
    seconds: u32,
}

/// A line of the comparison: a slide, as the source has it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// The slide's number in the outputs, counted from 1.
    pub number: usize,
    /// Its title, or its id where it has none.
    pub title: String,
    /// The part that it plays.
    pub role: Role,
    /// What is planned for it.
    pub planned: Time,
    /// Whether the author planned it; else it is estimated.
    pub given: bool,
    /// What it took; `None` where it was not shown.
    pub taken: Option<Time>,
}

impl Rehearsal {
    /// Reads a rehearsal.
    ///
    /// # Errors
    /// What is wrong with the text, for a message.
    pub fn parse(text: &str) -> Result<Self, String> {
        let file: File = serde_json::from_str(text).map_err(|why| why.to_string())?;
        if file.rehearsal != VERSION {
            return Err(format!("its version is {}, and {VERSION} is known", file.rehearsal));
        }
        let mut times: BTreeMap<String, Time> = BTreeMap::new();
        for slide in file.slides {
            let time = times.entry(slide.id).or_default();
            time.0 = time.0.saturating_add(slide.seconds).min(Time::MAX.0);
        }
        Ok(Self { times })
    }

    /// What a slide took.
    fn of(&self, slide: &PlacedSlide) -> Option<Time> {
        self.times.get(&slide.id).copied()
    }

    /// What all slides took that are in the plan.
    #[must_use]
    pub fn total(&self, placed: &Placed) -> Time {
        let told = placed.slides.iter().filter(|slide| slide.role != Role::Backup);
        sum(told.filter_map(|slide| self.of(slide)))
    }
}

fn sum(times: impl Iterator<Item = Time>) -> Time {
    Time(times.fold(0, |sum: u32, time| sum.saturating_add(time.0)))
}

/// Compares slide by slide. The parts of a slide that was split are one row.
#[must_use]
pub fn rows(placed: &Placed, rehearsal: &Rehearsal) -> Vec<Row> {
    let plan = Plan::of(placed);
    let mut rows: Vec<Row> = Vec::new();
    let mut last = None;
    for (slide, planned) in placed.slides.iter().zip(&plan.slides) {
        let taken = rehearsal.of(slide);
        if let (Some(row), true) = (rows.last_mut(), last == Some(slide.source_number)) {
            row.planned = sum([row.planned, planned.time].into_iter());
            row.taken = row.taken.into_iter().chain(taken).reduce(|a, b| sum([a, b].into_iter()));
            continue;
        }
        last = Some(slide.source_number);
        let title = if slide.title.is_empty() { &slide.id } else { &slide.title };
        rows.push(Row {
            number: slide.number,
            title: title.clone(),
            role: slide.role,
            planned: planned.time,
            given: planned.given,
            taken,
        });
    }
    rows
}

/// Reports slides that took another time than planned, a talk that took longer
/// than there is time, and slides of the rehearsal that the deck does not have.
pub fn compare(placed: &Placed, rehearsal: &Rehearsal, sources: &Sources, diags: &mut Diagnostics) {
    over_time(placed, rehearsal, diags);
    for row in rows(placed, rehearsal) {
        let slide = &placed.slides[row.number - 1];
        let Some(taken) = row.taken.filter(|_| slide.role != Role::Backup) else { continue };
        if let Some(finding) = off_plan(placed, slide, &row, taken, sources) {
            diags.push(finding.on_slide(slide.source_number));
        }
    }
    stale(placed, rehearsal, diags);
}

/// A talk that took longer than there is time.
fn over_time(placed: &Placed, rehearsal: &Rehearsal, diags: &mut Diagnostics) {
    let (Some(slot), Some(room)) = (&placed.meta.slot, Plan::of(placed).room) else { return };
    let total = rehearsal.total(placed);
    if total <= room {
        return;
    }
    let excess = Time(total.0 - room.0);
    let message = format!("the rehearsal took {total}, and there is time for {room}");
    diags.push(
        Diagnostic::warning("over-time", slot.span, message)
            .label(format!("{excess} too little"))
            .hint("shorten slides, or make some of them `role: optional`"),
    );
}

/// A slide that took another time than planned.
fn off_plan(
    placed: &Placed,
    slide: &PlacedSlide,
    row: &Row,
    taken: Time,
    sources: &Sources,
) -> Option<Diagnostic> {
    let new = Time((taken.0.saturating_add(ROUND / 2) / ROUND * ROUND).clamp(ROUND, Time::MAX.0));
    let hint = format!("plan `time: {}`", new.written());
    let planned = row.planned;
    let off = taken.0.abs_diff(planned.0);
    if row.given && off <= TOLERANCE.max(planned.0 / TOLERANCE_PART) {
        return None;
    }
    let message = if row.given {
        format!("the slide took {taken} in the rehearsal, and {planned} is planned")
    } else {
        format!("the slide took {taken} in the rehearsal, and no time is planned")
    };
    let patch = match &slide.time {
        Some(time) => Some(Patch { span: time.span, text: new.written() }),
        None => insertion(slide, new, sources),
    };
    let at = patch.as_ref().map_or(slide.span.before(), |patch| patch.span);
    let mut finding = Diagnostic::warning("off-plan", at, message).hint(hint);
    if row.given {
        let word = if planned < taken { "little" } else { "much" };
        finding = finding.label(format!("{} too {word}", Time(off)));
    }
    finding.patches.extend(patch);
    // With other times the plan as a whole may not hold any more.
    let sections = placed.slides.iter().filter_map(|slide| slide.section_time.as_ref());
    let whole = placed.meta.slot.iter().chain(sections);
    Some(whole.fold(finding, |finding, time| finding.hides(time.span)))
}

/// Puts a time into a slide without one: below its heading, else above or before
/// its first block.
fn insertion(slide: &PlacedSlide, time: Time, sources: &Sources) -> Option<Patch> {
    let blocks = slide.slots.iter().flat_map(|slot| &slot.blocks);
    let first = blocks.min_by_key(|block| block.span)?;
    let source = sources.get(first.span.source);
    let directive = format!("<!-- time: {} -->", time.written());
    if matches!(first.kind, BlockKind::Heading { .. }) {
        let last = (first.span.end as usize).saturating_sub(1);
        let end = source.line_range(source.line(last)).end;
        let span = Span::new(first.span.source, end..end);
        return Some(Patch { span, text: format!("\n\n{directive}") });
    }
    let after = if source.column(first.span.start as usize) == 1 { "\n\n" } else { " " };
    Some(Patch { span: first.span.before(), text: format!("{directive}{after}") })
}

/// Slides of the rehearsal that the deck does not have.
fn stale(placed: &Placed, rehearsal: &Rehearsal, diags: &mut Diagnostics) {
    let known: Vec<&str> = placed.slides.iter().map(|slide| slide.id.as_str()).collect();
    for id in rehearsal.times.keys().filter(|id| !known.contains(&id.as_str())) {
        let message = format!("the rehearsal has a slide `{id}`, and the deck has none");
        let mut finding = Diagnostic::warning("stale-rehearsal", Span::default(), message);
        if let [near, ..] = nearest(id, known.iter().copied()).as_slice() {
            finding = finding.hint(format!("if it was renamed `{near}`, write that in the file"));
        }
        diags.push(finding.hint("rehearse again, or take the slide out of the file"));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rehearsal_is_read_or_says_why_not() {
        let read = |text: &str| Rehearsal::parse(text).map_err(|_| ());
        let twice =
            r#"{"rehearsal": 1, "slides": [{"id": "a", "seconds": 2}, {"id": "a", "seconds": 3}]}"#;
        assert_eq!(read(twice).unwrap().times["a"], Time(5));
        for wrong in ["", "[]", "{}", r#"{"rehearsal": 2, "slides": []}"#, "{\"rehearsal\": 1}"] {
            assert!(read(wrong).is_err(), "{wrong}");
        }
        let long = r#"{"rehearsal": 1, "slides": [{"id": "a", "seconds": 4294967295}]}"#;
        assert_eq!(read(long).unwrap().times["a"], Time::MAX);
        let negative = r#"{"rehearsal": 1, "slides": [{"id": "a", "seconds": -1}]}"#;
        assert!(read(negative).is_err());
    }
}
