//! What can be wrong with an asset, and the act that mends it.

use super::used::Asset;
use crate::diag::{Diagnostic, meant_file, nearest};
use crate::loader::{LoadError, Loader, MAX_BYTES};
use crate::source::Span;

/// The extensions of pictures, for the names to suggest.
const EXTENSIONS: [&str; 6] = ["png", "jpg", "jpeg", "gif", "webp", "svg"];

/// Something wrong with an asset; where it is named is added later.
#[derive(Clone, Debug)]
pub(super) struct Problem {
    finding: Box<Diagnostic>,
    /// The name of the file that was meant.
    meant: Option<String>,
}

impl Problem {
    /// The asset cannot be shown.
    pub(super) fn error(name: &'static str, message: String, hint: impl Into<String>) -> Self {
        Self::of(Diagnostic::error(name, Span::default(), message).hint(hint))
    }

    /// The asset is shown, but not all that is in it.
    pub(super) fn warning(name: &'static str, message: String, hint: impl Into<String>) -> Self {
        Self::of(Diagnostic::warning(name, Span::default(), message).hint(hint))
    }

    fn of(finding: Diagnostic) -> Self {
        Self { finding: Box::new(finding), meant: None }
    }

    /// The finding where a deck names the asset.
    pub(super) fn at(self, asset: &Asset) -> Diagnostic {
        let (span, slide) = asset.first;
        let mut diagnostic = Diagnostic { span, slide, ..*self.finding };
        for span in &asset.others {
            diagnostic = diagnostic.also(*span, "and named here");
        }
        if let Some(name) = self.meant.filter(|_| asset.names.len() == 1 + asset.others.len()) {
            diagnostic =
                diagnostic.patches_from(asset.names.iter().map(|span| (*span, name.clone())));
        }
        diagnostic
    }
}

/// The asset's file could not be read.
pub(super) fn unread(key: &str, error: &LoadError, loader: &Loader) -> Problem {
    match error {
        LoadError::Missing => {
            let message = format!("there is no file `{key}`");
            let (hint, meant) = missing(key, loader);
            Problem { meant, ..Problem::error("missing-asset", message, hint) }
        }
        LoadError::DeadLink => Problem::error(
            "missing-asset",
            format!("the file `{key}` is a link to a file that does not exist"),
            "put the picture there, or a copy of it in place of the link",
        ),
        LoadError::Remote => Problem::error(
            "remote-asset",
            format!("the picture `{key}` is on the network"),
            "download it beside the deck and name the file: a deck is shown without a network",
        ),
        LoadError::Outside => Problem::error(
            "outside-asset",
            format!("the file `{key}` lies outside the deck's folder"),
            "copy it below the deck's folder, or build with `--root` naming a folder that holds both",
        ),
        LoadError::TooLarge => Problem::error(
            "large-asset",
            format!("the file `{key}` is larger than {} MiB", MAX_BYTES >> 20),
            "scale the picture down: a slide is shown in at most 3840 x 2160 pixels",
        ),
        LoadError::NotUtf8(_) | LoadError::Refused(_) => Problem::error(
            "missing-asset",
            format!("the file `{key}` cannot be read: {error}"),
            "make the file readable",
        ),
    }
}

/// The hint for a missing file, the nearest names in its folder; and the one that
/// was meant, if that is clear.
fn missing(key: &str, loader: &Loader) -> (String, Option<String>) {
    let (folder, name) = key.rsplit_once('/').unwrap_or(("", key));
    let mut names: Vec<String> = EXTENSIONS
        .iter()
        .flat_map(|ext| loader.list(if folder.is_empty() { "." } else { folder }, ext))
        .collect();
    names.sort();
    let path =
        |name: &str| if folder.is_empty() { name.to_owned() } else { format!("{folder}/{name}") };
    let meant = meant_file(name, names.iter().map(String::as_str));
    let near = match meant {
        Some(meant) => vec![meant],
        None => nearest(name, names.iter().map(String::as_str)),
    };
    let quoted: Vec<String> = near.iter().map(|name| format!("`{}`", path(name))).collect();
    let hint = if quoted.is_empty() {
        format!("put the picture at `{key}`, counted from the deck's folder")
    } else {
        format!("did you mean {}?", quoted.join(", "))
    };
    (hint, meant.map(str::to_owned))
}

/// The content is no picture that deckc shows.
pub(super) fn unknown(key: &str, bytes: &[u8]) -> Problem {
    let found = match bytes {
        [] => "is empty",
        [b'B', b'M', ..] => "is a BMP picture",
        [b'I', b'I', 42, 0, ..] | [b'M', b'M', 0, 42, ..] => "is a TIFF picture",
        [0xff, 0x0a, ..] => "is a JPEG XL picture",
        [0x1f, 0x8b, ..] => "is compressed with gzip",
        _ if bytes.starts_with(b"%PDF") => "is a PDF",
        _ if is_avif(bytes) => {
            return Problem::error(
                "broken-asset",
                format!("the file `{key}` is an AVIF picture, which deckc does not read"),
                format!("make it a PNG: `avifdec {key} {}`", with_ending(key, "png")),
            );
        }
        _ if super::video::format(bytes).is_some() => {
            return Problem::error(
                "broken-asset",
                format!("the file `{key}` is a video"),
                "write its poster behind it: `![A session](talk.mp4){poster=talk.png}`",
            );
        }
        _ if bytes.get(4..8) == Some(b"ftyp") => "is a HEIC picture or a QuickTime film",
        _ if bytes.starts_with(b"version https://git-lfs") => {
            return Problem::error(
                "broken-asset",
                format!("the file `{key}` is a pointer of Git LFS and not the picture"),
                "fetch the picture: `git lfs pull`",
            );
        }
        _ if is_coded_svg(bytes) => {
            return Problem::error(
                "broken-asset",
                format!("the SVG `{key}` is not written in UTF-8"),
                "save it as UTF-8; drawing programs do when they export it again",
            );
        }
        _ if has(&bytes[..bytes.len().min(1024)], b"<html") => "is a page of HTML",
        _ => "is no picture",
    };
    Problem::error(
        "broken-asset",
        format!("the file `{key}` {found}"),
        "convert it to PNG, JPEG, GIF, WebP or SVG",
    )
}

/// Whether a file holds some ASCII, whatever its case.
fn has(bytes: &[u8], text: &[u8]) -> bool {
    bytes.windows(text.len()).any(|it| it.eq_ignore_ascii_case(text))
}

/// Whether a file is XML with a drawing that is not UTF-8: of two bytes a character,
/// or with letters of another code.
fn is_coded_svg(bytes: &[u8]) -> bool {
    let head: Vec<u8> = bytes.iter().take(4096).copied().filter(|byte| *byte != 0).collect();
    std::str::from_utf8(bytes).is_err_and(|_| has(&head, b"<svg"))
}

/// Whether a file says that it is an AVIF picture, still or moving (AVIF, 6.2).
fn is_avif(bytes: &[u8]) -> bool {
    let brand = bytes.get(8..12).filter(|_| bytes.get(4..8) == Some(b"ftyp"));
    brand.is_some_and(|brand| brand == b"avif" || brand == b"avis")
}

/// The name of a file with another ending.
fn with_ending(key: &str, ending: &str) -> String {
    let (folder, name) =
        key.rsplit_once('/').map_or(("", key), |(_, name)| key.split_at(key.len() - name.len()));
    let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    format!("{folder}{stem}.{ending}")
}
