//! Themes: tokens that are proved when they are read.
//!
//! Takes one TOML file of tokens and gives a [`Theme`]. A `Theme` that exists
//! is legal: its code is at least 24 pt, its text sizes are at or above their
//! floors, and every pair of colours that can meet reaches its contrast.

mod code_size;
mod find;
mod palette;
mod proof;
mod read;
mod scale;

pub use code_size::CodeSize;
pub use find::{DEFAULT, built_in, find, names};
pub use palette::{CodePalette, Palette, Token};
pub use read::read;
pub use scale::{FontRole, Scale, Space, TextStyle};

/// The themes that deckc ships, as (name, TOML).
pub const BUILT_IN: [(&str, &str); 3] = [
    ("dark", include_str!("../../themes/dark.toml")),
    ("light", include_str!("../../themes/light.toml")),
    ("print", include_str!("../../themes/print.toml")),
];

/// A theme.
#[derive(Clone, Debug, PartialEq)]
pub struct Theme {
    /// The name that front matter and `--theme` use.
    pub name: String,
    /// One line for `deckc layouts` and the manual.
    pub description: String,
    /// Colours by role.
    pub palette: Palette,
    /// Sizes and pitches of text by role.
    pub scale: Scale,
    /// Distances.
    pub space: Space,
    /// The families of running text, first choice first.
    pub text_fonts: Vec<String>,
    /// The families of code, first choice first.
    pub code_fonts: Vec<String>,
}
