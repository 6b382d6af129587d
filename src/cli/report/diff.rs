//! The change that mends a finding, as a diff of whole lines.

use std::fmt::Write as _;
use std::ops::Range;

use crate::cli::terminal;
use crate::source::Source;

/// Colours of added lines, removed lines, and the gutter.
const ADDED: &str = "\x1b[32m";
const REMOVED: &str = "\x1b[31m";
const GUTTER: &str = "\x1b[94m";
const PLAIN: &str = "\x1b[0m";

/// What stands before the path of a file.
pub(super) fn arrow() -> String {
    format!(" {GUTTER}-->{PLAIN}")
}

/// Draws what some replacements make of a source: the lines that go, the lines
/// that come, and the line before and after them.
pub(super) fn draw(source: &Source, parts: &[(Range<usize>, &str)]) -> String {
    let mut parts = parts.to_vec();
    parts.sort_by_key(|(range, _)| (range.start, range.end));
    let mut out = String::new();
    let mut rest = parts.as_slice();
    let width =
        parts.last().map_or(1, |(range, _)| (source.line(range.end) + 1).to_string().len()).max(2);
    let gutter = |out: &mut String| {
        let _ = writeln!(out, "{GUTTER}{:width$} |{PLAIN}", "");
    };
    gutter(&mut out);
    let mut grown = 0;
    while let Some((first, _)) = rest.first() {
        // Replacements that share or touch lines are drawn together.
        let mut last_line = source.line(first.end);
        let together = rest
            .iter()
            .take_while(|(range, _)| {
                let joins = source.line(range.start) <= last_line + 1;
                if joins {
                    last_line = last_line.max(source.line(range.end));
                }
                joins
            })
            .count();
        let (hunk, others) = rest.split_at(together);
        if out.lines().count() > 1 {
            out.push_str("...\n");
        }
        draw_hunk(
            &mut out,
            source,
            hunk,
            source.line(first.start)..=last_line,
            (width, &mut grown),
        );
        rest = others;
    }
    gutter(&mut out);
    out
}

fn draw_hunk(
    out: &mut String,
    source: &Source,
    parts: &[(Range<usize>, &str)],
    lines: std::ops::RangeInclusive<usize>,
    (width, grown): (usize, &mut isize),
) {
    let (first, last) = (*lines.start(), *lines.end());
    let (start, end) = (source.line_start(first), source.line_start(last + 1));
    let old = &source.text[start..end];
    let mut new = String::new();
    let mut at = start;
    for (range, text) in parts {
        // Parts that overlap cannot all be made; the later ones are left out.
        if range.start < at {
            continue;
        }
        new.push_str(&source.text[at..range.start]);
        new.push_str(text);
        at = range.end;
    }
    new.push_str(&source.text[at.min(end)..end]);
    let (old, new): (Vec<&str>, Vec<&str>) = (old.lines().collect(), new.lines().collect());
    let shared =
        |pairs: &mut dyn Iterator<Item = (&&str, &&str)>| pairs.take_while(|(a, b)| a == b).count();
    let head = shared(&mut old.iter().zip(&new));
    let tail = shared(&mut old[head..].iter().rev().zip(new[head..].iter().rev()));
    let line = |out: &mut String, number: usize, color: &str, mark: char, text: &str| {
        let text = terminal::visible(text);
        let drawn = format!("{GUTTER}{number:>width$}{PLAIN} {color}{mark} {text}");
        let _ = writeln!(out, "{}{PLAIN}", drawn.trim_end());
    };
    let before = first + head;
    // Lines that go are numbered as they were, all others as they will be.
    let moved = |line: usize| line.saturating_add_signed(*grown);
    if 1 < before {
        line(out, moved(before - 1), GUTTER, '|', &source.text[source.line_range(before - 1)]);
    }
    for (number, text) in (before..).zip(&old[head..old.len() - tail]) {
        line(out, number, REMOVED, '-', text);
    }
    for (number, text) in (moved(before)..).zip(&new[head..new.len() - tail]) {
        line(out, number, ADDED, '+', text);
    }
    let after = first + old.len() - tail;
    if after <= source.n_lines() {
        let number = moved(first + new.len() - tail);
        line(out, number, GUTTER, '|', &source.text[source.line_range(after)]);
    }
    *grown += new.len().cast_signed() - old.len().cast_signed();
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;

    #[test]
    fn a_diff_shows_whole_lines_and_their_neighbours() {
        let source = Source::new(Path::new("deck.md"), "one\ntwo\nthree\nfour\nfive\nsix\n");
        let diff = draw(&source, &[(28..28, "seven\n"), (4..7, "2\n2a")]);
        let plain = [ADDED, REMOVED, GUTTER, PLAIN].iter().fold(diff, |it, c| it.replace(c, ""));
        let expected = "   |
 1 | one
 2 - two
 2 + 2
 3 + 2a
 4 | three
...
 7 | six
 8 + seven
   |
";
        assert_eq!(plain, expected);
    }
}
