//! A deck as an indented outline: the model as a reader of the manual sees it.
//!
//! Numbers of blocks and spans are left out; what has its default value too.

use std::fmt::Write as _;

use deckc::model::{
    Align, Background, Backing, Block, BlockKind, Code, CodeFile, CodeLine, Column, Deck, Extent,
    Fit, Focus, Image, Inline, InlineKind, List, Meta, Overflow, Role, Showing, Size, Slide,
    Speaker, Step, Style, Table, Task, Transition,
};
use deckc::source::Spanned;

/// The outline of a deck.
pub(crate) fn outline(deck: &Deck) -> String {
    let mut out = Outline::default();
    meta(&mut out, &deck.meta);
    for found in &deck.slides {
        slide(&mut out, found);
    }
    out.text
}

/// Lines and how deep they stand.
#[derive(Default)]
struct Outline {
    text: String,
    depth: usize,
}

impl Outline {
    fn line(&mut self, line: &str) {
        writeln!(self.text, "{}{}", "  ".repeat(self.depth), line.trim_end()).unwrap();
    }

    fn within(&mut self, write: impl FnOnce(&mut Self)) {
        self.depth += 1;
        write(self);
        self.depth -= 1;
    }
}

fn meta(out: &mut Outline, meta: &Meta) {
    let mut text = |key: &str, value: &Option<Spanned<String>>| {
        if let Some(value) = value {
            out.line(&format!("{key}: {:?}", value.value));
        }
    };
    text("title", &meta.title);
    text("subtitle", &meta.subtitle);
    text("description", &meta.description);
    text("event", &meta.event);
    text("event-link", &meta.event_link);
    text("date", &meta.date);
    text("lang", &meta.lang);
    text("theme", &meta.theme);
    text("footer", &meta.footer);
    text("logo", &meta.logo);
    if let Some(Spanned { value: Speaker { name, affiliation, img, bio, links }, .. }) =
        &meta.speaker
    {
        out.line(&format!("speaker: {name:?}"));
        out.within(|out| {
            for (key, value) in [("affiliation", affiliation), ("img", img), ("bio", bio)] {
                if let Some(value) = value {
                    out.line(&format!("{key}: {value:?}"));
                }
            }
            for link in links {
                out.line(&format!("link: {link:?}"));
            }
        });
    }
    if meta.size != deckc::geom::Canvas::default() {
        out.line(&format!("size: {:?}", meta.size));
    }
    for (key, time) in [("slot", &meta.slot), ("qa", &meta.qa)] {
        if let Some(time) = time {
            out.line(&format!("{key}: {}", time.value));
        }
    }
    if meta.overflow == Overflow::Split {
        out.line("overflow: split");
    }
    if meta.transition != Transition::None {
        out.line(&format!("transition: {}", meta.transition.name()));
    }
    if meta.slide_level > 0 {
        out.line(&format!("slide-level: {}", meta.slide_level));
    }
    for tag in &meta.tags {
        out.line(&format!("tag: {:?}", tag.value));
    }
    for (key, value) in &meta.page {
        out.line(&format!("page {key}: {}", value.value));
    }
}

fn slide(out: &mut Outline, slide: &Slide) {
    let mut head = format!("slide #{}", slide.id);
    if let Some(layout) = &slide.layout {
        write!(head, " layout={}", layout.value).unwrap();
    }
    if let Some(time) = &slide.time {
        write!(head, " time={}", time.value).unwrap();
    }
    if let Some(time) = &slide.section_time {
        write!(head, " section-time={}", time.value).unwrap();
    }
    if slide.role != Role::Main {
        write!(head, " role={}", slide.role.name()).unwrap();
    }
    if let Some(transition) = slide.motion.transition {
        write!(head, " transition={}", transition.name()).unwrap();
    }
    if let Some(animate) = &slide.motion.animate {
        write!(head, " animate={}", animate.value).unwrap();
    }
    if slide.last_step != Step::FIRST {
        write!(head, " last-step={}", slide.last_step.0).unwrap();
    }
    out.line(&head);
    out.within(|out| {
        for allow in &slide.allow {
            out.line(&format!("allow {}: {:?}", allow.rule.value, allow.reason));
        }
        if let Some(found) = &slide.background {
            background(out, found);
        }
        for group in &slide.groups {
            match &group.slot {
                Some(slot) => {
                    out.line(&format!("slot {}", slot.value));
                    out.within(|out| blocks(out, &group.blocks));
                }
                None => blocks(out, &group.blocks),
            }
        }
        for footnote in &slide.footnotes {
            out.line(&format!("footnote {}: {}", footnote.number, inlines(&footnote.content)));
        }
        for note in &slide.notes {
            out.line("note");
            out.within(|out| blocks(out, &note.blocks));
        }
    });
}

