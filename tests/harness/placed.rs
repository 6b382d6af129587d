//! A placed deck as an outline: each slide with its layout, and each slot with
//! what it holds; or each slide with the rows of its code.

use std::fmt::Write as _;

use deckc::fit;
use deckc::geom::Rect;
use deckc::model::{Block, BlockKind, Focus, Step, plain_text, walk};
use deckc::place::{Placed, PlacedSlide};

/// The outline of a placed deck.
pub(crate) fn placed(placed: &Placed) -> String {
    let mut out = String::new();
    for slide in &placed.slides {
        let moved = if slide.number == slide.source_number {
            String::new()
        } else {
            format!(" (slide {} of the source)", slide.source_number)
        };
        writeln!(out, "{}. {}: {}{moved}", slide.number, slide.layout, slide.reason).unwrap();
        for it in &slide.behind {
            let place = if it.under { "behind" } else { "beside" };
            let asset = &it.backing.image.asset;
            writeln!(out, "   {place}: {asset} {}", rect(it.room)).unwrap();
        }
        if slide.behind.iter().any(|it| !it.under) {
            writeln!(out, "   left: {}", rect(slide.area)).unwrap();
        }
        for slot in &slide.slots {
            let blocks: Vec<String> = slot.blocks.iter().map(block).collect();
            writeln!(out, "   {}: {}", slot.name, blocks.join(", ")).unwrap();
        }
    }
    out
}

/// A rectangle in points: its corner and its extent.
fn rect(rect: Rect) -> String {
    let Rect { x, y, w, h } = rect;
    format!("at {} {}, {} x {}", x.get(), y.get(), w.get(), h.get())
}

/// The slides with the rows of their code, as they are shown: numbers, hooks, and
/// `>` on what has the focus at the first step.
pub(crate) fn fitted(placed: &Placed) -> String {
    let mut out = String::new();
    for slide in &placed.slides {
        let mut head = format!("{}. {} #{}", slide.number, slide.title, slide.id);
        if let Some(time) = &slide.time {
            write!(head, " time={}", time.value).unwrap();
        }
        if slide.last_step != Step::FIRST {
            write!(head, " last-step={}", slide.last_step.0).unwrap();
        }
        if !slide.notes.is_empty() {
            head.push_str(" notes");
        }
        writeln!(out, "{head}").unwrap();
        for slot in &slide.slots {
            walk::blocks(&slot.blocks, &mut |block| rows(&mut out, slide, block));
        }
    }
    out
}

fn rows(out: &mut String, slide: &PlacedSlide, block: &Block) {
    let BlockKind::Code(code) = &block.kind else { return };
    if !code.focus.is_empty() {
        let states = code.focus.iter().map(|focus| match focus {
            Focus::All => "all".to_owned(),
            Focus::Lines(lines) => lines.iter().map(u32::to_string).collect::<Vec<_>>().join(","),
        });
        writeln!(out, "   focus {}", states.collect::<Vec<_>>().join(" | ")).unwrap();
    }
    for remark in &code.remarks {
        let step = remark.step.0;
        writeln!(out, "   beside {} @{step}", code.lines_of(remark).to_lowercase()).unwrap();
    }
    let all = fit::rows(code, None, slide.wraps.get(&block.id));
    for row in fit::spread(all, slide.gaps.get(&block.id)) {
        let number = match code.number(row.line).filter(|_| row.hang.is_none()) {
            Some(number) => format!("{number:>3} "),
            None if code.numbers.is_some() => "    ".to_owned(),
            None => String::new(),
        };
        let hang = row.hang.map_or(String::new(), |hang| format!("{:>hang$}", "↪ "));
        let line = format!("   | {number}{hang}{}", row.text());
        writeln!(out, "{}", line.trim_end()).unwrap();
    }
}

/// A block in a few words.
fn block(block: &Block) -> String {
    let kind = block.kind.name();
    match &block.kind {
        BlockKind::Heading { content, .. } | BlockKind::Para { content } => {
            format!("{kind} {:?}", plain_text(content))
        }
        BlockKind::Image(image) if image.drawing.is_some() => format!("{kind} {:?}", image.alt),
        BlockKind::List(_)
        | BlockKind::Quote { .. }
        | BlockKind::Callout(_)
        | BlockKind::Code(_)
        | BlockKind::Image(_)
        | BlockKind::Table(_)
        | BlockKind::Formula(_) => kind.to_owned(),
    }
}
