//! The script: section by section, how it opens, what must come across, what
//! leads over, and slide by slide what is said.

use super::cues::{Cue, Cues};
use super::text::{Text, labelled, said};
use super::{Talk, count};
use crate::model::{Inline, Role};
use crate::plan::Section;

/// What a section is called in the guide: the first one introduces, one whose
/// title says so concludes, the others are counted.
pub(super) fn name(talk: &Talk<'_>, at: usize, part: &Section) -> String {
    let slides = &talk.placed.slides;
    let opener = &slides[part.slides.start];
    let title = part.title.replace('`', "");
    if at == 0 && opener.layout != "section" {
        return "Introduction".to_owned();
    }
    let words = [title.to_lowercase(), opener.id.to_lowercase()];
    let ends = ["conclu", "summary", "in short", "wrap", "takeaway", "take home"];
    if ends.iter().any(|end| words.iter().any(|word| word.contains(end))) {
        return if title.to_lowercase().contains("conclu") {
            title
        } else {
            format!("Conclusion: {title}")
        };
    }
    let before = usize::from(slides.first().is_some_and(|slide| slide.layout != "section"));
    format!("Section {}: {title}", at + 1 - before)
}

/// What the notes of a section say of its energy.
pub(super) fn energy(talk: &Talk<'_>, part: &Section) -> Vec<Vec<Inline>> {
    let slides = talk.placed.slides[part.slides.clone()].iter();
    slides
        .flat_map(|slide| Cues::of(&slide.notes).all(Cue::Energy).cloned().collect::<Vec<_>>())
        .collect()
}

/// Writes the script.
pub(super) fn script(talk: &Talk<'_>, out: &mut Text) {
    for (at, part) in talk.plan.sections.iter().enumerate() {
        section(talk, at, part, out);
    }
}

fn section(talk: &Talk<'_>, at: usize, part: &Section, out: &mut Text) {
    let slides = &talk.placed.slides[part.slides.clone()];
    let (name, time) = (name(talk, at, part), talk.time(part.slides.clone()));
    out.heading(3, &format!("{name} ({time})"));
    let notes: Vec<Cues<'_>> = slides.iter().map(|slide| Cues::of(&slide.notes)).collect();

    // What the first slide opens with opens the section, and what the last one
    // leads over with leads out of it; the others have theirs in the script.
    let (first, last) = (0, notes.len() - 1);
    let of_section = |slide: usize, cue: Cue| match cue {
        Cue::Hook | Cue::KeyPoints => slide == first,
        Cue::Transition => slide == last,
        Cue::Energy | Cue::Call => true,
        Cue::Demo => false,
    };
    let heads = [
        (Cue::Hook, "Opening hook:"),
        (Cue::KeyPoints, "Key points to emphasize:"),
        (Cue::Energy, "Energy level:"),
    ];
    let tails = [(Cue::Call, "Call to action:"), (Cue::Transition, "Transition:")];
    let whole = |out: &mut Text, cues: &[(Cue, &str)]| {
        for (cue, label) in cues {
            for (_, it) in notes.iter().enumerate().filter(|(at, _)| of_section(*at, *cue)) {
                it.all(*cue).for_each(|text| out.para(labelled(label, text.clone())));
            }
        }
    };
    whole(out, &heads);
    out.para(labelled("What to say:", Vec::new()));
    for (at, (slide, it)) in slides.iter().zip(&notes).enumerate() {
        let place = part.slides.start + at;
        let title = if slide.title.is_empty() { "(no title)" } else { &slide.title };
        let (number, planned) = (slide.number, talk.plan.slides[place].time);
        let clock = match slide.role {
            Role::Optional => "optional".to_owned(),
            Role::Main | Role::Backup | Role::Hidden => talk.clock(talk.starts[place]),
        };
        let steps = match slide.last_step.0 {
            0 => String::new(),
            n => format!(", {}", count(n as usize, "step")),
        };
        out.heading(
            4,
            &format!("{number}. {} ({planned}, {clock}{steps})", title.replace('`', "")),
        );
        for (cue, text) in &it.cued {
            if of_section(at, *cue) {
                continue;
            }
            let label = match cue {
                Cue::Hook => "Opening:",
                Cue::KeyPoints => "Key points:",
                Cue::Transition => "Transition:",
                Cue::Energy => "Energy:",
                Cue::Demo => "Live demo opportunity:",
                Cue::Call => "Call to action:",
            };
            out.para(labelled(label, text.clone()));
        }
        out.of_deck(it.said.iter().copied());
        if slide.notes.is_empty() {
            out.para(said("No notes."));
        }
    }
    whole(out, &tails);
}
