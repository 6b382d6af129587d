//! Reading: Markdown to the slide model.
//!
//! Takes the deck's text, gives a [`Deck`]. The only module that knows the
//! Markdown parser and YAML. The language is specified, page by page, in
//! `tests/spec/`.
//!
//! A text goes through `front_matter`, `prepare`, the parser, `breaks`, and
//! then slide by slide through `containers`, `blocks` and `inlines`; an
//! included deck goes the same way, in place of the slide that includes it.
//! Everything that is wrong is reported in one run, and what is wrong is left
//! out of the model.

mod blocks;
mod breaks;
mod comment;
mod comments;
mod containers;
mod directive;
mod drawing;
mod fence;
mod fields;
mod focus;
mod footnotes;
mod foreign;
mod formula;
mod front_matter;
mod html;
mod ids;
mod images;
mod included;
mod inlines;
mod links;
mod lists;
mod markdown;
mod note;
mod prepare;
mod redact;
mod remarks;
mod removal;
mod run;
mod runners;
mod shortcodes;
mod shown;
mod signs;
mod slide;
mod steps;
mod tables;
mod text;
mod yaml;

use std::path::Path;

use comrak::Arena;

pub use self::included::locked;
pub use self::redact::{redacted_texts, texts};
use self::run::{Part, Run};
use self::text::Located;
use crate::diag::{Diagnostic, Diagnostics};
use crate::loader::{LoadError, Loader};
use crate::lock;
use crate::model::{Deck, Meta};
use crate::source::{Source, SourceId, Sources, Span, Spanned};

/// The most slides that a deck may have: an hour has 3,600 seconds.
pub const MAX_SLIDES: usize = 10_000;

/// The largest text that is read as a deck, in bytes.
pub const MAX_TEXT: usize = 8 << 20;

/// How deep decks may include each other.
const MAX_INCLUDES: usize = 64;

/// Reads a deck.
///
/// `path` is relative to the loader's root. The deck's text becomes source 0 of
/// `sources`, which must be empty; included decks follow.
///
/// # Errors
/// Why the deck itself could not be read. Everything else is a diagnostic.
pub fn read(
    loader: &Loader,
    path: &str,
    sources: &mut Sources,
    diags: &mut Diagnostics,
) -> Result<Deck, LoadError> {
    let text = loader.text(path)?;
    let source = sources.add(Source::new(Path::new(path), text));
    let lock = lock::load(loader, path, sources, diags);
    let mut run = Run::new(loader, sources, diags);
    run.lock = lock;
    run.chain.push(path.to_owned());
    let meta = source_text(&mut run, source, path, None);
    ids::name(&mut run);
    ids::check_links(&mut run);
    let Run { slides, lock, .. } = run;
    let slides = slides.into_iter().map(|(slide, _)| slide).collect();
    let mut deck = Deck { meta, slides, unlocked: 0 };
    let (drift, unlocked) = lock::check(&deck, lock.as_ref(), loader, sources);
    diags.extend(drift);
    deck.unlocked = unlocked;
    Ok(deck)
}

/// Reads one source: the deck, or an included one at `included`.
fn source_text(
    run: &mut Run<'_>,
    source: SourceId,
    path: &str,
    included: Option<(Span, u8)>,
) -> Meta {
    let text = run.sources.get(source).text.clone();
    if text.len() > MAX_TEXT {
        let place = included.map_or(Span::new(source, 0..0), |(span, _)| span);
        let message = format!("`{path}` has {} bytes", text.len());
        run.diags.push(
            Diagnostic::error("too-large", place, message)
                .label(format!("at most {MAX_TEXT} bytes are read as a deck"))
                .hint("split the deck, or keep long listings in files"),
        );
        return Meta::default();
    }
    let place = front_matter::find(source, &text, run.diags);
    let mut meta = Meta::default();
    if let Some(yaml) = place.yaml {
        if included.is_some() {
            let span = Span::new(source, yaml);
            run.diags.push(
                Diagnostic::warning(
                    "ignored",
                    span,
                    "the front matter of an included deck is not read",
                )
                .label("that of the including deck holds")
                .hint("delete it, or keep it for building this deck alone"),
            );
        } else {
            meta = front_matter::read(source, &text, yaml, run.diags);
            run.runners.clone_from(&meta.runners);
            meta.logo = meta.logo.and_then(|logo| logo_below_root(path, &logo, run.diags));
        }
    }
    let slide_level = included.map_or(meta.slide_level, |(_, level)| level);

    let lines = Located::part(source, &text, place.body..text.len());
    let prepared = prepare::prepare(&lines, run.diags);
    let arena = Arena::new();
    let root = markdown::parse(&arena, &prepared.text);
    let part = Part {
        text: &prepared,
        source: &text,
        folder: folder(path),
        footnotes: footnotes::definitions(root),
        slide_level,
    };
    run.used_footnotes.push(std::collections::BTreeSet::new());
    for stretch in breaks::split(&part, root, slide_level) {
        if run.slides.len() >= MAX_SLIDES {
            run.diags.push(
                Diagnostic::error("too-large", stretch.span, "the deck has too many slides")
                    .label(format!("at most {MAX_SLIDES} are read"))
                    .hint("split the deck"),
            );
            break;
        }
        slide::read(run, &part, stretch);
    }
    let used = run.used_footnotes.pop().unwrap_or_default();
    footnotes::check(run, &part, root, &used);
    meta
}

