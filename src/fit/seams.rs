//! Where code may be cut, and how bad that is.
//!
//! Takes the lines of a code block and their runs, gives what it costs to start
//! a part with each line. It knows no grammar: indentation, brackets, blank lines
//! and the classes of tokens tell declarations and statements apart well enough
//! in every language.

use crate::highlight::TokenRun;
use crate::model::CodeLine;
use crate::theme::Token;

/// What it costs to start a part with a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Cost(pub(super) u32);

impl Cost {
    /// Behind a blank line, with a line that stands at the edge.
    const BLANK: u32 = 0;
    /// With a declaration: what stands at the edge and closes nothing.
    const DECLARATION: u32 = 2;
    /// Behind a blank line in something; with [`Cost::STEP`] for each step of
    /// indentation it is less than another part costs.
    const INNER_BLANK: u32 = 16;
    /// With a statement, likewise; more than another part costs.
    const STATEMENT: u32 = 40;
    /// For each step of indentation.
    const STEP: u32 = 4;
    /// Right behind what opens a block, or right before what closes it.
    const EDGE: u32 = 80;
    /// In the middle of a statement, a comment or a string.
    const MIDDLE: u32 = 200;
}

/// The cost of each line; the first one starts a part anyway.
pub(super) fn costs(lines: &[CodeLine], tokens: Option<&Vec<Vec<TokenRun>>>) -> Vec<Cost> {
    let lines: Vec<Line<'_>> = lines
        .iter()
        .enumerate()
        .map(|(nth, line)| {
            let runs = tokens.and_then(|lines| lines.get(nth)).map_or(&[][..], Vec::as_slice);
            Line { text: &line.text, runs }
        })
        .collect();
    let shown = || lines.iter().filter(|line| !line.is_blank());
    let edge = shown().map(Line::indent).min().unwrap_or(0);
    let step = shown().map(|line| line.indent() - edge).filter(|indent| 0 < *indent).min();
    let level = |line: &Line<'_>| {
        u32::try_from((line.indent() - edge).div_ceil(step.unwrap_or(1))).unwrap_or(u32::MAX).min(8)
    };
    let mut open = 0usize;
    let mut costs = Vec::with_capacity(lines.len());
    for (nth, line) in lines.iter().enumerate() {
        let cost = match nth.checked_sub(1).map(|last| &lines[last]) {
            None => Cost::BLANK,
            // A blank line stays with what it ends.
            Some(_) if line.is_blank() => Cost::MIDDLE,
            Some(_) if 0 < open || line.goes_on() => Cost::MIDDLE,
            Some(last) if last.is_blank() => match level(line) {
                0 => Cost::BLANK,
                level => {
                    Cost::INNER_BLANK
                        + Cost::STEP * level
                        + if line.closes() { Cost::EDGE } else { 0 }
                }
            },
            Some(last) if last.is_unfinished() || last.leads(line) => Cost::MIDDLE,
            Some(last) if last.opens() || last.indent() < line.indent() => Cost::EDGE,
            Some(_) if line.closes() => Cost::EDGE,
            Some(_) => match level(line) {
                0 => Cost::DECLARATION,
                level => Cost::STATEMENT + Cost::STEP * level,
            },
        };
        costs.push(Cost(cost));
        open = line.brackets(open);
    }
    costs
}

/// A line and its runs.
struct Line<'a> {
    text: &'a str,
    runs: &'a [TokenRun],
}

