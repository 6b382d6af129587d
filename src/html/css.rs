//! The style sheet of a deck: faces, tokens, slots and the geometry of its
//! blocks.
//!
//! The numbers are the theme's and the pages', turned from points into CSS
//! pixels here and nowhere else. Everything that does not depend on the deck is
//! in `deck.css` and in the runtime's files.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::ops::RangeInclusive;
use std::sync::Arc;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;

use super::picture::Pictures;
use super::{Memo, Names, runtime};
use crate::dress::{self, Dressed};
use crate::fit;
use crate::font::FaceKey;
use crate::geom::{Canvas, Pt, Rect};
use crate::model::{Backing, Block, BlockId, BlockKind, CalloutKind, Code, Fit, Note, walk};
use crate::page::Page;
use crate::place::{Placed, PlacedSlide, PlacedSlot};
use crate::theme::{TextStyle, Theme, Token};

/// What type, colour and boxes look like in every deck.
const DECK: &str = include_str!("deck.css");

/// CSS pixels to a point: 96 to 72.
const PX_PER_PT: f64 = 4.0 / 3.0;

/// The canvas in CSS pixels.
pub(super) fn canvas(canvas: Canvas) -> (f64, f64) {
    (canvas.width().get() * PX_PER_PT, canvas.height().get() * PX_PER_PT)
}

/// The style sheet of a deck, but for what only one slide has.
pub(super) fn style(
    pages: &[Page],
    dressed: Dressed<'_>,
    pictures: &Pictures<'_>,
    notes: bool,
    memo: Option<&Memo>,
) -> String {
    let mut css = Css::default();
    faces(&mut css, pages, dressed, notes, memo);
    css.0.push_str(&runtime::STYLE);
    root(&mut css, dressed.placed.canvas(), dressed.theme);
    css.0.push_str(DECK);
    roles(&mut css, dressed.theme);
    slots(&mut css, dressed.placed);
    let band = dressed.placed.canvas().footer();
    css.rule(".footer", &rect(band));
    // Pictures are by far the most of it, and ASCII already.
    let mut css = css.finish();
    pictures.add_rules(&mut css);
    css
}

/// What only one slide has.
pub(super) fn slide(
    dressed: Dressed<'_>,
    names: &Names,
    slide: &PlacedSlide,
    page: &Page,
) -> String {
    let mut css = Css::default();
    slide_rules(&mut css, dressed, names, (slide, page));
    css.finish()
}

/// Rules on their way.
#[derive(Default)]
struct Css(String);

impl Css {
    fn rule(&mut self, selector: &str, body: &str) {
        writeln!(self.0, "{selector}{{{body}}}").expect("a string takes all");
    }

    /// The sheet in ASCII. One character that needs more, and a browser takes the
    /// fonts in the sheet for text of wide characters: a deck opens 1.6 ms later.
    fn finish(self) -> String {
        if self.0.is_ascii() {
            return self.0;
        }
        let mut out = String::with_capacity(self.0.len());
        for part in self.0.split_inclusive(|char: char| !char.is_ascii()) {
            match part.char_indices().next_back() {
                Some((at, last)) if !last.is_ascii() => {
                    out.push_str(&part[..at]);
                    write!(out, "\\{:x} ", u32::from(last)).expect("a string takes all");
                }
                _ => out.push_str(part),
            }
        }
        out
    }
}

/// A length in CSS pixels, to a thousandth.
fn px(length: Pt) -> String {
    let px = (length.get() * PX_PER_PT * 1000.0).round() / 1000.0;
    format!("{px}px")
}

/// A rectangle as an absolute position.
fn rect(rect: Rect) -> String {
    format!("left:{};top:{};width:{};height:{}", px(rect.x), px(rect.y), px(rect.w), px(rect.h))
}

