//! Reading a layout from TOML.
//!
//! Every problem of a file is reported in one run, with the bytes it concerns.

use std::collections::BTreeMap;

use super::slot::read_slot;
use super::{Layout, Shape, Slot, Takes, Track, areas, solve};
use crate::diag::{Diagnostic, Diagnostics};
use crate::geom::{Canvas, Pt, Rect};
use crate::source::{SourceId, Sources, Span, Spanned};
use crate::toml_file::{Node, Reading, Table, Value, length, number};

/// The name of the findings of this file.
pub(super) const LAW: &str = "broken-layout";

const KEYS: [&str; 11] = [
    "description",
    "when",
    "margin",
    "gap",
    "columns",
    "rows",
    "areas",
    "accents",
    "footer",
    "slots",
    "beside",
];

/// The keys of the other grid.
const BESIDE: [&str; 4] = ["gap", "columns", "rows", "areas"];

/// Words that mean something else behind `:::`.
const RESERVED: [&str; 2] = ["notes", "steps"];

/// A layout and the places that matter to other layouts.
pub(super) struct Read {
    pub(super) layout: Layout,
    /// The words of `when`, in the order of [`Layout::when`].
    pub(super) when: Vec<Span>,
}

/// Reads one layout, which is named like its file.
///
/// Reports every problem with the bytes it concerns and gives `None` if there
/// was one.
pub fn read(sources: &Sources, source: SourceId, diags: &mut Diagnostics) -> Option<Layout> {
    read_placed(sources, source, diags).map(|read| read.layout)
}

pub(super) fn read_placed(
    sources: &Sources,
    source: SourceId,
    diags: &mut Diagnostics,
) -> Option<Read> {
    let reading = &mut Reading::new(LAW, source, diags);
    let path = &sources.get(source).path;
    let name = path.file_stem().map(|stem| stem.to_string_lossy().into_owned())?;
    let file = reading.file(sources, "the layout")?;
    reading.only(&file, &KEYS);

    let description =
        reading.need(&file, "description").and_then(|node| reading.text(node, "description"));
    let when = file.get("when").map_or(Some(Vec::new()), |node| shapes(reading, node));
    let footer = file.get("footer").map_or(Some(true), |node| reading.flag(node, "footer"));
    let margin = reading.need(&file, "margin").and_then(|node| margin(reading, node));
    let grid = grid(reading, sources, &file);
    let slots = reading.need(&file, "slots").and_then(|node| slots(reading, node));
    let accents =
        file.get("accents").map_or(Some(Vec::new()), |node| reading.texts(node, "accents"));
    if let (Some(grid), Some(slots), Some(accents)) = (&grid, &slots, &accents) {
        pair(reading, &grid.picture, slots, accents);
    }
    let beside = file.get("beside").map_or(Some(None), |node| {
        let table = reading.table(node.span, node, "beside", "`beside`")?;
        reading.only(&table, &BESIDE);
        let grid = self::grid(reading, sources, &table)?;
        pair(reading, &grid.picture, slots.as_ref()?, accents.as_ref()?);
        Some(Some((table, grid)))
    });

    let (when_words, when_spans) = when?.into_iter().unzip();
    let Grid { gap: [row_gap, column_gap], columns, rows, picture } = grid?;
    let mut layout = Layout {
        name,
        description: description?.value,
        when: when_words,
        columns,
        rows,
        margin: margin?,
        column_gap,
        row_gap,
        areas: names(picture),
        slots: slots?.into_iter().map(|slot| slot.value).collect(),
        accents: accents?.into_iter().map(|area| area.value).collect(),
        footer: footer?,
        beside: None,
    };
    fits(reading, &file, &layout);
    if let Some((table, Grid { gap: [row_gap, column_gap], columns, rows, picture })) = beside? {
        let areas = names(picture);
        let beside = Layout { columns, rows, column_gap, row_gap, areas, ..layout.clone() };
        fits(reading, &table, &beside);
        layout.beside = Some(Box::new(beside));
    }
    (!reading.failed()).then_some(Read { layout, when: when_spans })
}

/// A grid, its areas where they stand.
struct Grid {
    gap: [Pt; 2],
    columns: Vec<Track>,
    rows: Vec<Track>,
    picture: Vec<Vec<Spanned<String>>>,
}

fn grid(reading: &mut Reading<'_>, sources: &Sources, table: &Table) -> Option<Grid> {
    let gap = table.get("gap").map_or(Some([Pt::ZERO; 2]), |node| {
        lengths(reading, node, "gap").as_ref().and_then(row_column)
    });
    let columns = reading.need(table, "columns").and_then(|node| tracks(reading, node, "columns"));
    let rows = reading.need(table, "rows").and_then(|node| tracks(reading, node, "rows"));
    let picture = match (reading.need(table, "areas"), &columns, &rows) {
        (Some(node), Some(columns), Some(rows)) => {
            areas::read(reading, sources, node, columns.len(), rows.len())
        }
        _ => None,
    };
    Some(Grid { gap: gap?, columns: columns?, rows: rows?, picture: picture? })
}