impl Line<'_> {
    fn is_blank(&self) -> bool {
        self.text.trim().is_empty()
    }

    /// The columns before its text.
    fn indent(&self) -> usize {
        self.text.len() - self.text.trim_start().len()
    }

    /// The text without a comment at its end.
    fn code(&self) -> &str {
        let comment = match self.runs {
            [_, .., last] if last.token == Token::Comment => last.text.len(),
            _ => 0,
        };
        self.text.get(..self.text.len().saturating_sub(comment)).unwrap_or(self.text).trim()
    }

    /// How many round and square brackets are open behind it. Braces hold
    /// statements.
    fn brackets(&self, before: usize) -> usize {
        let plain = |run: &&TokenRun| !matches!(run.token, Token::String | Token::Comment);
        let chars = self.runs.iter().filter(plain).flat_map(|run| run.text.chars());
        chars.fold(before, |open, ch| match ch {
            '(' | '[' => open + 1,
            ')' | ']' => open.saturating_sub(1),
            _ => open,
        })
    }

    /// Whether it begins with what closes a block or goes on with it.
    fn closes(&self) -> bool {
        const WORDS: [&str; 9] =
            ["else", "elif", "elsif", "except", "catch", "finally", "rescue", "end", "fi"];
        let code = self.code();
        let word = code.split(|ch: char| !ch.is_alphanumeric()).next().unwrap_or_default();
        code.starts_with([')', ']', '}']) || WORDS.contains(&word)
    }

    /// Whether it opens a block.
    fn opens(&self) -> bool {
        self.code().ends_with(['{', ':'])
    }

    /// Whether it begins in the middle of an expression: with a call of a chain,
    /// or an operator.
    fn goes_on(&self) -> bool {
        let code = self.code();
        let operator = ["&&", "||", "+ ", "| ", "? ", ": ", "=> ", "|> ", ".", "?."];
        operator.iter().any(|it| code.starts_with(it)) && !code.starts_with("...")
    }

    /// Whether its end cannot be one of a statement.
    fn is_unfinished(&self) -> bool {
        let code = self.code();
        if self.is_comment() {
            return false;
        }
        code.ends_with(['(', '[', ',', '\\', '=', '+', '|', '&']) && !code.ends_with("++")
    }

    /// Whether it belongs to the next line: an attribute, a decorator or a
    /// comment above what it is about.
    fn leads(&self, next: &Line<'_>) -> bool {
        let code = self.code();
        let attribute = code.starts_with("#[") || code.starts_with('@');
        self.indent() == next.indent() && (attribute || self.is_comment())
            || self.ends_in_string() && next.starts_in_string()
    }

    fn is_comment(&self) -> bool {
        self.runs.iter().all(|run| run.token == Token::Comment) && !self.runs.is_empty()
    }

    /// Whether nothing but a string stands at its end.
    fn ends_in_string(&self) -> bool {
        self.runs.last().is_some_and(|run| run.token == Token::String)
    }

    fn starts_in_string(&self) -> bool {
        self.runs.first().is_some_and(|run| run.token == Token::String)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::highlight::highlight_lines;
    use crate::source::Span;

    /// The lines of some code, each behind what it costs to start a part with it.
    fn drawn(lang: &str, code: &str) -> String {
        let texts: Vec<&str> = code.lines().collect();
        let tokens = highlight_lines(lang, &texts);
        let line = |text: &&str| CodeLine::new((*text).to_owned(), Span::default());
        let lines: Vec<CodeLine> = texts.iter().map(line).collect();
        let costs = costs(&lines, Some(&tokens));
        let drawn = costs.iter().zip(&texts).map(|(cost, text)| format!("{:3} {text}\n", cost.0));
        drawn.collect()
    }

    #[test]
    fn go_is_cut_between_declarations() {
        let code = "\
type Pool struct {
    jobs chan Job
}

// New starts n workers.
func New(n int) *Pool {
    p := &Pool{
        jobs: make(chan Job),
    }
    go p.work()

    return p
}
func (p *Pool) Close() {
    close(p.jobs)
}";
        let expected = "  0 type Pool struct {
 80     jobs chan Job
 80 }
200 
  0 // New starts n workers.
200 func New(n int) *Pool {
 80     p := &Pool{
 80         jobs: make(chan Job),
200     }
 44     go p.work()
200 
 20     return p
 80 }
  2 func (p *Pool) Close() {
 80     close(p.jobs)
 80 }
";
        assert_eq!(drawn("go", code), expected);
    }

    #[test]
    fn python_and_rust_are_cut_between_statements() {
        let code = "\
@retry(times=3)
def load(url):
    response = get(
        url,
    )
    text = \"\"\"
    some text
    \"\"\"
    return response";
        let expected = "  0 @retry(times=3)
200 def load(url):
 80     response = get(
200         url,
200     )
 44     text = \"\"\"
200     some text
200     \"\"\"
 44     return response
";
        assert_eq!(drawn("python", code), expected);
        let code = "\
#[test]
fn sums() {
    let total = orders
        .iter()
        .sum();
    assert_eq!(total, 3);
}";
        let expected = "  0 #[test]
200 fn sums() {
 80     let total = orders
200         .iter()
200         .sum();
 44     assert_eq!(total, 3);
 80 }
";
        assert_eq!(drawn("rust", code), expected);
    }
}
