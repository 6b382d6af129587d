//! What Mermaid passes over in a plan: a task after one that is not there would
//! start today, and a time in no known unit would take none.

use crate::diag::nearest_hint;
use crate::figure::draw::Mistake;
use crate::model::CodeLine;

/// The units of time, from milliseconds to years.
const UNITS: [&str; 8] = ["ms", "s", "m", "h", "d", "w", "M", "y"];

/// What a line can begin with that is no task.
const OTHERS: [&str; 13] = [
    "title",
    "section",
    "dateFormat",
    "axisFormat",
    "tickInterval",
    "excludes",
    "includes",
    "todayMarker",
    "weekday",
    "weekend",
    "click",
    "accTitle",
    "accDescr",
];

/// What may stand before the name of a task and is none.
const STATES: [&str; 5] = ["done", "active", "crit", "milestone", "vert"];

/// Looks at the tasks of a plan.
pub(super) fn check(lines: &[CodeLine]) -> Result<(), Mistake> {
    let known: Vec<&str> = lines.iter().flat_map(parts).filter(|part| is_name(part)).collect();
    for line in lines {
        let parts = parts(line);
        for part in &parts {
            let others = part.strip_prefix("after ").or_else(|| part.strip_prefix("until "));
            for other in others.unwrap_or_default().split_whitespace() {
                if !known.contains(&other) {
                    let what = format!("there is no task `{other}`");
                    return Err(Mistake::at(line.span, what, nearest_hint(other, &known)));
                }
            }
        }
        let Some(last) = parts.last() else { continue };
        let unit = last.trim_start_matches(|ch: char| ch.is_ascii_digit() || ch == '.');
        let is_time = unit.len() < last.len() && unit.starts_with(|ch: char| ch.is_alphabetic());
        if is_time && !UNITS.contains(&unit) {
            let what = format!("`{unit}` is no unit of time");
            return Err(Mistake::at(line.span, what, nearest_hint(unit, &UNITS)));
        }
    }
    Ok(())
}

/// What stands behind the title of a task; nothing for a line that is none.
fn parts(line: &CodeLine) -> Vec<&str> {
    let text = line.text.trim();
    let first = text.split_whitespace().next().unwrap_or_default();
    let is_other = text.starts_with("%%") || OTHERS.contains(&first.trim_end_matches(':'));
    match text.split_once(':').filter(|_| !is_other) {
        Some((_, said)) => said.split(',').map(str::trim).collect(),
        None => Vec::new(),
    }
}

/// Whether a part of a task can be its name.
fn is_name(part: &str) -> bool {
    let is_word = part.chars().all(|ch| ch.is_alphanumeric() || ch == '_' || ch == '-');
    is_word
        && part.starts_with(|ch: char| ch.is_alphabetic() || ch == '_')
        && !STATES.contains(&part)
}
