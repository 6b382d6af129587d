//! Code from files: `file=examples/pool.go#func=(*Pool).Run`.
//!
//! Takes what a fence names, gives its lines, each where it stands in its file.
//! What of them shows is the business of `shown` and `signs`.

use std::path::Path;
use std::sync::Arc;

use super::run::Cx;
use super::signs;
use crate::diag::{Diagnostic, nearest};
use crate::excerpt::{self, Grammar, Selector, Wrong};
use crate::highlight;
use crate::loader::LoadError;
use crate::lock::{self, Include};
use crate::model::{Code, CodeFile, CodeLine, Lang};
use crate::source::{Source, SourceId, Span, Spanned};

/// How many names a message lists.
const MAX_NAMES: usize = 8;

/// Puts the lines that `file` names into a code block whose fence is empty; with
/// `base`, what has changed between that part of a file and this one. Gives
/// whether they were found.
pub(super) fn include(
    cx: &mut Cx<'_, '_, '_>,
    file: &Spanned<String>,
    base: Option<&Spanned<String>>,
    with_doc: bool,
    code: &mut Code,
) -> bool {
    if let Some(line) = code.lines.iter().find(|line| !line.text.trim().is_empty()) {
        let wrong =
            Diagnostic::error("file", line.span, "this code stands in a fence with `file=`")
                .label("the file would replace it")
                .also(file.span, "the code of this file is shown")
                .hint("delete the lines of the fence, or `file=`");
        cx.report(wrong);
        return false;
    }
    let part = excerpt(cx, file, with_doc);
    if code.lang.is_none() {
        let path = file.value.split('#').next().unwrap_or_default();
        let path = split_revision(path).0;
        let span = cx.part.within(file.span, 0, path.len());
        code.lang = language(path).map(|lang| Spanned::new(lang, span));
    }
    let base = base.map(|base| {
        let whole = Spanned::new(whole_base(&file.value, &base.value), base.span);
        excerpt(cx, &whole, with_doc)
    });
    code.file = part.file.map(Box::new);
    match base {
        None => code.lines = part.lines.unwrap_or_default(),
        Some(base) => {
            code.base = base.file.map(Box::new);
            let (Some(old), Some(new)) = (base.lines, part.lines) else { return false };
            code.lines = signs::diff(&old, &new);
            code.signed = true;
        }
    }
    !code.lines.is_empty()
}

/// What a caption says of code from a file: its name, the revision and the lines,
/// or of a diff what is compared.
pub(super) fn caption(code: &Code) -> Option<String> {
    let named = |file: &CodeFile| {
        let name = file.path.rsplit('/').next().unwrap_or_default();
        match &file.revision {
            Some(revision) => format!("{name} at {}", revision.value),
            None => name.to_owned(),
        }
    };
    let lines = |file: &CodeFile| match (file.first, file.last) {
        (first, last) if first == last => format!("line {first}"),
        (first, last) => format!("lines {first}–{last}"),
    };
    let file = code.file.as_deref()?;
    Some(match code.base.as_deref() {
        None => format!("{}, {}", named(file), lines(file)),
        Some(base) if named(base) == named(file) => {
            format!("{}, {} against {}", named(file), lines(file), lines(base))
        }
        Some(base) => format!("{} against {}", named(file), named(base)),
    })
}

/// The base of a diff: of a value that begins with `@` or `#`, the rest is that
/// of the file it belongs to.
fn whole_base(file: &str, base: &str) -> String {
    let (path, selector) = file.split_once('#').unwrap_or((file, ""));
    let path = split_revision(path).0;
    if let Some(revision) = base.strip_prefix('@') {
        let hash = if selector.is_empty() || revision.contains('#') { "" } else { "#" };
        let selector = if hash.is_empty() { "" } else { selector };
        return format!("{path}@{revision}{hash}{selector}");
    }
    if base.starts_with('#') { format!("{path}{base}") } else { base.to_owned() }
}

/// A part of a file.
#[derive(Default)]
struct Part {
    /// What was asked for, where it could be read.
    file: Option<CodeFile>,
    /// Its lines, where it is there; never empty.
    lines: Option<Vec<CodeLine>>,
}

