//! Writing pages as PNG.
