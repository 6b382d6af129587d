//! Blocks as plain text that reads well as it is and as Markdown.

use super::{Block, BlockKind, plain_text};

/// The text of some blocks: paragraphs apart by a blank line, items behind their
/// bullets, code indented, a picture as its alternative text. Styling is lost.
#[must_use]
pub fn prose(blocks: &[Block]) -> String {
    let mut parts = Vec::new();
    for block in blocks {
        let text = one(block);
        if !text.trim().is_empty() {
            parts.push(text);
        }
    }
    parts.join("\n\n")
}

fn one(block: &Block) -> String {
    match &block.kind {
        BlockKind::Heading { content, .. } | BlockKind::Para { content } => plain_text(content),
        BlockKind::List(list) => {
            let item = |(nth, item): (usize, &super::Item)| {
                let bullet = match (item.task, list.start) {
                    (Some(true), _) => "- [x] ".to_owned(),
                    (Some(false), _) => "- [ ] ".to_owned(),
                    (None, Some(start)) => format!("{}. ", start as usize + nth),
                    (None, None) => "- ".to_owned(),
                };
                let within = if list.tight { tight(&item.blocks) } else { prose(&item.blocks) };
                hung(&bullet, &within)
            };
            let items: Vec<String> = list.items.iter().enumerate().map(item).collect();
            items.join(if list.tight { "\n" } else { "\n\n" })
        }
        BlockKind::Quote { blocks } => prefixed("> ", &prose(blocks)),
        BlockKind::Callout(callout) => {
            let title = callout.title.as_deref().unwrap_or(callout.kind.title());
            prefixed("> ", &format!("{title}\n\n{}", prose(&callout.blocks)))
        }
        BlockKind::Code(code) => {
            let lines: Vec<&str> = code.lines.iter().map(|line| line.text.as_str()).collect();
            let remarks = code.remarks.iter().map(|remark| {
                format!("\n\n{}: {}", code.lines_of(remark), plain_text(&remark.content))
            });
            prefixed("    ", &lines.join("\n")) + &remarks.collect::<String>()
        }
        BlockKind::Image(image) => image.alt.clone(),
        BlockKind::Formula(formula) => format!("$${}$$", formula.tex),
        BlockKind::Table(table) => {
            let row = |cells: &Vec<super::Cell>| {
                let cells: Vec<String> =
                    cells.iter().map(|cell| plain_text(&cell.content)).collect();
                format!("| {} |", cells.join(" | "))
            };
            let rule = format!("|{}", " --- |".repeat(table.columns.len()));
            let rows = table.rows.iter().map(row);
            std::iter::once(row(&table.head))
                .chain([rule])
                .chain(rows)
                .collect::<Vec<_>>()
                .join("\n")
        }
    }
}

/// Blocks of a tight item, one below the other.
fn tight(blocks: &[Block]) -> String {
    blocks.iter().map(one).collect::<Vec<_>>().join("\n")
}

/// A text behind a mark, its further lines below its first.
fn hung(mark: &str, text: &str) -> String {
    format!("{mark}{}", text.replace('\n', &format!("\n{}", " ".repeat(mark.len()))))
}

/// A text with something before each line.
fn prefixed(before: &str, text: &str) -> String {
    text.lines().map(|line| format!("{before}{line}")).collect::<Vec<_>>().join("\n")
}
