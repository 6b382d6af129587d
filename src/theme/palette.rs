//! Colours by role, and the contrast that each pair must reach.

use schemars::JsonSchema;
use serde::Serialize;

use crate::color::Rgb;

/// The class of a token of code, for colouring.
///
/// Fewer classes than scopes: what a person in the tenth row can tell apart.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, JsonSchema,
)]
#[serde(rename_all = "kebab-case")]
pub enum Token {
    /// Everything without a class of its own.
    #[default]
    Plain,
    /// Keywords and storage modifiers.
    Keyword,
    /// Names of functions where they are defined or called.
    Function,
    /// Names of types.
    Type,
    /// Strings and characters.
    String,
    /// Numbers and constants.
    Number,
    /// Comments.
    Comment,
    /// Attributes, annotations, macros, tags.
    Attribute,
    /// Operators and punctuation.
    Punctuation,
    /// Added lines of a diff.
    Inserted,
    /// Removed lines of a diff.
    Deleted,
}

impl Token {
    /// Every class, with its key in a theme and in CSS.
    pub const ALL: [(&'static str, Self); 11] = [
        ("plain", Self::Plain),
        ("keyword", Self::Keyword),
        ("function", Self::Function),
        ("type", Self::Type),
        ("string", Self::String),
        ("number", Self::Number),
        ("comment", Self::Comment),
        ("attribute", Self::Attribute),
        ("punctuation", Self::Punctuation),
        ("inserted", Self::Inserted),
        ("deleted", Self::Deleted),
    ];

    /// The key of the class in a theme and in CSS.
    #[must_use]
    pub fn name(self) -> &'static str {
        Self::ALL[self as usize].0
    }
}

/// The colours of code by token class.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CodePalette {
    /// In the order of [`Token::ALL`].
    pub(super) tokens: [Rgb; Token::ALL.len()],
    /// Which classes are set bold, in the same order.
    pub(super) bold: [bool; Token::ALL.len()],
}

impl CodePalette {
    /// The colour of a class.
    #[must_use]
    pub const fn color(&self, token: Token) -> Rgb {
        self.tokens[token as usize]
    }

    /// Whether a class is set bold.
    #[must_use]
    pub const fn is_bold(&self, token: Token) -> bool {
        self.bold[token as usize]
    }
}

/// Colours by role.
///
/// The fields can be read by everyone and written by no one outside the theme
/// reader, which proves every pair: a palette below its contrast floors cannot
/// be constructed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Palette {
    pub(super) background: Rgb,
    pub(super) surface: Rgb,
    pub(super) text: Rgb,
    pub(super) title: Rgb,
    pub(super) muted: Rgb,
    pub(super) accent: Rgb,
    pub(super) link: Rgb,
    pub(super) rule: Rgb,
    pub(super) mark: Rgb,
    pub(super) focus: Rgb,
    pub(super) focus_bar: Rgb,
    pub(super) unfocused: Rgb,
    pub(super) inserted: Rgb,
    pub(super) deleted: Rgb,
    pub(super) callouts: [Rgb; 5],
    pub(super) code: CodePalette,
}

macro_rules! colors {
    ($($(#[doc = $doc:literal])+ $name:ident,)+) => {
        impl Palette {
            $($(#[doc = $doc])+
            #[must_use]
            pub const fn $name(&self) -> Rgb {
                self.$name
            })+
        }
    };
}

colors! {
    /// Behind everything.
    background,
    /// Behind code, callouts and table heads.
    surface,
    /// Running text, on the background and on the surface: at least 7:1.
    text,
    /// Titles: at least 7:1.
    title,
    /// Footers, captions, line numbers: at least 4.5:1.
    muted,
    /// Bars, bullets, numbers and lines that guide the eye: at least 7:1, since
    /// numbers and big figures are set in it.
    accent,
    /// Links: at least 7:1.
    link,
    /// Thin lines between rows: at least 3:1.
    rule,
    /// Behind marked text; text on it reaches 7:1.
    mark,
    /// Behind lines of code that have the focus; every token on it reaches 7:1.
    focus,
    /// The bar beside lines of code that have the focus: at least 3:1.
    focus_bar,
    /// Lines of code that do not have the focus: at least 4.5:1.
    unfocused,
    /// Behind added lines of a diff; every token on it reaches 7:1.
    inserted,
    /// Behind removed lines of a diff; every token on it reaches 7:1.
    deleted,
}

impl Palette {
    /// The colours of code.
    #[must_use]
    pub const fn code(&self) -> &CodePalette {
        &self.code
    }

    /// The colour of a callout's bar and title: at least 7:1 on the surface.
    #[must_use]
    pub const fn callout(&self, kind: crate::model::CalloutKind) -> Rgb {
        self.callouts[kind as usize]
    }
}