/// The faces that the pages use, each only with what it needs.
fn faces(css: &mut Css, pages: &[Page], dressed: Dressed<'_>, notes: bool, memo: Option<&Memo>) {
    let mut used: BTreeMap<FaceKey, BTreeSet<char>> = BTreeMap::new();
    for page in pages {
        for (face, chars) in &page.faces {
            used.entry(face.clone()).or_default().extend(chars);
        }
    }
    if notes {
        for note in dressed.placed.slides.iter().flat_map(|slide| &slide.notes) {
            note_chars(note, dressed, &mut used);
        }
    }
    let faces = match memo {
        Some(memo) => memo.web_faces(dressed.fonts, &used),
        None => Arc::new(dressed.fonts.web_faces(&used)),
    };
    for face in faces.iter() {
        let (mime, format) = face.format();
        let style = if face.italic { "italic" } else { "normal" };
        let range: Vec<String> =
            face.chars.iter().map(|ch| format!("U+{:X}", u32::from(*ch))).collect();
        let range = if range.is_empty() {
            String::new()
        } else {
            format!(";unicode-range:{}", range.join(","))
        };
        let body = format!(
            "font-family:\"{}\";font-weight:{};font-style:{style};src:url(\"data:{mime};base64,{}\") \
             format(\"{format}\"){range}",
            face.family,
            weights(&face.weights),
            BASE64.encode(&face.data),
        );
        css.rule("@font-face", &body);
    }
}

/// The weights of a face for CSS: one, or the ends of a variable font's axis.
fn weights(weights: &RangeInclusive<u16>) -> String {
    match (weights.start(), weights.end()) {
        (lightest, heaviest) if lightest == heaviest => lightest.to_string(),
        (lightest, heaviest) => format!("{lightest} {heaviest}"),
    }
}

/// The faces that a note needs, which no page shows: regular and bold, since
/// which of them sets a character is the browser's business.
fn note_chars(note: &Note, dressed: Dressed<'_>, used: &mut BTreeMap<FaceKey, BTreeSet<char>>) {
    let mut add = |text: &str, code: bool| {
        let families = if code { &dressed.theme.code_fonts } else { &dressed.theme.text_fonts };
        for ch in text.chars() {
            let Some(family) = dressed.fonts.family_for(families, ch) else { continue };
            for weight in [400, 700] {
                let key = FaceKey { family: family.to_owned(), weight, italic: false };
                used.entry(key).or_default().insert(ch);
            }
        }
    };
    walk::blocks(&note.blocks, &mut |block| {
        if let BlockKind::Code(code) = &block.kind {
            code.lines.iter().for_each(|line| add(&line.text, true));
        }
        for inlines in walk::own_inlines(block) {
            walk::texts(inlines, &mut add);
        }
    });
}

/// The tokens of the theme as custom properties.
fn root(css: &mut Css, size: Canvas, theme: &Theme) {
    let (palette, space, scale) = (&theme.palette, &theme.space, &theme.scale);
    let families = |families: &[String], generic: &str| {
        let quoted: Vec<String> = families.iter().map(|it| format!("\"{it}\"")).collect();
        format!("{},{generic}", quoted.join(","))
    };
    let (width, height) = canvas(size);
    let mut body = String::new();
    let mut add = |name: &str, value: &str| {
        write!(body, "--{name}:{value};").expect("a string takes all");
    };
    for (name, color) in [
        ("background", palette.background()),
        ("surface", palette.surface()),
        ("text", palette.text()),
        ("title", palette.title()),
        ("muted", palette.muted()),
        ("accent", palette.accent()),
        ("link", palette.link()),
        ("rule", palette.rule()),
        ("mark", palette.mark()),
        ("focus", palette.focus()),
        ("focus-bar", palette.focus_bar()),
        ("inserted", palette.inserted()),
        ("deleted", palette.deleted()),
        ("unfocused", palette.unfocused()),
    ] {
        add(name, &color.to_string());
    }
    for (name, length) in [
        ("block", space.block),
        ("item", space.item),
        ("pad-x", space.pad_x),
        ("pad-y", space.pad_y),
        ("cell-x", space.cell_x),
        ("cell-y", space.cell_y),
        ("bar", space.bar),
        ("radius", space.radius),
        ("code-size", scale.code.get()),
        ("code-pitch", scale.code_pitch),
        ("small-size", scale.small.size),
        ("table-size", scale.table.size),
    ] {
        add(name, &px(length));
    }
    add("script", &format!("{}em", dress::SCRIPT));
    add("gutter-gap", &px(dress::GUTTER_GAP));
    add("width", &format!("{width}px"));
    add("height", &format!("{height}px"));
    add("text-fonts", &families(&theme.text_fonts, "sans-serif"));
    add("code-fonts", &families(&theme.code_fonts, "monospace"));
    css.rule(":root", &body);
    css.rule("@page", &format!("size:{width}px {height}px;margin:0"));
}

