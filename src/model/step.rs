//! Steps: the states that one slide goes through.

use schemars::JsonSchema;
use serde::Serialize;

/// A state of a slide, counted from 0. What appears at step 0 is there from
/// the start; what appears at step `n` is there in every later one.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, JsonSchema,
)]
#[serde(transparent)]
pub struct Step(pub u32);

impl Step {
    /// The state in which a slide is first shown.
    pub const FIRST: Self = Self(0);

    /// The state after this one.
    #[must_use]
    pub const fn next(self) -> Self {
        Self(self.0 + 1)
    }
}
