//! Code from files: `file=examples/pool.go#func=(*Pool).Run`; and the lines of
//! a fence that compile but do not show.

use std::path::Path;

use super::run::Cx;
use crate::diag::{Diagnostic, nearest};
use crate::excerpt::{self, Grammar, Selector, Wrong};
use crate::highlight;
use crate::loader::LoadError;
use crate::lock::{self, Include};
use crate::model::{Code, CodeFile, CodeLine, HiddenLine, Lang};
use crate::source::{Source, SourceId, Span, Spanned};

/// How many names a message lists.
const MAX_NAMES: usize = 8;

/// Puts the lines that `file` names into a code block whose fence is empty.
/// Gives whether they were found.
pub(super) fn include(
    cx: &mut Cx<'_, '_, '_>,
    file: &Spanned<String>,
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
        return false;
    };
    if let Some(revision) = revision {
        return include_revision(cx, file, (path, path_span), revision, &selector, with_doc, code);
    }
    let Some(source) = open(cx, path, path_span) else { return false };
    let text = cx.run.sources.get(source).text.clone();
    let lines = match excerpt::cut(&text, &selector, Grammar::of(path), with_doc) {
        Ok(lines) => lines,
        Err(wrong) => {
            let at = if matches!(selector, Selector::Whole) { path_span } else { at_selector };
            cx.report(not_cut(&wrong, &selector, path, at));
            return false;
        }
    };
    let (Some(first), Some(last)) = (lines.first(), lines.last()) else {
        let message = format!("`{}` holds no line to show", file.value);
        cx.report(
            Diagnostic::error("file", file.span, message)
                .hint("name lines that are not blank and are no markers"),
        );
        return false;
    };
    if code.lang.is_none() {
        code.lang = language(path).map(|lang| Spanned::new(lang, path_span));
    }
    let (first, last) = (first.number, last.number);
    let texts: Vec<&str> = lines.iter().map(|line| &text[line.range.clone()]).collect();
    let indent = common_indent(&texts);
    code.lines = lines
        .into_iter()
        .map(|line| {
            let start = (line.range.start + indent).min(line.range.end);
            let shown = &text[start..line.range.end];
            let span = Span::new(source, start..line.range.end);
            CodeLine { text: shown.to_owned(), span }
        })
        .collect();
    let path = cx.run.sources.get(source).path.to_string_lossy().into_owned();
    let (span, selector) = (file.span, selector.to_string());
    let file = CodeFile { path, span, revision: None, selector, with_doc, first, last };
    code.file = Some(Box::new(file));
    true
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

/// Puts the lines of a file at a revision into a code block: they stand in the
/// lock, since only `deckc test --update` asks git.
fn include_revision(
    cx: &mut Cx<'_, '_, '_>,
    file: &Spanned<String>,
    (path, path_span): (&str, Span),
    revision: Spanned<String>,
    selector: &Selector,
    with_doc: bool,
    code: &mut Code,
) -> bool {
    if !is_revision(&revision.value) {
        let message = format!("`{}` is no revision", revision.value);
        cx.report(
            Diagnostic::error("file", revision.span, message)
                .hint("write a tag, a branch or a commit: `pool.go@v1.2`"),
        );
        return false;
    }
    let Some(joined) = super::join(cx.part.folder, path).filter(|joined| !joined.is_empty()) else {
        let message = format!("`{path}` is no file below the deck's folder");
        cx.report(
            Diagnostic::error("missing-asset", path_span, message)
                .hint("write the path of a file from the folder of the deck"),
        );
        return false;
    };
    let at = revision.span;
    let mut wanted = CodeFile {
        path: joined,
        span: file.span,
        revision: Some(revision),
        selector: selector.to_string(),
        with_doc,
        first: 0,
        last: 0,
    };
    if code.lang.is_none() {
        code.lang = language(path).map(|lang| Spanned::new(lang, path_span));
    }
    let key = lock::include_key(&wanted);
    let locked = cx.run.lock.as_ref().and_then(|lock| lock.includes.get(&key)).cloned();
    let Some(locked) = locked.filter(|it| it.first <= it.last && it.last <= MAX_LINE) else {
        cx.report(
            Diagnostic::error("unlocked-revision", at, format!("the lock has no `{key}`"))
                .label("only `deckc test --update` asks git for a revision")
                .hint("take it into the lock: `deckc test --update`"),
        );
        code.file = Some(Box::new(wanted));
        return false;
    };
    // Blank lines above it let every line have the number that it has in its file.
    let before = "\n".repeat(locked.first as usize - 1);
    let name = format!("{}@{}", wanted.path, wanted.revision.as_ref().map_or("", |it| &it.value));
    let text = format!("{before}{}", locked.text);
    let source = cx.run.sources.add(Source::new(Path::new(&name), text.clone()));
    let mut start = before.len();
    code.lines = locked
        .text
        .split_inclusive('\n')
        .map(|line| {
            let bare = line.trim_end_matches(['\n', '\r']);
            let span = Span::new(source, start..start + bare.len());
            start += line.len();
            CodeLine { text: bare.to_owned(), span }
        })
        .collect();
    (wanted.first, wanted.last) = (locked.first, locked.last);
    code.file = Some(Box::new(wanted));
    true
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
            let hint = match why {
                LoadError::Remote => "save the file below the deck's folder and write its path",
                LoadError::Outside => "put the file below the deck's folder",
                LoadError::DeadLink => "put a copy of the file in place of the link",
                LoadError::Missing => "write the path from the folder of the file you write it in",
                LoadError::TooLarge => "show a part of it that is kept in a file of its own",
                LoadError::NotUtf8(_) => "save the file as UTF-8",
                LoadError::Refused(_) => "see that the file can be read",
            };
            cx.report(missing(format!("cannot read `{joined}`: {why}")).hint(hint));
            None
        }
    }
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

/// Takes the lines out of a fence that compile but do not show: `/// ` in Go, C
/// and Python, `# ` in Rust, as rustdoc has it.
pub(super) fn hide(code: &mut Code) {
    let Some(prefix) = code.lang.as_ref().and_then(|lang| prefix(&lang.value.0)) else { return };
    let mut shown = Vec::with_capacity(code.lines.len());
    for mut line in code.lines.drain(..) {
        let text = line.text.trim_start();
        let indent = line.text.len() - text.len();
        let hidden = text.strip_prefix(prefix).and_then(|rest| match rest.strip_prefix(' ') {
            Some(rest) => Some(rest),
            None => (rest.is_empty() || rest.starts_with('\t')).then_some(rest),
        });
        if let Some(hidden) = hidden {
            line.text = format!("{}{hidden}", &line.text[..indent]);
            code.hidden.push(HiddenLine { before: shown.len(), line });
            continue;
        }
        // rustdoc's escape: `##` shows as `#`.
        if prefix == "#" && text.starts_with("##") {
            line.text.remove(indent);
        }
        shown.push(line);
    }
    code.lines = shown;
}

/// What a hidden line of a language begins with.
fn prefix(lang: &str) -> Option<&'static str> {
    match lang.to_lowercase().as_str() {
        "go" | "golang" | "c" | "h" | "cpp" | "c++" | "cc" | "python" | "py" | "python3" => {
            Some("///")
        }
        "rust" | "rs" => Some("#"),
        _ => None,
    }
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
