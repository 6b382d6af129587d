//! What stops a command before or after compiling: no deck, a folder that
//! cannot be written. Findings in a deck are diagnostics, not failures.

use std::fmt;
use std::path::Path;

use super::Exit;

/// Why a command could not do its work, and what to do about it.
#[derive(Debug)]
pub(super) struct Failure {
    /// The exit code.
    pub(super) exit: Exit,
    message: String,
    hints: Vec<String>,
}

impl Failure {
    /// The command itself makes no sense.
    pub(super) fn usage(message: impl Into<String>) -> Self {
        Self { exit: Exit::Usage, message: message.into(), hints: Vec::new() }
    }

    /// Something could not be read or written.
    pub(super) fn files(message: impl Into<String>) -> Self {
        Self { exit: Exit::Files, message: message.into(), hints: Vec::new() }
    }

    /// The system refused to do something with a file.
    pub(super) fn io(act: &str, path: &Path, error: &std::io::Error) -> Self {
        let why = plainly(&error.to_string());
        Self::files(format!("could not {act} `{}`: {why}", path.display()))
    }

    /// Adds an act that mends it.
    pub(super) fn hint(mut self, text: impl Into<String>) -> Self {
        self.hints.push(text.into());
        self
    }
}

/// A reason of the system in the form of deckc's messages: without its number,
/// which helps nobody, and in lower case.
pub(super) fn plainly(why: &str) -> String {
    let why = why.split(" (os error").next().unwrap_or(why);
    let mut chars = why.chars();
    match chars.next() {
        Some(first) => first.to_lowercase().chain(chars).collect(),
        None => String::new(),
    }
}

impl fmt::Display for Failure {
    /// In the form of a finding without a place.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&super::report::human::failure(&self.message, &self.hints))
    }
}
