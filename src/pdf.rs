//! Writing the PDF.
