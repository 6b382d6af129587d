//! What compilers and programs say, and about which line.

/// What is said about one line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Said {
    /// The file, as it was printed.
    pub(super) file: String,
    /// The line, counted from 1.
    pub(super) line: usize,
    /// The column, counted from 1 in bytes; 0 where none is named.
    pub(super) column: usize,
    /// The message.
    pub(super) text: String,
}

/// Takes what compilers say out of their output: `file:line:column: message`,
/// as Go and Rust have it, and Python's `File "…", line n`.
pub(super) fn messages(output: &str) -> Vec<Said> {
    let mut found: Vec<Said> = Vec::new();
    let mut python: Option<(String, usize)> = None;
    for line in output.lines() {
        if let Some(said) = colons(line) {
            found.push(said);
        } else if let Some(place) = quoted(line) {
            python = Some(place);
        } else if let Some((file, at)) = python.take() {
            // Indented lines show the code; the message stands below them.
            if line.starts_with(' ') || line.is_empty() {
                python = Some((file, at));
            } else {
                found.push(Said { file, line: at, column: 0, text: line.to_owned() });
            }
        }
    }
    found
}

/// Reads `file:line:column: message` or `file:line: message`.
fn colons(line: &str) -> Option<Said> {
    let line = line.trim_start_matches("vet: ");
    let mut parts = line.splitn(4, ':');
    let file = parts.next()?.trim();
    let at = parts.next()?.parse().ok()?;
    let third = parts.next()?;
    let (column, text) = match (third.trim().parse(), parts.next()) {
        (Ok(column), Some(text)) => (column, text.to_owned()),
        (_, rest) => {
            (0, format!("{third}{}", rest.map_or(String::new(), |rest| format!(":{rest}"))))
        }
    };
    let text = text.trim();
    let is_warning = text.starts_with("warning") || text.starts_with("note");
    let is_file = !file.is_empty() && file.contains('.') && !file.contains(char::is_whitespace);
    (is_file && !text.is_empty() && !is_warning).then(|| Said {
        file: file.to_owned(),
        line: at,
        column,
        text: text.to_owned(),
    })
}

/// Reads Python's `File "main.py", line 3`.
fn quoted(line: &str) -> Option<(String, usize)> {
    let (file, rest) = line.trim_start().strip_prefix("File \"")?.split_once("\", line ")?;
    let number = rest.split(|c: char| !c.is_ascii_digit()).next()?;
    Some((file.to_owned(), number.parse().ok()?))
}

/// The first line of a file that a program names while it fails: in a trace of
/// Go (`/tmp/x/main.go:8 +0x1d`), a panic of Rust (`src/main.rs:4:5:`) or a
/// traceback of Python.
pub(super) fn trace(output: &str, file: &str) -> Option<usize> {
    if let Some((_, line)) =
        output.lines().filter_map(quoted).rfind(|(named, _)| named.ends_with(file))
    {
        return Some(line);
    }
    let (_, after) = output.split_once(&format!("{file}:"))?;
    // A shell says `main.sh: line 3:`.
    let after = after.strip_prefix(" line ").unwrap_or(after);
    let digits = after.find(|c: char| !c.is_ascii_digit()).unwrap_or(after.len());
    after[..digits].parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(file: &str, line: usize, column: usize, text: &str) -> Said {
        Said { file: file.to_owned(), line, column, text: text.to_owned() }
    }

    #[test]
    fn compilers_name_files_lines_and_columns() {
        let go = "# example\n./main.go:5:2: undefined: fmt\nvet: ./a.go:7:1: expected '}'\n";
        assert_eq!(
            messages(go),
            [said("./main.go", 5, 2, "undefined: fmt"), said("./a.go", 7, 1, "expected '}'")]
        );
        let rust = "src/main.rs:3:5: error[E0425]: cannot find value `x`\n\
                    src/main.rs:4:1: warning: unused\nerror: could not compile\n";
        assert_eq!(
            messages(rust),
            [said("src/main.rs", 3, 5, "error[E0425]: cannot find value `x`")]
        );
        let python =
            "  File \"main.py\", line 2\n    print(\n         ^\nSyntaxError: never closed\n";
        assert_eq!(messages(python), [said("main.py", 2, 0, "SyntaxError: never closed")]);
        assert!(messages("2024/01/02 10:30:00 starting: ok\n").is_empty());
    }

    #[test]
    fn traces_name_the_line_that_failed() {
        assert_eq!(trace("main.main()\n\t/tmp/x/main.go:8 +0x1d\n", "main.go"), Some(8));
        assert_eq!(trace("panicked at src/main.rs:4:5:\nboom", "src/main.rs"), Some(4));
        assert_eq!(trace("main.sh: line 3: x: unbound variable\n", "main.sh"), Some(3));
        assert_eq!(trace("exit", "main.go"), None);
    }
}
