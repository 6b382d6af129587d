//! A code block as it stands in the deck, to be written anew.

use std::ops::Range;

use crate::check::laws::Ctx;
use crate::diag::Patch;
use crate::model::{Block, Code, Focus};
use crate::source::{SourceId, Span};

/// A fence of the deck's own lines, at the edge of the page.
pub(super) struct Fence<'a> {
    pub(super) source: SourceId,
    /// The text that it stands in.
    text: &'a str,
    /// The backticks or tildes.
    mark: &'a str,
    /// What stands behind them.
    info: &'a str,
    /// From its first mark to its last.
    bytes: Range<usize>,
    /// Its lines, as they stand there.
    lines: Vec<&'a str>,
    /// How its lines end.
    pub(super) eol: &'static str,
}

impl<'a> Fence<'a> {
    /// `None` for indented code, a fence in a list or a quote, and code from a
    /// file.
    pub(super) fn of(ctx: Ctx<'a>, block: &Block, code: &Code) -> Option<Self> {
        let source = ctx.sources.get(block.span.source);
        let text: &str = &source.text;
        let bytes = block.span.range();
        let written = text.get(bytes.clone())?.trim_end();
        let first = written.lines().next()?;
        let mark_char = first.chars().next().filter(|ch| matches!(ch, '`' | '~'))?;
        let mark = &first[..first.len() - first.trim_start_matches(mark_char).len()];
        let at_edge = source.column(bytes.start) == 1;
        let mut lines: Vec<&str> = written.lines().skip(1).collect();
        let closing = lines.pop()?;
        let is_whole = code.file.is_none() && lines.len() == code.lines.len();
        (at_edge && is_whole && closing.starts_with(mark)).then(|| Self {
            source: block.span.source,
            text,
            mark,
            info: first[mark.len()..].trim(),
            bytes: bytes.start..bytes.start + written.len(),
            lines,
            eol: if first.len() < written.len() && written[first.len()..].starts_with('\r') {
                "\r\n"
            } else {
                "\n"
            },
        })
    }

    pub(super) fn span(&self) -> Span {
        Span::new(self.source, self.bytes.clone())
    }

    /// The place behind the info string.
    pub(super) fn info_end(&self) -> Span {
        let first = self.text[self.bytes.clone()].lines().next().unwrap_or_default();
        let at = self.bytes.start + first.trim_end().len();
        Span::new(self.source, at..at)
    }

    /// A line, its leading tabs made two spaces each if asked for.
    pub(super) fn line(&self, nth: usize, retabbed: bool) -> String {
        let line = self.lines.get(nth).copied().unwrap_or_default();
        let rest = line.trim_start_matches('\t');
        if retabbed {
            format!("{}{rest}", "  ".repeat(line.len() - rest.len()))
        } else {
            line.to_owned()
        }
    }

    /// How many tabs a line begins with.
    pub(super) fn tabs(&self, nth: usize) -> usize {
        let line = self.lines.get(nth).copied().unwrap_or_default();
        line.len() - line.trim_start_matches('\t').len()
    }

    /// What keeps some of the lines, and gives the fence the focus, numbers and
    /// `wrap` of `code`.
    pub(super) fn keep(&self, code: &Code, lines: &Range<usize>) -> Vec<Patch> {
        let mut patches = Vec::new();
        let info = self.info_of(code);
        if info != self.info {
            let end = self.info_end();
            let start = end.start as usize - self.info.len();
            patches.push(Patch {
                span: Span::new(self.source, start..end.start as usize),
                text: info,
            });
        }
        // The lines stand one below the other, and end where the mark begins.
        let start = self.text.as_ptr() as usize;
        let end = |line: &str| line.as_ptr() as usize - start + line.len();
        if let (Some(kept), Some(last)) = (self.lines[..lines.end].last(), self.lines.last()) {
            let span = Span::new(self.source, end(kept)..end(last));
            patches.push(Patch { span, text: String::new() });
        }
        patches
    }

    /// The fence with other lines, and the focus, numbers and `wrap` of `code`.
    pub(super) fn with(&self, code: &Code, lines: &[String]) -> String {
        let mut written = format!("{}{}", self.mark, self.info_of(code));
        for line in lines {
            written.push_str(self.eol);
            written.push_str(line);
        }
        format!("{written}{}{}", self.eol, self.mark)
    }

    /// The info string with the focus, numbers and `wrap` of `code`.
    fn info_of(&self, code: &Code) -> String {
        let mut words: Vec<String> = Vec::new();
        let mut rest = self.info;
        while let Some(first) = rest.chars().next() {
            let length = if first == '{' {
                rest.find('}').map_or(rest.len(), |end| end + 1)
            } else {
                rest.find(|ch: char| ch.is_whitespace() || ch == '{').unwrap_or(rest.len())
            };
            let word = &rest[..length.max(1)];
            rest = rest[length.max(1)..].trim_start();
            if first == '{' {
                words.extend((!code.focus.is_empty()).then(|| focus(&code.focus)));
            } else if word == "lines" || word.starts_with("lines=") {
                words.extend(code.numbers.map(|number| match (word, number) {
                    ("lines", 1) => word.to_owned(),
                    _ => format!("lines={number}"),
                }));
            } else {
                words.push(word.to_owned());
            }
        }
        if code.wrap && !words.iter().any(|word| word == "wrap") {
            words.push("wrap".to_owned());
        }
        words.join(" ")
    }
}

/// A focus as a fence has it: `{2,4-6|8|all}`.
fn focus(states: &[Focus]) -> String {
    let state = |state: &Focus| match state {
        Focus::All => "all".to_owned(),
        Focus::Lines(lines) => {
            let runs = lines.chunk_by(|a, b| a + 1 == *b);
            let run = |run: &[u32]| match run {
                [first, .., last] => format!("{first}-{last}"),
                _ => run.iter().map(u32::to_string).collect(),
            };
            runs.map(run).collect::<Vec<_>>().join(",")
        }
    };
    format!("{{{}}}", states.iter().map(state).collect::<Vec<_>>().join("|"))
}
