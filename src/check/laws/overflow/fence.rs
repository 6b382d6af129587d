//! A code block as it stands in the deck, to be changed there.
//!
//! Lines are changed where they stand: what is around them, in a list or a quote
//! as well as at the edge of the page, stays as it is.

use std::ops::Range;

use super::window::Pane;
use crate::check::laws::Ctx;
use crate::diag::Patch;
use crate::model::{Block, Code, Focus};
use crate::source::{SourceId, Span};

/// A fence of the deck.
pub(super) struct Fence<'a> {
    source: SourceId,
    /// The text that it stands in.
    text: &'a str,
    /// The backticks or tildes.
    mark: &'a str,
    /// From its first mark to its last.
    bytes: Range<usize>,
    /// What stands behind the first mark, without white space around it.
    info: Range<usize>,
}

impl<'a> Fence<'a> {
    /// `None` for indented code.
    pub(super) fn of(ctx: Ctx<'a>, block: &Block) -> Option<Self> {
        let source = block.span.source;
        let text: &str = &ctx.sources.get(source).text;
        let bytes = block.span.range();
        let written = text.get(bytes.clone())?.trim_end();
        let first = written.lines().next()?;
        let mark_char = first.chars().next().filter(|ch| matches!(ch, '`' | '~'))?;
        let mark = &first[..first.len() - first.trim_start_matches(mark_char).len()];
        let rest = &first[mark.len()..];
        let start = bytes.start + first.len() - rest.trim_start().len();
        Some(Self {
            source,
            text,
            mark,
            info: start..start + rest.trim().len(),
            bytes: bytes.start..bytes.start + written.len(),
        })
    }

    /// Whether it stands at the edge of the page.
    pub(super) fn is_at_edge(&self) -> bool {
        self.bytes.start == 0 || self.text[..self.bytes.start].ends_with(['\n', '\u{feff}'])
    }

    /// Whether the lines of the code are those of the fence, one below the other.
    pub(super) fn holds(&self, code: &Code) -> bool {
        let written = &self.text[self.bytes.clone()];
        let closing = written.lines().next_back().unwrap_or_default();
        code.file.is_none()
            && code.hidden.is_empty()
            && written.lines().count() == code.lines.len() + 2
            && closing.trim_start_matches(['>', ' ', '\t']).starts_with(self.mark)
    }

    /// Adds words to its info string.
    pub(super) fn with_words(&self, words: &[&str]) -> Vec<Patch> {
        if words.is_empty() {
            return Vec::new();
        }
        let span = Span::new(self.source, self.info.end..self.info.end);
        vec![Patch { span, text: format!(" {}", words.join(" ")) }]
    }

    /// Whether its info string has a word, perhaps with a value.
    pub(super) fn has(&self, word: &str) -> bool {
        let mut words = self.text[self.info.clone()].split_whitespace();
        words.any(|it| it.split('=').next() == Some(word))
    }

    /// What leaves some of its lines, each gap a mark, and gives it the focus and
    /// numbers of `shown` and further words. `None` where a gap has nothing that
    /// could carry the mark.
    pub(super) fn left(
        &self,
        code: &Code,
        shown: &Code,
        words: &[&str],
        (panes, mark): (&[Pane], &str),
    ) -> Option<Vec<Patch>> {
        let mut patches = Vec::new();
        let info = self.info_of(shown, words);
        if info != self.text[self.info.clone()] {
            patches.push(Patch { span: Span::new(self.source, self.info.clone()), text: info });
        }
        let end_of = |line: usize| match line.checked_sub(1) {
            Some(line) => code.lines[line].span.end as usize,
            None => self.info.end,
        };
        let mut at = 0;
        let mut ahead = panes.iter().peekable();
        let mut leave_out = |from: usize, to: usize| {
            if from < to {
                let span = Span::new(self.source, end_of(from)..end_of(to));
                patches.push(Patch { span, text: String::new() });
            }
        };
        let mut marks = Vec::new();
        while let Some(pane) = ahead.next() {
            match pane {
                Pane::Line(line) => {
                    leave_out(at, *line);
                    at = line + 1;
                }
                Pane::Gap(indent) => {
                    let end = match ahead.peek() {
                        Some(Pane::Line(line)) => *line,
                        Some(Pane::Gap(_)) | None => code.lines.len(),
                    };
                    // A blank line may lack what the others have before them.
                    let carrier = (at..end).find(|it| !code.lines[*it].text.trim().is_empty())?;
                    leave_out(at, carrier);
                    let text = format!("{}{mark}", " ".repeat(*indent));
                    marks.push(Patch { span: code.lines[carrier].span, text });
                    leave_out(carrier + 1, end);
                    at = end;
                }
            }
        }
        leave_out(at, code.lines.len());
        patches.extend(marks);
        Some(patches)
    }

    /// What leaves out all lines but some, each gap a mark, and gives it the focus
    /// of `shown` and further words. The lines stay in the deck, and compile.
    pub(super) fn elided(
        &self,
        code: &Code,
        shown: &Code,
        words: &[&str],
        panes: &[Pane],
    ) -> Vec<Patch> {
        let mut gaps = Vec::new();
        let mut at = 0;
        let mut ahead = panes.iter().peekable();
        while let Some(pane) = ahead.next() {
            if let Pane::Line(line) = pane {
                at = line + 1;
                continue;
            }
            let end = match ahead.peek() {
                Some(Pane::Line(line)) => *line,
                Some(Pane::Gap(_)) | None => code.lines.len(),
            };
            gaps.push(format!("{}-{end}", at + 1));
            at = end;
        }
        let elide = format!("elide={}", gaps.join(","));
        let words: Vec<&str> = words.iter().copied().chain([elide.as_str()]).collect();
        // What is left out counts where lines are numbered.
        let shown = Code { numbers: code.numbers, ..shown.clone() };
        let span = Span::new(self.source, self.info.clone());
        vec![Patch { span, text: self.info_of(&shown, &words) }]
    }

    /// What takes it away, with the blank lines before it.
    pub(super) fn away(&self) -> Vec<Patch> {
        let start = self.text[..self.bytes.start].trim_end().len();
        let span = Span::new(self.source, start..self.bytes.end);
        vec![Patch { span, text: String::new() }]
    }

    /// A fence of its own for some of the lines, with the focus and numbers of
    /// `shown`, which has just them, and further words.
    pub(super) fn another(&self, shown: &Code, words: &[&str]) -> String {
        let mut written = format!("{}{}", self.mark, self.info_of(shown, words));
        for line in &shown.lines {
            written.push('\n');
            written.push_str(&self.text[line.span.range()]);
        }
        format!("{written}\n{}", self.mark)
    }

    /// The info string with the focus and numbers of `code` and further words.
    fn info_of(&self, code: &Code, further: &[&str]) -> String {
        let mut words: Vec<String> = Vec::new();
        let mut rest = &self.text[self.info.clone()];
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
        words.extend(further.iter().map(|word| (*word).to_owned()));
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
