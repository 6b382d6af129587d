//! Every example of the CommonMark specification as a slide.
//!
//! The text of an example is taken from the HTML that the specification
//! expects, with its tags stripped, and so independently of the reader. Each
//! piece of it is in the model, or named by a finding.

use std::fmt::Write as _;
use std::path::Path;

use deckc::model::{Block, BlockKind, Cell, Inline, InlineKind, Item, Style};

use crate::harness::Case;
use crate::harness::run::{Read, read};

/// How many examples version 0.31.2 of the specification has.
const N_EXAMPLES: usize = 652;

/// An example: its number, its Markdown and its HTML.
struct Example {
    number: usize,
    markdown: String,
    html: String,
}

/// The examples of the specification, which is installed by `tests/run`.
fn examples() -> Vec<Example> {
    let path =
        Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/node_modules/commonmark-spec/spec.txt");
    let spec = std::fs::read_to_string(&path)
        .unwrap_or_else(|error| panic!("{}: {error}; run `tests/run`", path.display()));
    let fence = "`".repeat(32);
    let mut examples = Vec::new();
    let mut rest = spec.as_str();
    while let Some(start) = rest.find(&format!("{fence} example\n")) {
        let body = &rest[start + fence.len() + " example\n".len()..];
        let end = body.find(&format!("\n{fence}\n")).unwrap();
        // The specification shows a tab as an arrow.
        let text = format!("\n{}\n", &body[..end]).replace('→', "\t");
        let (markdown, html) = text.split_once("\n.\n").unwrap();
        examples.push(Example {
            number: examples.len() + 1,
            markdown: format!("{}\n", markdown.strip_prefix('\n').unwrap_or("")),
            html: html.to_owned(),
        });
        rest = &body[end..];
    }
    examples
}

/// What deckc reads otherwise on purpose: Markdown behind a comment's `-->` is
/// Markdown, where CommonMark takes it for HTML.
const OTHERWISE: [usize; 1] = [177];

/// The text of HTML: what is between tags, alt texts, and titles if asked for.
fn text_of_html(html: &str, titles: bool) -> String {
    let mut text = String::new();
    let mut rest = html;
    while let Some(start) = rest.find('<') {
        text.push_str(&rest[..start]);
        let tail = &rest[start..];
        let end = ["<!--", "<![CDATA[", "<?"]
            .iter()
            .zip(["-->", "]]>", "?>"])
            .find(|(open, _)| tail.starts_with(**open))
            .map_or(">", |(_, close)| close);
        let length = match end {
            ">" => tag_length(tail),
            end => tail.find(end).map_or(tail.len(), |at| at + end.len()),
        };
        let tag = &tail[..length];
        let keys = [" alt=\"", " title=\""];
        for key in &keys[..=usize::from(titles)] {
            if let Some(at) = tag.find(key) {
                text.push(' ');
                text.extend(tag[at + key.len()..].split('"').next());
                text.push(' ');
            }
        }
        rest = &tail[length..];
    }
    text.push_str(rest);
    text.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&amp;", "&")
}

/// The length of a tag, which ends at the first `>` outside quotes.
fn tag_length(html: &str) -> usize {
    let mut quote = None;
    for (at, c) in html.char_indices() {
        match quote {
            None if c == '>' => return at + 1,
            None if c == '"' || c == '\'' => quote = Some(c),
            Some(open) if open == c => quote = None,
            None | Some(_) => {}
        }
    }
    html.len()
}

/// A target that a deck may have: the specification's `/url` is a file that
/// would not travel with the deck.
fn target(markdown: &str) -> &'static str {
    let image = markdown.replace("\\!", "").contains("![");
    if image { "url" } else { "https://url" }
}

/// The text of a deck's slides, in order.
fn text_of_model(read: &Read) -> String {
    let mut text = String::new();
    for slide in &read.deck.slides {
        for group in &slide.groups {
            blocks(&mut text, &group.blocks);
        }
    }
    text
}

