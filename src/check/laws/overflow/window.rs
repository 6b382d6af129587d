//! A window on code: the lines in focus with their surroundings, and a mark where
//! lines are left out.

use crate::model::{Code, Focus};

/// A line of a window: one of the code, or the mark for those left out, which
/// stands this far in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Pane {
    Line(usize),
    Gap(usize),
}

/// As much of some code around its focus as fits, and the focus in it; `None`
/// where there is no focus, or not all of it fits. `heights` are the rows of its
/// lines.
pub(super) fn window(code: &Code, heights: &[usize], rows: usize) -> Option<(Vec<Pane>, Code)> {
    let n_lines = code.lines.len();
    let mut focused = vec![false; n_lines];
    for line in code.focus.iter().flat_map(|state| match state {
        Focus::All => &[][..],
        Focus::Lines(lines) => lines.as_slice(),
    }) {
        *focused.get_mut((*line as usize).checked_sub(1)?)? = true;
    }
    if !focused.contains(&true) {
        return None;
    }
    let near = |reach: usize, line: usize| {
        let around = line.saturating_sub(reach)..(line + reach + 1).min(n_lines);
        focused[around].contains(&true)
    };
    let heads = heads(code, &focused);
    // What reaches farther than there are rows does not fit.
    let panes = (0..n_lines.min(rows + 1)).rev().find_map(|reach| {
        let with_heads = |line: usize| near(reach, line) || heads[line];
        [panes(code, with_heads), panes(code, |line| near(reach, line))].into_iter().find(|panes| {
            let height = |pane: &Pane| match pane {
                Pane::Line(line) => heights[*line],
                Pane::Gap(_) => 1,
            };
            panes.iter().map(height).sum::<usize>() <= rows
        })
    })?;
    let place = |line: u32| {
        let at = panes.iter().position(|pane| *pane == Pane::Line(line as usize - 1));
        at.and_then(|at| u32::try_from(at + 1).ok())
    };
    let focus = code.focus.iter().map(|state| match state {
        Focus::All => Focus::All,
        Focus::Lines(lines) => Focus::Lines(lines.iter().filter_map(|it| place(*it)).collect()),
    });
    let numbers = match (code.numbers, panes.as_slice()) {
        (None, _) => None,
        // Behind a gap in the middle the numbers would be wrong.
        (Some(_), [_, inner @ .., _]) if inner.iter().any(|it| matches!(it, Pane::Gap(_))) => {
            return None;
        }
        (Some(first), [Pane::Gap(_), Pane::Line(line), ..]) => {
            Some(first.saturating_add(u32::try_from(line - 1).ok()?))
        }
        (Some(first), _) => Some(first),
    };
    Some((panes.clone(), Code { focus: focus.collect(), numbers, ..code.clone() }))
}

/// The lines that are shown, and a mark for each run that is not. A single line
/// stands for itself.
fn panes(code: &Code, is_shown: impl Fn(usize) -> bool) -> Vec<Pane> {
    let mut panes = Vec::new();
    let lines: Vec<usize> = (0..code.lines.len()).collect();
    for run in lines.chunk_by(|a, b| is_shown(*a) == is_shown(*b)) {
        if is_shown(run[0]) || run.len() == 1 {
            panes.extend(run.iter().map(|line| Pane::Line(*line)));
        } else {
            let inside = run.iter().map(|line| &code.lines[*line].text);
            let inside = inside.filter(|text| !text.trim().is_empty());
            panes.push(Pane::Gap(inside.map(|text| indent(text)).min().unwrap_or(0)));
        }
    }
    panes
}

/// The lines that open what the lines in focus stand in.
fn heads(code: &Code, focused: &[bool]) -> Vec<bool> {
    let mut heads = vec![false; focused.len()];
    for line in (0..focused.len()).filter(|line| focused[*line]) {
        let mut depth = indent(&code.lines[line].text);
        for above in (0..line).rev() {
            let text = &code.lines[above].text;
            if !text.trim().is_empty() && indent(text) < depth {
                depth = indent(text);
                heads[above] = true;
            }
        }
    }
    heads
}

fn indent(text: &str) -> usize {
    text.len() - text.trim_start().len()
}

/// The mark for lines that are left out, as a comment of the language.
pub(super) fn mark(lang: Option<&str>) -> &'static str {
    const HASH: &[&str] = &[
        "python",
        "py",
        "ruby",
        "rb",
        "sh",
        "bash",
        "shell",
        "zsh",
        "fish",
        "yaml",
        "yml",
        "toml",
        "makefile",
        "make",
        "dockerfile",
        "docker",
        "perl",
        "pl",
        "r",
        "elixir",
        "ex",
        "nix",
        "julia",
        "jl",
        "terraform",
        "tf",
        "hcl",
        "nginx",
        "powershell",
        "ps1",
        "nim",
        "crystal",
        "graphql",
    ];
    const DASHES: &[&str] =
        &["sql", "postgresql", "postgres", "mysql", "sqlite", "lua", "haskell", "hs", "elm", "ada"];
    const SEMICOLON: &[&str] =
        &["lisp", "clojure", "clj", "scheme", "racket", "asm", "assembly", "nasm", "ini", "llvm"];
    const NONE: &[&str] =
        &["json", "text", "txt", "csv", "output", "console", "diff", "log", "http"];
    let lang = lang.unwrap_or("text").to_lowercase();
    let is_in = |list: &[&str]| list.contains(&lang.as_str());
    match lang.as_str() {
        "html" | "xml" | "svg" | "markdown" | "md" | "vue" | "svelte" => "<!-- ... -->",
        "css" | "scss" | "less" => "/* ... */",
        "tex" | "latex" | "erlang" | "erl" | "matlab" => "% ...",
        _ if is_in(HASH) => "# ...",
        _ if is_in(DASHES) => "-- ...",
        _ if is_in(SEMICOLON) => "; ...",
        _ if is_in(NONE) => "...",
        _ => "// ...",
    }
}
