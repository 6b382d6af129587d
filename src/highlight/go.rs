//! What the grammar of Go leaves plain: it is older than generics, and takes
//! the types of composite literals for variables.

use crate::theme::Token;

/// The predeclared types of the Go specification.
const TYPES: &[&str] = &[
    "any",
    "bool",
    "byte",
    "comparable",
    "complex128",
    "complex64",
    "error",
    "float32",
    "float64",
    "int",
    "int16",
    "int32",
    "int64",
    "int8",
    "rune",
    "string",
    "uint",
    "uint16",
    "uint32",
    "uint64",
    "uint8",
    "uintptr",
];

/// Gives the plain words of a line their class: predeclared types, `iota`, the
/// name of a generic function, and the type of a composite literal, which
/// gofmt sets without a blank before its brace.
pub(super) fn refine(pieces: &mut [(Token, &str)]) {
    for at in 0..pieces.len() {
        let (token, text) = pieces[at];
        let is_word = text.starts_with(|ch: char| ch.is_alphabetic() || ch == '_');
        if token != Token::Plain || !is_word {
            continue;
        }
        let next = pieces.get(at + 1).map_or("", |(_, text)| *text);
        let declares = || {
            let mut before = pieces[..at].iter().rev().filter(|(_, text)| !text.trim().is_empty());
            before.next().is_some_and(|(_, text)| text.trim() == "func")
        };
        pieces[at].0 = if TYPES.contains(&text) || next.starts_with('{') {
            Token::Type
        } else if text == "iota" {
            Token::Number
        } else if next.starts_with('[') && declares() {
            Token::Function
        } else {
            Token::Plain
        };
    }
}
