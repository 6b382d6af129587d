//! Code: fences, their info strings, and indented code.
//!
//! Takes a code block of the parser, gives [`Code`]. The lines are cut from the
//! source, so that nothing that was done for the parser shows in them.

use comrak::nodes::{Node, NodeCodeBlock};

use super::run::Cx;
use super::{focus, foreign, included, shown, signs};
use crate::diag::{Diagnostic, nearest};
use crate::highlight;
use crate::model::{Code, CodeLine, Lang, Task};
use crate::source::{Span, Spanned};

/// The words that an info string may hold beside the language and the focus.
const WORDS: [&str; 16] = [
    "bench", "caption", "check", "count", "diff", "doc", "elide", "fail", "file", "id", "ignore",
    "lines", "race", "run", "tabs", "wrap",
];

/// What the words of an info string ask for that is done when all are read.
#[derive(Default)]
struct Words {
    /// The file whose code is shown.
    file: Option<Spanned<String>>,
    /// The file that it is compared with.
    base: Option<Spanned<String>>,
    /// That the lines begin with the signs of a diff.
    signs: Option<Span>,
    /// That the name of the file stands below the code.
    caption: Option<Span>,
    /// The lines that a mark takes the place of.
    elide: Option<Spanned<String>>,
    /// Whether the comment above a function or type comes along.
    with_doc: bool,
    /// Whether lines are numbered as the file numbers them.
    as_in_file: bool,
}

/// How often a benchmark is run at most: what `benchstat` asks for is 10.
const MAX_COUNT: u32 = 100;

/// The widest tab, in columns.
const MAX_TAB: usize = 8;

/// Reads a code block.
pub(super) fn code(cx: &mut Cx<'_, '_, '_>, node: Node<'_>, block: &NodeCodeBlock) -> Code {
    let (lines, info) = lines(cx, node, block);
    let mut code = Code::plain(lines);
    if let Some(info) = info {
        read_info(cx, info, &mut code);
    }
    code
}

/// The lines of a code block, and the info string of one that stands between
/// fences. A fence that is never closed is reported.
pub(super) fn lines(
    cx: &mut Cx<'_, '_, '_>,
    node: Node<'_>,
    block: &NodeCodeBlock,
) -> (Vec<CodeLine>, Option<Span>) {
    let pos = node.data().sourcepos;
    let span = cx.span(node);
    let first = pos.start.line - 1 + usize::from(block.fenced);
    let lines = cx.part.lines(first, &block.literal).into_iter();
    let lines: Vec<CodeLine> = lines.map(|(text, span)| CodeLine::new(text, span)).collect();
    if !block.fenced {
        return (lines, None);
    }
    let line = cx.part.source[span.start as usize..].lines().next().unwrap_or_default();
    let fence = line.len().min(block.fence_length);
    let info = span.start as usize + fence;
    let info = Span::new(span.source, info..span.start as usize + line.trim_end().len());
    if !block.closed {
        let opening = cx.part.within(span, 0, fence);
        let marks = if block.fence_char == b'~' { "tildes" } else { "backticks" };
        let count = block.fence_length;
        let open = Diagnostic::error("open-fence", opening, "this code block is never closed")
            .label("everything below is read as code")
            .hint(format!("write a line of {count} {marks} where the code ends"))
            .hides(span);
        let mark = char::from(block.fence_char).to_string().repeat(count);
        let is_at_margin =
            cx.part.source[..span.start as usize].ends_with(['\n', '\u{feff}']) || span.start == 0;
        cx.report(if is_at_margin { close(open, &mark, info, &lines) } else { open });
    }
    (lines, Some(info))
}

