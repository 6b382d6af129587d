//! `deckc layouts`: the layouts that a deck can use, drawn.

mod draw;

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use clap::ValueHint;

use super::report::{Report, human};
use super::{Exit, Failure, terminal};
use crate::diag::{Diagnostics, nearest_hint};
use crate::geom::{Canvas, Pt};
use crate::layout::{Arity, Layout, Layouts, Takes};
use crate::loader::Loader;
use crate::source::Sources;

/// Show the layouts, each with a drawing of its slots.
///
/// Those that deckc ships, and those of the folder `layouts` beside the deck.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  deckc layouts               every layout
  deckc layouts code          one, with the size of each slot and what it takes
  deckc layouts --size 4:3    as they are on a narrower canvas")]
pub(super) struct Args {
    /// The layout to show. Default: all.
    #[arg(value_name = "NAME")]
    name: Option<String>,

    /// The shape of the canvas.
    #[arg(long, value_name = "SIZE", default_value = "16:9", value_parser = canvas)]
    size: Canvas,

    /// The folder of the deck, whose `layouts` are shown, too. Default: this folder.
    #[arg(long, value_name = "FOLDER", value_hint = ValueHint::DirPath)]
    root: Option<PathBuf>,
}

fn canvas(text: &str) -> Result<Canvas, String> {
    let names = Canvas::ALL.map(Canvas::name);
    let found = Canvas::ALL.into_iter().find(|canvas| canvas.name() == text);
    found.ok_or_else(|| format!("use {}", names.join(" or ")))
}

/// Prints the layouts.
pub(super) fn run(args: &Args) -> Result<Exit, Failure> {
    let root = args.root.as_deref().unwrap_or(Path::new(""));
    let loader = Loader::new(root)
        .map_err(|why| Failure::files(format!("cannot read `{}`: {why}", root.display())))?;
    let (mut sources, mut diags) = (Sources::default(), Diagnostics::default());
    let layouts = Layouts::load(&loader, &mut sources, &mut diags);
    let findings = diags.sorted();
    let exit = if findings.is_empty() { Exit::Clean } else { Exit::Findings };
    if !findings.is_empty() {
        let report = Report { sources, prefix: root.to_owned(), findings };
        terminal::show(&human::render(&report));
    }
    let text = match &args.name {
        None => list(&layouts, args.size),
        Some(name) => match layouts.by_name.get(name) {
            Some(layout) => one(layout, args.size),
            // It may be the one whose file is broken, which was said above.
            None if exit != Exit::Clean => String::new(),
            None => {
                return Err(Failure::usage(format!("there is no layout `{name}`"))
                    .hint(nearest_hint(name, &layouts.names())));
            }
        },
    };
    terminal::print(&text)?;
    Ok(exit)
}

/// Every layout: its name, what it is for, and a small drawing.
fn list(layouts: &Layouts, canvas: Canvas) -> String {
    let mut out = String::new();
    for layout in layouts.by_name.values() {
        let _ = writeln!(out, "{}: {}", layout.name, layout.description);
        out.push_str(&draw::draw(layout, canvas, 40));
        out.push('\n');
    }
    out.push_str("Choose one with `<!-- layout: NAME -->`; see one with `deckc layouts NAME`.\n");
    out
}

/// One layout: a larger drawing, when it is chosen, and its slots.
fn one(layout: &Layout, canvas: Canvas) -> String {
    let mut out = format!("{}: {}\n", layout.name, layout.description);
    out.push_str(&draw::draw(layout, canvas, 64));
    let shapes: Vec<&str> = layout.when.iter().map(|shape| shape.reason()).collect();
    let _ = match shapes.as_slice() {
        [] => writeln!(out, "\nChosen by its name only: `<!-- layout: {} -->`", layout.name),
        shapes => writeln!(out, "\nChosen when {}", shapes.join(", or when ")),
    };
    let footer = if layout.footer { "with" } else { "without" };
    let _ = writeln!(out, "Shown {footer} footer, slide number and logo\n\nSlots:");
    let rects = layout.solve(canvas);
    for slot in &layout.slots {
        let rect = rects.get(&slot.name).copied().unwrap_or_default();
        let (w, h) = (rect.w.rounded().get(), rect.h.rounded().get());
        let (name, accepts) = (&slot.name, slot.accepts.join(", "));
        let _ = writeln!(out, "  {name}: {} of {accepts}", arity(slot.arity));
        let bleed = if slot.bleed > Pt::ZERO {
            format!("; code bleeds {} to the left", slot.bleed)
        } else {
            String::new()
        };
        let _ = writeln!(out, "    {w} x {h} pt; {}{bleed}", takes(&slot.takes, name));
    }
    out
}

/// `1`, `0 or 1`, `1 or more`, `2 to 4`.
fn arity(arity: Arity) -> String {
    match (arity.min, arity.max) {
        (0, None) => "any number".to_owned(),
        (min, None) => format!("{min} or more"),
        (min, Some(max)) if min == max => min.to_string(),
        (0, Some(1)) => "0 or 1".to_owned(),
        (min, Some(max)) => format!("{min} to {max}"),
    }
}

/// How a block gets into a slot.
fn takes(takes: &Takes, name: &str) -> String {
    match takes {
        Takes::Named => format!("filled by `::: {name}`"),
        Takes::Kinds(kinds) if kinds == &["title"] => "takes the slide's title".to_owned(),
        Takes::Kinds(kinds) => format!("takes every {} of the slide", kinds.join(" and ")),
        Takes::Rest => "takes what no other slot takes".to_owned(),
    }
}
