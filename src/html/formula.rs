//! Formulas as HTML. `typeset/formula.rs` is the twin of this file.
//!
//! What one sees is Typst's own drawing, as outlines; what a screen reader is
//! given is `MathML`, and what is copied is LaTeX.
#![deny(clippy::wildcard_enum_match_arm)]

use std::fmt::Write as _;

use super::out::Html;
use crate::model::{Align, Alphabet, Class, Formula, Grid, Limits, Math, MathStyle};
use crate::page::{Drawn, Shape};

/// CSS pixels to a point: 96 to 72.
const PX_PER_PT: f64 = 4.0 / 3.0;

/// Writes a formula in a line of text, or one of its own.
pub(super) fn formula(out: &mut Html, formula: &Formula, drawn: Option<&Drawn>, alone: bool) {
    out.raw("<span class=\"formula\">");
    let display = alone.then_some("block");
    // A note is on no page; the browser sets its formulas.
    let Some(drawn) = drawn else {
        out.open("math", &[("display", display)]);
        row(out, &formula.content);
        out.raw("</math></span>");
        return;
    };
    picture(out, drawn, alone);
    out.open("math", &[("class", Some("aside")), ("display", display)]);
    row(out, &formula.content);
    out.raw("</math>");
    out.open("span", &[("class", Some("aside")), ("aria-hidden", Some("true"))]);
    let dollars = if alone { "$$" } else { "$" };
    out.text(&format!("{dollars}{}{dollars}", formula.tex));
    out.raw("</span></span>");
}

/// The drawing. In a line it is a box without height that stands on the
/// baseline, so that no line is higher for it; what it draws reaches out of it.
fn picture(out: &mut Html, drawn: &Drawn, alone: bool) {
    let (width, height) = (drawn.rect.w.get(), drawn.rect.h.get());
    let (top, shown) = if alone { (0.0, height) } else { (-1.0, 1.0) };
    let number = |value: f64| ((value * 1000.0).round() / 1000.0).to_string();
    let view = format!("0 {} {} {}", number(top), number(width), number(shown));
    out.open(
        "svg",
        &[
            ("width", Some(&number(width * PX_PER_PT))),
            ("height", Some(&number(shown * PX_PER_PT))),
            ("viewBox", Some(&view)),
            ("aria-hidden", Some("true")),
            ("focusable", Some("false")),
        ],
    );
    for Shape { path, color, stroke } in &drawn.shapes {
        let color = color.to_string();
        match stroke {
            None => out.open("path", &[("fill", Some(&color)), ("d", Some(path))]),
            Some(width) => out.open(
                "path",
                &[
                    ("fill", Some("none")),
                    ("stroke", Some(&color)),
                    ("stroke-width", Some(&number(width.get()))),
                    ("d", Some(path)),
                ],
            ),
        }
        out.raw("</path>");
    }
    out.raw("</svg>");
}

/// Pieces, in order, as one element.
fn row(out: &mut Html, content: &[Math]) {
    if let [only] = content {
        return piece(out, only);
    }
    out.raw("<mrow>");
    for it in content {
        piece(out, it);
    }
    out.raw("</mrow>");
}

/// An element around some rows.
fn element(out: &mut Html, name: &str, attrs: &[(&str, Option<&str>)], rows: &[&[Math]]) {
    out.open(name, attrs);
    for it in rows {
        row(out, it);
    }
    out.close(name);
}

/// An element that holds characters.
fn token(out: &mut Html, name: &str, attrs: &[(&str, Option<&str>)], text: &str) {
    out.open(name, attrs);
    out.text(text);
    out.close(name);
}

