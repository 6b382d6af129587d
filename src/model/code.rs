//! Code blocks and the lines that have the focus.

use schemars::JsonSchema;
use serde::Serialize;
use unicode_width::UnicodeWidthChar as _;

use super::{BlockId, Inline, Step};
use crate::source::{Span, Spanned};

/// The language of a code block, as the author wrote it, checked to be one
/// that deckc can highlight. `text` is no language.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, JsonSchema)]
#[serde(transparent)]
pub struct Lang(pub String);

/// One line of code.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct CodeLine {
    /// The characters, without a line end; tabs as the author wrote them, until
    /// the theme says how wide they are.
    pub text: String,
    /// Where the line was read.
    pub span: Span,
    /// What a diff says of it. Its text then begins with a sign: in a diff of the
    /// language `diff` as it was written, in another one with a blank behind it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub change: Option<Change>,
    /// How many lines it stands for, where it is a mark for what is left out; 0
    /// for a line of code.
    #[serde(skip_serializing_if = "is_zero")]
    pub elided: u32,
    /// How many lines of its file stand before it that do not show, where lines
    /// are numbered as in the file.
    #[serde(skip_serializing_if = "is_zero")]
    pub skipped: u32,
}

/// What a diff says of a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Change {
    /// It came in.
    Added,
    /// It is gone.
    Removed,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "the signature is serde's")]
const fn is_zero(number: &u32) -> bool {
    *number == 0
}

impl CodeLine {
    /// A line that is neither a change nor a mark.
    #[must_use]
    pub const fn new(text: String, span: Span) -> Self {
        Self { text, span, change: None, elided: 0, skipped: 0 }
    }

    /// Makes tabs spaces: a tab reaches to the next column that is a multiple of
    /// `width`.
    pub fn expand_tabs(&mut self, width: usize) {
        self.expand_tabs_from(0, width);
    }

    /// The same, with tab stops counted from behind the first `skipped` bytes.
    pub fn expand_tabs_from(&mut self, skipped: usize, width: usize) {
        if !self.text.contains('\t') {
            return;
        }
        let Some((skipped, text)) = self.text.split_at_checked(skipped) else { return };
        let mut out = String::with_capacity(self.text.len() + width);
        out.push_str(skipped);
        let mut column = 0;
        for c in text.chars() {
            if c == '\t' {
                let blanks = width - column % width.max(1);
                out.extend(std::iter::repeat_n(' ', blanks));
                column += blanks;
            } else {
                out.push(c);
                column += c.width().unwrap_or(0);
            }
        }
        self.text = out;
    }
}

/// A code block.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct Code {
    /// The language; `None` for plain text.
    pub lang: Option<Spanned<Lang>>,
    /// The lines to show, in order.
    pub lines: Vec<CodeLine>,
    /// The number of the first line, when lines are numbered.
    pub numbers: Option<u32>,
    /// Whether a line that is too long goes on on the next row.
    pub wrap: bool,
    /// How many columns a tab has, if the fence says so; else the theme does.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tabs: Option<usize>,
    /// The focus of each state, in order; empty for a block without focus. The
    /// first one holds from the step at which the block appears, each further
    /// one from [`Code::focus_from`] on.
    pub focus: Vec<Focus>,
    /// The step of the second focus; the others follow, one a step.
    pub focus_from: Step,
    /// The file that the lines stand in; `None` for lines of the deck.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub file: Option<Box<CodeFile>>,
    /// The part of a file that it is compared with, where it is a diff of two.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub base: Option<Box<CodeFile>>,
    /// Whether each line begins with the sign of a diff and a blank.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub signed: bool,
    /// What stands below it in small type; `None` for nothing.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub caption: Option<String>,
    /// What is said beside its lines, from top to bottom.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub remarks: Vec<Remark>,
    /// The lines that compile but do not show, in order.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub hidden: Vec<HiddenLine>,
    /// What `deckc test` does with it; `None` where the author does not say.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub task: Option<Spanned<Task>>,
    /// How its benchmarks are run; `None` for as they are by default.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub bench: Option<Box<Bench>>,
    /// The program that it is a part of, where several blocks make one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub program: Option<Spanned<String>>,
}

/// What `deckc test` does with a code block.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Task {
    /// It must compile.
    Check,
    /// It must compile, run and end well.
    Run,
    /// It is run under the race detector.
    Race,
    /// Its benchmarks are run.
    Bench,
    /// It must not compile, and the compiler must say this; empty for anything.
    Fail(String),
    /// It is left alone, for this reason.
    Ignore(String),
}

impl Task {
    /// The word of a fence that asks for it.
    #[must_use]
    pub const fn word(&self) -> &'static str {
        match self {
            Self::Check => "check",
            Self::Run => "run",
            Self::Race => "race",
            Self::Bench => "bench",
            Self::Fail(_) => "fail",
            Self::Ignore(_) => "ignore",
        }
    }
}

/// How benchmarks are run.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Bench {
    /// How often each is run, if not once.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub count: Option<u32>,
    /// The file that keeps all that they print, below the root, with forward
    /// slashes.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub raw: Option<Spanned<String>>,
}

