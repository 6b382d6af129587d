//! Which lines of a code block show: those that only compile are taken out of
//! it, and those that are left out have a mark in their place.

use crate::model::{Code, CodeLine, HiddenLine, Runner};

/// Takes the lines out of a fence that compile but do not show: `/// ` in Go, C
/// and Python, `# ` in Rust, as rustdoc has it.
/// What else does so, the deck's runners say.
pub(super) fn hide(code: &mut Code, runners: &[Runner]) {
    let Some(lang) = code.lang.as_ref().map(|lang| lang.value.0.as_str()) else { return };
    let runner = runners.iter().find(|runner| runner.is_of(lang));
    let own = runner.and_then(|runner| runner.hidden.clone());
    let Some(prefix) = own.or_else(|| prefix(lang).map(str::to_owned)) else { return };
    let mut shown = Vec::with_capacity(code.lines.len());
    for mut line in code.lines.drain(..) {
        let text = line.text.trim_start();
        let indent = line.text.len() - text.len();
        let hidden =
            text.strip_prefix(prefix.as_str()).and_then(|rest| match rest.strip_prefix(' ') {
                Some(rest) => Some(rest),
                None => (rest.is_empty() || rest.starts_with('\t')).then_some(rest),
            });
        if let Some(hidden) = hidden {
            if indent == 0 {
                // What a compiler says of a column is said of the code.
                let mark = line.text.len() - hidden.len();
                line.span.start += u32::try_from(mark).unwrap_or_default();
            }
            line.text = format!("{}{hidden}", &line.text[..indent]);
            code.hidden.push(HiddenLine { before: shown.len(), line });
            continue;
        }
        // rustdoc's escape: `##` shows as `#`.
        if prefix == "#" && text.starts_with("##") {
            line.text.remove(indent);
        }
        shown.push(line);
    }
    code.lines = shown;
}

/// What a hidden line of a language begins with.
fn prefix(lang: &str) -> Option<&'static str> {
    match lang.to_lowercase().as_str() {
        "go" | "golang" | "c" | "h" | "cpp" | "c++" | "cc" | "python" | "py" | "python3" => {
            Some("///")
        }
        "rust" | "rs" => Some("#"),
        _ => None,
    }
}

/// Puts a mark in the place of each range of lines, counted from 1 within the
/// block. What is left out of a fence compiles all the same.
pub(super) fn elide(code: &mut Code, ranges: &[(u32, u32)]) {
    let comment = code.lang.as_ref().map_or("", |lang| comment(&lang.value.0));
    for (from, to) in ranges.iter().rev() {
        let (from, to) = (*from as usize - 1, *to as usize);
        let gone: Vec<CodeLine> = code.lines.drain(from..to).collect();
        let (Some(first), Some(last)) = (gone.first(), gone.last()) else { continue };
        let indent = first.text.len() - first.text.trim_start().len();
        let mut mark = CodeLine::new(
            format!("{}{comment}...", &first.text[..indent]),
            first.span.to(last.span),
        );
        mark.elided = u32::try_from(gone.len()).unwrap_or(u32::MAX);
        // Markers that stood among them are left out with them.
        mark.skipped = first.skipped;
        mark.elided += gone.iter().skip(1).map(|line| line.skipped).sum::<u32>();
        let removed = gone.len() - 1;
        for hidden in &mut code.hidden {
            if to <= hidden.before {
                hidden.before -= removed;
            } else if from < hidden.before {
                hidden.before = from;
            }
        }
        if code.file.is_none() {
            let hidden = gone.into_iter().map(|line| HiddenLine { before: from, line });
            let at = code.hidden.partition_point(|it| it.before <= from);
            code.hidden.splice(at..at, hidden);
        }
        code.lines.insert(from, mark);
    }
}

/// What begins a comment of one line in a language, with a blank; empty for a
/// language that has none.
fn comment(lang: &str) -> &'static str {
    match lang.to_lowercase().as_str() {
        "go" | "golang" | "rust" | "rs" | "c" | "h" | "cpp" | "c++" | "cc" | "js"
        | "javascript" | "ts" | "typescript" | "java" | "kotlin" | "swift" | "proto"
        | "protobuf" | "scala" | "cs" | "csharp" | "zig" | "dart" | "php" => "// ",
        "python" | "py" | "python3" | "sh" | "bash" | "shell" | "yaml" | "yml" | "toml"
        | "ruby" | "rb" | "dockerfile" | "docker" | "make" | "makefile" | "perl" | "r"
        | "elixir" | "nix" => "# ",
        "sql" | "lua" | "haskell" | "hs" => "-- ",
        _ => "",
    }
}
