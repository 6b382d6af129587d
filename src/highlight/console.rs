//! Sessions of a shell: prompts, commands and what they print.

use super::{TokenRun, add, plain};
use crate::theme::Token;

/// The prompts that open a command, with the blank behind them.
const PROMPTS: [&str; 4] = ["$ ", "% ", "# ", "> "];

/// Highlights a session. A prompt is punctuation, its command is plain, and
/// what is printed is set apart like a comment. A session without a prompt is
/// plain.
pub(super) fn highlight(lines: &[&str]) -> Vec<Vec<TokenRun>> {
    // `#`, `%` and `>` stand in output too; they are prompts where a session
    // opens with them.
    let first = lines.iter().find(|line| !line.is_empty());
    let prompts = ["$ ", first.and_then(|line| prompt(line, &PROMPTS)).unwrap_or("$ ")];
    if !lines.iter().any(|line| prompt(line, &prompts).is_some()) {
        return plain(lines);
    }
    let mut goes_on = false;
    let mut session = Vec::new();
    for line in lines {
        let mut runs = Vec::new();
        let prompt = prompt(line, &prompts).or(goes_on.then(|| continuation(line)));
        if let Some(prompt) = prompt {
            let (sign, command) = line.split_at(prompt.len());
            if !sign.is_empty() {
                add(&mut runs, Token::Punctuation, sign);
            }
            if !command.is_empty() {
                runs.push(TokenRun { token: Token::Plain, text: command.to_owned() });
            }
            goes_on = command.ends_with('\\');
        } else if !line.is_empty() {
            add(&mut runs, Token::Comment, line);
        }
        session.push(runs);
    }
    session
}

/// The prompt that a line opens with.
fn prompt<'a>(line: &str, prompts: &[&'a str]) -> Option<&'a str> {
    prompts.iter().find(|prompt| line.starts_with(**prompt)).copied()
}

/// The sign before a command that goes on from the line above.
fn continuation(line: &str) -> &'static str {
    if line.starts_with("> ") { "> " } else { "" }
}
