//! Formulas: mathematics as it is nested, without how it looks.
//!
//! What the reader makes of LaTeX, for Typst, `MathML` and speech alike, so that
//! none of them knows a command that another does not.

mod spoken;

use schemars::JsonSchema;
use serde::Serialize;

use super::Align;
use crate::color::Rgb;

/// A formula.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct Formula {
    /// The LaTeX, as written between the dollars.
    pub tex: String,
    /// What a reader says: the alternative text.
    pub spoken: String,
    /// What it is made of.
    #[serde(skip)]
    pub content: Vec<Math>,
}

impl Formula {
    /// A formula, and how it is read aloud.
    #[must_use]
    pub fn new(tex: String, content: Vec<Math>) -> Self {
        let spoken = spoken::of(&content);
        Self { tex, spoken, content }
    }
}

/// A piece of a formula. What holds others holds a row of them.
#[derive(Clone, Debug, PartialEq)]
pub enum Math {
    /// A letter or sign.
    Sign {
        /// The characters: nearly always one.
        text: String,
        /// What it does among others, which decides the room around it.
        class: Class,
    },
    /// A number.
    Number(String),
    /// Words, set upright.
    Text(String),
    /// The name of a function, such as `sin`.
    Function(String),
    /// Room, in em.
    Space(f64),
    /// Pieces that count as one.
    Row(Vec<Self>),
    /// A fraction, or with no bar what stands one above the other.
    Fraction {
        /// The numerator.
        above: Vec<Self>,
        /// The denominator.
        below: Vec<Self>,
        /// Whether there is a line between them.
        bar: bool,
    },
    /// A root.
    Root {
        /// What is under the sign.
        of: Vec<Self>,
        /// Which root; empty for the square root.
        index: Vec<Self>,
    },
    /// Something raised or lowered at a base; an empty row is none.
    Scripts {
        /// What they stand at.
        base: Vec<Self>,
        /// The lower one.
        below: Vec<Self>,
        /// The upper one.
        above: Vec<Self>,
        /// Beside the base, or below and above it.
        limits: Limits,
    },
    /// A mark over or under something.
    Accent {
        /// What is marked.
        base: Vec<Self>,
        /// The mark.
        sign: char,
        /// Whether it stands under the base.
        under: bool,
        /// Whether it is as wide as the base.
        wide: bool,
    },
    /// What stands between a pair of signs that are as high as it is.
    Fence {
        /// The left sign, if any.
        open: Option<char>,
        /// The right sign, if any.
        close: Option<char>,
        /// What is between them.
        content: Vec<Self>,
    },
    /// A delimiter of a given height.
    Sized {
        /// The sign.
        sign: char,
        /// Its height in em.
        em: f64,
        /// Which side it closes.
        class: Class,
    },
    /// Rows and columns.
    Grid {
        /// What it is.
        kind: Grid,
        /// How each column is aligned.
        columns: Vec<Align>,
        /// Before which columns, counted from 0, there is a line.
        verticals: Vec<usize>,
        /// Before which rows, counted from 0, there is a line.
        horizontals: Vec<usize>,
        /// The cells, row by row.
        rows: Vec<Vec<Vec<Self>>>,
    },
    /// What is set otherwise.
    Styled {
        /// How.
        style: MathStyle,
        /// What.
        content: Vec<Self>,
    },
    /// Something struck out, as what is denied is.
    Struck(Vec<Self>),
    /// Something in a frame.
    Framed(Vec<Self>),
}

/// What a sign does among others.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Class {
    /// A variable or a sign of its own.
    Ordinary,
    /// A large operator, such as a sum.
    Large,
    /// An operation of two, such as plus.
    Binary,
    /// A relation, such as equals.
    Relation,
    /// An opening delimiter.
    Open,
    /// A closing delimiter.
    Close,
    /// A delimiter that stands between others.
    Fence,
    /// A comma and the like.
    Punctuation,
}

/// Where scripts stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Limits {
    /// Beside the base.
    Beside,
    /// Below and above it.
    Stacked,
    /// Below and above in a formula of its own, beside in a line of text.
    Movable,
}

/// The kinds of grid.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Grid {
    /// A matrix or an array.
    Matrix,
    /// Cases, a brace at their left, or at their right.
    Cases {
        /// Whether the brace is at the left.
        left: bool,
    },
    /// Equations, aligned where the author says.
    Aligned,
    /// Equations, each in the middle.
    Gathered,
}

/// How a part of a formula is set.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MathStyle {
    /// In another alphabet.
    Alphabet(Alphabet),
    /// In a colour.
    Color(Rgb),
    /// As large as in a formula of its own.
    Display,
    /// As large as in a line of text.
    Inline,
    /// As large as a script.
    Script,
    /// As large as a script of a script.
    SmallScript,
}

/// The alphabets of mathematics, by LaTeX's names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Alphabet {
    /// As without a command: letters are italic.
    Normal,
    /// `\mathrm`.
    Upright,
    /// `\mathit`.
    Italic,
    /// `\mathbf`.
    Bold,
    /// `\boldsymbol`.
    BoldItalic,
    /// `\mathbb`.
    DoubleStruck,
    /// `\mathcal`.
    Script,
    /// Bold `\mathcal`.
    BoldScript,
    /// `\mathfrak`.
    Fraktur,
    /// Bold `\mathfrak`.
    BoldFraktur,
    /// `\mathsf`.
    Sans,
    /// Bold `\mathsf`.
    BoldSans,
    /// Italic `\mathsf`.
    ItalicSans,
    /// Bold italic `\mathsf`.
    BoldItalicSans,
    /// `\mathtt`.
    Mono,
}
