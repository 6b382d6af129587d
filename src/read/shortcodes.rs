//! Shortcodes in a text: `:rocket:` is an emoji, `:lucide-database:` an icon.
//!
//! Takes the text of a node, gives it in pieces. What stands between colons
//! counts where no letter or digit touches them, so that `10:30:15` and
//! `std::map::new` are what they are; a name that no emoji has is text.

use super::run::Cx;
use crate::diag::{Diagnostic, meant, nearest};
use crate::model::{Inline, InlineKind, plain_text};
use crate::shortcode::{self, ICON_PREFIX};
use crate::source::Span;

/// What the names of icons begin with in other tools, which have other sets.
const OTHER_SETS: [&str; 9] = [
    "fa-",
    "fontawesome-",
    "heroicons-",
    "material-",
    "mdi-",
    "octicons-",
    "ph-",
    "simple-",
    "tabler-",
];

/// The fewest letters of a name that a mistyped one can be told from a word by.
const MIN_LETTERS: usize = 5;

/// What a name between colons stands for.
enum Found {
    Emoji(&'static str),
    Icon(String),
    /// An icon that is not there; the finding says so.
    Nothing,
}

/// A text of Markdown in pieces: texts, with their emoji, and icons.
pub(super) fn split(cx: &mut Cx<'_, '_, '_>, text: &str, span: Span) -> Vec<Inline> {
    if !text.contains(':') {
        return vec![Inline { span, kind: InlineKind::Text { text: text.to_owned() } }];
    }
    let places = places(cx, text, span);
    let colons: Vec<usize> = text.match_indices(':').map(|(at, _)| at).collect();
    let place =
        |at: usize| places.get(colons.partition_point(|colon| *colon < at)).copied().flatten();
    pieces(cx, text, span, place)
}

/// A text that is no Markdown in such pieces: that of a cell of data.
pub(super) fn split_plain(cx: &mut Cx<'_, '_, '_>, text: &str, span: Span) -> Vec<Inline> {
    // Where quotes or blanks went out of it, a finding stands at its start.
    let is_whole = span.range().len() == text.len();
    let start = span.start as usize;
    pieces(cx, text, span, |at| Some(if is_whole { start + at } else { start }))
}

/// A text that can only hold characters, with its emoji: a title of the front matter
/// or of a callout, an alt text. An icon is its name there.
pub(super) fn in_words(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let (mut from, mut at) = (0, 0);
    while let Some(open) = text[at..].find(':').map(|found| at + found) {
        at = open + 1;
        let Some(name) = name_at(text, open, from) else { continue };
        let icon = name.strip_prefix(ICON_PREFIX).filter(|icon| shortcode::icon(icon).is_some());
        let said = icon.map(|icon| icon.replace('-', " "));
        let Some(said) = said.or_else(|| shortcode::emoji(name).map(str::to_owned)) else {
            continue;
        };
        let close = open + 1 + name.len();
        match text[from..open].strip_suffix('\\') {
            Some(before) => out.extend([before, &text[open..=close]]),
            None => out.extend([&text[from..open], said.as_str()]),
        }
        (at, from) = (close + 1, close + 1);
    }
    out.push_str(&text[from..]);
    out
}

/// A text in pieces; `place` says where a colon of it stands, or that it is escaped.
fn pieces(
    cx: &mut Cx<'_, '_, '_>,
    text: &str,
    span: Span,
    place: impl Fn(usize) -> Option<usize>,
) -> Vec<Inline> {
    let mut pieces = Vec::new();
    let (mut from, mut start) = (0, span.start);
    let mut plain = String::new();
    let mut at = 0;
    while let Some(open) = text[at..].find(':').map(|found| at + found) {
        at = open + 1;
        let Some(name) = name_at(text, open, from) else { continue };
        let close = open + 1 + name.len();
        let (Some(first), Some(last)) = (place(open), place(close)) else { continue };
        let code = Span::new(span.source, first..last + 1);
        let Some(found) = read(cx, name, code) else { continue };
        plain.push_str(&text[from..open]);
        (at, from) = (close + 1, close + 1);
        match found {
            Found::Emoji(emoji) => plain.push_str(emoji),
            Found::Icon(name) => {
                if !plain.is_empty() {
                    let text = std::mem::take(&mut plain);
                    let span = Span::new(span.source, start as usize..first);
                    pieces.push(Inline { span, kind: InlineKind::Text { text } });
                }
                pieces.push(Inline {
                    span: code,
                    kind: InlineKind::Icon { name, alt: String::new() },
                });
                start = code.end;
            }
            Found::Nothing => {}
        }
    }
    plain.push_str(&text[from..]);
    if !plain.is_empty() {
        let span = Span::new(span.source, start as usize..span.end as usize);
        pieces.push(Inline { span, kind: InlineKind::Text { text: plain } });
    }
    pieces
}

/// Where each colon of a text stands in the source; `None` for one that is
/// escaped, and for all where an entity stands for one.
fn places(cx: &Cx<'_, '_, '_>, text: &str, span: Span) -> Vec<Option<usize>> {
    let written = cx.part.slice(span);
    let found: Vec<Option<usize>> = written
        .match_indices(':')
        .map(|(at, _)| {
            let escapes = written[..at].bytes().rev().take_while(|byte| *byte == b'\\').count();
            escapes.is_multiple_of(2).then_some(span.start as usize + at)
        })
        .collect();
    if found.len() == text.matches(':').count() { found } else { Vec::new() }
}

/// The name behind a colon, if another colon ends it and nothing that belongs to
/// a word touches either. `from` is where the shortcode before this one ended.
fn name_at(text: &str, open: usize, from: usize) -> Option<&str> {
    let rest = &text[open + 1..];
    let length = rest.find(|ch: char| !(ch.is_ascii_alphanumeric() || "_+-".contains(ch)))?;
    if length == 0 || !rest[length..].starts_with(':') {
        return None;
    }
    let touches = |ch: char| ch == ':' || ch.is_alphanumeric() && ch < FIRST_UNSPACED;
    let before = text[from..open].chars().next_back();
    let mut behind = rest[length + 1..].chars();
    // Two shortcodes may stand side by side.
    let after = behind.next().filter(|ch| *ch != ':' || behind.next() == Some(':'));
    (!before.is_some_and(touches) && !after.is_some_and(touches)).then_some(&rest[..length])
}

/// Where scripts start that write no spaces between words.
const FIRST_UNSPACED: char = '\u{2e80}';

/// What a name stands for; `None` for what is text. Reports an icon that is not
/// there, and what is nearly an emoji.
fn read(cx: &mut Cx<'_, '_, '_>, name: &str, span: Span) -> Option<Found> {
    if let Some(icon) = name.strip_prefix(ICON_PREFIX) {
        if shortcode::icon(icon).is_some() {
            return Some(Found::Icon(icon.to_owned()));
        }
        cx.report(unknown_icon(icon, name, span));
        return Some(Found::Nothing);
    }
    if let Some(emoji) = shortcode::emoji(name) {
        return Some(Found::Emoji(emoji));
    }
    if let Some(set) = OTHER_SETS.iter().find(|set| name.starts_with(**set)) {
        cx.report(unknown_icon(&name[set.len()..], name, span));
        return Some(Found::Nothing);
    }
    if MIN_LETTERS <= name.len()
        && cx.run.may_suggest()
        && let Some(near) = meant(name, shortcode::emoji_names())
    {
        let near = format!(":{near}:");
        cx.report(
            Diagnostic::warning("unknown-emoji", span, format!("no emoji has the name `{name}`"))
                .hint(format!("did you mean `{near}`?"))
                .hint(format!("write `\\:{name}:` for the text"))
                .patch(span, near)
                .guess(),
        );
    }
    None
}

/// No icon has the name `icon`, which was written as `name`.
fn unknown_icon(icon: &str, name: &str, span: Span) -> Diagnostic {
    let shown = |icon: &str| format!(":{ICON_PREFIX}{icon}:");
    let finding = Diagnostic::error("unknown-icon", span, format!("there is no icon `{name}`"));
    if shortcode::icon(icon).is_some() {
        return finding
            .hint(format!("the icons are those of Lucide: `{}`", shown(icon)))
            .patch(span, shown(icon))
            .guess();
    }
    let mut near = nearest(icon, shortcode::icon_names());
    if near.is_empty() {
        // `brain-cog` for `brainy-cog`, `database` for `db-database`.
        let holds = |word: &str| icon.split('-').any(|part| 3 < part.len() && part == word);
        near = shortcode::icon_names().filter(|name| name.split('-').any(holds)).take(3).collect();
    }
    let near: Vec<String> = near.into_iter().map(|icon| format!("`{}`", shown(icon))).collect();
    let finding = match meant(icon, shortcode::icon_names()) {
        Some(meant) => finding.patch(span, shown(meant)),
        None => finding,
    };
    match near.as_slice() {
        [] => finding.hint("the icons are those of Lucide, by their names there"),
        near => finding.hint(format!("did you mean {}?", near.join(", "))),
    }
}

/// Gives an icon that stands alone, in a text or in a link, a name that is
/// spoken. Words beside it say what it means.
pub(super) fn name_lone_icons(content: &mut [Inline]) {
    let is_lone = is_wordless(content);
    name_icons(content, is_lone);
}

fn name_icons(content: &mut [Inline], is_lone: bool) {
    for inline in content {
        match &mut inline.kind {
            InlineKind::Icon { name, alt } if is_lone => *alt = name.replace('-', " "),
            InlineKind::Link { content, .. } => {
                let is_lone = is_lone || is_wordless(content);
                name_icons(content, is_lone);
            }
            InlineKind::Styled { content, .. } => name_icons(content, is_lone),
            InlineKind::Text { .. }
            | InlineKind::Code { .. }
            | InlineKind::Image(_)
            | InlineKind::Icon { .. }
            | InlineKind::Formula(_)
            | InlineKind::Break
            | InlineKind::FootnoteRef { .. } => {}
        }
    }
}

/// Whether a text says nothing but what its icons show.
fn is_wordless(content: &[Inline]) -> bool {
    plain_text(content).trim().is_empty()
}

#[cfg(test)]
mod tests {
    use super::in_words;

    #[test]
    fn a_text_of_characters_has_emoji_and_the_names_of_icons() {
        for (written, said) in [
            ("Ship it :rocket:", "Ship it 🚀"),
            (":tada::100: at 10:30:15", "🎉💯 at 10:30:15"),
            ("a :lucide-circle-play: b", "a circle play b"),
            ("std::map::new :nothing: \\:rocket: :", "std::map::new :nothing: :rocket: :"),
        ] {
            assert_eq!(in_words(written), said);
        }
    }
}
