//! Formulas as data for the prelude. `html/formula.rs` is the twin of this file.
#![deny(clippy::wildcard_enum_match_arm)]

use serde_json::{Value, json};

use crate::model::{Align, Alphabet, Class, Formula, Grid, Limits, Math, MathStyle};

/// A formula: what it is made of, and its alternative text.
pub(super) fn formula(formula: &Formula) -> Value {
    json!({ "m": row(&formula.content), "alt": formula.spoken })
}

/// Pieces, in order.
fn row(content: &[Math]) -> Value {
    content.iter().map(piece).collect()
}

/// One piece: a tuple whose first part names it.
fn piece(piece: &Math) -> Value {
    match piece {
        Math::Sign { text, class } => json!(["s", text, class_name(*class)]),
        Math::Number(text) => json!(["n", text]),
        Math::Text(text) => json!(["t", text]),
        Math::Function(name) => json!(["f", name, has_limits(name)]),
        Math::Space(em) => json!(["h", em]),
        Math::Row(content) => json!(["r", row(content)]),
        Math::Fraction { above, below, bar: true } => json!(["/", row(above), row(below)]),
        Math::Fraction { above, below, bar: false } => json!(["over", row(above), row(below)]),
        Math::Root { of, index } => json!(["root", row(of), optional(index)]),
        Math::Scripts { base, below, above, limits } => {
            let prime = |it: &&Math| matches!(it, Math::Sign { text, .. } if text == "′");
            let primes = above.iter().take_while(prime).count();
            let limits = match limits {
                Limits::Beside => "beside",
                Limits::Stacked => "stacked",
                Limits::Movable => "movable",
            };
            json!(["^", row(base), optional(below), optional(&above[primes..]), primes, limits])
        }
        Math::Accent { base, sign, under, wide } => json!(["acc", row(base), sign, under, wide]),
        Math::Fence { open, close, content } => match content.as_slice() {
            [Math::Fraction { above, below, bar: false }] if *open == Some('(') => {
                json!(["binom", row(above), row(below)])
            }
            _ => json!(["lr", open, row(content), close]),
        },
        Math::Sized { sign, em, class } => json!(["big", sign, em, class_name(*class)]),
        Math::Grid { kind, columns, verticals, horizontals, rows } => {
            let rows: Vec<Vec<Value>> =
                rows.iter().map(|cells| cells.iter().map(|cell| row(cell)).collect()).collect();
            match kind {
                Grid::Matrix => {
                    let align = columns.first().copied().unwrap_or_default();
                    json!(["mat", rows, align_name(align), verticals, horizontals])
                }
                Grid::Cases { left } => json!(["cases", rows, left]),
                Grid::Aligned => json!(["lines", rows, true]),
                Grid::Gathered => json!(["lines", rows, false]),
            }
        }
        Math::Styled { style, content } => {
            let content = row(content);
            match style {
                MathStyle::Alphabet(alphabet) => json!(["font", alphabet_name(*alphabet), content]),
                MathStyle::Color(color) => json!(["color", color, content]),
                MathStyle::Display => json!(["size", "display", content]),
                MathStyle::Inline => json!(["size", "inline", content]),
                MathStyle::Script => json!(["size", "script", content]),
                MathStyle::SmallScript => json!(["size", "sscript", content]),
            }
        }
        Math::Struck(content) => json!(["not", row(content)]),
        Math::Framed(content) => json!(["frame", row(content)]),
    }
}

/// A row, or nothing for an empty one.
fn optional(content: &[Math]) -> Value {
    if content.is_empty() { Value::Null } else { row(content) }
}

/// Whether what stands under a function's name stands below it.
fn has_limits(name: &str) -> bool {
    ["lim", "max", "min", "sup", "inf", "det", "gcd", "Pr"].contains(&name) || name.contains(' ')
}

const fn class_name(class: Class) -> &'static str {
    match class {
        Class::Ordinary | Class::Binary => "",
        Class::Large => "large",
        Class::Relation => "relation",
        Class::Open => "opening",
        Class::Close => "closing",
        Class::Fence => "fence",
        Class::Punctuation => "punctuation",
    }
}

const fn align_name(align: Align) -> &'static str {
    match align {
        Align::Left => "l",
        Align::Center => "c",
        Align::Right => "r",
    }
}

const fn alphabet_name(alphabet: Alphabet) -> &'static str {
    match alphabet {
        Alphabet::Normal => "normal",
        Alphabet::Upright => "upright",
        Alphabet::Italic => "italic",
        Alphabet::Bold => "bold",
        Alphabet::BoldItalic => "bold-italic",
        Alphabet::DoubleStruck => "bb",
        Alphabet::Script => "script",
        Alphabet::BoldScript => "bold-script",
        Alphabet::Fraktur => "frak",
        Alphabet::BoldFraktur => "bold-frak",
        Alphabet::Sans => "sans",
        Alphabet::BoldSans => "bold-sans",
        Alphabet::ItalicSans => "italic-sans",
        Alphabet::BoldItalicSans => "bold-italic-sans",
        Alphabet::Mono => "mono",
    }
}
