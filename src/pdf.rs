//! Writing the PDF: tagged, PDF/UA-1, the same bytes on every run.
//!
//! Takes a checked deck and its Typst document. There is no clock here: the file
//! carries no date of its making.

use typst::foundations::Smart;
use typst_pdf::{PdfOptions, PdfStandard, PdfStandards, pdf};

use crate::check::Checked;
use crate::diag::{Diagnostic, Diagnostics};
use crate::dress::Dressed;
use crate::typeset::{self, Typeset};

/// Writes the PDF: a page a slide in its last step, or a page a step.
///
/// Gives `None`, and an error, if the standard refuses the document.
pub fn write(
    checked: Checked<'_>,
    dressed: Dressed<'_>,
    typeset: &Typeset,
    all_steps: bool,
    diags: &mut Diagnostics,
) -> Option<Vec<u8>> {
    let stepped = checked.placed().slides.iter().any(|slide| slide.last_step.0 > 0);
    let steps;
    let document = if all_steps && stepped {
        steps = typeset::typeset_steps(dressed, diags)?;
        &steps
    } else {
        &typeset.document
    };
    let options = PdfOptions {
        ident: Smart::Custom(checked.placed().title().to_owned()),
        creator: Smart::Custom(Some(concat!("deckc ", env!("CARGO_PKG_VERSION")).to_owned())),
        standards: PdfStandards::new(&[PdfStandard::Ua_1]).expect("PDF/UA-1 stands alone"),
        ..PdfOptions::default()
    };
    match pdf(document, &options) {
        Ok(bytes) => Some(bytes),
        Err(errors) => {
            let span = checked.placed().slides.first().map(|slide| slide.span.before());
            diags.extend(errors.iter().map(|error| {
                let message = format!("the PDF cannot be PDF/UA-1: {}", error.message);
                let it = Diagnostic::error("pdf-standard", span.unwrap_or_default(), message);
                error.hints.iter().fold(it, |it, hint| it.hint(hint.v.as_str()))
            }));
            None
        }
    }
}
