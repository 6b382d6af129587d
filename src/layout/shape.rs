//! The shape of a slide's content, by which a layout is chosen.

/// What a slide holds, in one word. Every slide has exactly one shape, so that
/// two layouts with different words can never both fit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Shape {
    /// Nothing more particular.
    Content,
}
