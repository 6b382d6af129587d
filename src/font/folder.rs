//! The font files in `fonts/` beside a deck.

use super::{Face, file};
use crate::diag::{Diagnostic, Diagnostics};
use crate::loader::{LoadError, Loader};
use crate::source::Span;

/// The folder, counted from the deck's own.
const FOLDER: &str = "fonts";

/// Extensions of the files that are read.
const READ: [&str; 4] = ["ttf", "otf", "ttc", "otc"];

/// Extensions of fonts that Typst does not read.
const COMPRESSED: [&str; 3] = ["woff", "woff2", "eot"];

/// The faces of every font file in the folder, in the order of their names.
///
/// Reports a file that is broken, and one that is compressed for the web.
pub(super) fn faces(loader: &Loader, diags: &mut Diagnostics) -> Vec<Face> {
    let mut names: Vec<String> = READ.iter().flat_map(|ext| loader.list(FOLDER, ext)).collect();
    names.sort();
    let mut faces = Vec::new();
    for name in names {
        let path = format!("{FOLDER}/{name}");
        let read = loader.bytes(&path).map_err(|error: LoadError| error.to_string());
        match read.and_then(file::faces) {
            Ok(found) => faces.extend(found),
            Err(why) => diags.push(
                error(format!("the font file `{path}` cannot be used: {why}"))
                    .hint("get the file again from where it came, or delete it"),
            ),
        }
    }
    for name in COMPRESSED.iter().flat_map(|ext| loader.list(FOLDER, ext)) {
        diags.push(
            error(format!("the font file `{FOLDER}/{name}` is an edition for web pages"))
                .hint("put the desktop edition there instead: `.ttf` or `.otf`"),
        );
    }
    faces
}

/// An error about the folder; no part of the deck names it.
fn error(message: String) -> Diagnostic {
    Diagnostic::error("broken-font", Span::default(), message)
}
