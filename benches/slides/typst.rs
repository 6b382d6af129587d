//! The slides as Typst, as a speaker who knows Typst would write them: with
//! its own headings, lists, tables and highlighting, in the sizes, fonts and
//! colours of deckc's dark theme.

use std::fmt::Write as _;
use std::path::Path;

use deckc::diag::Diagnostics;
use deckc::source::{Source, Sources};
use deckc::theme::{self, Theme, Token};

use super::content::{Body, Piece, Slide, Text};

/// The deck.
pub(super) fn write(slides: &[Slide]) -> String {
    let mut out = header(&dark());
    for slide in slides {
        write_slide(&mut out, slide);
    }
    out
}

/// The theme that deckc takes when a deck names none.
fn dark() -> Theme {
    let (name, toml) = theme::BUILT_IN[0];
    let mut sources = Sources::default();
    let source = sources.add(Source::new(Path::new(name), toml));
    let mut diags = Diagnostics::default();
    theme::read(&sources, source, &mut diags).expect("a shipped theme is legal")
}

fn header(theme: &Theme) -> String {
    let (scale, palette) = (&theme.scale, &theme.palette);
    let size = |size: deckc::geom::Pt| format!("{}pt", size.get());
    format!(
        r#"#set document(title: "The benchmark")
#set page(
  width: 960pt, height: 540pt, margin: (x: 52pt, top: 24pt, bottom: 34pt),
  fill: rgb("{background}"), numbering: "1", footer-descent: 10pt,
  footer: context if counter(page).get().first() > 1 {{
    align(right, text(size: {small}, fill: rgb("{muted}"), counter(page).display()))
  }},
)
#set text(
  font: ("{text_font}", "{emoji}"), size: {body}, fill: rgb("{text}"), lang: "en", hyphenate: false,
  top-edge: 0.75em, bottom-edge: -0.25em,
)
#set par(leading: {leading}, spacing: {block})
#set list(marker: text(fill: rgb("{accent}"), "•"), indent: 0pt, body-indent: 14pt, spacing: {block})
#show heading: set text(size: {title}, weight: {title_weight}, fill: rgb("{title_fill}"))
#show raw: set text(font: "{code_font}", size: {body}, ligatures: false, features: (calt: 0))
#set raw(theme: "code.tmTheme", tab-size: 4)
#show raw.where(block: true): set text(size: {code})
#show raw.where(block: true): set par(leading: {code_leading})
#show raw.where(block: true): block.with(
  fill: rgb("{surface}"), inset: (x: {pad_x}, y: {pad_y}), radius: {radius}, width: 100%,
)
#set table(stroke: (_, y) => if y > 0 {{ (top: 1pt + rgb("{rule}")) }}, inset: (x: {cell_x}, y: {cell_y}))
#show table: set text(size: {table})
#show table.cell.where(y: 0): set text(weight: "bold")

#let slide(title, level: 2, body) = {{
  pagebreak(weak: true)
  block(height: 84pt, below: 16pt, align(bottom, heading(level: level, title)))
  body
}}
#let code-slide(title, body) = page(margin: (x: 16pt, top: 12pt, bottom: 22pt), {{
  block(height: 44pt, below: 8pt, align(horizon, heading(level: 2, title)))
  body
}})
#let opening(title, body) = {{
  v(60pt)
  block(height: 236pt, below: 20pt, align(bottom, text(size: {display}, heading(title))))
  text(size: {lead}, body)
}}
#let part(title, recap, preview) = {{
  pagebreak(weak: true)
  block(height: 204pt, below: 24pt, align(bottom, heading(title)))
  grid(columns: (1fr, 1fr), gutter: 48pt, recap, preview)
}}
"#,
        background = palette.background(),
        small = size(scale.small.size),
        muted = palette.muted(),
        text_font = theme.text_fonts[0],
        emoji = theme.text_fonts.last().expect("a theme names a family"),
        body = size(scale.body.size),
        text = palette.text(),
        leading = size(scale.body.pitch - scale.body.size),
        block = size(theme.space.block),
        accent = palette.accent(),
        title = size(scale.title.size),
        title_weight = scale.title.weight,
        title_fill = palette.title(),
        code_font = theme.code_fonts[0],
        code = size(scale.code.get()),
        code_leading = size(scale.code_pitch - scale.code.get()),
        surface = palette.surface(),
        pad_x = size(theme.space.pad_x),
        pad_y = size(theme.space.pad_y),
        radius = size(theme.space.radius),
        rule = palette.rule(),
        cell_x = size(theme.space.cell_x),
        cell_y = size(theme.space.cell_y),
        table = size(scale.table.size),
        display = size(scale.display.size),
        lead = size(scale.lead.size),
    )
}