/// The part of a file that a code block shows.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct CodeFile {
    /// The file, below the root, with forward slashes.
    pub path: String,
    /// Where the deck names it.
    pub span: Span,
    /// The revision that it is taken from; `None` for the file as it is.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub revision: Option<Spanned<String>>,
    /// What was asked for, as it stands behind the `#`; empty for all of it.
    pub selector: String,
    /// Whether the comment above a function or type was asked for, too.
    pub with_doc: bool,
    /// The number of the first line in the file, counted from 1.
    pub first: u32,
    /// The number of the last line.
    pub last: u32,
}

/// Text that stands beside lines of a code block.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct Remark {
    /// The remark's name.
    pub id: BlockId,
    /// Where it was read.
    pub span: Span,
    /// The step at which it appears.
    pub step: Step,
    /// The first line that it is about, counted from 1 within the block.
    pub first: u32,
    /// The last one.
    pub last: u32,
    /// The text.
    pub content: Vec<Inline>,
}

/// A line of a code block that compiles but does not show.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct HiddenLine {
    /// How many lines that show stand before it.
    pub before: usize,
    /// The line, without the mark that hides it.
    pub line: CodeLine,
}

impl Code {
    /// Lines of plain text that the deck itself holds: no language, no numbers,
    /// no focus.
    #[must_use]
    pub const fn plain(lines: Vec<CodeLine>) -> Self {
        Self {
            lang: None,
            lines,
            numbers: None,
            wrap: false,
            tabs: None,
            focus: Vec::new(),
            focus_from: Step::FIRST,
            file: None,
            base: None,
            signed: false,
            caption: None,
            remarks: Vec::new(),
            hidden: Vec::new(),
            task: None,
            bench: None,
            program: None,
        }
    }

    /// The number of a line, counted from 0 within the block, where lines are
    /// numbered. What is left out counts; what a diff removes has none.
    #[must_use]
    pub fn number(&self, line: usize) -> Option<u32> {
        let (before, own) = (self.lines.get(..line)?, self.lines.get(line)?);
        if own.change == Some(Change::Removed) {
            return None;
        }
        let taken = |line: &CodeLine| match line.change {
            Some(Change::Removed) => 0,
            Some(Change::Added) | None => line.skipped + line.elided.max(1),
        };
        let taken = before.iter().map(taken).fold(own.skipped, u32::saturating_add);
        self.numbers.map(|first| first.saturating_add(taken))
    }

    /// What the audience calls the lines of a remark: `Line 7`, `Lines 4–6`.
    #[must_use]
    pub fn lines_of(&self, remark: &Remark) -> String {
        let number = |line: u32| self.number(line as usize - 1).unwrap_or(line);
        match (number(remark.first), number(remark.last)) {
            (first, last) if first == last => format!("Line {first}"),
            (first, last) => format!("Lines {first}–{last}"),
        }
    }

    /// The step at which some lines get the focus that did not have it from the
    /// start.
    #[must_use]
    pub fn focused_at(&self, first: u32, last: u32) -> Option<Step> {
        let has = |focus: &Focus| match focus {
            Focus::All => false,
            Focus::Lines(lines) => lines.iter().any(|line| (first..=last).contains(line)),
        };
        let nth = u32::try_from(self.focus.iter().position(has)?).ok()?;
        Some(Step(self.focus_from.0.saturating_add(nth.checked_sub(1)?)))
    }

    /// The focus in force at a step of the slide.
    #[must_use]
    pub fn focus_at(&self, step: Step) -> Option<&Focus> {
        let past = (step.0 + 1).saturating_sub(self.focus_from.0) as usize;
        self.focus.get(past.min(self.focus.len().saturating_sub(1)))
    }
}

/// Which lines the audience should look at.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Focus {
    /// Every line: nothing is set apart.
    All,
    /// These lines, counted from 1 within the block, in rising order.
    Lines(Vec<u32>),
}

impl Focus {
    /// Whether a line, counted from 1, has the focus.
    #[must_use]
    pub fn has(&self, line: u32) -> bool {
        match self {
            Self::All => true,
            Self::Lines(lines) => lines.contains(&line),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tabs_reach_to_the_next_stop() {
        let expanded = |text: &str, width| {
            let mut line = CodeLine::new(text.to_owned(), Span::default());
            line.expand_tabs(width);
            line.text
        };
        assert_eq!(expanded("\ta\tb", 4), "    a   b");
        assert_eq!(expanded("\ta\tb", 2), "  a b");
        assert_eq!(expanded("世\tb", 4), "世  b");
        assert_eq!(expanded("abcd\t|", 4), "abcd    |");
    }

    #[test]
    fn the_focus_moves_one_state_a_step() {
        let code = Code {
            focus: vec![Focus::Lines(vec![2]), Focus::Lines(vec![4]), Focus::All],
            focus_from: Step(3),
            ..Code::plain(Vec::new())
        };
        assert_eq!(code.focus_at(Step(0)), Some(&Focus::Lines(vec![2])));
        assert_eq!(code.focus_at(Step(2)), Some(&Focus::Lines(vec![2])));
        assert_eq!(code.focus_at(Step(3)), Some(&Focus::Lines(vec![4])));
        assert_eq!(code.focus_at(Step(4)), Some(&Focus::All));
        assert_eq!(code.focus_at(Step(9)), Some(&Focus::All));
    }
}
