//! Highlighting: code to runs of token classes.
//!
//! Takes the code blocks of a placed deck, gives the class of every character.
//! There are no colours here; the theme has them. Syntaxes are syntect's, with
//! two-face's additions; they are loaded once, when a deck has code.

mod console;
mod go;
mod kept;
mod langs;
mod scopes;
mod tokens;

use std::collections::BTreeMap;
use std::sync::OnceLock;

use rayon::prelude::*;
use syntect::parsing::{ParseState, ScopeStack, SyntaxReference, SyntaxSet};

use self::scopes::Classes;
pub use self::tokens::{TokenRun, Tokens};
use crate::memo::Shelf;
use crate::model::{Block, BlockId, BlockKind, Code, CodeLine};
use crate::place::Placed;
use crate::store::Store;
use crate::theme::Token;

/// The longest line that is parsed, in bytes: twenty times what fits a slide.
/// Grammars take quadratic time on some long lines; a longer one is plain.
const MAX_LINE: usize = 1200;

/// What earlier runs left: the runs of code, by its language and lines.
pub type Memo = Shelf<(String, Vec<String>), Vec<Vec<TokenRun>>>;

/// Highlights every code block of a deck, in notes too. The same code in the
/// same language is parsed once, and not at all where the store has its runs, or
/// where `may_wait` says that it looks as well without: it is when its runs are
/// asked for.
#[must_use]
pub fn highlight(
    placed: &Placed,
    may_wait: impl Fn(&Code) -> bool,
    memo: Option<&Memo>,
    store: Option<&dyn Store>,
) -> Tokens {
    let mut tokens = Tokens::default();
    let mut found: BTreeMap<(&str, Vec<Line<'_>>), Vec<BlockId>> = BTreeMap::new();
    for slide in &placed.slides {
        let shown = slide.slots.iter().flat_map(|slot| &slot.blocks);
        let noted = slide.notes.iter().flat_map(|note| &note.blocks);
        for block in shown.chain(noted) {
            each_code(block, &mut |id, code| {
                let lang = code.lang.as_ref().map_or("text", |lang| lang.value.0.as_str());
                let lines: Vec<_> = code.lines.iter().map(|line| Line::of(code, line)).collect();
                if may_wait(code) {
                    tokens.put_off(id, lang, &lines);
                } else {
                    found.entry((lang, lines)).or_default().push(id);
                }
            });
        }
    }
    let parsed: Vec<_> = found
        .into_par_iter()
        .map(|((lang, lines), ids)| {
            let parse = || kept_or_parsed(lang, &lines, store);
            // The sign is a line of its own in the name, since code may begin with one.
            let key = || {
                let parts = lines.iter().flat_map(|line| [line.sign, line.text]);
                (lang.to_owned(), parts.map(str::to_owned).collect())
            };
            (ids, memo.map_or_else(parse, |memo| memo.get_or(key(), parse)))
        })
        .collect();
    for (ids, lines) in parsed {
        for id in ids {
            tokens.insert(id, lines.clone());
        }
    }
    tokens
}

/// A line to highlight.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Line<'a> {
    /// The sign of a diff and a blank; empty where there is none.
    sign: &'a str,
    /// The code.
    text: &'a str,
}

impl<'a> Line<'a> {
    fn of(code: &Code, line: &'a CodeLine) -> Self {
        let sign = if code.signed { 2 } else { 0 };
        let (sign, text) = line.text.split_at_checked(sign).unwrap_or(("", &line.text));
        Self { sign, text }
    }
}