/// How each role of text, each token and each callout is dressed.
fn roles(css: &mut Css, theme: &Theme) {
    for name in dress::ROLES {
        let (style, color) = dress::role(theme, name);
        let body = format!(
            "font-size:{};line-height:{};font-weight:{};color:{color}",
            px(style.size),
            px(style.pitch),
            style.weight,
        );
        css.rule(&format!(".deck .t-{name}"), &body);
    }
    let (small, _) = dress::role(theme, "small");
    css.rule(
        ".footer,.footnotes,figcaption,.caption",
        &format!("font-size:{};line-height:{}", px(small.size), px(small.pitch)),
    );
    let (table, _) = dress::role(theme, "table");
    css.rule("table", &format!("font-size:{};line-height:{}", px(table.size), px(table.pitch)));
    let code = theme.palette.code();
    for (name, token) in Token::ALL {
        let weight = if code.is_bold(token) { ";font-weight:700" } else { "" };
        css.rule(&format!(".k-{name}"), &format!("color:{}{weight}", code.color(token)));
    }
    for kind in CalloutKind::ALL {
        let name = kind.title().to_lowercase();
        css.rule(&format!(".callout-{name}"), &format!("--hue:{}", theme.palette.callout(kind)));
    }
}

/// Where the slots of each layout stand.
fn slots(css: &mut Css, placed: &Placed) {
    let mut seen = BTreeSet::new();
    let mut layouts = BTreeSet::new();
    for slide in &placed.slides {
        if is_split(placed.canvas(), slide) {
            // Its slots stand elsewhere: what only one slide has.
            continue;
        }
        if layouts.insert(&slide.layout) && !slide.accents.is_empty() {
            css.rule(&format!(".slide.l-{}", slide.layout), &accents(slide));
        }
        for slot in &slide.slots {
            if seen.insert((&slide.layout, slide.beside, &slot.name)) {
                let beside = if slide.beside { ".beside" } else { "" };
                let selector = format!(".l-{}{beside}>.s-{}", slide.layout, slot.name);
                css.rule(&selector, &slot_body(slot));
            }
        }
    }
}

/// Whether a part of the canvas belongs to the slide's background alone.
fn is_split(canvas: Canvas, slide: &PlacedSlide) -> bool {
    slide.area != canvas.rect()
}

/// Where a slot stands, and how its content stands in it.
fn slot_body(slot: &PlacedSlot) -> String {
    let align = slot.align.name();
    let justify = match slot.valign.name() {
        "middle" => "center",
        "bottom" => "flex-end",
        _ => "flex-start",
    };
    let mut body = format!("{};text-align:{align};justify-content:{justify}", rect(slot.rect));
    if slot.bleed > Pt::ZERO {
        write!(body, ";--bleed:{}", px(slot.bleed)).expect("a string takes all");
    }
    body
}

/// The accents of a layout, as a background: decoration is no content.
fn accents(slide: &PlacedSlide) -> String {
    let fill = "linear-gradient(var(--accent),var(--accent))";
    let layers: Vec<String> = slide
        .accents
        .iter()
        .map(|it| format!("{fill} {} {}/{} {} no-repeat", px(it.x), px(it.y), px(it.w), px(it.h)))
        .collect();
    format!("background:{},var(--background)", layers.join(","))
}

