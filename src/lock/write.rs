//! Locks as text: TOML in one order, texts as they stand.

use std::fmt::{self, Write as _};

use super::{Lock, hash};

impl fmt::Display for Lock {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("# Written by `deckc test --update`. Keep it with the deck.\n")?;
        if !self.tools.is_empty() {
            f.write_str("\n[tools]\n")?;
        }
        for (name, version) in &self.tools {
            writeln!(f, "{} = {}", quoted(name), quoted(version))?;
        }
        for (key, include) in &self.includes {
            writeln!(f, "\n[[include]]\nfile = {}", quoted(key))?;
            if let Some(commit) = &include.commit {
                writeln!(f, "commit = {}", quoted(commit))?;
            }
            writeln!(f, "lines = \"{}-{}\"", include.first, include.last)?;
            writeln!(f, "sha256 = \"{}\"", hash([include.text.as_str()]))?;
            writeln!(f, "text = {}", text(&include.text))?;
        }
        for (program, output) in &self.outputs {
            writeln!(f, "\n[[output]]\nslide = {}", quoted(&output.slide))?;
            writeln!(f, "task = {}\ntool = {}", quoted(&output.task), quoted(&output.tool))?;
            writeln!(f, "program = {}", quoted(program))?;
            writeln!(f, "text = {}", text(&output.text))?;
        }
        for (program, held) in &self.held {
            writeln!(f, "\n[[held]]\nslide = {}", quoted(&held.slide))?;
            writeln!(f, "task = {}\ntool = {}", quoted(&held.task), quoted(&held.tool))?;
            writeln!(f, "program = {}", quoted(program))?;
        }
        Ok(())
    }
}

/// A string of one line.
fn quoted(text: &str) -> String {
    let mut out = String::from('"');
    for c in text.chars() {
        match c {
            '"' | '\\' => out.extend(['\\', c]),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            c if c.is_control() => {
                // Writing to a string never fails.
                let _ = write!(out, "\\u{:04X}", u32::from(c));
            }
            c => out.push(c),
        }
    }
    out.push('"');
    out
}

/// A string of several lines, as it stands where TOML lets it.
fn text(text: &str) -> String {
    let is_plain = |c: char| !c.is_control() || matches!(c, '\n' | '\t');
    let is_literal = !text.contains("''") && !text.ends_with('\'') && text.chars().all(is_plain);
    if is_literal && text.contains('\n') { format!("'''\n{text}'''") } else { quoted(text) }
}
