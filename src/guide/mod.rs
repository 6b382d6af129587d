//! The delivery guide: what the speaker carries besides the slides.
//!
//! Takes a placed deck and what was verified of it, gives blocks of the model:
//! checklists, the plan by the clock, the script by section, what to skip and
//! what to add, demos, questions, what comes after. The writers set them like
//! any other text. A line is ticked only where deckc itself has seen to it.

mod advice;
mod cues;
mod script;
mod text;

use std::fmt::Write as _;

use self::text::{Task, Text, labelled, quoted, said};
use crate::model::{Align, Block, BlockKind, Code, Role, Time, walk};
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

/// What is known of a deck besides its slides.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Facts {
    /// The PDF of the slides, if it was made and read back.
    pub pdf: Option<PdfFacts>,
    /// What `deck.lock` says of the code, if there is one.
    pub examples: Option<Examples>,
    /// When the talk begins. `None` for a table that counts from 0:00.
    pub start: Option<Clock>,
    /// Who can be called: what they are, and how to reach them.
    pub contacts: Vec<(String, String)>,
}

/// What was read back from a PDF.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PdfFacts {
    /// How many pages it has.
    pub pages: usize,
    /// The standards that it keeps, like `PDF/UA-1 and PDF/A-2a`.
    pub standards: String,
    /// How many fonts it names.
    pub fonts: usize,
    /// How many of them are in the file.
    pub embedded: usize,
}

/// What `deckc test --update` keeps of the code of a deck.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Examples {
    /// How many parts of files and outputs of programs it keeps.
    pub kept: usize,
    /// How many of those that the deck shows are not as it keeps them.
    pub changed: usize,
}

/// A time of day, in seconds after midnight.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Clock(u32);

impl Clock {
    /// Reads `14:30`; `None` for anything that no clock shows.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let (hours, minutes) = text.split_once(':')?;
        let number = |text: &str, below: u32| -> Option<u32> {
            let digits = (1..=2).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit());
            text.parse().ok().filter(|number| digits && *number < below)
        };
        let (hours, minutes) = (number(hours, 24)?, number(minutes, 60)?);
        Some(Self(hours * 3600 + minutes * 60))
    }

    /// What it shows some time later: seconds only where there are any.
    fn after(self, time: Time) -> String {
        let now = (self.0 + time.0) % (24 * 3600);
        let (hours, minutes, seconds) = (now / 3600, now / 60 % 60, now % 60);
        let mut text = format!("{hours}:{minutes:02}");
        if seconds > 0 {
            let _ = write!(text, ":{seconds:02}");
        }
        text
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
    checklist(&talk, &mut out);
    timing(&talk, &mut out);
    script::script(&talk, &mut out);
    parts(&mut out, "Delivery Tips", &advice::DELIVERY);
    questions(&talk, &mut out);
    backup(&talk, &mut out);
    demos(&talk, &mut out);
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

/// What to do before: the lines that deckc has seen to are ticked.
fn checklist(talk: &Talk<'_>, out: &mut Text) {
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

/// Ticked where all code that was compiled and run is as the lock keeps it.
fn examples(known: Option<Examples>) -> Task {
    match known {
        Some(Examples { kept: 1.., changed: 0 }) => {
            let n = known.map_or(0, |it| it.kept);
            let parts = count(n, "part");
            (
                true,
                said(&format!(
                    "Code examples: {parts} of files and outputs as `deckc test` left them"
                )),
            )
        }
        Some(Examples { changed: changed @ 1.., .. }) => {
            let parts = count(changed, "part");
            (
                false,
                said(&format!(
                    "Code examples: {parts} not as `deckc test` left them: run it again"
                )),
            )
        }
        Some(_) | None => (false, said("Code examples compile and run: `deckc test`")),
    }
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
    let n = talk.with_role(Role::Backup).filter(|slide| !is_question(slide)).count();
    if n < 2 {
        return (false, said("Two or three extra examples, on backup slides"));
    }
    (true, said(&format!("Extra examples: {n} on backup slides")))
}

fn answers_task(talk: &Talk<'_>) -> Task {
    let n = talk.with_role(Role::Backup).filter(|slide| is_question(slide)).count();
    (false, said(&format!("Answers gone through: {} on backup slides", count(n, "question"))))
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

/// Whether a backup slide answers a question: its title asks one.
fn is_question(slide: &PlacedSlide) -> bool {
    slide.title.trim_end().ends_with(['?', '\u{ff1f}', '\u{61f}'])
}

/// What a slide says below its title, then its notes.
fn answer(slide: &PlacedSlide, out: &mut Text) {
    let title = crate::outline::title(slide).map(|block| block.id);
    let shown = slide.slots.iter().flat_map(|slot| &slot.blocks);
    out.of_deck(shown.filter(|block| Some(block.id) != title));
    out.of_deck(slide.notes.iter().flat_map(|note| &note.blocks));
}

fn questions(talk: &Talk<'_>, out: &mut Text) {
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
fn backup(talk: &Talk<'_>, out: &mut Text) {
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
fn demos(talk: &Talk<'_>, out: &mut Text) {
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_clock_goes_on_past_midnight() {
        assert_eq!(Clock::parse("23:50").map(|it| it.after(Time(900))), Some("0:05".to_owned()));
        assert_eq!(Clock::parse("9:05").map(|it| it.after(Time(61))), Some("9:06:01".to_owned()));
        for text in ["24:00", "12:60", "12", "12:5:1", "-1:00", "+1:00", "012:00", ":"] {
            assert_eq!(Clock::parse(text), None, "{text}");
        }
    }
}