/// The pictures of a slide's background, in rooms that cut off what reaches past
/// them, and where the slots and the footer stand beside them.
fn background_rules(
    css: &mut Css,
    canvas: Canvas,
    names: &Names,
    (slide, page): (&PlacedSlide, &Page),
) {
    let own = format!(".slide.{}", names.slide());
    for ((nth, it), picture) in (0..).zip(&slide.behind).zip(&page.behind) {
        let class = format!("{own}>.k{nth}");
        // Cut off on two sides, what is left of a picture has its scale. On four, it
        // has only if it covers the room.
        let seen = picture.intersection(it.room);
        let is_cut = seen.w < picture.w && seen.h < picture.h;
        let (shown, cut) = if is_cut { (*picture, ";overflow:hidden") } else { (seen, "") };
        css.rule(&class, &format!("{}{cut}", rect(it.room)));
        let body = format!("width:{};height:{}", px(shown.w), px(shown.h));
        css.rule(&format!("{class}>img"), &body);
        let through = Backing::OPAQUE - it.backing.opacity;
        if through > 0 {
            let body = format!("opacity:{}", f64::from(through) / 100.0);
            css.rule(&format!("{class}::after"), &body);
        }
    }
    if !is_split(canvas, slide) {
        return;
    }
    if !slide.accents.is_empty() {
        css.rule(&own, &accents(slide));
    }
    for slot in &slide.slots {
        css.rule(&format!("{own}>.s-{}", slot.name), &slot_body(slot));
    }
    if slide.footer {
        css.rule(&format!("{own}>.footer"), &rect(Canvas::footer_of(slide.area)));
    }
}

/// What only one slide has: slots that make room for footnotes, list indents,
/// gutters, column widths and picture boxes.
fn slide_rules(
    css: &mut Css,
    dressed: Dressed<'_>,
    names: &Names,
    (slide, page): (&PlacedSlide, &Page),
) {
    background_rules(css, dressed.placed.canvas(), names, (slide, page));
    for (slot, fill) in slide.slots.iter().zip(&page.slots) {
        if fill.room.h != slot.rect.h {
            let selector = format!(".{}>.s-{}", names.slide(), slot.name);
            css.rule(&format!(".slide{selector}"), &format!("height:{}", px(fill.room.h)));
        }
    }
    if let Some(area) = page.footnotes {
        css.rule(&format!(".{}>.footnotes", names.slide()), &rect(area));
    }
    for slot in &slide.slots {
        let (style, _) = dress::role(dressed.theme, dress::slot_role(slot.text));
        for block in &slot.blocks {
            block_rules(css, (dressed, names), (style, slot.bleed), (slide, page), block);
        }
    }
}

/// The rows that are left free in a code block: no lines, so that they are not
/// copied.
fn gap_rules(css: &mut Css, theme: &Theme, class: &str, code: &Code, gaps: Option<&Vec<usize>>) {
    let gaps = (1..).zip(gaps.into_iter().flatten()).filter(|(_, free)| 0 < **free);
    for (nth, free) in gaps {
        #[expect(clippy::cast_precision_loss, reason = "code has some rows")]
        let free = px(theme.scale.code_pitch * *free as f64);
        if nth > code.lines.len() {
            css.rule(&format!(".slide {class}>code"), &format!("padding-bottom:{free}"));
        } else {
            // A tint that reaches up to the line above does not reach over them.
            let body = format!("margin-top:{free}!important;padding-top:0!important");
            css.rule(&format!(".slide {class} .line:nth-child({nth})"), &body);
        }
    }
}