/// The part of a file that a value names. What is wrong with it is reported.
fn excerpt(cx: &mut Cx<'_, '_, '_>, file: &Spanned<String>, with_doc: bool) -> Part {
    let (path, selector) = match file.value.split_once('#') {
        Some((path, selector)) => (path, Some(selector)),
        None => (file.value.as_str(), None),
    };
    let at_selector = cx.part.within(file.span, path.len() + 1, file.value.len());
    let (path, revision) = split_revision(path);
    let path_span = cx.part.within(file.span, 0, path.len());
    let revision = revision.map(|revision| {
        let start = path.len() + 1;
        Spanned::new(revision.to_owned(), cx.part.within(file.span, start, start + revision.len()))
    });
    let parsed = selector.map_or(Some(Selector::Whole), Selector::parse);
    let Some(selector) = parsed else {
        let message = format!("`{}` names no part of a file", selector.unwrap_or_default());
        cx.report(
            Diagnostic::error("file", at_selector, message)
                .hint("write `#L10-L24`, `#region=batch`, `#func=(*Pool).Run` or `#type=Pool`"),
        );
        return Part::default();
    };
    if let Some(revision) = revision {
        return at_revision(cx, file, (path, path_span), revision, &selector, with_doc);
    }
    let Some(source) = open(cx, path, path_span) else { return Part::default() };
    let text = cx.run.sources.get(source).text.clone();
    let lines = match excerpt::cut(&text, &selector, Grammar::of(path), with_doc) {
        Ok(lines) => lines,
        Err(wrong) => {
            let at = if matches!(selector, Selector::Whole) { path_span } else { at_selector };
            cx.report(not_cut(&wrong, &selector, path, at));
            return Part::default();
        }
    };
    let (Some(first), Some(last)) = (lines.first(), lines.last()) else {
        let message = format!("`{}` holds no line to show", file.value);
        cx.report(
            Diagnostic::error("file", file.span, message)
                .hint("name lines that are not blank and are no markers"),
        );
        return Part::default();
    };
    let (first, last) = (first.number, last.number);
    let texts: Vec<&str> = lines.iter().map(|line| &text[line.range.clone()]).collect();
    let indent = common_indent(&texts);
    let mut next = first;
    let lines = lines.into_iter().map(|line| {
        let start = (line.range.start + indent).min(line.range.end);
        let span = Span::new(source, start..line.range.end);
        let skipped = line.number.saturating_sub(next);
        next = line.number + 1;
        CodeLine { skipped, ..CodeLine::new(text[start..line.range.end].to_owned(), span) }
    });
    let lines = Some(lines.collect());
    let path = cx.run.sources.get(source).path.to_string_lossy().into_owned();
    let (span, selector) = (file.span, selector.to_string());
    let file = CodeFile { path, span, revision: None, selector, with_doc, first, last };
    Part { file: Some(file), lines }
}

/// Splits `pool.go@v1.2` into a path and a revision. An `@` that begins the name
/// of a file or folder is part of the name.
pub(super) fn split_revision(path: &str) -> (&str, Option<&str>) {
    let at = path.match_indices('@').map(|(at, _)| at).find(|at| {
        let before = path[..*at].chars().next_back();
        before.is_some_and(|c| c != '/' && c != '\\')
    });
    at.map_or((path, None), |at| (&path[..at], Some(&path[at + 1..])))
}

/// Whether a revision may be handed to git: nothing that it could take for an
/// option or a path.
fn is_revision(text: &str) -> bool {
    let may_hold = |c: char| c.is_ascii_alphanumeric() || "._/-~^".contains(c);
    !text.is_empty() && text.chars().all(may_hold) && !text.starts_with('-')
}

/// The lines of a file at a revision. They stand in the lock, since only
/// `deckc test --update` asks git.
fn at_revision(
    cx: &mut Cx<'_, '_, '_>,
    file: &Spanned<String>,
    (path, path_span): (&str, Span),
    revision: Spanned<String>,
    selector: &Selector,
    with_doc: bool,
) -> Part {
    if !is_revision(&revision.value) {
        let message = format!("`{}` is no revision", revision.value);
        cx.report(
            Diagnostic::error("file", revision.span, message)
                .hint("write a tag, a branch or a commit: `pool.go@v1.2`"),
        );
        return Part::default();
    }
    let Some(joined) = super::join(cx.part.folder, path).filter(|joined| !joined.is_empty()) else {
        let message = format!("`{path}` is no file below the deck's folder");
        cx.report(
            Diagnostic::error("missing-asset", path_span, message)
                .hint("write the path of a file from the folder of the deck"),
        );
        return Part::default();
    };
    let at = revision.span;
    let name = format!("{joined}@{}", revision.value);
    let mut wanted = CodeFile {
        path: joined,
        span: file.span,
        revision: Some(revision),
        selector: selector.to_string(),
        with_doc,
        first: 0,
        last: 0,
    };
    let key = lock::include_key(&wanted);
    let locked = cx.run.lock.as_ref().and_then(|lock| lock.includes.get(&key)).cloned();
    let Some(locked) = locked.filter(|it| it.first <= it.last && it.last <= MAX_LINE) else {
        cx.report(
            Diagnostic::error("unlocked-revision", at, format!("the lock has no `{key}`"))
                .label("only `deckc test --update` asks git for a revision")
                .hint("take it into the lock: `deckc test --update`"),
        );
        return Part { file: Some(wanted), lines: None };
    };
    if !cx.run.may_open() {
        cx.report(
            Diagnostic::error("missing-asset", file.span, super::too_many_files())
                .hint("put several of them into one"),
        );
        return Part::default();
    }
    // Blank lines above it let every line have the number that it has in its file.
    let before = "\n".repeat(locked.first as usize - 1);
    let text = format!("{before}{}", locked.text);
    let source = cx.run.sources.add(Source::new(Path::new(&name), text));
    let mut start = before.len();
    let lines = locked.text.split_inclusive('\n').map(|line| {
        let bare = line.trim_end_matches(['\n', '\r']);
        let span = Span::new(source, start..start + bare.len());
        start += line.len();
        CodeLine::new(bare.to_owned(), span)
    });
    let lines: Vec<CodeLine> = lines.collect();
    (wanted.first, wanted.last) = (locked.first, locked.last);
    Part { file: Some(wanted), lines: (!lines.is_empty()).then_some(lines) }
}