/// Closes a code block before the first line that looks like a break, or where
/// the text ends.
fn close(open: Diagnostic, mark: &str, info: Span, lines: &[CodeLine]) -> Diagnostic {
    let is_break = |line: &CodeLine| matches!(line.text.trim_end(), "---" | "***" | "___");
    let n_lines = lines.iter().position(is_break).unwrap_or(lines.len());
    let lines = &lines[..n_lines];
    let is_text = |line: &&CodeLine| !line.text.trim().is_empty();
    let last = lines.iter().rfind(is_text).map_or(info, |line| line.span);
    let open = open.patch(Span { start: last.end, ..last }, format!("\n{mark}"));
    // What stands below a blank line may be text that belongs on the slide.
    let is_prose = |line: &CodeLine| {
        ["# ", "## ", "- ", "> ", "![", "<!--", ":::"]
            .iter()
            .any(|mark| line.text.starts_with(mark))
    };
    if lines.iter().any(is_prose) { open.guess() } else { open }
}

/// Reads an info string: a language, then words and a focus in any order. The
/// focus is read last: its lines are those that the words leave.
fn read_info(cx: &mut Cx<'_, '_, '_>, info: Span, code: &mut Code) {
    let mut focuses = Vec::new();
    let mut words = Words::default();
    for (nth, Spanned { value: token, span }) in tokens(cx, info).into_iter().enumerate() {
        if token.starts_with('{') {
            focuses.push((token, span));
        } else if nth == 0 {
            read_lang(cx, &token, span, code, &mut words);
        } else {
            read_word(cx, &token, span, code, &mut words);
        }
    }
    if let Some(file) = words.file {
        if !included::include(cx, &file, words.base.as_ref(), words.with_doc, code) {
            return;
        }
        if words.as_in_file {
            code.numbers = code.file.as_ref().map(|file| file.first);
        } else {
            code.lines.iter_mut().for_each(|line| line.skipped = 0);
        }
    } else {
        shown::hide(code, &cx.run.runners);
        signs::read(cx, words.signs, code);
        if let Some(base) = words.base {
            let wrong = Diagnostic::error("diff", base.span, "there is no file to compare it with")
                .hint("name it: `file=pool.go#func=Run`");
            cx.report(wrong);
        }
    }
    if let Some(span) = words.caption {
        code.caption = included::caption(code);
        if code.caption.is_none() {
            cx.report(
                Diagnostic::error("wrong-value", span, "this code is of no file")
                    .hint("write what stands below it: `caption=\"pool.go\"`"),
            );
        }
    }
    if let Some(elide) = words.elide {
        read_elide(cx, &elide, code);
    }
    for (token, span) in focuses {
        focus::read(cx, &token, span, code);
    }
}

/// The tokens of an info string: words, perhaps with a value in quotes, and what
/// stands in braces.
pub(super) fn tokens(cx: &Cx<'_, '_, '_>, info: Span) -> Vec<Spanned<String>> {
    let text = cx.part.slice(info);
    let mut found = Vec::new();
    let mut at = 0;
    loop {
        at += text[at..].len() - text[at..].trim_start().len();
        let rest = &text[at..];
        let length = match rest.chars().next() {
            None => return found,
            Some('{') => rest.find('}').map_or(rest.len(), |end| end + 1),
            Some(_) => word_length(rest),
        };
        let span = cx.part.within(info, at, at + length);
        found.push(Spanned::new(rest[..length].to_owned(), span));
        at += length;
    }
}

/// How many bytes a word takes, up to white space or a focus; white space
/// between double quotes is part of it.
fn word_length(text: &str) -> usize {
    let mut is_quoted = false;
    let end = text.find(|c: char| {
        is_quoted ^= c == '"';
        !is_quoted && (c.is_whitespace() || c == '{')
    });
    end.unwrap_or(text.len())
}

/// Reads the language.
fn read_lang(cx: &mut Cx<'_, '_, '_>, token: &str, span: Span, code: &mut Code, words: &mut Words) {
    if token == "text" {
        return;
    }
    if highlight::knows(token) {
        code.lang = Some(Spanned::new(Lang(token.to_owned()), span));
        return;
    }
    if is_word(token) {
        // The language was left out.
        return read_word(cx, token, span, code, words);
    }
    if PLAIN.contains(&token) {
        let unknown = format!("unknown language `{token}`");
        return cx.report(
            Diagnostic::error("unknown-language", span, unknown)
                .hint("write `text` for code without highlighting")
                .patch(span, "text"),
        );
    }
    let near = if cx.run.may_suggest() { nearest(token, highlight::names()) } else { Vec::new() };
    let unknown =
        Diagnostic::error("unknown-language", span, format!("unknown language `{token}`"));
    cx.report(if near.is_empty() {
        unknown.hint("use `text` for code without highlighting")
    } else {
        unknown.mistyped(span, token, &near)
    });
}

