//! The slide model: what a deck says, without how it looks.
//!
//! Plain data between the reader and everything after it. Every node keeps the
//! [`Span`](crate::source::Span) it was read from. After reading, a consumer
//! need not worry about Markdown, YAML, includes, line ends or tabs: keys are
//! known, footnotes stand on the slide that refers to them, steps are numbered
//! and code is de-indented.
//!
//! Deliberately absent: sizes, colours and fonts (the theme's), rectangles (the
//! layout's), HTML and Typst, and any mark that stands for an error.

mod background;
mod block;
mod code;
mod deck;
mod drawing;
mod filter;
mod formula;
mod inline;
mod motion;
mod note;
mod plan;
mod prose;
mod rows;
mod showing;
mod slide;
mod step;
mod video;
pub mod walk;

pub use background::{Background, Backing, Side, Size, Split};
pub use block::{
    Align, Block, BlockId, BlockKind, Callout, CalloutKind, Cell, Column, Image, Item, List, Table,
    blocks_are_rtl,
};
pub use code::{Bench, Change, Code, CodeFile, CodeLine, Focus, HiddenLine, Lang, Remark, Task};
pub use deck::{Deck, Meta, Overflow, Runner, Speaker};
pub use drawing::{Drawing, DrawingKind, Word};
pub use filter::{Filter, FilterKind};
pub use formula::{Alphabet, Class, Formula, Grid, Limits, Math, MathStyle};
pub use inline::{Inline, InlineKind, Style, after, has_rtl, is_rtl, plain_text};
pub use motion::{Motion, Transition};
pub use note::Note;
pub use plan::{Role, Time};
pub use prose::prose;
pub use rows::{Unread, rows};
pub use showing::{Edit, Extent, Fit, Room, Showing};
pub use slide::{Allow, Footnote, Group, Slide};
pub use step::Step;
pub use video::Video;