fn blocks(out: &mut Outline, blocks: &[Block]) {
    for found in blocks {
        block(out, found);
    }
}

/// ` @2` for what appears at step 2.
fn at(step: Step) -> String {
    if step == Step::FIRST { String::new() } else { format!(" @{}", step.0) }
}

fn block(out: &mut Outline, block: &Block) {
    let step = at(block.step);
    match &block.kind {
        BlockKind::Heading { level, content } => {
            out.line(&format!("heading {level}{step}: {}", inlines(content)));
        }
        BlockKind::Para { content } => out.line(&format!("text{step}: {}", inlines(content))),
        BlockKind::List(found) => list(out, found, &step),
        BlockKind::Quote { blocks: inner } => {
            out.line(&format!("quote{step}"));
            out.within(|out| blocks(out, inner));
        }
        BlockKind::Callout(callout) => {
            let title = callout.title.as_ref().map_or(String::new(), |it| format!(" {it:?}"));
            let kind = callout.kind.title().to_lowercase();
            out.line(&format!("callout {kind}{title}{step}"));
            out.within(|out| blocks(out, &callout.blocks));
        }
        BlockKind::Code(found) => code(out, found, &step),
        BlockKind::Image(found) => out.line(&format!("image{step}: {}", image(found))),
        BlockKind::Table(found) => table(out, found, &step),
        BlockKind::Formula(found) => {
            for line in format!("formula{step}: {} | {:?}", found.tex, found.spoken).lines() {
                out.line(line);
            }
        }
    }
}

fn list(out: &mut Outline, list: &List, step: &str) {
    let start = list.start.map_or(String::new(), |start| format!(" from {start}"));
    let tight = if list.tight { "" } else { " loose" };
    out.line(&format!("list{start}{tight}{step}"));
    out.within(|out| {
        for item in &list.items {
            let task = match item.task {
                Some(true) => " [x]",
                Some(false) => " [ ]",
                None => "",
            };
            let head = format!("item{task}{}", at(item.step));
            // An item that is a line of text stays one line of the outline.
            match item.blocks.as_slice() {
                [Block { kind: BlockKind::Para { content }, .. }, rest @ ..] => {
                    out.line(&format!("{head}: {}", inlines(content)));
                    out.within(|out| blocks(out, rest));
                }
                all => {
                    out.line(&head);
                    out.within(|out| blocks(out, all));
                }
            }
        }
    });
}

/// A line of code, with tab stops as the fence says, or four columns apart.
fn expanded(line: &CodeLine, tabs: Option<usize>) -> String {
    let mut line = line.clone();
    line.expand_tabs(tabs.unwrap_or(4));
    line.text
}