fn piece(out: &mut Html, piece: &Math) {
    match piece {
        Math::Sign { text, class } => match class {
            Class::Ordinary if text.chars().any(char::is_alphabetic) => {
                token(out, "mi", &[], text);
            }
            Class::Ordinary
            | Class::Large
            | Class::Binary
            | Class::Relation
            | Class::Punctuation => {
                token(out, "mo", &[], text);
            }
            Class::Open | Class::Close | Class::Fence => {
                token(out, "mo", &[("stretchy", Some("false"))], text);
            }
        },
        Math::Number(text) => token(out, "mn", &[], text),
        Math::Text(text) => token(out, "mtext", &[], text),
        // One element: what stands at it counts its children.
        Math::Function(name) => {
            out.raw("<mrow>");
            token(out, "mi", &[], name);
            // U+2061 FUNCTION APPLICATION.
            token(out, "mo", &[], "\u{2061}");
            out.raw("</mrow>");
        }
        Math::Space(em) => {
            out.open("mspace", &[("width", Some(&format!("{em}em")))]);
            out.close("mspace");
        }
        Math::Row(content) => row(out, content),
        Math::Fraction { above, below, bar } => {
            let line = (!bar).then_some("0");
            element(out, "mfrac", &[("linethickness", line)], &[above, below]);
        }
        Math::Root { of, index } if index.is_empty() => element(out, "msqrt", &[], &[of]),
        Math::Root { of, index } => element(out, "mroot", &[], &[of, index]),
        Math::Scripts { base, below, above, limits } => scripts(out, base, below, above, *limits),
        Math::Accent { base, sign, under, wide } => {
            let name = if *under { "munder" } else { "mover" };
            let attribute = if *under { "accentunder" } else { "accent" };
            out.open(name, &[(attribute, Some("true"))]);
            row(out, base);
            let stretchy = if *wide { "true" } else { "false" };
            token(out, "mo", &[("stretchy", Some(stretchy))], &sign.to_string());
            out.close(name);
        }
        Math::Fence { open, close, content } => {
            out.raw("<mrow>");
            let fence = |out: &mut Html, sign: Option<char>| {
                if let Some(sign) = sign {
                    token(out, "mo", &[("fence", Some("true"))], &sign.to_string());
                }
            };
            fence(out, *open);
            row(out, content);
            fence(out, *close);
            out.raw("</mrow>");
        }
        Math::Sized { sign, em, class: _ } => {
            let size = format!("{em}em");
            let attrs = [("minsize", Some(size.as_str())), ("maxsize", Some(size.as_str()))];
            token(out, "mo", &attrs, &sign.to_string());
        }
        Math::Grid { kind, columns, rows, verticals: _, horizontals: _ } => {
            grid(out, *kind, columns, rows);
        }
        Math::Styled { style, content } => styled(out, *style, content),
        Math::Struck(content) => {
            element(out, "menclose", &[("notation", Some("updiagonalstrike"))], &[content]);
        }
        Math::Framed(content) => element(out, "menclose", &[("notation", Some("box"))], &[content]),
    }
}

fn scripts(out: &mut Html, base: &[Math], below: &[Math], above: &[Math], limits: Limits) {
    let beside = limits == Limits::Beside;
    let (name, rows): (&str, &[&[Math]]) = match (below.is_empty(), above.is_empty()) {
        (true, _) => (if beside { "msup" } else { "mover" }, &[base, above]),
        (_, true) => (if beside { "msub" } else { "munder" }, &[base, below]),
        (false, false) => (if beside { "msubsup" } else { "munderover" }, &[base, below, above]),
    };
    element(out, name, &[], rows);
}

fn grid(out: &mut Html, kind: Grid, columns: &[Align], rows: &[Vec<Vec<Math>>]) {
    let brace = |out: &mut Html, sign: &str| token(out, "mo", &[("fence", Some("true"))], sign);
    out.raw("<mrow>");
    if kind == (Grid::Cases { left: true }) {
        brace(out, "{");
    }
    let columns: Vec<&str> = columns
        .iter()
        .map(|align| match align {
            Align::Left => "left",
            Align::Center => "center",
            Align::Right => "right",
        })
        .collect();
    out.open("mtable", &[("columnalign", Some(&columns.join(" ")))]);
    for cells in rows {
        out.raw("<mtr>");
        for cell in cells {
            element(out, "mtd", &[], &[cell]);
        }
        out.raw("</mtr>");
    }
    out.raw("</mtable>");
    if kind == (Grid::Cases { left: false }) {
        brace(out, "}");
    }
    out.raw("</mrow>");
}

fn styled(out: &mut Html, style: MathStyle, content: &[Math]) {
    let mut color = String::new();
    let attr = match style {
        MathStyle::Alphabet(alphabet) => ("mathvariant", variant(alphabet)),
        MathStyle::Color(rgb) => {
            write!(color, "{rgb}").expect("a string takes all");
            ("mathcolor", color.as_str())
        }
        MathStyle::Display => ("displaystyle", "true"),
        MathStyle::Inline => ("displaystyle", "false"),
        MathStyle::Script => ("scriptlevel", "1"),
        MathStyle::SmallScript => ("scriptlevel", "2"),
    };
    element(out, "mstyle", &[(attr.0, Some(attr.1))], &[content]);
}

const fn variant(alphabet: Alphabet) -> &'static str {
    match alphabet {
        Alphabet::Normal | Alphabet::Upright => "normal",
        Alphabet::Italic => "italic",
        Alphabet::Bold => "bold",
        Alphabet::BoldItalic => "bold-italic",
        Alphabet::DoubleStruck => "double-struck",
        Alphabet::Script => "script",
        Alphabet::BoldScript => "bold-script",
        Alphabet::Fraktur => "fraktur",
        Alphabet::BoldFraktur => "bold-fraktur",
        Alphabet::Sans => "sans-serif",
        Alphabet::BoldSans => "bold-sans-serif",
        Alphabet::ItalicSans => "sans-serif-italic",
        Alphabet::BoldItalicSans => "sans-serif-bold-italic",
        Alphabet::Mono => "monospace",
    }
}
