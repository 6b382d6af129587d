//! Where text goes: standard output for what was asked for, standard error for
//! everything else. Colour and progress only where a person looks on.

use std::borrow::Cow;
use std::io::{IsTerminal as _, Write as _};

use super::Failure;

/// The width that text is set for where no terminal tells one.
const WIDTH: usize = 80;

/// The width of the terminal, in columns: what `COLUMNS` says, or the terminal,
/// or 80 in a pipe. Never above 120, since long lines are hard to read.
pub(super) fn width() -> usize {
    let told = std::env::var_os("COLUMNS").and_then(|columns| columns.to_str()?.parse().ok());
    let width = told.or_else(|| {
        terminal_size::terminal_size_of(std::io::stderr())
            .or_else(|| terminal_size::terminal_size_of(std::io::stdout()))
            .map(|(width, _)| usize::from(width.0))
    });
    width.unwrap_or(WIDTH).clamp(40, 120)
}

/// Text of a deck with its control characters made visible: on a terminal they
/// could move the cursor, or turn the text around. Tabs become four spaces, line
/// ends stay.
pub(super) fn visible(text: &str) -> Cow<'_, str> {
    let hides = |c: char| c.is_control() && c != '\n' || is_turning(c);
    if !text.contains(hides) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\t' => out.push_str("    "),
            '\n' => out.push('\n'),
            // Unicode has a picture for each character of the first block.
            '\0'..='\x1f' => out.push(char::from_u32(0x2400 + u32::from(c)).unwrap_or('\u{fffd}')),
            '\x7f' => out.push('\u{2421}'),
            c if c.is_control() || is_turning(c) => out.push('\u{fffd}'),
            c => out.push(c),
        }
    }
    Cow::Owned(out)
}

/// Whether a character overrides the direction in which text reads.
const fn is_turning(c: char) -> bool {
    matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
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
            Self::write(text);
            Self(())
        })
    }

    /// Shows another line instead.
    #[expect(clippy::unused_self, reason = "only what is shown can change")]
    pub(super) fn update(&self, text: &str) {
        Self::write(text);
    }

    fn write(text: &str) {
        let mut err = anstream::stderr().lock();
        let _ = write!(err, "\r\x1b[2K\x1b[2m{text}\x1b[0m");
        let _ = err.flush();
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        let mut err = anstream::stderr().lock();
        let _ = write!(err, "\r\x1b[2K");
        let _ = err.flush();
    }
}

#[cfg(test)]
mod tests {
    use super::visible;

    #[test]
    fn what_could_steer_a_terminal_is_shown() {
        assert_eq!(visible("plain 世界 שלום"), "plain 世界 שלום");
        assert_eq!(
            visible("a\tb\x1b[2Jc\r\n\u{202e}d\u{9b}\x7f"),
            "a    b␛[2Jc␍\n\u{fffd}d\u{fffd}␡"
        );
    }
}
