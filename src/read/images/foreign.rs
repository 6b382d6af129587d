//! Words of Marp between the brackets of an image: `![w:300px blur](x.png)`. They
//! would be read aloud.

use super::{Cx, filters};
use crate::diag::Diagnostic;
use crate::source::Span;

/// The words for sizes, and deckc's.
const SIZES: [(&str, &str); 4] = [("w", "w"), ("width", "w"), ("h", "h"), ("height", "h")];

/// Reports such words of the image at `image`. `braces` is what stands behind it,
/// or may stand there; `None` in a line of text, where nothing may.
pub(super) fn report(cx: &mut Cx<'_, '_, '_>, image: Span, braces: Option<Span>) {
    let text = cx.part.slice(image).to_owned();
    let open = text.find('[').map_or(0, |at| at + 1);
    let close = text[open..].find(']').map_or(text.len(), |at| open + at);
    let words: Vec<&str> = text[open..close].split_whitespace().collect();
    let are_all = words.iter().all(|word| is_mark(word) || filters::is_one(word));
    let is_foreign = |word: &str| is_mark(word) || are_all;
    let Some(first) = words.iter().find(|word| is_foreign(word)) else { return };
    let at = first.as_ptr() as usize - text.as_ptr() as usize;
    let place = cx.part.within(image, at, at + first.len());
    let foreign: Vec<&str> = words.iter().copied().filter(|word| is_foreign(word)).collect();
    let finding = Diagnostic::error("alt-text", place, format!("`{first}` is part of an alt text"))
        .label("it is read aloud, and changes nothing");
    let Some(braces) = braces else {
        let hint = "a picture in a line is as high as the text: one that stands alone has a size";
        cx.report(finding.hint(hint));
        return;
    };
    let own: Option<Vec<String>> = foreign.iter().map(|word| own(word)).collect();
    let Some(own) = own else {
        cx.report(finding.hint("write it in braces behind the image: `{w=225pt brightness=.6}`"));
        return;
    };
    let own = own.join(" ");
    let rest: Vec<&str> = words.iter().copied().filter(|word| !is_foreign(word)).collect();
    let behind = cx.part.slice(braces);
    let (at, added) = match behind.find('{') {
        Some(at) if behind.trim_start().starts_with('{') => (at + 1, format!("{own} ")),
        Some(_) | None => (0, format!("{{{own}}}")),
    };
    let insert = cx.part.within(braces, at, at);
    cx.report(
        finding
            .hint(format!("write `{{{own}}}` behind the image"))
            .patch(cx.part.within(image, open, close), rest.join(" "))
            .patch(insert, added)
            .hides(image),
    );
}

/// Whether a word has the form of a size or a filter with an amount.
fn is_mark(word: &str) -> bool {
    let Some((name, value)) = word.split_once(':') else { return false };
    let number = value.trim_start_matches(['-', '.']);
    let known = SIZES.iter().any(|(word, _)| *word == name) || filters::is_one(name);
    known && (number.starts_with(|ch: char| ch.is_ascii_digit()) || value == "auto")
}

/// deckc's word for a word of Marp; `None` where it has none.
fn own(word: &str) -> Option<String> {
    let (name, value) = match word.split_once(':') {
        Some((name, value)) => (name, Some(value)),
        None => (word, None),
    };
    if let Some((_, name)) = SIZES.iter().find(|(word, _)| *word == name) {
        let value = value?;
        if let Some(share) = value.strip_suffix('%') {
            return share
                .parse()
                .ok()
                .filter(|it| (1..=100u16).contains(it))
                .map(|it| format!("{name}={it}%"));
        }
        // The canvas has 1280 x 720 pixels to 960 x 540 points.
        let pixels: u16 = value.strip_suffix("px").unwrap_or(value).parse().ok()?;
        let points = (u32::from(pixels) * 3).div_ceil(4);
        return (0 < points).then(|| format!("{name}={points}pt"));
    }
    match filters::read((name, value), '=', Span::default())? {
        Ok(_) => Some(value.map_or_else(|| name.to_owned(), |value| format!("{name}={value}"))),
        Err(_) => None,
    }
}
