//! The font files in `fonts/` beside a deck, and in its subfolders: fonts come
//! as folders, often with a variable font and a folder of static ones.

use super::{Face, file};
use crate::diag::{Diagnostic, Diagnostics};
use crate::loader::{FONT_EXTENSIONS, LoadError, Loader};
use crate::source::Span;

/// The folder, counted from the deck's own.
const FOLDER: &str = "fonts";

/// Extensions of fonts that Typst does not read.
const COMPRESSED: [&str; 3] = ["woff", "woff2", "eot"];

/// The faces of every font file in the folder, in the order of the paths but for
/// what [`file::best`] prefers.
///
/// Reports a file that is broken, and one that is compressed for the web.
pub(super) fn faces(loader: &Loader, diags: &mut Diagnostics) -> Vec<Face> {
    let mut read = Vec::new();
    for path in loader.list_below(FOLDER, &FONT_EXTENSIONS) {
        let bytes = loader.bytes(&path).map_err(|error: LoadError| error.to_string());
        match bytes.and_then(file::faces) {
            Ok(found) => read.extend(found),
            Err(why) => diags.push(
                error(format!("the font file `{path}` cannot be used: {why}"))
                    .hint("get the file again from where it came, or delete it"),
            ),
        }
    }
    for path in loader.list_below(FOLDER, &COMPRESSED) {
        diags.push(
            error(format!("the font file `{path}` is an edition for web pages"))
                .hint("put the desktop edition there instead: `.ttf` or `.otf`"),
        );
    }
    file::best(read)
}

/// An error about the folder; no part of the deck names it.
fn error(message: String) -> Diagnostic {
    Diagnostic::error("broken-font", Span::default(), message)
}
