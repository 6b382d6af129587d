//! What is held ready: answers, what to add or to skip, and demos.

use super::text::{Text, labelled, quoted, said};
use super::{Talk, advice};
use crate::model::{Block, BlockKind, Code, Role, Time, walk};
use crate::place::PlacedSlide;

/// Whether a backup slide answers a question: its title asks one.
pub(super) fn is_question(slide: &PlacedSlide) -> bool {
    slide.title.trim_end().ends_with(['?', '\u{ff1f}', '\u{61f}'])
}

/// What a slide says below its title, then its notes.
fn answer(slide: &PlacedSlide, out: &mut Text) {
    let title = crate::outline::title(slide).map(|block| block.id);
    let shown = slide.slots.iter().flat_map(|slot| &slot.blocks);
    out.of_deck(shown.filter(|block| Some(block.id) != title));
    out.of_deck(slide.notes.iter().flat_map(|note| &note.blocks));
}

pub(super) fn questions(talk: &Talk<'_>, out: &mut Text) {
    out.heading(2, "Handling Questions");
    out.heading(3, "During the talk");
    out.bullets(advice::DURING.iter().map(|line| said(line)));
    out.heading(3, "Q&A session");
    let mut any = false;
    for slide in talk.with_role(Role::Backup).filter(|slide| is_question(slide)) {
        any = true;
        let number = slide.number;
        out.heading(4, &format!("Q: {} (slide {number})", slide.title.replace('`', "")));
        answer(slide, out);
    }
    if !any {
        out.para(said(
            "No backup slide asks a question: one with `role: backup` and a title that ends in \
             a question mark comes here, with its answer.",
        ));
    }
    out.heading(3, "If you don't know");
    out.bullets(advice::UNKNOWN.iter().map(|line| said(line)));
}

/// What to add when there is time to spare, and what to skip when there is none.
pub(super) fn backup(talk: &Talk<'_>, out: &mut Text) {
    out.heading(2, "Backup Content");
    out.heading(3, "If running ahead of time");
    let mut any = false;
    for slide in talk.with_role(Role::Optional) {
        any = true;
        let (number, time) = (slide.number, talk.planned(slide));
        out.bullets([quoted(&format!("Slide {number}, {}: {time}", slide.title))]);
    }
    let extra = talk.with_role(Role::Backup).filter(|slide| !is_question(slide));
    for (nth, slide) in (1..).zip(extra.filter(|slide| commands(slide).is_none())) {
        any = true;
        let (title, time) = (slide.title.replace('`', ""), talk.planned(slide));
        let number = slide.number;
        out.heading(4, &format!("Extra example {nth}: {title} (slide {number}, {time})"));
        answer(slide, out);
    }
    if !any {
        out.para(said("Nothing: `role: backup` and `role: optional` mark slides for it."));
    }
    out.heading(3, "If running behind");
    let mut saved = 0u32;
    let mut lines = Vec::new();
    for slide in talk.with_role(Role::Optional) {
        let time = talk.planned(slide);
        saved = saved.saturating_add(time.0);
        let (number, all) = (slide.number, Time(saved));
        lines.push(quoted(&format!("Slide {number}, {}: {time}, {all} in all", slide.title)));
    }
    if lines.is_empty() {
        out.para(said("Nothing can be skipped: `role: optional` marks slides that can."));
    } else {
        out.para(labelled("Skip these slides, the presenter view does it with a key:", Vec::new()));
        out.bullets(lines);
    }
}

/// The languages of commands.
const SHELLS: [&str; 10] =
    ["sh", "bash", "zsh", "fish", "shell", "console", "shell-session", "powershell", "ps1", "bat"];

/// The first commands on a slide or in its notes.
fn commands(slide: &PlacedSlide) -> Option<&Block> {
    let shown = slide.slots.iter().map(|slot| &slot.blocks);
    let noted = slide.notes.iter().map(|note| &note.blocks);
    let mut found = None;
    for blocks in shown.chain(noted) {
        walk::blocks(blocks, &mut |block| {
            let BlockKind::Code(Code { lang: Some(lang), .. }) = &block.kind else { return };
            if SHELLS.contains(&lang.value.0.to_lowercase().as_str()) {
                found = found.or(Some(block));
            }
        });
    }
    found
}

/// Slides that show commands, and what is said of them.
pub(super) fn demos(talk: &Talk<'_>, out: &mut Text) {
    out.heading(2, "Live Demo Script");
    let slides = talk.placed.slides.iter();
    let demos = slides.filter(|slide| commands(slide).is_some() && !is_question(slide));
    let mut any = false;
    for (nth, slide) in (1..).zip(demos) {
        any = true;
        let (title, number) = (slide.title.replace('`', ""), slide.number);
        out.heading(3, &format!("Demo {nth}: {title} (slide {number})"));
        let shown = slide.slots.iter().flat_map(|slot| &slot.blocks);
        let mut code = Vec::new();
        let noted = slide.notes.iter().flat_map(|note| &note.blocks);
        for block in shown.chain(noted) {
            walk::blocks(std::slice::from_ref(block), &mut |block| {
                if matches!(block.kind, BlockKind::Code(_)) {
                    code.push(block);
                }
            });
        }
        out.of_deck(code);
        out.para(labelled("What to say:", Vec::new()));
        let said = slide.notes.iter().flat_map(|note| &note.blocks);
        out.of_deck(said.filter(|block| !matches!(block.kind, BlockKind::Code(_))));
    }
    if !any {
        out.para(said("No slide shows commands of a shell; one that does comes here."));
    }
}
