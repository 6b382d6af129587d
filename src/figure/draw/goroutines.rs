//! `goroutines`: who does what, and in which order it must happen.
//!
//! Takes statements, one a line; gives lanes of goroutines and channels with time
//! running down. `story` reads the statements, `plan` finds the room that they
//! need and draws them. The language is specified in `tests/spec/goroutines.md`.

mod plan;
mod story;

use self::story::{Said, Story};
use super::sheet::Kit;
use super::{Drawn, Mistake, Mistakes};
use crate::model::Drawing;

/// What a drawing says to those who cannot see it.
pub(super) fn alt(drawing: &Drawing) -> String {
    let story = Story::read(&drawing.lines, &mut Mistakes::default());
    let name = |lane: usize| story.lanes[lane].name.as_str();
    let said = |said: &Said| match said {
        Said::Does { lane, text } => format!("{}: {text}", name(*lane)),
        Said::Sends { from, to, text } if text.is_empty() => {
            format!("{} to {}", name(*from), name(*to))
        }
        Said::Sends { from, to, text } => format!("{} to {}: {text}", name(*from), name(*to)),
        Said::Before { from, to, text } => {
            let why = if text.is_empty() { String::new() } else { format!(" ({text})") };
            format!("what {} did happens before what {} does next{why}", name(*from), name(*to))
        }
        Said::Starts { from, to } => format!("{} starts {}", name(*from), name(*to)),
        Said::Lasts { lane, text, waits } => {
            let what = if *waits { "blocks" } else { "works" };
            let what_for = if text.is_empty() { String::new() } else { format!(": {text}") };
            format!("{} {what}{what_for}", name(*lane))
        }
        Said::Resumes { lane } => format!("{} goes on", name(*lane)),
        Said::Locks { lane, lock } => format!("{} locks {lock}", name(*lane)),
        Said::Unlocks { lane, lock } => format!("{} unlocks {lock}", name(*lane)),
        Said::Ends { lane } => format!("{} ends", name(*lane)),
    };
    let all: Vec<String> = story.statements.iter().map(|it| said(&it.said)).collect();
    format!("Over time: {}.", all.join("; ").replace('`', ""))
}

/// Draws what the lines say, a layer a step.
pub(super) fn draw(kit: &Kit<'_>, drawing: &Drawing, mistakes: &mut Mistakes) -> Option<Drawn> {
    let story = Story::read(&drawing.lines, mistakes);
    if !mistakes.is_empty() {
        return None;
    }
    if story.statements.is_empty() {
        mistakes.push(Mistake::whole(
            "this drawing says nothing",
            "write a statement a line, like `main -> worker: job`",
        ));
        return None;
    }
    Some(plan::draw(kit, &story))
}