/// The logo as a path from the root; `None` where it leads out of it.
fn logo_below_root(
    deck: &str,
    logo: &Spanned<String>,
    diags: &mut Diagnostics,
) -> Option<Spanned<String>> {
    let joined = join(folder(deck), &logo.value);
    if joined.is_none() {
        let message = format!("`{}` leads out of the deck's folder", logo.value);
        diags.push(
            Diagnostic::error("missing-asset", logo.span, message)
                .hint("put the file below the deck's folder and write its path from there"),
        );
    }
    Some(Spanned::new(joined?, logo.span))
}

/// The folder of a file: empty, or with a slash at its end.
fn folder(path: &str) -> &str {
    path.rfind('/').map_or("", |slash| &path[..=slash])
}

/// Reads an included deck in place of the slide that includes it.
fn include(run: &mut Run<'_>, part: &Part<'_>, path: &Spanned<String>) {
    let error = |message: String| Diagnostic::error("include", path.span, message);
    let Some(joined) = join(part.folder, &path.value) else {
        let message = format!("`{}` leads out of the deck's folder", path.value);
        let hint = "put the file below the deck's folder and write its path from there";
        run.diags.push(error(message).hint(hint));
        return;
    };
    if let Some(at) = run.chain.iter().position(|known| *known == joined) {
        let through = run.chain[at + 1..].iter().map(|path| format!(" through `{path}`"));
        let message = format!("`{joined}` includes itself{}", through.collect::<String>());
        run.diags.push(error(message).hint("delete one of the includes"));
        return;
    }
    if run.chain.len() >= MAX_INCLUDES {
        run.diags.push(
            error(format!("decks include each other more than {MAX_INCLUDES} deep"))
                .hint("include the innermost deck directly"),
        );
        return;
    }
    if !run.may_open() {
        run.diags.push(error(too_many_files()).hint("put several of them into one"));
        return;
    }
    match run.loader.text(&joined) {
        Ok(text) => {
            let source = run.sources.add(Source::new(Path::new(&joined), text));
            run.chain.push(joined.clone());
            source_text(run, source, &joined, Some((path.span, part.slide_level)));
            run.chain.pop();
        }
        Err(why) => {
            let hint = match why {
                LoadError::Remote => "save the deck below the deck's folder and write its path",
                LoadError::Outside => "put the file below the deck's folder",
                LoadError::DeadLink => "put a copy of the file in place of the link",
                LoadError::Missing => "write the path from the folder of the file you write it in",
                LoadError::TooLarge => "split the deck",
                LoadError::NotUtf8(_) => "save the file as UTF-8",
                LoadError::Refused(_) => "see that the file can be read",
            };
            run.diags.push(error(format!("cannot read `{joined}`: {why}")).hint(hint));
        }
    }
}

/// The most files that a deck may include.
const MAX_SOURCES: usize = 1_000;

/// The message when there are more.
fn too_many_files() -> String {
    format!("the deck includes more than {MAX_SOURCES} files")
}

/// A path below the root: `path` from `folder`, with its dots resolved; `None`
/// where it leaves the root.
fn join(folder: &str, path: &str) -> Option<String> {
    let path = path.replace('\\', "/");
    // On Windows, `C:` begins a path of its own.
    let has_drive = path.as_bytes().get(1) == Some(&b':') && path.starts_with(char::is_alphabetic);
    if path.starts_with('/') || has_drive {
        return None;
    }
    let mut parts: Vec<&str> = Vec::new();
    for part in folder.split('/').chain(path.split('/')) {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop()?;
            }
            part => parts.push(part),
        }
    }
    Some(parts.join("/"))
}

/// Resolves `%20` and the like; what is no such thing stays as it is.
fn percent_decoded(text: &str) -> String {
    let bytes = text.as_bytes();
    let mut decoded = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while at < bytes.len() {
        let code = text.get(at + 1..at + 3).filter(|_| bytes[at] == b'%');
        if let Some(byte) = code.and_then(|code| u8::from_str_radix(code, 16).ok()) {
            decoded.push(byte);
            at += 3;
        } else {
            decoded.push(bytes[at]);
            at += 1;
        }
    }
    String::from_utf8(decoded).unwrap_or_else(|_| text.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_stay_below_the_root() {
        assert_eq!(join("talks/", "./img/../a.png").as_deref(), Some("talks/a.png"));
        assert_eq!(join("talks/", "../a.png").as_deref(), Some("a.png"));
        assert_eq!(join("talks/", "../../a.png"), None);
        assert_eq!(join("", "/etc/passwd"), None);
        assert_eq!(join("", r"C:\passwords.txt"), None);
        assert_eq!(join("", r"img\a.png").as_deref(), Some("img/a.png"));
    }

    #[test]
    fn escapes_in_paths_are_resolved() {
        assert_eq!(percent_decoded("a%20b%C3%A9"), "a bé");
        assert_eq!(percent_decoded("100%"), "100%");
        assert_eq!(percent_decoded("%ff"), "%ff");
        assert_eq!(percent_decoded("%é1"), "%é1");
    }
}
