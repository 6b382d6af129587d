//! The checklist: what to do before the talk, ticked where deckc has seen to it.

use super::text::{Task, Text, said};
use super::{Examples, Talk, count, spare};
use crate::lock::Standing;
use crate::model::Role;

/// What to do before: the lines that deckc has seen to are ticked.
pub(super) fn checklist(talk: &Talk<'_>, out: &mut Text) {
    let open = |text: &str| -> Task { (false, said(text)) };
    out.heading(2, "Pre-Talk Checklist");
    out.heading(3, "Technical setup (1 day before)");
    let mut tasks = vec![examples(talk.facts.examples)];
    tasks.extend([
        open("Editor: syntax highlighting on, a theme that the back row can read"),
        open("Terminal: large type, a short prompt, history cleared"),
        open("Projector and screen sharing tried, at the resolution of the room"),
    ]);
    tasks.push(match &talk.facts.pdf {
        Some(pdf) => {
            let pages = count(pdf.pages, "page");
            (true, said(&format!("Backup slides as PDF: made, {pages}, {}", pdf.standards)))
        }
        None => open("Backup slides as PDF: `deckc build`"),
    });
    tasks.push(match &talk.facts.pdf {
        Some(pdf) if pdf.fonts == pdf.embedded => {
            (true, said(&format!("Fonts: all {} are in the PDF", pdf.fonts)))
        }
        Some(pdf) => {
            let said = said(&format!("Fonts: {} of {} are in the PDF", pdf.embedded, pdf.fonts));
            (false, said)
        }
        None => open("Fonts embedded: `deckc build` and `deckc verify`"),
    });
    // A deck with a finding of these laws has no guide.
    tasks.push((true, said("Slides: code at 24 pt or more, nothing cut, contrasts of 7:1")));
    tasks.extend([
        open("Code that is browsed live: cloned on this machine, at the right commit"),
        open("Demos: set up, run once from the start, and reset"),
    ]);
    out.tasks(tasks);

    out.heading(3, "Content preparation");
    let n = talk.placed.slides.len();
    out.tasks([
        open(&format!("All {} gone through", count(n, "slide"))),
        timing_task(talk),
        open("Spoken aloud, in full, against the clock: `S` in the slides, then `deckc check --rehearsal`"),
        extra_task(talk),
        answers_task(talk),
        open("Who you are, in two sentences"),
    ]);

    out.heading(3, "Materials");
    out.tasks([
        open("Laptop charged, and its charger"),
        open("Adapter for the projector"),
        open("USB drive with the slides: `deckc bundle`, then `deckc verify`"),
        open("This guide on paper"),
        open("Water"),
        open("Clicker, and batteries for it"),
    ]);
}

/// Ticked where every program held, and is what it was then.
fn examples(known: Examples) -> Task {
    let Examples { programs: Standing { held, ran, open, ignored }, changed } = known;
    if held + open == 0 {
        return (false, said("Code examples: `deckc test` finds none; try what you show by hand"));
    }
    if 0 < open {
        let all = count(held + open, "program");
        return (
            false,
            said(&format!(
                "Code examples: {open} of {all} not tested as they are: `deckc test --update`"
            )),
        );
    }
    if 0 < changed {
        let parts = count(changed, "part");
        return (
            false,
            said(&format!(
                "Code examples: {parts} changed since they were tested: `deckc test --update`"
            )),
        );
    }
    let ran = if ran == 0 { String::new() } else { format!(", {ran} of them run") };
    let left = if ignored == 0 { String::new() } else { format!("; {ignored} left alone") };
    (true, said(&format!("Code examples compile: {held} tested as they are{ran}{left}")))
}

/// Ticked where every slide of the plan has its time and all of them fit.
fn timing_task(talk: &Talk<'_>) -> Task {
    let main = talk.plan.slides.iter().filter(|it| it.role == Role::Main);
    let estimated = main.clone().filter(|it| !it.given).count();
    let total = talk.time(0..talk.plan.slides.len());
    let qa = talk.placed.meta.qa.as_ref().map(|qa| qa.value);
    let left = qa.map(|qa| format!(", {qa} left for questions")).unwrap_or_default();
    match talk.plan.room {
        Some(room) if estimated == 0 && total <= room => {
            (true, said(&format!("Timing: {total} planned, {room} to fill{left}")))
        }
        Some(room) if estimated == 0 => {
            (false, said(&format!("Timing: {total} planned, only {room} to fill{left}")))
        }
        Some(room) => {
            let times = count(estimated, "time");
            (false, said(&format!("Timing: {total} of {room}{left}; {times} of it estimated")))
        }
        None => (false, said(&format!("Timing: {total}; `slot:` says how long there is"))),
    }
}

fn extra_task(talk: &Talk<'_>) -> Task {
    let n = talk.with_role(Role::Backup).filter(|slide| !spare::is_question(slide)).count();
    if n < 2 {
        return (false, said("Two or three extra examples, on backup slides"));
    }
    (true, said(&format!("Extra examples: {n} on backup slides")))
}

fn answers_task(talk: &Talk<'_>) -> Task {
    let n = talk.with_role(Role::Backup).filter(|slide| spare::is_question(slide)).count();
    (false, said(&format!("Answers gone through: {} on backup slides", count(n, "question"))))
}
