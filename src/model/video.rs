//! Videos.

use schemars::JsonSchema;
use serde::Serialize;

use crate::source::Spanned;

/// A video, which plays in the HTML. Everywhere else the image that holds it is
/// shown, which is its poster.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Video {
    /// The file, as written, and where it is named.
    pub path: Spanned<String>,
    /// The file, relative to the root below which files are read.
    pub asset: String,
    /// Whether it begins to play when it is shown.
    pub autoplay: bool,
    /// Whether it begins anew at its end.
    pub looped: bool,
    /// Whether it has no sound.
    pub muted: bool,
}
