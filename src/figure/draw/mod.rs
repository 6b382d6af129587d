//! Drawing: fences of text to SVG, in the theme's colours and fonts.
//!
//! Takes what a fence says and the room that it has, gives SVG in layers, one a
//! step. What comes out is read like any other SVG, so that every law holds for
//! it. A kind of drawing is a file here and an arm in [`draw`] and [`alt`].

mod benchstat;
mod chart;
mod dot;
mod flamegraph;
mod goroutines;
mod mermaid;
mod sheet;

use std::fmt::Write as _;

pub(super) use self::sheet::Kit;
use crate::diag::Diagnostic;
use crate::model::{Drawing, DrawingKind};
use crate::source::Span;

/// By how much a drawing may be enlarged: its text of 20 pt is then as large as
/// running text, and a drawing of two boxes does not shout.
pub(super) const MAX_ENLARGEMENT: f64 = 1.4;

/// A drawing, in the layers that appear step by step.
#[derive(Debug)]
pub(super) struct Drawn {
    /// The opening tag, and what all layers refer to.
    head: String,
    /// The content of each layer.
    layers: Vec<String>,
    /// The content of all together, where it is not one on the other.
    whole: Option<String>,
}

impl Drawn {
    /// How many layers there are.
    pub(super) fn n_layers(&self) -> usize {
        self.layers.len()
    }

    /// One layer alone; `None` for all of them, one on the other.
    pub(super) fn svg(&self, layer: Option<usize>) -> String {
        let mut svg = self.head.clone();
        match (layer, &self.whole) {
            (Some(nth), _) => svg.push_str(self.layers.get(nth).map_or("", String::as_str)),
            (None, Some(whole)) => svg.push_str(whole),
            (None, None) => self.layers.iter().for_each(|layer| svg.push_str(layer)),
        }
        svg.push_str("</svg>");
        svg
    }
}

/// Something wrong with what a drawing is made from.
#[derive(Debug)]
pub(super) struct Mistake {
    /// Where; `None` for all of it.
    span: Option<Span>,
    message: String,
    /// What stands at the place; mostly nothing.
    label: String,
    hint: String,
}

impl Mistake {
    /// One that stands in a line.
    fn at(span: Span, message: impl Into<String>, hint: impl Into<String>) -> Self {
        Self { span: Some(span), ..Self::whole(message, hint) }
    }

    /// One of the whole.
    fn whole(message: impl Into<String>, hint: impl Into<String>) -> Self {
        let (message, hint) = (message.into(), hint.into());
        Self { span: None, message, label: String::new(), hint }
    }

    /// The same, with something said at its place.
    fn labelled(self, label: String) -> Self {
        Self { label, ..self }
    }

    /// The finding; `place` is that of the fence's first word.
    pub(super) fn finding(self, place: Span) -> Diagnostic {
        let at = self.span.unwrap_or(place);
        let finding = Diagnostic::error("drawing", at, self.message).hint(self.hint);
        if self.label.is_empty() { finding } else { finding.label(self.label) }
    }
}

/// Mistakes, in the order in which they are met.
pub(super) type Mistakes = Vec<Mistake>;

/// Draws a fence, in a layer for each of its steps. Gives `None` only with a
/// mistake.
pub(super) fn draw(kit: &Kit<'_>, drawing: &Drawing, mistakes: &mut Mistakes) -> Option<Drawn> {
    let drawn = match drawing.kind {
        DrawingKind::Goroutines => goroutines::draw(kit, drawing, mistakes),
        DrawingKind::Mermaid => mermaid::draw(kit, drawing, mistakes),
        DrawingKind::Dot => dot::draw(kit, drawing, mistakes),
        DrawingKind::Chart => chart::draw(kit, drawing, mistakes),
        DrawingKind::Benchstat => benchstat::draw(kit, drawing, mistakes),
        DrawingKind::Flamegraph => flamegraph::draw(kit, drawing, mistakes),
    };
    drawn.filter(|_| mistakes.is_empty())
}

/// The texts of a table: a head, and rows of as many cells.
#[derive(Debug)]
pub(super) struct Tabled {
    pub(super) head: Vec<String>,
    pub(super) rows: Vec<Vec<(String, Tone)>>,
}

/// How the text of a cell stands out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Tone {
    Plain,
    Strong,
    Muted,
}

/// The table that a fence says; `None` for one that is none or has a mistake,
/// which [`draw`] tells.
pub(super) fn table(drawing: &Drawing) -> Option<Tabled> {
    let mut mistakes = Mistakes::new();
    let found = match drawing.kind {
        DrawingKind::Benchstat => benchstat::table(drawing, &mut mistakes),
        DrawingKind::Flamegraph => flamegraph::table(drawing, &mut mistakes),
        DrawingKind::Goroutines | DrawingKind::Mermaid | DrawingKind::Dot | DrawingKind::Chart => {
            None
        }
    };
    found.filter(|_| mistakes.is_empty())
}

/// What a drawing says to those who cannot see it, where its author does not say
/// it; empty for a kind whose author must.
pub(super) fn alt(drawing: &Drawing) -> String {
    match drawing.kind {
        DrawingKind::Goroutines => goroutines::alt(drawing),
        DrawingKind::Mermaid => mermaid::alt(drawing),
        DrawingKind::Dot => String::new(),
        DrawingKind::Chart => chart::alt(drawing),
        DrawingKind::Benchstat => benchstat::alt(drawing),
        DrawingKind::Flamegraph => flamegraph::alt(drawing),
    }
}

/// Writes into a text, which takes all.
fn put(out: &mut String, arguments: std::fmt::Arguments<'_>) {
    out.write_fmt(arguments).expect("a string takes all");
}
