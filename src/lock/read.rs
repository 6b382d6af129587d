//! Reading locks.

use std::path::Path;

use toml_edit::{ImDocument, TableLike};

use super::{Held, Include, Lock, Recorded, hash, path};
use crate::diag::{Diagnostic, Diagnostics};
use crate::loader::{LoadError, Loader};
use crate::source::{Source, Sources, Span};

/// The lock of a deck; `None` where there is none, or where it cannot be read,
/// which is an error.
pub fn load(
    loader: &Loader,
    deck: &str,
    sources: &mut Sources,
    diags: &mut Diagnostics,
) -> Option<Lock> {
    let file = path(deck);
    let hint = "write it anew: `deckc test --update`";
    let text = match loader.text(&file) {
        Ok(text) => text,
        Err(LoadError::Missing) => return None,
        Err(why) => {
            let message = format!("cannot read `{file}`: {why}");
            diags.push(Diagnostic::error("broken-lock", Span::default(), message).hint(hint));
            return None;
        }
    };
    let parsed = parse(&text);
    match parsed {
        Ok(lock) => Some(lock),
        Err((range, message)) => {
            let source = sources.add(Source::new(Path::new(&file), text));
            let span = Span::new(source, range);
            diags.push(Diagnostic::error("broken-lock", span, message).hint(hint));
            None
        }
    }
}

/// What is wrong with a lock, and where.
type Wrong = (std::ops::Range<usize>, String);

/// Reads the text of a lock.
pub(super) fn parse(text: &str) -> Result<Lock, Wrong> {
    let document = ImDocument::parse(text).map_err(|error| {
        (error.span().unwrap_or(0..0), format!("this is no lock: {}", error.message().trim()))
    })?;
    let mut lock = Lock::default();
    for (key, item) in document.iter() {
        let at = item.span().unwrap_or(0..0);
        match (key, item.as_table_like(), item.as_array_of_tables()) {
            ("tools", Some(tools), _) => {
                for (name, version) in tools.iter() {
                    let version = version.as_str().ok_or_else(|| wrong(&at, "tools"))?;
                    lock.tools.insert(name.to_owned(), version.to_owned());
                }
            }
            ("include", _, Some(all)) => {
                for table in all {
                    let at = table.span().unwrap_or(0..0);
                    let (key, include) = include(table, &at)?;
                    lock.includes.insert(key, include);
                }
            }
            ("output", _, Some(all)) => {
                for table in all {
                    let at = table.span().unwrap_or(0..0);
                    let take = |key: &str| text_of(table, key, &at);
                    let recorded = Recorded {
                        slide: take("slide")?,
                        task: take("task")?,
                        tool: take("tool")?,
                        text: take("text")?,
                    };
                    lock.outputs.insert(take("program")?, recorded);
                }
            }
            ("held", _, Some(all)) => {
                for table in all {
                    let at = table.span().unwrap_or(0..0);
                    let take = |key: &str| text_of(table, key, &at);
                    let held =
                        Held { slide: take("slide")?, task: take("task")?, tool: take("tool")? };
                    lock.held.insert(take("program")?, held);
                }
            }
            _ => return Err((at, format!("a lock has no `{key}`"))),
        }
    }
    Ok(lock)
}

/// Reads an include and its name.
fn include(
    table: &toml_edit::Table,
    at: &std::ops::Range<usize>,
) -> Result<(String, Include), Wrong> {
    let take = |key: &str| text_of(table, key, at);
    let lines = take("lines")?;
    let number = |text: &str| text.parse::<u32>().ok().filter(|line| 0 < *line);
    let (first, last) = lines
        .split_once('-')
        .and_then(|(first, last)| Some((number(first)?, number(last)?)))
        .ok_or_else(|| wrong(at, "lines"))?;
    let text = take("text")?;
    if take("sha256")? != hash([text.as_str()]) {
        let at = table.get("text").and_then(toml_edit::Item::span).unwrap_or(at.clone());
        return Err((at, "this is not the text that was locked".to_owned()));
    }
    let commit = table.get("commit").map(|_| take("commit")).transpose()?;
    Ok((take("file")?, Include { first, last, commit, text }))
}

fn text_of(table: &dyn TableLike, key: &str, at: &std::ops::Range<usize>) -> Result<String, Wrong> {
    let text = table.get(key).and_then(toml_edit::Item::as_str);
    text.map(str::to_owned).ok_or_else(|| wrong(at, key))
}

fn wrong(at: &std::ops::Range<usize>, key: &str) -> Wrong {
    (at.clone(), format!("this part of the lock has no proper `{key}`"))
}