fn write_slide(out: &mut String, slide: &Slide) {
    let title = escape(&slide.title);
    let written = match &slide.body {
        Body::Opening(line) => write!(out, "\n#opening[{title}][{}]\n", text(line)),
        Body::Section(recap, preview) => {
            write!(out, "\n#part[{title}][{}][{}]\n", text(recap), text(preview))
        }
        Body::Bullets(items, _) => write!(out, "\n#slide[{title}][\n{}\n]\n", bullets(items)),
        Body::Code(code) => write!(out, "\n#code-slide[{title}][\n```go\n{code}\n```\n]\n"),
        Body::Picture(path, alt) => {
            let image = format!("image(\"{path}\", height: 100%, alt: \"{alt}\")");
            write!(out, "\n#slide[{title}][\n#block(height: 1fr, align(center, {image}))\n]\n")
        }
        Body::Table(head, rows) => {
            let cells = |cells: Vec<&str>| {
                cells
                    .iter()
                    .map(|cell| format!("[{}]", escape(cell)))
                    .collect::<Vec<_>>()
                    .join(", ")
            };
            let rows: Vec<String> =
                rows.iter().map(|row| cells(row.iter().map(String::as_str).collect())).collect();
            write!(
                out,
                "\n#slide[{title}][\n#table(columns: 4, align: (left, right, right, right),\n  \
                 table.header({}),\n  {},\n)\n]\n",
                cells(head.to_vec()),
                rows.join(",\n  ")
            )
        }
        Body::Lesson(line, items) => {
            write!(out, "\n#slide[{title}][\n{}\n\n{}\n]\n", text(line), bullets(items))
        }
    };
    written.expect("a string takes any text");
}

fn bullets(items: &[Text]) -> String {
    let items: Vec<String> = items.iter().map(|item| format!("- {}", text(item))).collect();
    items.join("\n")
}

fn text(pieces: Text) -> String {
    let piece = |piece: &Piece| match piece {
        Piece::T(text) => escape(text),
        Piece::C(text) => format!("`{text}`"),
        Piece::S(text) => format!("*{}*", escape(text)),
        Piece::E(text) => format!("_{}_", escape(text)),
    };
    pieces.iter().map(piece).collect()
}

/// Text that Typst's markup shows as it stands.
fn escape(text: &str) -> String {
    let special =
        |c| matches!(c, '#' | '$' | '@' | '<' | '>' | '_' | '*' | '`' | '\\' | '[' | ']' | '~');
    text.chars().flat_map(|c| special(c).then_some('\\').into_iter().chain([c])).collect()
}

/// The colours of the dark theme in the form that Typst's highlighting takes.
pub(super) fn code_theme() -> String {
    let theme = dark();
    let palette = theme.palette.code();
    let rules: Vec<String> = SCOPES
        .iter()
        .map(|(scopes, token)| {
            let style = if palette.is_bold(*token) {
                "<key>fontStyle</key><string>bold</string>"
            } else {
                ""
            };
            format!(
                "<dict><key>scope</key><string>{scopes}</string><key>settings</key><dict>\
                 <key>foreground</key><string>{}</string>{style}</dict></dict>",
                palette.color(*token)
            )
        })
        .collect();
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<plist version=\"1.0\"><dict>\
         <key>name</key><string>deckc dark</string><key>settings</key><array>\n\
         <dict><key>settings</key><dict><key>foreground</key><string>{}</string></dict></dict>\n\
         {}\n</array></dict></plist>\n",
        palette.color(Token::Plain),
        rules.join("\n")
    )
}

/// Which scopes have which class.
const SCOPES: [(&str, Token); 8] = [
    ("keyword, storage", Token::Keyword),
    ("entity.name.function, support.function, variable.function", Token::Function),
    ("entity.name.type, support.type, storage.type", Token::Type),
    ("string", Token::String),
    ("constant", Token::Number),
    ("comment", Token::Comment),
    ("entity.other.attribute-name, meta.annotation", Token::Attribute),
    ("keyword.operator, punctuation", Token::Punctuation),
];
