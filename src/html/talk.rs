//! The page of a talk: the deck in a frame, its files, and what the slides say as
//! text, for people and for search engines.
//!
//! The body is a fragment that a site's own layout goes around: no style, no blank
//! line, and no brace, which the languages of site generators would take for
//! theirs. Every link is relative to the page.

use serde_json::Value;

use super::formula::formula;
use super::out::Html;
use crate::model::{
    Block, BlockKind, Cell, Code, Inline, InlineKind, Item, Style, Table, plain_text,
};
use crate::outline;
use crate::place::{Placed, PlacedSlide};

/// What a talk page needs to know besides the deck.
#[derive(Clone, Copy, Debug)]
pub struct TalkPage<'a> {
    /// The deck.
    pub placed: &'a Placed,
    /// Whether the transcript has the speaker's notes.
    pub notes: bool,
    /// How large the PDF is, for people.
    pub pdf_size: &'a str,
    /// The names of the thumbnails, one a slide.
    pub thumbnails: &'a [String],
    /// What search engines are told.
    pub data: &'a Value,
    /// The address of the page, where it is known.
    pub address: Option<&'a str>,
}

/// A talk in the list of all talks.
#[derive(Clone, Debug, Default)]
pub struct Listed {
    /// The folder of its page.
    pub folder: String,
    /// The title.
    pub title: String,
    /// Who, where and when.
    pub about: String,
}

/// The frame that shows a deck: it takes no key before it has the focus.
#[must_use]
pub fn embed(placed: &Placed, address: &str) -> String {
    let mut out = Html::default();
    frame(placed, address, &mut out);
    out.raw("\n");
    out.finish()
}

fn frame(placed: &Placed, address: &str, out: &mut Html) {
    let canvas = placed.canvas();
    let (width, height) = (canvas.width().get().to_string(), canvas.height().get().to_string());
    out.open(
        "iframe",
        &[
            ("src", Some(address)),
            ("title", Some(&format!("Slides: {}", placed.title()))),
            ("width", Some(&width)),
            ("height", Some(&height)),
            ("loading", Some("lazy")),
            ("allow", Some("fullscreen")),
        ],
    );
    out.close("iframe");
}

/// The body of a talk page.
#[must_use]
pub fn talk_body(page: TalkPage<'_>) -> String {
    let placed = page.placed;
    let mut out = Html::default();
    out.raw("<div class=\"deckc-talk\">\n<div class=\"deckc-deck\">");
    frame(placed, "slides.html", &mut out);
    out.raw("</div>\n<p class=\"deckc-files\"><a href=\"slides.html\">Open the slides</a> ");
    out.raw("<a href=\"slides.pdf\">Slides as PDF (");
    out.text(page.pdf_size);
    out.raw(")</a></p>\n<h2>Transcript</h2>\n");
    for (slide, thumbnail) in placed.slides.iter().zip(page.thumbnails) {
        transcript(page, slide, thumbnail, &mut out);
    }
    out.raw("</div>\n");
    let body = out.finish().replace('{', "&#123;");
    let mut data = Html::default();
    data.raw("<script type=\"application/ld+json\">");
    data.json(page.data);
    data.raw("</script>\n");
    body + &data.finish()
}

/// What one slide says.
fn transcript(page: TalkPage<'_>, slide: &PlacedSlide, thumbnail: &str, out: &mut Html) {
    let title = match slide.title.as_str() {
        "" => format!("Slide {}", slide.number),
        title => format!("{}. {title}", slide.number),
    };
    out.raw("<h3>");
    out.open("a", &[("href", Some(&format!("slides.html#/{}", slide.id)))]);
    out.text(&title);
    out.raw("</a></h3>\n");
    let canvas = page.placed.canvas();
    let height = (480.0 * canvas.height().get() / canvas.width().get()).round();
    out.open(
        "img",
        &[
            ("src", Some(thumbnail)),
            ("alt", Some("")),
            ("width", Some("480")),
            ("height", Some(&height.to_string())),
            ("loading", Some("lazy")),
        ],
    );
    out.raw("\n");
    let title = outline::title(slide).map(|block| block.id);
    for slot in &slide.slots {
        blocks(slot.blocks.iter().filter(|block| Some(block.id) != title), out);
    }
    for footnote in &slide.footnotes {
        out.raw("<p>");
        inlines(&footnote.content, out);
        out.raw("</p>\n");
    }
    if page.notes && !slide.notes.is_empty() {
        out.raw("<div class=\"deckc-notes\">\n");
        blocks(slide.notes.iter().flat_map(|note| &note.blocks), out);
        out.raw("</div>\n");
    }
}

fn blocks<'a>(blocks: impl IntoIterator<Item = &'a Block>, out: &mut Html) {
    for it in blocks {
        block(it, out);
    }
}