fn code(out: &mut Outline, code: &Code, step: &str) {
    let mut head = String::from("code");
    if let Some(lang) = &code.lang {
        write!(head, " {}", lang.value.0).unwrap();
    }
    if code.wrap {
        head.push_str(" wrap");
    }
    if let Some(first) = code.numbers {
        write!(head, " lines={first}").unwrap();
    }
    if let Some(CodeFile { path, first, last, .. }) = code.file.as_deref() {
        write!(head, " {path}:{first}-{last}").unwrap();
    }
    if let Some(CodeFile { path, first, last, .. }) = code.base.as_deref() {
        write!(head, " against {path}:{first}-{last}").unwrap();
    }
    if let Some(caption) = &code.caption {
        write!(head, " caption={caption:?}").unwrap();
    }
    match code.task.as_ref().map(|task| &task.value) {
        None => {}
        Some(Task::Check) => head.push_str(" check"),
        Some(Task::Run) => head.push_str(" run"),
        Some(Task::Race) => head.push_str(" race"),
        Some(Task::Bench) => {
            head.push_str(" bench");
            let bench = code.bench.as_deref();
            if let Some(raw) = bench.and_then(|bench| bench.raw.as_ref()) {
                write!(head, "={}", raw.value).unwrap();
            }
            if let Some(count) = bench.and_then(|bench| bench.count) {
                write!(head, " count={count}").unwrap();
            }
        }
        Some(Task::Fail(text)) => write!(head, " fail={text:?}").unwrap(),
        Some(Task::Ignore(why)) => write!(head, " ignore={why:?}").unwrap(),
    }
    if let Some(id) = &code.program {
        write!(head, " id={}", id.value).unwrap();
    }
    for (n, focus) in (0..).zip(&code.focus) {
        let lines = match focus {
            Focus::All => "all".to_owned(),
            Focus::Lines(lines) => lines.iter().map(u32::to_string).collect::<Vec<_>>().join(","),
        };
        let step = if n == 0 { String::new() } else { at(Step(code.focus_from.0 + n - 1)) };
        write!(head, " focus{step}={lines}").unwrap();
    }
    out.line(&format!("{head}{step}"));
    out.within(|out| {
        for at in 0..=code.lines.len() {
            for hidden in code.hidden.iter().filter(|hidden| hidden.before == at) {
                out.line(&format!("hidden | {}", expanded(&hidden.line, code.tabs)));
            }
            if let Some(line) = code.lines.get(at) {
                // Numbers are shown where they do not just rise.
                let number = match code.number(at) {
                    _ if code.lines.iter().all(|it| it.elided == 0 && it.change.is_none()) => {
                        String::new()
                    }
                    Some(number) => format!("{number:>3} "),
                    None if code.numbers.is_some() => "    ".to_owned(),
                    None => String::new(),
                };
                let change = match line.change {
                    Some(_) if !code.signed => "changed ",
                    Some(_) | None => "",
                };
                out.line(&format!("{number}{change}| {}", expanded(line, code.tabs)));
            }
        }
        for remark in &code.remarks {
            let lines = code.lines_of(remark).to_lowercase();
            out.line(&format!("beside {lines}{}: {}", at(remark.step), inlines(&remark.content)));
        }
    });
}

fn table(out: &mut Outline, table: &Table, step: &str) {
    let columns: Vec<&str> = table
        .columns
        .iter()
        .map(|column| match column {
            Column::Text(Align::Left) => "left",
            Column::Text(Align::Center) => "center",
            Column::Text(Align::Right) => "right",
            Column::Numbers { mark: ',' } => "comma",
            Column::Numbers { .. } => "point",
        })
        .collect();
    out.line(&format!("table{step}: {}", columns.join(" ")));
    out.within(|out| {
        for row in std::iter::once(&table.head).chain(&table.rows) {
            let cells: Vec<String> = row.iter().map(|cell| inlines(&cell.content)).collect();
            out.line(&format!("| {} |", cells.join(" | ")));
        }
    });
}

fn background(out: &mut Outline, background: &Background) {
    let split = background.split.map(|it| format!(" {} {}%", it.side.name(), it.share));
    let stacked = if background.stacked { " vertical" } else { "" };
    out.line(&format!("background{}{stacked}", split.unwrap_or_default()));
    out.within(|out| {
        for Backing { image, size, opacity, .. } in &background.pictures {
            let size = match size {
                Size::Cover => String::new(),
                Size::Contain => " contain".to_owned(),
                Size::Auto => " auto".to_owned(),
                Size::Within(w, h) => extent("w", *w) + &extent("h", *h),
            };
            let faded = Some(opacity).filter(|it| **it != Backing::OPAQUE);
            let faded = faded.map(|it| format!(" opacity {it}%")).unwrap_or_default();
            out.line(&format!("{}{size}{faded}", image.asset));
        }
    });
}

