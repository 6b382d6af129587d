//! Reading a theme from TOML, and proving it.
//!
//! Every problem of a file is reported in one run, with the bytes it concerns.
//! All keys are required: what a theme does not say would be a colour or a size
//! that nobody chose.

use super::proof::{self, Colors};
use super::{CodeSize, Scale, Space, TextStyle, Theme};
use crate::diag::Diagnostics;
use crate::geom::Pt;
use crate::source::{SourceId, Sources, Span};
use crate::toml_file::{Node, Reading, Table, Value};

/// The name of the findings of a file that is no theme.
pub(super) const LAW: &str = "broken-theme";

/// The name of the findings of a size below its floor.
const TYPE_LAW: &str = "small-type";

const KEYS: [&str; 7] = ["description", "fonts", "scale", "space", "palette", "callouts", "code"];

const SCALE: [&str; 9] =
    ["display", "fact", "title", "heading", "lead", "body", "table", "small", "code"];

const SPACE: [&str; 10] =
    ["block", "item", "indent", "pad_x", "pad_y", "cell_x", "cell_y", "bar", "radius", "tab"];

/// The columns between two tab stops at most: past 8 a tab takes more of a line
/// than any code style asks for.
const MAX_TAB: f64 = 8.0;

/// Reads one theme, which is named like its file, and proves its laws.
///
/// Reports every problem with the bytes it concerns: an unknown or missing
/// key, a size below its floor, a pair of colours below its contrast with the
/// ratio and the nearest colour that passes. Gives `None` if there was one.
pub fn read(sources: &Sources, source: SourceId, diags: &mut Diagnostics) -> Option<Theme> {
    let reading = &mut Reading::new(LAW, source, diags);
    let path = &sources.get(source).path;
    let name = path.file_stem().map(|stem| stem.to_string_lossy().into_owned())?;
    let file = reading.file(sources, "the theme")?;
    reading.only(&file, &KEYS);

    let description =
        reading.need(&file, "description").and_then(|node| reading.text(node, "description"));
    let fonts = section(reading, &file, "fonts").and_then(|table| fonts(reading, &table));
    let scale = section(reading, &file, "scale").and_then(|table| scale(reading, &table));
    let space = section(reading, &file, "space").and_then(|table| space(reading, &table));
    let colors = Colors {
        roles: section(reading, &file, "palette").and_then(|table| proof::roles(reading, &table)),
        callouts: section(reading, &file, "callouts")
            .and_then(|table| proof::callouts(reading, &table)),
        tokens: section(reading, &file, "code").and_then(|table| proof::tokens(reading, &table)),
    };
    let palette = colors.prove(reading);

    if reading.failed() {
        return None;
    }
    let (text_fonts, code_fonts) = fonts?;
    Some(Theme {
        name,
        description: description?.value,
        palette: palette?,
        scale: scale?,
        space: space?,
        text_fonts,
        code_fonts,
    })
}

/// A table of the theme that must be there.
fn section(reading: &mut Reading<'_>, file: &Table, key: &str) -> Option<Table> {
    let node = reading.need(file, key)?;
    let at = file.key_span(key).unwrap_or(node.span);
    reading.table(at, node, key, &format!("`[{key}]`"))
}

/// The families of text and of code.
fn fonts(reading: &mut Reading<'_>, table: &Table) -> Option<(Vec<String>, Vec<String>)> {
    reading.only(table, &["text", "code"]);
    let mut families = |key: &str| {
        let node = reading.need(table, key)?;
        let found = reading.texts(node, key)?;
        if found.is_empty() {
            let message = format!("`{key}` names no font");
            reading.report(reading.mistake(node.span, message).hint("name at least one family"));
            return None;
        }
        Some(found.into_iter().map(|family| family.value).collect())
    };
    let (text, code) = (families("text"), families("code"));
    Some((text?, code?))
}

