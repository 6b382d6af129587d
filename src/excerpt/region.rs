//! Regions: parts of a file between two markers in comments.
//!
//! Two customs are read. Editors fold `#region name` to `#endregion`, in the
//! comment form of the language, with or without the `#` and a blank before it
//! (`// #region name`, `//region name`, `# region name`, `<!-- #region name -->`).
//! Go's `present` shows what stands between lines that contain `START name` and
//! `END name` and end in `OMIT`, and leaves out every line that ends so.

use std::ops::Range;

use super::{Line, Wrong};

/// What a line is to regions.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Mark<'a> {
    /// A region begins; its name, which may be empty.
    Start(&'a str),
    /// A region ends; its name, which may be empty for the innermost one.
    End(&'a str),
    /// The line is only left out.
    Omit,
}

/// Whether a line only steers an excerpt and is not part of one.
pub(super) fn steers(line: &str) -> bool {
    mark(line).is_some()
}

/// The lines between the markers of a region, as indices into `lines`.
pub(super) fn find(text: &str, lines: &[Line], name: &str) -> Result<Range<usize>, Wrong> {
    let mut open: Vec<(&str, usize)> = Vec::new();
    let mut found: Vec<Range<usize>> = Vec::new();
    let mut names: Vec<String> = Vec::new();
    for (at, line) in lines.iter().enumerate() {
        match mark(&text[line.range.clone()]) {
            Some(Mark::Start(started)) => {
                open.push((started, at));
                if !names.iter().any(|name| name == started) {
                    names.push(started.to_owned());
                }
            }
            Some(Mark::End(ended)) => {
                let which = open.iter().rposition(|(open, _)| ended.is_empty() || *open == ended);
                if let Some((ended, start)) = which.map(|which| open.remove(which))
                    && ended == name
                {
                    found.push(start + 1..at);
                }
            }
            Some(Mark::Omit) | None => {}
        }
    }
    match found.as_slice() {
        [one] => Ok(one.clone()),
        [] => match open.iter().find(|(open, _)| *open == name) {
            Some((_, at)) => Err(Wrong::Open(lines[*at].number)),
            None => Err(Wrong::NotThere(names)),
        },
        several => {
            Err(Wrong::Ambiguous(several.iter().map(|it| lines[it.start - 1].number).collect()))
        }
    }
}

/// Reads a line as a marker.
fn mark(line: &str) -> Option<Mark<'_>> {
    let line = line.trim();
    if let Some(rest) = line.strip_suffix("OMIT") {
        return rest.ends_with(|c: char| !c.is_alphanumeric()).then(|| omit(rest));
    }
    let inner = comment(line)?.trim();
    let bare = inner.strip_prefix('#').unwrap_or(inner).trim_start();
    for (word, is_start) in [("region", true), ("endregion", false)] {
        let Some(rest) = bare.strip_prefix(word) else { continue };
        // `regions of a heap` is prose: without a `#`, nothing but one name follows.
        let is_word = rest.is_empty() || rest.starts_with(|c: char| c.is_whitespace() || c == ':');
        let name = rest.trim_start_matches(':').trim();
        let is_marker = bare.len() < inner.len() || !name.contains(char::is_whitespace);
        if is_word && is_marker {
            return Some(if is_start { Mark::Start(name) } else { Mark::End(name) });
        }
    }
    None
}

/// What a line that ends in `OMIT` says: the words before it.
fn omit(rest: &str) -> Mark<'_> {
    for (word, mark) in [("START", Mark::Start as fn(_) -> _), ("END", Mark::End as fn(_) -> _)] {
        let Some(at) = rest.find(word) else { continue };
        let after = &rest[at + word.len()..];
        // `START1 OMIT` is a name written without a blank.
        return mark(after.trim());
    }
    Mark::Omit
}

/// What stands in the comment that a line begins with.
fn comment(line: &str) -> Option<&str> {
    const FORMS: [(&str, &str); 9] = [
        ("//", ""),
        ("<!--", "-->"),
        ("/*", "*/"),
        ("--", ""),
        (";;", ""),
        (";", ""),
        ("%", ""),
        ("\"", ""),
        ("#", ""),
    ];
    let (open, close) = FORMS.iter().find(|(open, _)| line.starts_with(open))?;
    // `#region`, C#'s own directive, is a comment to us, `#` and all.
    let inner = if *open == "#" && line.starts_with("#region") || line.starts_with("#endregion") {
        line
    } else {
        &line[open.len()..]
    };
    Some(inner.trim_end().strip_suffix(close).unwrap_or(inner))
}

#[cfg(test)]
mod tests {
    use super::super::Wrong;
    use super::super::tests::taken;
    use super::*;

    #[test]
    fn both_customs_mark_regions() {
        for (start, end) in [
            ("// #region batch", "// #endregion"),
            ("//region batch", "//endregion batch"),
            ("# region batch", "# endregion"),
            ("#region batch", "#endregion"),
            ("<!-- #region batch -->", "<!-- #endregion -->"),
            ("/* #region batch */", "/* #endregion batch */"),
            ("-- #region: batch", "-- #endregion"),
            ("// START batch OMIT", "// END batch OMIT"),
            ("# STARTbatch OMIT", "# END OMIT"),
        ] {
            let text = format!("before\n{start}\n  a\n  b\n{end}\nafter\n");
            let taken = taken(&text, "region=batch", "x");
            assert_eq!(taken.unwrap(), ["  a", "  b"], "{start}");
        }
    }

    #[test]
    fn regions_lie_in_each_other_and_their_markers_do_not_show() {
        let text = "// #region a\n1\n// #region b\n2\n// #endregion\n3 // OMIT\n4\n// #endregion\n";
        assert_eq!(taken(text, "region=a", "x").unwrap(), ["1", "2", "4"]);
        assert_eq!(taken(text, "region=b", "x").unwrap(), ["2"]);
        assert_eq!(taken(text, "L1-L8", "x").unwrap(), ["1", "2", "4"]);
    }

    #[test]
    fn a_region_that_is_not_there_names_those_that_are() {
        let text = "// #region a\n// #endregion\n// #region b\n";
        assert_eq!(
            taken(text, "region=c", "x"),
            Err(Wrong::NotThere(vec!["a".to_owned(), "b".to_owned()]))
        );
        assert_eq!(taken(text, "region=b", "x"), Err(Wrong::Open(3)));
        let twice = "// #region a\n1\n// #endregion\n// #region a\n2\n// #endregion\n";
        assert_eq!(taken(twice, "region=a", "x"), Err(Wrong::Ambiguous(vec![1, 4])));
    }

    #[test]
    fn prose_and_code_are_no_markers() {
        for line in [
            "// regions of a heap are swept",
            "// region sizes differ per class",
            "region := 4",
            "var COMIT = 1",
            "s.VOMIT",
            "",
        ] {
            assert_eq!(mark(line), None, "{line}");
        }
        assert_eq!(mark("x := 1 // OMIT"), Some(Mark::Omit));
    }
}