fn block(block: &Block, out: &mut Html) {
    match &block.kind {
        // The slides' own headings would be parts of the page.
        BlockKind::Heading { content, .. } => {
            out.raw("<p><strong>");
            inlines(content, out);
            out.raw("</strong></p>\n");
        }
        BlockKind::Para { content } => {
            out.raw("<p>");
            inlines(content, out);
            out.raw("</p>\n");
        }
        BlockKind::List(list) => {
            let name = if list.start.is_some() { "ol" } else { "ul" };
            let start = list.start.filter(|start| *start != 1).map(|start| start.to_string());
            out.open(name, &[("start", start.as_deref())]);
            out.raw("\n");
            list.items.iter().for_each(|it| item(it, out));
            out.close(name);
            out.raw("\n");
        }
        BlockKind::Quote { blocks: quoted } => {
            out.raw("<blockquote>\n");
            blocks(quoted, out);
            out.raw("</blockquote>\n");
        }
        BlockKind::Callout(callout) => {
            out.raw("<blockquote>\n<p><strong>");
            out.text(callout.title.as_deref().unwrap_or(callout.kind.title()));
            out.raw("</strong></p>\n");
            blocks(&callout.blocks, out);
            out.raw("</blockquote>\n");
        }
        BlockKind::Code(it) => code(it, out),
        BlockKind::Image(image) => {
            let said = if image.decorative { "" } else { image.alt.as_str() };
            for text in [said, &image.caption].into_iter().filter(|text| !text.is_empty()) {
                out.raw("<p>");
                out.text(text);
                out.raw("</p>\n");
            }
        }
        BlockKind::Table(it) => table(it, out),
        BlockKind::Formula(it) => {
            out.raw("<p>");
            formula(out, it, None, true);
            out.raw("</p>\n");
        }
    }
}

fn item(item: &Item, out: &mut Html) {
    out.raw("<li>");
    match item.task {
        Some(true) => out.raw("☑ "),
        Some(false) => out.raw("☐ "),
        None => {}
    }
    match item.blocks.as_slice() {
        [Block { kind: BlockKind::Para { content }, .. }, rest @ ..] => {
            inlines(content, out);
            blocks(rest, out);
        }
        all => blocks(all, out),
    }
    out.raw("</li>\n");
}

/// Code, its line ends as escapes: a blank line would end the fragment where a
/// site takes it for Markdown.
fn code(code: &Code, out: &mut Html) {
    out.raw("<pre><code>");
    for line in &code.lines {
        out.text(&line.text);
        out.raw("&#10;");
    }
    out.raw("</code></pre>\n");
    for remark in &code.remarks {
        out.raw("<p>");
        out.text(&format!("{}: ", code.lines_of(remark)));
        inlines(&remark.content, out);
        out.raw("</p>\n");
    }
}

fn table(table: &Table, out: &mut Html) {
    let row = |name: &str, cells: &[Cell], out: &mut Html| {
        out.raw("<tr>");
        for cell in cells {
            let name = if cell.content.is_empty() { "td" } else { name };
            out.open(name, &[("scope", (name == "th").then_some("col"))]);
            inlines(&cell.content, out);
            out.close(name);
        }
        out.raw("</tr>\n");
    };
    out.raw("<table>\n<thead>");
    row("th", &table.head, out);
    out.raw("</thead>\n<tbody>");
    table.rows.iter().for_each(|cells| row("td", cells, out));
    out.raw("</tbody>\n</table>\n");
}

fn inlines(content: &[Inline], out: &mut Html) {
    for it in content {
        inline(it, out);
    }
}

fn inline(inline: &Inline, out: &mut Html) {
    match &inline.kind {
        InlineKind::Text { text } => out.text(text),
        InlineKind::Code { text } => {
            out.raw("<code>");
            out.text(text);
            out.raw("</code>");
        }
        InlineKind::Styled { style, content } => {
            let name = match style {
                Style::Emph => "em",
                Style::Strong => "strong",
                Style::Strike => "s",
                Style::Underline | Style::Muted | Style::Abbr { .. } => "span",
                Style::Mark => "mark",
                Style::Kbd => "kbd",
                Style::Sub => "sub",
                Style::Sup => "sup",
                Style::Small => "small",
            };
            out.open(name, &[]);
            inlines(content, out);
            out.close(name);
        }
        InlineKind::Link { target, content, .. } => {
            // A link to a slide leads into the deck.
            let target = match target.strip_prefix('#') {
                Some(id) => format!("slides.html#/{id}"),
                None => target.clone(),
            };
            out.open("a", &[("href", Some(&target))]);
            // A link without text would have no name.
            if plain_text(content).trim().is_empty() {
                out.text(&target);
            }
            inlines(content, out);
            out.raw("</a>");
        }
        InlineKind::Image(image) => out.text(&image.alt),
        InlineKind::Icon { alt, .. } => out.text(alt),
        InlineKind::Formula(it) => formula(out, it, None, false),
        InlineKind::Break => out.raw("<br>"),
        InlineKind::FootnoteRef { number } => {
            out.raw("<sup>");
            out.text(&number.to_string());
            out.raw("</sup>");
        }
    }
}