fn scale(reading: &mut Reading<'_>, table: &Table) -> Option<Scale> {
    reading.only(table, &SCALE);
    let mut style = |key: &str, floor: f64| {
        let node = reading.need(table, key)?;
        style(reading, node, key, Pt(floor))
    };
    // The floors of design.md, "Type floor".
    let display = style("display", 24.0);
    let fact = style("fact", 24.0);
    let title = style("title", 24.0);
    let heading = style("heading", 24.0);
    let lead = style("lead", 24.0);
    let body = style("body", 24.0);
    let table_text = style("table", 20.0);
    let small = style("small", 14.0);
    let code = reading.need(table, "code").and_then(|node| {
        let fields = reading.table(node.span, node, "code", "`code`")?;
        reading.only(&fields, &["size", "pitch"]);
        size_and_pitch(reading, &fields, "code", CodeSize::MIN.get())
    });
    let (code_size, code_pitch) = code?;
    Some(Scale {
        display: display?,
        fact: fact?,
        title: title?,
        heading: heading?,
        lead: lead?,
        body: body?,
        table: table_text?,
        small: small?,
        code: CodeSize::new(code_size)?,
        code_pitch,
    })
}

fn style(reading: &mut Reading<'_>, node: &Node, key: &str, floor: Pt) -> Option<TextStyle> {
    let fields = reading.table(node.span, node, key, &format!("`{key}`"))?;
    reading.only(&fields, &["size", "pitch", "weight"]);
    let sizes = size_and_pitch(reading, &fields, key, floor);
    let weight = reading.need(&fields, "weight").and_then(|node| weight(reading, node));
    let (size, pitch) = sizes?;
    Some(TextStyle { size, pitch, weight: weight? })
}

/// A size that is not below its floor, and a pitch that is not below the size:
/// lines would touch.
fn size_and_pitch(
    reading: &mut Reading<'_>,
    fields: &Table,
    key: &str,
    floor: Pt,
) -> Option<(Pt, Pt)> {
    let mut length = |field: &str| {
        let node = reading.need(fields, field)?;
        Some((reading.length(node, field)?, node.span))
    };
    let (size, pitch) = (length("size"), length("pitch"));
    let (size, span) = size?;
    if size < floor {
        below(reading, span, &format!("`{key}` is {size}, below {floor}"), floor);
        return None;
    }
    let (pitch, span) = pitch?;
    if pitch < size {
        let message = format!("the pitch of `{key}` is {pitch}, below its size of {size}");
        below(reading, span, &message, size);
        return None;
    }
    Some((size, pitch))
}

/// Reports a length below its floor.
fn below(reading: &mut Reading<'_>, span: Span, message: &str, floor: Pt) {
    let mut mistake = reading.mistake(span, message);
    mistake.name = TYPE_LAW;
    let text = format!("\"{}pt\"", floor.get());
    reading.report(mistake.hint(format!("write {text} or more")).patch(span, text));
}

/// 100 to 900 in steps of 100.
fn weight(reading: &mut Reading<'_>, node: &Node) -> Option<u16> {
    let found = (1..=9u16)
        .map(|step| step * 100)
        .find(|weight| node.value == Value::Number(f64::from(*weight)));
    if found.is_none() {
        let message = "`weight` is not a weight";
        let hint = "write 100 to 900 in steps of 100; deckc ships Inter in 400, 600 and 700";
        reading.report(reading.mistake(node.span, message).hint(hint));
    }
    found
}

fn space(reading: &mut Reading<'_>, table: &Table) -> Option<Space> {
    reading.only(table, &SPACE);
    let mut length = |key: &str| {
        let node = reading.need(table, key)?;
        reading.length(node, key)
    };
    let block = length("block");
    let item = length("item");
    let indent = length("indent");
    let pad_x = length("pad_x");
    let pad_y = length("pad_y");
    let cell_x = length("cell_x");
    let cell_y = length("cell_y");
    let bar = length("bar");
    let radius = length("radius");
    let tab = reading.need(table, "tab").and_then(|node| tab(reading, node));
    Some(Space {
        block: block?,
        item: item?,
        indent: indent?,
        pad_x: pad_x?,
        pad_y: pad_y?,
        cell_x: cell_x?,
        cell_y: cell_y?,
        bar: bar?,
        radius: radius?,
        tab: tab?,
    })
}

/// A whole number of columns, 1 to 8.
fn tab(reading: &mut Reading<'_>, node: &Node) -> Option<usize> {
    if let Value::Number(number) = node.value
        && (1.0..=MAX_TAB).contains(&number)
        && number.fract() == 0.0
    {
        // A whole number from 1 to 8.
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
        let columns = number as usize;
        return Some(columns);
    }
    let message = "`tab` is not a number of columns";
    reading.report(reading.mistake(node.span, message).hint("write 1 to 8"));
    None
}