/// A length of a picture, where it has one.
fn extent(name: &str, extent: Option<Extent>) -> String {
    match extent {
        None => String::new(),
        Some(Extent::Points(points)) => format!(" {name}={points}pt"),
        Some(Extent::Percent(share)) => format!(" {name}={share}%"),
    }
}

fn image(image: &Image) -> String {
    let decorative = if image.decorative { " decorative" } else { "" };
    let caption =
        if image.caption.is_empty() { String::new() } else { format!(" {:?}", image.caption) };
    let Some(drawing) = &image.drawing else {
        let Showing { width, height, fit, edit: _ } = &image.showing;
        let (w, h) = (extent("w", *width), extent("h", *height));
        let fit = if *fit == Fit::Cover { " fit=cover" } else { "" };
        let video = image.video.as_ref().map_or(String::new(), |it| {
            let words = [(it.autoplay, " autoplay"), (it.looped, " loop"), (it.muted, " muted")];
            let words: String = words.iter().filter(|(is, _)| *is).map(|(_, it)| *it).collect();
            format!(" of video {}{words}", it.asset)
        });
        let asset = &image.asset;
        return format!("{asset}{video} {:?}{decorative}{caption}{w}{h}{fit}", image.alt);
    };
    let steps = match drawing.further_steps {
        0 => String::new(),
        further => {
            format!(" steps {}-{}", drawing.steps_from.0, drawing.steps_from.0 + further - 1)
        }
    };
    let words =
        drawing.words.iter().filter(|word| !["alt", "caption"].contains(&&*word.name.value));
    let words: String = words.flat_map(|it| [" ", &it.name.value, "=", &it.value.value]).collect();
    format!(
        "{} of {} lines {:?}{decorative}{caption}{words}{steps}",
        drawing.kind.name(),
        drawing.lines.len(),
        image.alt
    )
}

/// Text as it is, and everything else as `name(...)`.
fn inlines(content: &[Inline]) -> String {
    content.iter().map(inline).collect()
}

fn inline(inline: &Inline) -> String {
    match &inline.kind {
        InlineKind::Text { text } => text.clone(),
        InlineKind::Code { text } => format!("code({text})"),
        InlineKind::Styled { style, content } => {
            let inner = inlines(content);
            match style {
                Style::Emph => format!("emph({inner})"),
                Style::Strong => format!("strong({inner})"),
                Style::Strike => format!("strike({inner})"),
                Style::Underline => format!("underline({inner})"),
                Style::Mark => format!("mark({inner})"),
                Style::Kbd => format!("kbd({inner})"),
                Style::Sub => format!("sub({inner})"),
                Style::Sup => format!("sup({inner})"),
                Style::Small => format!("small({inner})"),
                Style::Muted => format!("muted({inner})"),
                Style::Abbr { title } => format!("abbr({inner}, {title:?})"),
            }
        }
        InlineKind::Link { target, title, content } => {
            let title = if title.is_empty() { String::new() } else { format!(", {title:?}") };
            format!("link({}, {target}{title})", inlines(content))
        }
        InlineKind::Image(found) => format!("image({})", image(found)),
        InlineKind::Icon { name, alt } if alt.is_empty() => format!("icon({name})"),
        InlineKind::Icon { name, alt } => format!("icon({name}, {alt:?})"),
        InlineKind::Formula(found) => format!("formula({}, {:?})", found.tex, found.spoken),
        InlineKind::Break => "break()".to_owned(),
        InlineKind::FootnoteRef { number } => format!("footnote({number})"),
    }
}