/// What other tools call code without highlighting.
const PLAIN: [&str; 6] = ["plain", "plaintext", "txt", "none", "raw", "nohighlight"];

/// Whether a token is one of [`WORDS`], perhaps with a value.
fn is_word(token: &str) -> bool {
    WORDS.contains(&token.split('=').next().unwrap_or_default())
}

/// Reads a word like `lines` or `lines=40`.
fn read_word(cx: &mut Cx<'_, '_, '_>, token: &str, span: Span, code: &mut Code, words: &mut Words) {
    let (word, value) = match token.split_once('=') {
        Some((word, value)) => (word, Some(value)),
        None => (token, None),
    };
    match (word, value) {
        ("doc", None) => words.with_doc = true,
        ("file", Some(file)) if !file.is_empty() => {
            let at = cx.part.within(span, "file=".len(), token.len());
            words.file = Some(Spanned::new(file.to_owned(), at));
        }
        ("tabs", value) => match value.and_then(|value| value.parse().ok()) {
            Some(tab) if (1..=MAX_TAB).contains(&tab) => code.tabs = Some(tab),
            _ => cx.report(
                Diagnostic::error(
                    "wrong-value",
                    span,
                    format!("`{token}` is not a number of columns from 1 to {MAX_TAB}"),
                )
                .hint("write `tabs=2`"),
            ),
        },
        ("diff", None) => words.signs = Some(span),
        ("diff", Some(base)) if !base.is_empty() => {
            let at = cx.part.within(span, "diff=".len(), token.len());
            words.base = Some(Spanned::new(base.to_owned(), at));
        }
        ("elide", Some(lines)) => {
            let at = cx.part.within(span, "elide=".len(), token.len());
            words.elide = Some(Spanned::new(lines.to_owned(), at));
        }
        ("caption", None) => words.caption = Some(span),
        ("caption", text) if !unquoted(text).trim().is_empty() => {
            code.caption = Some(unquoted(text));
        }
        ("wrap", None) => code.wrap = true,
        ("wrap", Some(_)) => cx.report(
            Diagnostic::error("wrong-value", span, "`wrap` takes no value").hint("write `wrap`"),
        ),
        ("lines", None) => {
            code.numbers = Some(1);
            words.as_in_file = true;
        }
        ("lines", Some(value)) => match value.parse::<u32>() {
            Ok(number) if number <= 1_000_000 => code.numbers = Some(number),
            Ok(_) | Err(_) => cx.report(
                Diagnostic::error(
                    "line-number",
                    span,
                    format!("`{value}` is not the number of a line"),
                )
                .hint("write a number from 0 to 1000000, like `lines=40`"),
            ),
        },
        ("check", None) => set_task(cx, code, Task::Check, span),
        ("run", None) => set_task(cx, code, Task::Run, span),
        ("race", None) => set_task(cx, code, Task::Race, span),
        ("bench", file) => {
            set_task(cx, code, Task::Bench, span);
            if let Some(file) = file {
                let at = cx.part.within(span, "bench=".len(), token.len());
                code.bench.get_or_insert_default().raw = raw_file(cx, file, at);
            }
        }
        ("count", Some(count)) => match count.parse() {
            Ok(count) if (1..=MAX_COUNT).contains(&count) => {
                code.bench.get_or_insert_default().count = Some(count);
            }
            _ => cx.report(
                Diagnostic::error(
                    "wrong-value",
                    span,
                    format!("`{count}` is not a number of runs from 1 to {MAX_COUNT}"),
                )
                .hint("write `count=10`"),
            ),
        },
        ("fail", text) => set_task(cx, code, Task::Fail(unquoted(text)), span),
        ("ignore", Some(why)) if !unquoted(Some(why)).trim().is_empty() => {
            set_task(cx, code, Task::Ignore(unquoted(Some(why))), span);
        }
        ("ignore", _) => cx.report(
            Diagnostic::error("task", span, "this code is ignored for no reason")
                .hint("say why it is not tested: `ignore=\"needs a GPU\"`"),
        ),
        ("id", Some(id)) if !id.is_empty() => {
            let at = cx.part.within(span, "id=".len(), token.len());
            code.program = Some(Spanned::new(unquoted(Some(id)), at));
        }
        _ => {
            let message = format!("unknown word `{word}` of a fence");
            let unknown = Diagnostic::error("unknown-key", span, message);
            cx.report(if let Some((hint, here)) = foreign::in_fence(token) {
                match here {
                    Some(here) => unknown.hint(hint).patch(span, here),
                    None => unknown.hint(hint),
                }
            } else if nearest(word, WORDS).is_empty() {
                unknown.hint(
                    "after the language stand `file=pool.go`, `{2,4-6|8|all}`, `lines`, `tabs=2`, \
                     `wrap`, `run` and the like",
                )
            } else {
                unknown.mistyped(cx.part.within(span, 0, word.len()), word, &WORDS)
            });
        }
    }
}

