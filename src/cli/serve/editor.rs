//! Opening a place of the deck in the author's editor.

use std::path::Path;
use std::process::{Command, Stdio};

use crate::cli::Failure;

/// The command that opens a place.
pub(super) struct Editor {
    words: Vec<String>,
}

impl Editor {
    /// A command, in which `{file}` and `{line}` stand for the place. Words are
    /// parted by spaces, unless they stand in quotes.
    pub(super) fn new(command: &str) -> Result<Self, Failure> {
        let mut words = Vec::new();
        let (mut word, mut quote) = (None::<String>, None);
        for ch in command.chars() {
            match (quote, ch) {
                (Some(end), ch) if ch == end => quote = None,
                (None, '"' | '\'') => {
                    quote = Some(ch);
                    word.get_or_insert_default();
                }
                (None, ' ' | '\t') => words.extend(word.take()),
                (_, ch) => word.get_or_insert_default().push(ch),
            }
        }
        words.extend(word);
        if words.is_empty() || quote.is_some() {
            return Err(Failure::usage(format!("`--editor {command}` is no command"))
                .hint("write it as `code -g {file}:{line}`"));
        }
        if !words.iter().any(|word| word.contains("{file}")) {
            words.push("{file}".to_owned());
        }
        Ok(Self { words })
    }

    /// The words of the command for a place.
    fn command(&self, file: &Path, line: usize) -> Vec<String> {
        let file = file.display().to_string();
        let fill =
            |word: &String| word.replace("{line}", &line.to_string()).replace("{file}", &file);
        self.words.iter().map(fill).collect()
    }

    /// Opens a place. Gives why that did not work.
    pub(super) fn open(&self, file: &Path, line: usize) -> Result<(), String> {
        let words = self.command(file, line);
        let child = Command::new(&words[0])
            .args(&words[1..])
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .spawn()
            .map_err(|why| format!("cannot run `{}`: {why}", words[0]))?;
        // Nobody else waits for it.
        std::thread::spawn(move || child.wait_with_output());
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_stand_where_the_command_says() {
        let words = |command: &str| {
            Editor::new(command).ok().map(|it| it.command(Path::new("/a b/c.md"), 7).join("|"))
        };
        assert_eq!(words("code -g {file}:{line}").as_deref(), Some("code|-g|/a b/c.md:7"));
        assert_eq!(words("'my editor' +{line}").as_deref(), Some("my editor|+7|/a b/c.md"));
        assert_eq!(words(" "), None);
        assert_eq!(words("'open"), None);
    }
}
