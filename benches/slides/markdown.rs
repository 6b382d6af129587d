//! The slides as deckc Markdown.

use super::content::{Body, Piece, Slide, Text};

/// The deck.
pub(super) fn write(slides: &[Slide]) -> String {
    let slides: Vec<String> = slides.iter().map(slide).collect();
    format!("---\ntitle: The benchmark\nlang: en\n---\n\n{}", slides.join("\n---\n\n"))
}

fn slide(slide: &Slide) -> String {
    let level = match slide.body {
        Body::Opening(_) | Body::Section(..) => "#",
        _ => "##",
    };
    let body = match &slide.body {
        Body::Opening(line) => text(line),
        Body::Section(recap, preview) => {
            format!("::: recap\n{}\n:::\n\n::: preview\n{}\n:::", text(recap), text(preview))
        }
        Body::Bullets(items, false) => bullets(items),
        Body::Bullets(items, true) => format!("::: steps\n{}\n:::", bullets(items)),
        Body::Code(code) => format!("```go\n{code}\n```"),
        Body::Picture(path, alt) => format!("![{alt}]({path})"),
        Body::Table(head, rows) => {
            let row = |cells: Vec<&str>| format!("| {} |", cells.join(" | "));
            let mut lines = vec![row(head.to_vec()), "| :-- | --: | --: | --: |".to_string()];
            lines.extend(rows.iter().map(|cells| row(cells.iter().map(String::as_str).collect())));
            lines.join("\n")
        }
        Body::Lesson(line, items) => format!("{}\n\n{}", text(line), bullets(items)),
    };
    let layout =
        if matches!(slide.body, Body::Section(..)) { "<!-- layout: section -->\n" } else { "" };
    format!("{layout}{level} {}\n\n{body}\n\n<!-- {} -->\n", slide.title, slide.note)
}

fn bullets(items: &[Text]) -> String {
    let items: Vec<String> = items.iter().map(|item| format!("- {}", text(item))).collect();
    items.join("\n")
}

fn text(pieces: Text) -> String {
    let piece = |piece: &Piece| match piece {
        Piece::T(text) => (*text).to_string(),
        Piece::C(text) => format!("`{text}`"),
        Piece::S(text) => format!("**{text}**"),
        Piece::E(text) => format!("*{text}*"),
    };
    pieces.iter().map(piece).collect()
}