/// The part that a deck shows of a file's text at a revision, for its lock.
///
/// # Errors
/// A finding where the text has no such part.
pub fn locked(text: &str, file: &CodeFile, commit: &str) -> Result<Include, Box<Diagnostic>> {
    let selector = Selector::parse(&file.selector).unwrap_or(Selector::Whole);
    let lines = excerpt::cut(text, &selector, Grammar::of(&file.path), file.with_doc)
        .map_err(|wrong| Box::new(not_cut(&wrong, &selector, &file.path, file.span)))?;
    let texts: Vec<&str> = lines.iter().map(|line| &text[line.range.clone()]).collect();
    let indent = common_indent(&texts);
    let texts = texts.iter().map(|line| line.get(indent..).unwrap_or_default());
    Ok(Include {
        first: lines.first().map_or(1, |line| line.number),
        last: lines.last().map_or(1, |line| line.number),
        commit: Some(commit.to_owned()),
        text: lock::lines(texts),
    })
}

/// The lines of a text file that a drawing is made from.
pub(super) fn text(cx: &mut Cx<'_, '_, '_>, file: &Spanned<String>) -> Option<Vec<CodeLine>> {
    let id = open(cx, &file.value, file.span)?;
    let text = Arc::clone(&cx.run.sources.get(id).text);
    let mut lines = Vec::new();
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        let bare = line.trim_end_matches(['\n', '\r']);
        lines.push(CodeLine::new(bare.to_owned(), Span::new(id, start..start + bare.len())));
        start += line.len();
    }
    Some(lines)
}

/// The highest number of a line that a lock may name.
const MAX_LINE: u32 = 1_000_000;

/// The file as a source, read once however often it is shown.
fn open(cx: &mut Cx<'_, '_, '_>, path: &str, span: Span) -> Option<SourceId> {
    let missing = |message: String| Diagnostic::error("missing-asset", span, message);
    let Some(joined) = super::join(cx.part.folder, path).filter(|joined| !joined.is_empty()) else {
        let message = format!("`{path}` is no file below the deck's folder");
        cx.report(missing(message).hint("write the path of a file from the folder of the deck"));
        return None;
    };
    let known = cx.run.sources.iter().find(|(_, source)| source.path == Path::new(&joined));
    if let Some((id, _)) = known {
        return Some(id);
    }
    if !cx.run.may_open() {
        cx.report(missing(super::too_many_files()).hint("put several of them into one"));
        return None;
    }
    match cx.run.loader.text(&joined) {
        Ok(text) => Some(cx.run.sources.add(Source::new(Path::new(&joined), text))),
        Err(why) => {
            cx.report(unread(&joined, span, &why));
            None
        }
    }
}

/// The bytes of a file that a drawing is made from.
pub(super) fn bytes(cx: &mut Cx<'_, '_, '_>, file: &Spanned<String>) -> Option<Vec<u8>> {
    let Some(joined) = super::join(cx.part.folder, &file.value).filter(|it| !it.is_empty()) else {
        // Says the same of it.
        return open(cx, &file.value, file.span).map(|_| Vec::new());
    };
    match cx.run.loader.bytes(&joined) {
        Ok(bytes) => Some(bytes),
        Err(why) => {
            cx.report(unread(&joined, file.span, &why));
            None
        }
    }
}