/// The runs that the store has, or those that the grammars find.
fn kept_or_parsed(lang: &str, lines: &[Line<'_>], store: Option<&dyn Store>) -> Vec<Vec<TokenRun>> {
    let Some(store) = store else { return of_lines(lang, lines) };
    let key = kept::key(lang, lines);
    if let Some(runs) = store.get(&key).and_then(|bytes| kept::unpack(&bytes, lines)) {
        return runs;
    }
    let runs = of_lines(lang, lines);
    store.put(&key, &kept::pack(&runs));
    runs
}

/// Highlights lines. A diff is two pieces of code, each without the lines that
/// only the other has, so that a string that begins in one does not go on in the
/// other.
fn of_lines(lang: &str, lines: &[Line<'_>]) -> Vec<Vec<TokenRun>> {
    let side = |without: char| {
        let own = |line: &&Line<'_>| !line.sign.starts_with(without);
        let texts: Vec<&str> = lines.iter().filter(own).map(|line| line.text).collect();
        highlight_lines(lang, &texts).into_iter()
    };
    if lines.iter().all(|line| line.sign.is_empty()) {
        return side('\0').collect();
    }
    let (mut new, mut old) = (side('-'), side('+'));
    let runs = lines.iter().map(|line| {
        let (token, code) = match line.sign.chars().next() {
            Some('+') => (Token::Inserted, new.next()),
            Some('-') => (Token::Deleted, old.next()),
            _ => (Token::Plain, new.next().zip(old.next()).map(|(new, _)| new)),
        };
        let sign = TokenRun { token, text: line.sign.to_owned() };
        std::iter::once(sign).chain(code.unwrap_or_default()).collect()
    });
    runs.collect()
}

/// Highlights the lines of one piece of code, without line ends. A language
/// that [`knows`] does not know is plain.
#[must_use]
pub fn highlight_lines(lang: &str, lines: &[&str]) -> Vec<Vec<TokenRun>> {
    match langs::grammar(lang) {
        Some(langs::Grammar::Console) => console::highlight(lines),
        Some(langs::Grammar::Syntax(name)) => match syntaxes().find_syntax_by_name(name) {
            Some(syntax) => parse(syntax, lines),
            None => plain(lines),
        },
        Some(langs::Grammar::Plain) | None => plain(lines),
    }
}

/// Whether a language can be highlighted; `text` can. Capitals do not matter.
#[must_use]
pub fn knows(lang: &str) -> bool {
    langs::grammar(lang).is_some()
}

/// Every name that a code fence may use, sorted.
#[must_use]
pub fn names() -> Vec<&'static str> {
    let mut names: Vec<&str> = langs::names().collect();
    names.sort_unstable();
    names
}

/// Calls `visit` with every code block in a block.
fn each_code<'a>(block: &'a Block, visit: &mut impl FnMut(BlockId, &'a Code)) {
    let inner: Vec<&Block> = match &block.kind {
        BlockKind::Code(code) => return visit(block.id, code),
        BlockKind::List(list) => list.items.iter().flat_map(|item| &item.blocks).collect(),
        BlockKind::Quote { blocks } => blocks.iter().collect(),
        BlockKind::Callout(callout) => callout.blocks.iter().collect(),
        BlockKind::Heading { .. }
        | BlockKind::Para { .. }
        | BlockKind::Image(_)
        | BlockKind::Table(_)
        | BlockKind::Formula(_) => return,
    };
    for block in inner {
        each_code(block, visit);
    }
}

/// The grammars, read once in a process.
fn syntaxes() -> &'static SyntaxSet {
    static SYNTAXES: OnceLock<SyntaxSet> = OnceLock::new();
    SYNTAXES.get_or_init(two_face::syntax::extra_newlines)
}

/// Parses lines with a grammar, from its start.
fn parse(syntax: &SyntaxReference, lines: &[&str]) -> Vec<Vec<TokenRun>> {
    let mut state = ParseState::new(syntax);
    let mut stack = ScopeStack::new();
    let mut classes = Classes::default();
    let mut parse_line = |line: &&str| {
        if line.len() > MAX_LINE {
            return plain_line(line);
        }
        // The grammars are made for lines that end.
        let ended = format!("{line}\n");
        let Ok(changes) = state.parse_line(&ended, syntaxes()) else {
            return plain_line(line);
        };
        let mut pieces = Vec::new();
        let mut from = 0;
        for (at, change) in changes {
            let at = at.min(line.len());
            if let Some(text) = line.get(from..at).filter(|text| !text.is_empty()) {
                pieces.push((classes.class(&stack, text), text));
            }
            from = from.max(at);
            if stack.apply(&change).is_err() {
                return plain_line(line);
            }
        }
        if let Some(text) = line.get(from..).filter(|text| !text.is_empty()) {
            pieces.push((classes.class(&stack, text), text));
        }
        if syntax.name == "Go" {
            go::refine(&mut pieces);
        }
        join(&pieces)
    };
    lines.iter().map(&mut parse_line).collect()
}

/// The runs of a line from its pieces.
fn join(pieces: &[(Token, &str)]) -> Vec<TokenRun> {
    let mut runs = Vec::new();
    for (token, text) in pieces {
        add(&mut runs, *token, text);
    }
    runs
}

/// Adds a piece to a line. Neighbours of one class become one run; white space
/// joins the run before it, and at the start of a line the run after it.
fn add(line: &mut Vec<TokenRun>, token: Token, text: &str) {
    let is_space = |text: &str| text.chars().all(char::is_whitespace);
    match line.last_mut() {
        Some(last) if last.token == token || is_space(text) => last.text.push_str(text),
        Some(last) if is_space(&last.text) => {
            last.token = token;
            last.text.push_str(text);
        }
        _ => line.push(TokenRun { token, text: text.to_owned() }),
    }
}

/// Lines without classes.
fn plain(lines: &[&str]) -> Vec<Vec<TokenRun>> {
    lines.iter().map(|line| plain_line(line)).collect()
}

/// A line without classes.
fn plain_line(line: &str) -> Vec<TokenRun> {
    if line.is_empty() { Vec::new() } else { join(&[(Token::Plain, line)]) }
}