/// The file that keeps what benchmarks print. It is written, so it has to be one
/// that nothing else stands in.
fn raw_file(cx: &mut Cx<'_, '_, '_>, file: &str, at: Span) -> Option<Spanned<String>> {
    let joined = super::join(cx.part.folder, file).filter(|path| !path.is_empty());
    if let Some(path) = joined.filter(|path| path.to_lowercase().ends_with(".txt")) {
        return Some(Spanned::new(path, at));
    }
    let message = format!("`{file}` is no text file below the deck's folder");
    cx.report(
        Diagnostic::error("wrong-value", at, message)
            .hint("write the path of a `.txt`, like `bench=results/pool.txt`"),
    );
    None
}

/// Sets what `deckc test` does with a block.
fn set_task(cx: &mut Cx<'_, '_, '_>, code: &mut Code, task: Task, span: Span) {
    if let Some(first) = &code.task {
        let wrong = Diagnostic::error("task", span, "this code has two tasks")
            .also(first.span, "the first one")
            .hint("keep one of `check`, `run`, `race`, `bench`, `fail` and `ignore`");
        return cx.report(wrong);
    }
    code.task = Some(Spanned::new(task, span));
}

/// A value without the quotes around it; empty where there is none.
pub(super) fn unquoted(value: Option<&str>) -> String {
    let value = value.unwrap_or_default();
    let inner = value.strip_prefix('"').and_then(|rest| rest.strip_suffix('"'));
    inner.unwrap_or(value).to_owned()
}

/// Reads `elide=5-9`, and leaves those lines out.
fn read_elide(cx: &mut Cx<'_, '_, '_>, elide: &Spanned<String>, code: &mut Code) {
    let n_lines = u32::try_from(code.lines.len()).unwrap_or(u32::MAX);
    let mut ranges: Vec<(u32, u32)> = Vec::new();
    for range in elide.value.split(',') {
        let (from, to) = range.split_once('-').unwrap_or((range, range));
        let parsed = from.trim().parse().ok().zip(to.trim().parse().ok());
        let free = ranges.last().map_or(0, |(_, last)| *last);
        match parsed {
            Some((from, to)) if free < from && from <= to && to <= n_lines => {
                ranges.push((from, to));
            }
            Some(_) | None => {
                let s = if n_lines == 1 { "" } else { "s" };
                let message = format!("`{range}` names no lines to leave out");
                return cx.report(
                    Diagnostic::error("wrong-value", elide.span, message)
                        .label(format!("the code block has {n_lines} line{s}"))
                        .hint("write lines in rising order, like `elide=5-9` or `elide=2,5-9`"),
                );
            }
        }
    }
    shown::elide(code, &ranges);
}
