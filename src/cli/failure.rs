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
        // The system appends its number, which helps nobody.
        let why = error.to_string();
        let why = why.split(" (os error").next().unwrap_or(&why).to_lowercase();
        Self::files(format!("could not {act} `{}`: {why}", path.display()))
    }

    /// Adds an act that mends it.
    pub(super) fn hint(mut self, text: impl Into<String>) -> Self {
        self.hints.push(text.into());
        self
    }
}

impl fmt::Display for Failure {
    /// In the form of a finding without a place.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&super::report::human::failure(&self.message, &self.hints))
    }
}
