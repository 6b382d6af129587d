//! The delivery guide: what the speaker carries besides the slides.
//!
//! Takes a placed deck and what was verified of it, gives blocks of the model:
//! checklists, the plan by the clock, the script by section, what to skip and
//! what to add, demos, questions, what comes after. The writers set them like
//! any other text. A line is ticked only where deckc itself has seen to it.

mod advice;
mod checklist;
mod cues;
mod facts;
mod script;
mod spare;
mod text;

use std::collections::BTreeMap;

pub use self::facts::{Clock, Examples, Facts, PdfFacts};
use self::text::{Text, labelled, quoted, said};
use crate::model::{Align, Block, BlockId, BlockKind, Role, Time, walk};
use crate::place::{Placed, PlacedSlide};
use crate::plan::Plan;

/// A guide.
#[derive(Clone, Debug, PartialEq)]
pub struct Guide {
    /// What it is called.
    pub title: String,
    /// What it says. Headings have their levels, from 1.
    pub blocks: Vec<Block>,
}

impl Guide {
    /// The level of each heading.
    #[must_use]
    pub fn levels(&self) -> BTreeMap<BlockId, u8> {
        let level = |block: &Block| {
            let BlockKind::Heading { level, .. } = &block.kind else { return None };
            Some((block.id, *level))
        };
        self.blocks.iter().filter_map(level).collect()
    }
}

/// What the parts of the guide are made from.
struct Talk<'a> {
    placed: &'a Placed,
    plan: Plan,
    starts: Vec<Time>,
    facts: &'a Facts,
}

impl Talk<'_> {
    /// How long some slides take; optional ones are not counted.
    fn time(&self, slides: std::ops::Range<usize>) -> Time {
        let main = self.plan.slides[slides].iter().filter(|it| it.role == Role::Main);
        Time(main.fold(0, |sum: u32, it| sum.saturating_add(it.time.0)))
    }

    /// What the clock shows at a time of the talk.
    fn clock(&self, time: Time) -> String {
        self.facts.start.map_or_else(|| time.to_string(), |start| start.after(time))
    }

    /// The slides with a role, in order.
    fn with_role(&self, role: Role) -> impl Iterator<Item = &PlacedSlide> {
        self.placed.slides.iter().filter(move |slide| slide.role == role)
    }

    /// How long a slide takes.
    fn planned(&self, slide: &PlacedSlide) -> Time {
        self.plan.slides.get(slide.number - 1).map(|it| it.time).unwrap_or_default()
    }
}

/// Writes the guide of a deck.
#[must_use]
pub fn guide(placed: &Placed, facts: &Facts) -> Guide {
    let plan = Plan::of(placed);
    let starts = plan.starts();
    let talk = Talk { placed, plan, starts, facts };
    let mut out = Text::after(last_id(placed));
    head(&talk, &mut out);
    checklist::checklist(&talk, &mut out);
    timing(&talk, &mut out);
    script::script(&talk, &mut out);
    parts(&mut out, "Delivery Tips", &advice::DELIVERY);
    spare::questions(&talk, &mut out);
    spare::backup(&talk, &mut out);
    spare::demos(&talk, &mut out);
    parts(&mut out, "Common Pitfalls to Avoid", &advice::PITFALLS);
    energy(&talk, &mut out);
    ticked_parts(&mut out, "Post-Talk", &advice::AFTERWARDS);
    looks(&mut out);
    parts(&mut out, "Confidence Boosters", &advice::CONFIDENCE);
    parts(&mut out, "Success Metrics", &advice::SUCCESS);
    ticked_parts(&mut out, "Final Checklist", &advice::FINAL);
    out.heading(2, "Remember");
    out.para(said("You know this talk. Say the first sentence, and the rest will follow."));
    contacts(&talk, &mut out);
    out.heading(2, "Post-Talk Reflection");
    let rows = advice::REFLECTION.iter().map(|it| vec![(*it).to_owned(), String::new()]).collect();
    out.table(&[("Question", Align::Left), ("Note", Align::Left)], rows);
    Guide { title: format!("{}: delivery guide", placed.title()), blocks: out.finish() }
}

/// The highest name of a block in the deck.
fn last_id(placed: &Placed) -> u32 {
    let mut last = 0;
    for slide in &placed.slides {
        let shown = slide.slots.iter().map(|slot| &slot.blocks);
        for blocks in shown.chain(slide.notes.iter().map(|note| &note.blocks)) {
            walk::ids(blocks, &mut |id| last = last.max(id.0));
        }
        last = slide.footnotes.iter().map(|note| note.id.0).fold(last, u32::max);
    }
    last
}

/// The title, and what the talk is.
fn head(talk: &Talk<'_>, out: &mut Text) {
    let meta = &talk.placed.meta;
    out.heading(1, "Talk Delivery Guide");
    out.para(labelled(talk.placed.title(), Vec::new()));
    let speaker = meta.speaker.as_ref().map(|it| it.value.name.clone());
    let event = meta.event.as_ref().map(|it| it.value.clone());
    let day = Some(meta.day()).filter(|day| !day.is_empty());
    let known: Vec<String> = [speaker, event, day].into_iter().flatten().collect();
    if !known.is_empty() {
        out.para(quoted(&known.join(" · ")));
    }
}