/// Says why a file cannot be read.
fn unread(path: &str, span: Span, why: &LoadError) -> Diagnostic {
    let hint = match why {
        LoadError::Remote => "save the file below the deck's folder and write its path",
        LoadError::Outside => "put the file below the deck's folder",
        LoadError::DeadLink => "put a copy of the file in place of the link",
        LoadError::Missing => "write the path from the folder of the file you write it in",
        LoadError::TooLarge => "show a part of it that is kept in a file of its own",
        LoadError::NotUtf8(_) => "save the file as UTF-8",
        LoadError::Refused(_) => "see that the file can be read",
    };
    Diagnostic::error("missing-asset", span, format!("cannot read `{path}`: {why}")).hint(hint)
}

/// Says why an excerpt cannot be taken.
fn not_cut(wrong: &Wrong, selector: &Selector, path: &str, span: Span) -> Diagnostic {
    let error = |message: String| Diagnostic::error("file", span, message);
    let listed = |names: &[String]| {
        let shown: Vec<String> =
            names.iter().take(MAX_NAMES).map(|name| format!("`{name}`")).collect();
        let more = if names.len() > MAX_NAMES { ", …" } else { "" };
        format!("{}{more}", shown.join(", "))
    };
    match wrong {
        Wrong::TooShort(n_lines) => {
            let last = if let Selector::Lines(_, last) = selector { *last } else { n_lines + 1 };
            error(format!("`{path}` has no line {last}"))
                .label(format!("it has {n_lines} lines"))
                .hint("`#func=`, `#type=` and `#region=` find code wherever it moves")
        }
        Wrong::NotThere(names) => {
            let (what, name) = match selector {
                Selector::Region(name) => ("region", name.as_str()),
                Selector::Func(name) => ("function", name.as_str()),
                Selector::Type(name) => ("type", name.as_str()),
                Selector::Whole | Selector::Lines(..) => ("part", ""),
            };
            let near = nearest(name, names.iter().map(String::as_str));
            let hint = match near.first() {
                Some(near) => format!("did you mean `{near}`?"),
                None if names.is_empty() => format!("the file has no {what} with a name"),
                None => format!("the file has {}", listed(names)),
            };
            error(format!("`{path}` has no {what} `{name}`")).hint(hint)
        }
        Wrong::Ambiguous(lines) => {
            let lines: Vec<String> = lines.iter().map(ToString::to_string).collect();
            error(format!("`{selector}` names more than one part of `{path}`"))
                .label(format!("they begin on lines {}", lines.join(", ")))
                .hint("name a method with its type, like `#func=(*Pool).Run`, or use `#region=`")
        }
        Wrong::Open(line) => error(format!("`{selector}` begins in `{path}` and does not end"))
            .label(format!("it begins on line {line}"))
            .hint("write `#endregion` in a comment where it ends"),
        Wrong::NoGrammar => {
            error(format!("deckc does not find symbols in files like `{path}`"))
                .label(format!("it does in {}", Grammar::NAMES))
                .hint("mark the lines with `#region name` and `#endregion` in comments and write `#region=name`")
        }
    }
}

/// The language that the end of a file's name stands for.
fn language(path: &str) -> Option<Lang> {
    let name = Path::new(path).extension().or(Path::new(path).file_name())?.to_str()?;
    highlight::knows(name).then(|| Lang(name.to_lowercase()))
}

/// How many bytes of white space all lines that are not blank begin with.
fn common_indent(lines: &[&str]) -> usize {
    let mut lines = lines.iter().filter(|line| !line.trim().is_empty());
    let Some(first) = lines.next() else { return 0 };
    let blanks = |line: &str| line.len() - line.trim_start_matches([' ', '\t']).len();
    lines.fold(blanks(first), |common, line| {
        let shared = line.bytes().zip(first.bytes()).take_while(|(a, b)| a == b).count();
        common.min(shared)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_revision_stands_behind_the_path() {
        assert_eq!(split_revision("a/pool.go@v1.2"), ("a/pool.go", Some("v1.2")));
        assert_eq!(split_revision("pool.go@origin/main"), ("pool.go", Some("origin/main")));
        assert_eq!(split_revision("node_modules/@types/x.ts"), ("node_modules/@types/x.ts", None));
        assert_eq!(split_revision("@types/x.ts@HEAD~1"), ("@types/x.ts", Some("HEAD~1")));
        assert!(is_revision("HEAD~1^2") && !is_revision("--output=x") && !is_revision("a:b"));
    }

    #[test]
    fn the_indent_that_lines_share_is_counted_as_they_wrote_it() {
        assert_eq!(common_indent(&["\t\ta", "", "\tb"]), 1);
        assert_eq!(common_indent(&["\ta", "    b"]), 0);
        assert_eq!(common_indent(&["  a"]), 2);
        assert_eq!(common_indent(&[]), 0);
    }
}
