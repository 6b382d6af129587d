//! Notes in the PDF, for presenters of PDF such as pdfpc: annotations of pages.
//!
//! Takes the bytes of a PDF that deckc wrote, and a text a page. The writer of
//! Typst has no such annotations, so they follow in an update of the file (ISO
//! 32000-1, 7.5.6): the pages anew, with what they had before.
//!
//! A note stands beside the page and takes no room, so no viewer and no printer
//! shows it: PDF/A-2 asks of such a one no appearance (ISO 19005-2, 6.3.3), and
//! PDF/UA-1 no place in the reading order (ISO 14289-1, 7.18.1).

use std::fmt::Write as _;

use hayro_syntax::Pdf;

/// Adds a note to each page that has one.
///
/// Gives `None` for a file that is not as the writer makes it.
pub(super) fn embed(bytes: Vec<u8>, notes: &[Option<String>]) -> Option<Vec<u8>> {
    if notes.iter().all(Option::is_none) {
        return Some(bytes);
    }
    let (trailer, previous) = end(&bytes)?;
    let mut next = number_after(&trailer, "/Size ")?;
    let mut objects: Vec<(usize, Vec<u8>)> = Vec::new();
    let pdf = Pdf::new(bytes.clone()).ok()?;
    for (page, note) in pdf.pages().iter().zip(notes) {
        let Some(note) = note else { continue };
        let (id, data) = (page.raw().obj_id()?, page.raw().data());
        objects.push((next, annotation(note)));
        objects.push((usize::try_from(id.obj_number).ok()?, with_note(data, next)?));
        next += 1;
    }
    let mut out = bytes;
    let mut places = Vec::new();
    for (number, object) in &objects {
        places.push((*number, out.len()));
        out.extend(format!("{number} 0 obj\n").bytes());
        out.extend(object);
        out.extend(b"\nendobj\n");
    }
    places.sort_unstable();
    let table = out.len();
    let mut text = String::from("xref\n");
    for (number, place) in places {
        write!(text, "{number} 1\n{place:010} 00000 n\r\n").ok()?;
    }
    let size = number_after(&trailer, "/Size ")?;
    let trailer = trailer.replacen(&format!("/Size {size}"), &format!("/Size {next}"), 1);
    let trailer = trailer.trim_end().strip_suffix(">>")?;
    write!(text, "trailer\n{trailer}/Prev {previous}>>\nstartxref\n{table}\n%%EOF").ok()?;
    out.extend(text.bytes());
    Some(out)
}

/// The last trailer, and where the last table of the file begins.
fn end(bytes: &[u8]) -> Option<(String, usize)> {
    let tail = &bytes[bytes.len().saturating_sub(4096)..];
    // What stands before is no text; the trailer of the writer is ASCII.
    let tail: String = tail.iter().map(|byte| char::from(*byte)).collect();
    let at = tail.rfind("trailer")? + "trailer".len();
    let (trailer, rest) = tail[at..].split_once("startxref")?;
    trailer
        .is_ascii()
        .then(|| trailer.trim_start().to_owned())
        .zip(rest.split_whitespace().next()?.parse().ok())
}

fn number_after(text: &str, key: &str) -> Option<usize> {
    let rest = &text[text.find(key)? + key.len()..];
    rest.split(|c: char| !c.is_ascii_digit()).next()?.parse().ok()
}

/// A page with one more annotation: the bytes between its `<<` and `>>`.
fn with_note(page: &[u8], note: usize) -> Option<Vec<u8>> {
    let key = b"/Annots[";
    let mut out = b"<<".to_vec();
    let inner = page.strip_prefix(b"<<").unwrap_or(page);
    let inner = inner.strip_suffix(b">>").unwrap_or(inner);
    let at = inner.windows(key.len()).position(|window| window == key);
    match at {
        Some(at) => {
            out.extend(&inner[..at + key.len()]);
            out.extend(format!("{note} 0 R ").bytes());
            out.extend(&inner[at + key.len()..]);
        }
        None if inner.windows(7).any(|window| window == b"/Annots") => return None,
        None => {
            out.extend(inner);
            out.extend(format!("/Annots[{note} 0 R]").bytes());
            // PDF/UA-1, 7.18.3: of a page with annotations.
            if !inner.windows(5).any(|window| window == b"/Tabs") {
                out.extend(b"/Tabs/S");
            }
        }
    }
    out.extend(b">>");
    Some(out)
}

/// A note that nobody sees on the page.
fn annotation(note: &str) -> Vec<u8> {
    let mut text = String::from("<< /Type/Annot/Subtype/Text/Rect[-1 -1 -1 -1]/F 4/Contents<FEFF");
    for unit in note.encode_utf16() {
        let _ = write!(text, "{unit:04X}");
    }
    text.push_str(">>>");
    text.into_bytes()
}
