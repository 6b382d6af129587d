//! Reading layouts from TOML.

use std::collections::BTreeMap;

use super::Layout;
use crate::diag::Diagnostics;
use crate::source::{SourceId, Sources};

/// The layouts that a deck can use, by name.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Layouts {
    /// By name.
    pub by_name: BTreeMap<String, Layout>,
}

/// Reads one layout.
///
/// Reports every problem with the bytes it concerns and gives `None` if there
/// was one.
pub fn read(sources: &Sources, source: SourceId, diags: &mut Diagnostics) -> Option<Layout> {
    let _ = (sources, source, diags);
    None
}