fn blocks(text: &mut String, all: &[Block]) {
    for block in all {
        text.push('\n');
        match &block.kind {
            BlockKind::Heading { content, .. } | BlockKind::Para { content } => {
                inlines(text, content);
            }
            BlockKind::List(list) => {
                for Item { blocks: inner, .. } in &list.items {
                    blocks(text, inner);
                }
            }
            BlockKind::Quote { blocks: inner } => blocks(text, inner),
            BlockKind::Callout(callout) => blocks(text, &callout.blocks),
            BlockKind::Code(code) => {
                for line in &code.lines {
                    text.push_str(&line.text);
                    text.push('\n');
                }
            }
            BlockKind::Formula(formula) => text.push_str(&formula.tex),
            BlockKind::Image(image) => {
                text.push_str(&image.alt);
                text.push(' ');
                text.push_str(&image.caption);
            }
            BlockKind::Table(table) => {
                for Cell { content, .. } in table.head.iter().chain(table.rows.iter().flatten()) {
                    inlines(text, content);
                }
            }
        }
    }
}

fn inlines(text: &mut String, all: &[Inline]) {
    for inline in all {
        match &inline.kind {
            InlineKind::Text { text: found } | InlineKind::Code { text: found } => {
                text.push_str(found);
            }
            InlineKind::Styled { style, content } => {
                if let Style::Abbr { title } = style {
                    text.push_str(title);
                }
                inlines(text, content);
            }
            InlineKind::Link { title, content, .. } => {
                text.push_str(title);
                inlines(text, content);
            }
            InlineKind::Image(image) => {
                text.push_str(&image.alt);
                text.push_str(&image.caption);
            }
            InlineKind::Icon { alt, .. } => text.push_str(alt),
            InlineKind::Formula(formula) => text.push_str(&formula.tex),
            InlineKind::Break => text.push('\n'),
            InlineKind::FootnoteRef { .. } => {}
        }
    }
}

/// A text without its spaces, which Markdown may set otherwise.
fn squashed(text: &str) -> String {
    text.split_whitespace().collect()
}

#[test]
fn every_example_of_commonmark_is_a_slide() {
    let examples = examples();
    assert_eq!(examples.len(), N_EXAMPLES, "the specification has another version");
    let mut problems = String::new();
    let mut n_clean = 0;
    for Example { number, markdown, html } in &examples {
        // An empty front matter, so that a leading `---` is the example's own.
        let slide = |text: &str| {
            read(&Case { options: "", deck: &format!("---\n---\n{text}"), files: vec![] })
        };
        slide(markdown);
        let with_target =
            |text: &str| text.replace("/url", target(markdown)).replace("/uri", target(markdown));
        let read = slide(&with_target(markdown));
        // A link that leads nowhere is text, and has no title to show.
        let dead = read.diagnostics.iter().any(|diagnostic| diagnostic.name == "dead-link");
        let (wanted, found) = (with_target(&text_of_html(html, !dead)), text_of_model(&read));
        if read.diagnostics.is_empty() {
            n_clean += 1;
            if squashed(&wanted) != squashed(&found) && !OTHERWISE.contains(number) {
                writeln!(problems, "\nexample {number}\n{markdown}\n{wanted}\n---\n{found}")
                    .unwrap();
            }
            continue;
        }
        let mut told = squashed(&found);
        for diagnostic in &read.diagnostics {
            told += &squashed(&diagnostic.message);
            told += &squashed(read.sources.text(diagnostic.span));
            for label in &diagnostic.labels {
                told += &squashed(read.sources.text(label.span));
            }
        }
        for word in wanted.split_whitespace() {
            if !told.contains(word) {
                writeln!(problems, "\nexample {number}: `{word}` is lost\n{markdown}\n{told}")
                    .unwrap();
            }
        }
    }
    assert!(problems.is_empty(), "{problems}");
    // The others hold raw HTML, or nothing but definitions, or bare targets.
    assert!(n_clean > 480, "only {n_clean} examples are read without a finding");
}
