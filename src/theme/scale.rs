//! The type scale and the distances of a theme.

use super::CodeSize;
use crate::geom::Pt;

/// What a text is set in: the families of running text, or those of code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FontRole {
    /// Running text.
    Text,
    /// Code.
    Code,
}

/// How a text is set.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct TextStyle {
    /// The size of the type.
    pub size: Pt,
    /// The pitch: from one baseline to the next, and the height of a line.
    pub pitch: Pt,
    /// The weight, 100 to 900.
    pub weight: u16,
}

/// The type scale: how each role of text is set.
///
/// Every size is at or above the floor of its role; [`super::read`] refuses a
/// theme that is below.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Scale {
    /// The title of the deck, on the `title` layout. Floor: 24 pt.
    pub display: TextStyle,
    /// The one big number of the `fact` layout. Floor: 24 pt.
    pub fact: TextStyle,
    /// The title of a slide. Floor: 24 pt.
    pub title: TextStyle,
    /// Headings below the title. Floor: 24 pt.
    pub heading: TextStyle,
    /// Large text: subtitles, quotes. Floor: 24 pt.
    pub lead: TextStyle,
    /// Paragraphs and lists. Floor: 24 pt.
    pub body: TextStyle,
    /// Tables. Floor: 20 pt.
    pub table: TextStyle,
    /// Footnotes, captions, footers, line numbers. Floor: 14 pt.
    pub small: TextStyle,
    /// Code blocks; at least 24 pt by type.
    pub code: CodeSize,
    /// The pitch of code lines.
    pub code_pitch: Pt,
}

/// The distances of a theme.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Space {
    /// Between two blocks.
    pub block: Pt,
    /// Between two items of a tight list.
    pub item: Pt,
    /// From the edge of a list to the text of its items.
    pub indent: Pt,
    /// Inside code blocks, quotes and callouts: left and right.
    pub pad_x: Pt,
    /// Inside code blocks and callouts: above and below.
    pub pad_y: Pt,
    /// Inside table cells: left and right.
    pub cell_x: Pt,
    /// Inside table cells: above and below.
    pub cell_y: Pt,
    /// The width of the bar beside quotes, callouts and focused code.
    pub bar: Pt,
    /// The radius of the corners of code blocks and callouts.
    pub radius: Pt,
    /// The columns between two tab stops in code.
    pub tab: usize,
}
