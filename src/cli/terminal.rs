//! Where text goes: standard output for what was asked for, standard error for
//! everything else. Colour and progress only where a person looks on.

use std::io::{IsTerminal as _, Write as _};

use super::Failure;

/// The width that text is set for where no terminal tells one.
const WIDTH: usize = 80;

/// The width of the terminal, in columns: 80 in a pipe, and never above 120,
/// since long lines are hard to read.
pub(super) fn width() -> usize {
    terminal_size::terminal_size_of(std::io::stderr())
        .or_else(|| terminal_size::terminal_size_of(std::io::stdout()))
        .map_or(WIDTH, |(width, _)| usize::from(width.0).clamp(40, 120))
}

/// A text broken between words, with room for `indent` columns before it.
pub(super) fn wrapped(text: &str, indent: usize) -> String {
    let room = width().saturating_sub(indent).max(20);
    let mut out = String::new();
    let mut column = 0;
    for word in text.split(' ') {
        let width = unicode_width::UnicodeWidthStr::width(word);
        if 0 < column && room < column + 1 + width {
            out.push('\n');
            column = 0;
        } else if 0 < column {
            out.push(' ');
            column += 1;
        }
        out.push_str(word);
        column += width;
    }
    out
}

/// Writes to standard output. Colour is taken off where it is no terminal.
///
/// A reader that has gone away, like `head`, is not a failure.
pub(super) fn print(text: &str) -> Result<(), Failure> {
    let mut out = anstream::stdout().lock();
    match out.write_all(text.as_bytes()).and_then(|()| out.flush()) {
        Err(error) if error.kind() != std::io::ErrorKind::BrokenPipe => {
            Err(Failure::files(format!("could not write to standard output: {error}")))
        }
        Ok(()) | Err(_) => Ok(()),
    }
}

/// Writes a line to standard error.
///
/// There is nobody to tell when that fails.
pub(super) fn say(text: &str) {
    let mut err = anstream::stderr().lock();
    let _ = writeln!(err, "{}", text.trim_end());
}

/// Writes findings to standard error, as they are.
pub(super) fn show(findings: &str) {
    let mut err = anstream::stderr().lock();
    let _ = err.write_all(findings.as_bytes());
}

/// Whether a person looks at standard error.
pub(super) fn is_watched() -> bool {
    std::io::stderr().is_terminal()
}

/// A line of progress on a terminal, taken away when it is dropped. In a pipe it
/// does nothing.
#[derive(Debug)]
pub(super) struct Progress(());

impl Progress {
    /// Shows a line, when somebody looks.
    pub(super) fn show(text: &str) -> Option<Self> {
        is_watched().then(|| {
            let mut err = anstream::stderr().lock();
            let _ = write!(err, "\r\x1b[2K\x1b[2m{text}\x1b[0m");
            let _ = err.flush();
            Self(())
        })
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        let mut err = anstream::stderr().lock();
        let _ = write!(err, "\r\x1b[2K");
        let _ = err.flush();
    }
}