/// Where the remarks beside a code block stand, in its panel.
fn remark_rules(
    css: &mut Css,
    (dressed, names): (Dressed<'_>, &Names),
    slide: &PlacedSlide,
    page: &Page,
    (id, code, gutter): (BlockId, &Code, Pt),
) {
    let theme = dressed.theme;
    let column = dress::column(theme, dressed.fonts);
    let rows = fit::rows(code, dressed.tokens.get(id), slide.wraps.get(&id));
    let pitch = theme.scale.code_pitch;
    #[expect(clippy::cast_precision_loss, reason = "code has some rows and columns")]
    let times = |length: Pt, n: usize| length * n as f64;
    // The first line that shows something tells where the code begins.
    let line = page.boxes.get(&id).and_then(|it| it.lines.iter().find(|line| 0 < line.n_chars));
    let shown = rows.iter().position(|row| !row.text().trim().is_empty());
    let (Some(column), Some(line), Some(shown)) = (column, line, shown) else { return };
    let (left, top) = (line.rect.x, line.rect.y - times(pitch, shown));
    let (panel_x, panel_y) = (left - gutter - theme.space.pad_x, top - theme.space.pad_y);
    for remark in &code.remarks {
        let Some(laid) = page.boxes.get(&remark.id) else { continue };
        let (rect, text) = (laid.rect, laid.lines.first().map_or(laid.rect, |line| line.rect));
        let row = fit::rows_of(&rows, remark.first, remark.last).start;
        let from = left + times(column, rows.get(row).map_or(0, fit::end) + 1);
        let middle = top + times(pitch, row) + pitch / 2.0;
        let body = format!(
            "margin:{} 0 0 {};width:{};height:{};padding-top:{};--reach:{};--middle:{}",
            px(rect.y - panel_y),
            px(rect.x - panel_x),
            px(rect.w),
            px(rect.h),
            px(text.y - rect.y),
            px((rect.x - from).max(Pt::ZERO)),
            px(middle - rect.y),
        );
        css.rule(&format!(".slide .remark.{}", names.block(remark.id)), &body);
    }
}

fn block_rules(
    css: &mut Css,
    (dressed, names): (Dressed<'_>, &Names),
    (style, bleed): (TextStyle, Pt),
    (slide, page): (&PlacedSlide, &Page),
    block: &Block,
) {
    let class = format!(".{}", names.block(block.id));
    let laid = page.boxes.get(&block.id);
    // Only what stands in the slot itself bleeds out of it.
    let within = (style, Pt::ZERO);
    match &block.kind {
        BlockKind::Heading { .. } | BlockKind::Para { .. } | BlockKind::Formula(_) => {}
        BlockKind::List(list) => {
            let indent = px(dress::list_indent(dressed.theme, list, style));
            let start = list.start.unwrap_or(1);
            let counter = i64::from(start) - 1;
            css.rule(&class, &format!("--indent:{indent};counter-reset:item {counter}"));
            for block in list.items.iter().flat_map(|item| &item.blocks) {
                block_rules(css, (dressed, names), within, (slide, page), block);
            }
        }
        BlockKind::Quote { blocks } => {
            for it in blocks {
                block_rules(css, (dressed, names), within, (slide, page), it);
            }
        }
        BlockKind::Callout(callout) => {
            for it in &callout.blocks {
                block_rules(css, (dressed, names), within, (slide, page), it);
            }
        }
        BlockKind::Code(code) => {
            let gutter = dress::gutter(dressed.theme, code, bleed);
            if gutter > Pt::ZERO {
                css.rule(&class, &format!("--gutter:{}", px(gutter)));
            }
            remark_rules(css, (dressed, names), slide, page, (block.id, code, gutter));
            gap_rules(css, dressed.theme, &class, code, slide.gaps.get(&block.id));
        }
        BlockKind::Image(image) => {
            if let Some(area) = laid.and_then(|it| it.area) {
                css.rule(&format!(".area{class}"), &format!("height:{}", px(area.h)));
            }
            if let Some(picture) = laid.and_then(|it| it.picture) {
                let (w, h) = (px(picture.w), px(picture.h));
                let cut = if image.showing.fit == Fit::Cover { ";object-fit:cover" } else { "" };
                let body = format!("width:{w};height:{h}{cut}");
                let element = if image.video.is_some() { "video" } else { "img" };
                css.rule(&format!("{element}{class}"), &body);
            }
        }
        BlockKind::Table(table) => {
            let columns = laid.map(|it| it.columns.as_slice()).unwrap_or_default();
            let cell_x = dressed.theme.space.cell_x;
            for (nth, column) in (1..).zip(columns) {
                let width = px(*column + cell_x * 2.0);
                css.rule(&format!("{class} col:nth-child({nth})"), &format!("width:{width}"));
            }
            let whole: Pt = columns.iter().map(|column| *column + cell_x * 2.0).sum();
            css.rule(&class, &format!("width:{}", px(whole)));
            for cell in table.rows.iter().flatten() {
                let pad = page.boxes.get(&cell.id).map_or(Pt::ZERO, |it| it.pad);
                if pad > Pt::ZERO {
                    let padding = px(cell_x + pad);
                    css.rule(
                        &format!("{class} .{}", names.block(cell.id)),
                        &format!("padding-right:{padding}"),
                    );
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sheet_is_ascii_and_says_the_same() {
        let mut css = Css::default();
        css.rule("li::before", "content:\"•a\"");
        assert_eq!(css.finish(), "li::before{content:\"\\2022 a\"}\n");
    }
}