/// Sections by the clock.
fn timing(talk: &Talk<'_>, out: &mut Text) {
    out.heading(2, "Talk Structure & Timing");
    let mut rows = Vec::new();
    let mut now = Time(0);
    for (at, section) in talk.plan.sections.iter().enumerate() {
        let time = talk.time(section.slides.clone());
        let end = Time(now.0.saturating_add(time.0));
        rows.push(vec![
            script::name(talk, at, section),
            numbers(&section.slides),
            time.to_string(),
            talk.clock(now),
            talk.clock(end),
        ]);
        now = end;
    }
    let meta = &talk.placed.meta;
    if let Some(qa) = &meta.qa {
        // Questions begin where the room for talking ends, not before.
        let from = talk.plan.room.map_or(now, |room| room.max(now));
        let end = Time(from.0.saturating_add(qa.value.0));
        if let Some(spare) = from.0.checked_sub(now.0).filter(|spare| *spare > 0) {
            let spare = Time(spare).to_string();
            rows.push(vec![
                "To spare".into(),
                String::new(),
                spare,
                talk.clock(now),
                talk.clock(from),
            ]);
        }
        let qa = qa.value.to_string();
        rows.push(vec!["Questions".into(), String::new(), qa, talk.clock(from), talk.clock(end)]);
    }
    let left = Align::Left;
    let right = Align::Right;
    out.table(
        &[("Part", left), ("Slides", right), ("Time", right), ("From", right), ("Until", right)],
        rows,
    );
}

/// `4`, `4 to 9`: numbers of slides in the outputs.
fn numbers(slides: &std::ops::Range<usize>) -> String {
    match (slides.start + 1, slides.end) {
        (first, last) if first == last => first.to_string(),
        (first, last) => format!("{first} to {last}"),
    }
}

/// A part with lists below it.
fn parts(out: &mut Text, title: &str, parts: &[advice::Part]) {
    out.heading(2, title);
    for (name, lines) in parts {
        out.heading(3, name);
        out.bullets(lines.iter().map(|line| said(line)));
    }
}

/// A part with lists to tick below it.
fn ticked_parts(out: &mut Text, title: &str, parts: &[advice::Part]) {
    out.heading(2, title);
    for (name, lines) in parts {
        out.heading(3, name);
        out.tasks(lines.iter().map(|line| (false, said(line))));
    }
}

/// Where the energy goes, and what the notes say of it.
fn energy(talk: &Talk<'_>, out: &mut Text) {
    parts(out, "Energy Management", &advice::ENERGY);
    let mut lines = Vec::new();
    for (at, section) in talk.plan.sections.iter().enumerate() {
        for energy in script::energy(talk, section) {
            lines.push(labelled(&format!("{}:", script::name(talk, at, section)), energy));
        }
    }
    if !lines.is_empty() {
        out.heading(3, "In this talk");
        out.bullets(lines);
    }
}

/// What the slides keep to; deckc refuses those that do not.
fn looks(out: &mut Text) {
    out.heading(2, "Slide Deck Tips");
    out.heading(3, "Visual design");
    out.tasks([
        (true, said("Large type: code and text at 24 pt or more")),
        (true, said("High contrast: 7:1 for text and code on everything behind them")),
        (false, said("Bullets, not paragraphs: `deckc check` tells")),
        (false, said("A diagram where a picture says it sooner")),
    ]);
    out.heading(3, "Code slides");
    out.tasks([
        (true, said("Nothing wraps, shrinks or is cut without a word")),
        (false, said("At most 15 lines a slide: `deckc check` tells")),
        (false, said("The lines that matter stand out: `{2|4-6|all}`")),
        (false, said("What does not matter is left out, and marked as left out")),
    ]);
    out.heading(3, "Transition slides");
    out.bullets(advice::TRANSITIONS.iter().map(|line| said(line)));
}

fn contacts(talk: &Talk<'_>, out: &mut Text) {
    out.heading(2, "Emergency Contacts");
    let given = &talk.facts.contacts;
    let known = |role: &&str| given.iter().any(|(it, _)| it.eq_ignore_ascii_case(role));
    let mut rows: Vec<Vec<String>> =
        given.iter().map(|(role, how)| vec![role.clone(), how.clone()]).collect();
    let open = advice::CONTACTS.iter().filter(|role| !known(role));
    rows.extend(open.map(|role| vec![(*role).to_owned(), String::new()]));
    out.table(&[("Who", Align::Left), ("Name and number", Align::Left)], rows);
}

/// `1 page`, `2 pages`.
fn count(n: usize, word: &str) -> String {
    if n == 1 { format!("1 {word}") } else { format!("{n} {word}s") }
}