/// The names of the areas, row by row.
fn names(picture: Vec<Vec<Spanned<String>>>) -> Vec<Vec<String>> {
    picture.into_iter().map(|row| row.into_iter().map(|cell| cell.value).collect()).collect()
}

/// The words of `when` and where they stand.
fn shapes(reading: &mut Reading<'_>, node: &Node) -> Option<Vec<(Shape, Span)>> {
    let items = reading.list(node, "when")?;
    items.iter().map(|item| Some((reading.word(item, "when", &Shape::ALL)?, item.span))).collect()
}

/// One length, or a list of lengths.
fn lengths(reading: &mut Reading<'_>, node: &Node, key: &str) -> Option<Spanned<Vec<Pt>>> {
    let found: Option<Vec<Pt>> = match &node.value {
        Value::List(items) => items.iter().map(|item| reading.length(item, key)).collect(),
        Value::Text(_) | Value::Number(_) | Value::Flag(_) | Value::Date | Value::Table(_) => {
            reading.length(node, key).map(|length| vec![length])
        }
    };
    let found = found?;
    let allowed: &[usize] = if key == "gap" { &[1, 2] } else { &[1, 2, 4] };
    if allowed.contains(&found.len()) {
        return Some(Spanned::new(found, node.span));
    }
    let hint = match key {
        "gap" => "write one length, or two: between rows, between columns",
        _ => {
            "write one length, two (top and bottom, left and right), or four (clockwise from the top)"
        }
    };
    let message = format!("`{key}` has {} lengths", found.len());
    reading.report(reading.mistake(node.span, message).hint(hint));
    None
}

/// One length for both gaps, or that between rows and that between columns.
fn row_column(lengths: &Spanned<Vec<Pt>>) -> Option<[Pt; 2]> {
    match lengths.value[..] {
        [both] => Some([both; 2]),
        [row, column] => Some([row, column]),
        _ => None,
    }
}

/// Top, right, bottom, left, from one, two or four lengths as in CSS.
fn margin(reading: &mut Reading<'_>, node: &Node) -> Option<[Pt; 4]> {
    match lengths(reading, node, "margin")?.value[..] {
        [all] => Some([all; 4]),
        [y, x] => Some([y, x, y, x]),
        [top, right, bottom, left] => Some([top, right, bottom, left]),
        _ => None,
    }
}

/// The tracks of a grid, at least one.
fn tracks(reading: &mut Reading<'_>, node: &Node, key: &str) -> Option<Vec<Track>> {
    let items = reading.list(node, key)?;
    if items.is_empty() {
        let message = format!("`{key}` is empty");
        reading.report(reading.mistake(node.span, message).hint("write at least `\"1fr\"`"));
        return None;
    }
    // Collected first, so that every bad track is reported.
    let found: Vec<Option<Track>> = items.iter().map(|item| track(reading, item, key)).collect();
    found.into_iter().collect()
}

fn track(reading: &mut Reading<'_>, node: &Node, key: &str) -> Option<Track> {
    let text = reading.text(node, key)?;
    if let Some(length) = length(&text.value) {
        return Some(Track::Fixed(length));
    }
    let share = text.value.strip_suffix("fr").and_then(number).filter(|share| *share > 0.0);
    if let Some(share) = share {
        return Some(Track::Share(share));
    }
    let mistake = if text.value == "auto" {
        reading.mistake(text.span, "a track cannot be `auto`").hint(
            "write a length like `\"84pt\"` or a share like `\"1fr\"`: a slot that grows with its \
             content could not say whether the content fits",
        )
    } else {
        reading
            .mistake(text.span, format!("`{}` is no track", text.value))
            .hint("write a length like `\"84pt\"` or a share of the rest like `\"1fr\"`")
    };
    reading.report(mistake);
    None
}

/// The slots, in the order of the file.
fn slots(reading: &mut Reading<'_>, node: &Node) -> Option<Vec<Spanned<Slot>>> {
    let table = reading.table(node.span, node, "slots", "`slots`")?;
    let found: Vec<Option<Spanned<Slot>>> = table
        .entries
        .iter()
        .map(|(name, node)| {
            if !Layout::is_name(&name.value) || RESERVED.contains(&name.value.as_str()) {
                let message = format!("`{}` is no name for a slot", name.value);
                let hint = format!(
                    "use lower case letters, digits and `-`, and neither of {}",
                    RESERVED.map(|word| format!("`{word}`")).join(", ")
                );
                reading.report(reading.mistake(name.span, message).hint(hint));
            }
            let what = format!("slot `{}`", name.value);
            let fields = reading.table(name.span, node, &name.value, &what)?;
            Some(Spanned::new(read_slot(reading, &name.value, &fields)?, name.span))
        })
        .collect();
    found.into_iter().collect()
}