/// What plain pages look like.
pub const STYLE: &str = include_str!("talk.css");

/// A talk page of its own, around its body.
#[must_use]
pub fn talk_page(page: TalkPage<'_>, about: &str, body: &str) -> String {
    let meta = &page.placed.meta;
    let title = page.placed.title();
    let description = meta.description.as_ref().map(|it| it.value.as_str());
    let mut out = Html::default();
    open(meta.lang(), title, &mut out);
    let at = |name: &str| page.address.map_or(name.to_owned(), |it| format!("{it}{name}"));
    let card = at("card.png");
    let named = [("description", description), ("twitter:card", Some("summary_large_image"))];
    for (name, content) in named {
        if content.is_some() {
            out.open("meta", &[("name", Some(name)), ("content", content)]);
            out.raw("\n");
        }
    }
    let properties = [
        ("og:type", Some("article")),
        ("og:title", Some(title)),
        ("og:description", description),
        ("og:url", page.address),
        ("og:image", Some(card.as_str())),
        ("og:image:width", Some("1200")),
        ("og:image:height", Some("630")),
        ("og:image:alt", Some(title)),
    ];
    for (property, content) in properties {
        if content.is_some() {
            out.open("meta", &[("property", Some(property)), ("content", content)]);
            out.raw("\n");
        }
    }
    out.open(
        "link",
        &[
            ("rel", Some("alternate")),
            ("type", Some("application/json+oembed")),
            ("href", Some(&at("oembed.json"))),
            ("title", Some(title)),
        ],
    );
    out.raw("\n</head>\n<body>\n<main>\n<h1>");
    out.text(title);
    out.raw("</h1>\n");
    let said = |key: &str| meta.page.get(key).and_then(|it| it.value.as_str());
    let para = |text: &str, out: &mut Html| {
        if !text.is_empty() {
            out.raw("<p>");
            out.text(text);
            out.raw("</p>\n");
        }
    };
    para(about, &mut out);
    if let Some(img) = said("img") {
        out.raw("<p>");
        out.open("img", &[("src", Some(img)), ("alt", Some(title))]);
        out.raw("</p>\n");
    }
    para(description.unwrap_or_default(), &mut out);
    out.raw(body);
    if let Some(video) = said("youtube-url") {
        out.raw("<h2>Recording</h2>\n<div class=\"deckc-deck\">");
        out.open(
            "iframe",
            &[
                ("src", Some(video)),
                ("title", Some(&format!("Recording: {title}"))),
                ("width", Some("960")),
                ("height", Some("540")),
                ("loading", Some("lazy")),
                ("allow", Some("fullscreen")),
            ],
        );
        out.raw("</iframe></div>\n");
    }
    if let Some(speaker) = meta.speaker.as_ref().map(|it| &it.value) {
        out.raw("<h2>Speaker</h2>\n");
        if let Some(img) = said("speaker-img").or(speaker.img.as_deref()) {
            out.raw("<p>");
            out.open("img", &[("src", Some(img)), ("alt", Some("")), ("width", Some("96"))]);
            out.raw("</p>\n");
        }
        para(&speaker.name, &mut out);
        para(said("speaker-description").or(speaker.bio.as_deref()).unwrap_or_default(), &mut out);
    }
    out.raw("</main>\n</body>\n</html>\n");
    out.finish()
}

/// The list of all talks, on a page of its own.
#[must_use]
pub fn talks_page(talks: &[Listed]) -> String {
    let mut out = Html::default();
    open("en", "Talks", &mut out);
    out.raw("</head>\n<body>\n<main>\n<h1>Talks</h1>\n<ul class=\"deckc-talks\">\n");
    for talk in talks {
        out.raw("<li>");
        out.open("a", &[("href", Some(&format!("{}/", talk.folder)))]);
        let poster = format!("{}/poster.png", talk.folder);
        let attrs = [("src", Some(poster.as_str())), ("alt", Some("")), ("width", Some("480"))];
        out.open("img", &attrs);
        out.text(&talk.title);
        out.raw("</a>");
        if !talk.about.is_empty() {
            out.raw("<br>");
            out.text(&talk.about);
        }
        out.raw("</li>\n");
    }
    out.raw("</ul>\n</main>\n</body>\n</html>\n");
    out.finish()
}

/// The head of a page, up to its style.
fn open(lang: &str, title: &str, out: &mut Html) {
    out.raw("<!DOCTYPE html>\n");
    out.open("html", &[("lang", Some(lang))]);
    out.raw("\n<head>\n<meta charset=\"utf-8\">\n");
    out.raw("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>");
    out.text(title);
    out.raw("</title>\n<style>");
    out.raw(STYLE);
    out.raw("</style>\n");
}
