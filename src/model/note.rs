//! Speaker notes.

use schemars::JsonSchema;
use serde::Serialize;

use super::Block;
use crate::source::Span;

/// One note: a comment that is no directive, a `note:` directive, or a
/// `::: notes` container.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct Note {
    /// The comment or container; of a directive with other keys, key and value.
    pub span: Span,
    /// What the speaker reads.
    pub blocks: Vec<Block>,
}