/// Reports slots and accents without an area of their own, areas without a
/// slot, and a second slot that takes the rest.
fn pair(
    reading: &mut Reading<'_>,
    picture: &[Vec<Spanned<String>>],
    slots: &[Spanned<Slot>],
    accents: &[Spanned<String>],
) {
    let mut areas: BTreeMap<&str, Span> = BTreeMap::new();
    for cell in picture.iter().flatten().filter(|cell| cell.value != ".") {
        areas.entry(&cell.value).or_insert(cell.span);
    }
    for (name, span) in &areas {
        let accent = accents.iter().any(|accent| accent.value == *name);
        if !accent && !slots.iter().any(|slot| slot.value.name == *name) {
            let message = format!("area `{name}` has no slot");
            let hint = format!(
                "add `[slots.{name}]`, or draw `.` where nothing stands; an area in `accents` is \
                 filled with the theme's accent"
            );
            reading.report(reading.mistake(*span, message).hint(hint));
        }
    }
    for slot in slots {
        if !areas.contains_key(slot.value.name.as_str()) {
            let message = format!("slot `{}` has no area", slot.value.name);
            let hint = "draw its name in `areas`, or remove the slot";
            reading.report(reading.mistake(slot.span, message).hint(hint));
        }
    }
    for accent in accents {
        let slot = slots.iter().any(|slot| slot.value.name == accent.value);
        if slot || !areas.contains_key(accent.value.as_str()) {
            let what = if slot { "is a slot, not an accent" } else { "is no area" };
            let message = format!("`{}` {what}", accent.value);
            let hint = "name areas of `areas` that have no slot";
            reading.report(reading.mistake(accent.span, message).hint(hint));
        }
    }
    let mut rest = slots.iter().filter(|slot| slot.value.takes == Takes::Rest);
    if let (Some(first), Some(second)) = (rest.next(), rest.next()) {
        let message =
            format!("slots `{}` and `{}` both take the rest", first.value.name, second.value.name);
        let mistake = reading.mistake(second.span, message).also(first.span, "takes the rest");
        reading.report(mistake.hint("let one slot take the rest, and the other name its kinds"));
    }
}

/// Reports, for each canvas, tracks that leave no room, a bleed that leaves the
/// canvas or covers another area, and slots in the way of the footer.
fn fits(reading: &mut Reading<'_>, file: &Table, layout: &Layout) {
    let span = |key: &str| file.get(key).map_or(file.span, |node| node.span);
    let [top, right, bottom, left] = layout.margin;
    for canvas in Canvas::ALL {
        let room = |extent: Pt, margins: Pt| extent - margins;
        let width = room(canvas.width(), left + right);
        let height = room(canvas.height(), top + bottom);
        let axes = [
            ("columns", &layout.columns, width, layout.column_gap),
            ("rows", &layout.rows, height, layout.row_gap),
        ];
        for (key, tracks, room, gap) in axes {
            if let Some(mistake) = too_long(reading, span(key), (key, tracks), room, gap, canvas) {
                reading.report(mistake);
                return;
            }
        }
        if let Some(slot) = layout.slots.iter().find(|slot| bleeds_too_far(layout, slot, canvas)) {
            let (name, bleed) = (&slot.name, slot.bleed);
            let message = format!("slot `{name}` has no room for a bleed of {bleed} left of it");
            let hint = "make the bleed smaller, or the margin or the gap left of the slot larger";
            reading.report(reading.mistake(span("slots"), message).hint(hint));
            return;
        }
        if !layout.footer {
            continue;
        }
        let band = canvas.height() - Layout::FOOTER;
        let low: Vec<(String, Rect)> = layout
            .solve(canvas)
            .into_iter()
            .filter(|(name, rect)| band < rect.bottom() && !layout.accents.contains(name))
            .collect();
        if let Some((name, rect)) = low.first() {
            let message =
                format!("area `{name}` ends at {}, the footer begins at {band}", rect.bottom());
            let hint = format!(
                "leave a margin of {} at the bottom, or write `footer = false`",
                Layout::FOOTER
            );
            reading.report(reading.mistake(span("areas"), message).hint(hint));
            return;
        }
    }
}

/// Whether the bleed of a slot leaves the canvas or covers another area.
fn bleeds_too_far(layout: &Layout, slot: &Slot, canvas: Canvas) -> bool {
    let areas = layout.solve(canvas);
    let Some(own) = areas.get(&slot.name) else { return false };
    let left = own.x - slot.bleed;
    let covered = |rect: &Rect| {
        left < rect.right() && rect.x < own.x && own.y < rect.bottom() && rect.y < own.bottom()
    };
    left < Pt::ZERO || Pt::ZERO < slot.bleed && areas.values().any(covered)
}

/// What is wrong with tracks that need more than there is.
fn too_long(
    reading: &Reading<'_>,
    span: Span,
    (key, tracks): (&str, &[Track]),
    room: Pt,
    gap: Pt,
    canvas: Canvas,
) -> Option<Diagnostic> {
    let need = solve::fixed(tracks, gap);
    let shares = tracks.iter().any(|track| matches!(track, Track::Share(_)));
    let fits = if shares { need < room } else { need <= room };
    if fits && Pt::ZERO < room {
        return None;
    }
    let message = format!(
        "`{key}` and gaps take {need}, the {} canvas has {} between the margins",
        canvas.name(),
        room.max(Pt::ZERO)
    );
    Some(reading.mistake(span, message).hint("make the fixed tracks, gaps or margins smaller"))
}
