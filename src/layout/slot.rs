//! Reading a slot of a layout.

use super::{Arity, HAlign, Slot, Takes, TextRole, VAlign};
use crate::geom::Pt;
use crate::model::BlockKind;
use crate::source::Spanned;
use crate::toml_file::{Node, Reading, Table, Value};

const KEYS: [&str; 7] = ["accepts", "arity", "takes", "text", "align", "valign", "bleed"];

/// The word for the slide's title in `accepts` and `takes`; the others are
/// [`BlockKind::NAMES`].
pub(crate) const TITLE: &str = "title";

const ROLES: [(&str, TextRole); 6] = [
    ("display", TextRole::Display),
    ("fact", TextRole::Fact),
    ("title", TextRole::Title),
    ("lead", TextRole::Lead),
    ("body", TextRole::Body),
    ("small", TextRole::Small),
];

const ALIGNS: [(&str, HAlign); 3] =
    [("start", HAlign::Start), ("center", HAlign::Center), ("end", HAlign::End)];

const VALIGNS: [(&str, VAlign); 3] =
    [("top", VAlign::Top), ("middle", VAlign::Middle), ("bottom", VAlign::Bottom)];

/// Reads the slot `name`. Without `arity` it takes any number of blocks,
/// without `takes` only what `:::` names, and its text is body text at the top
/// left.
pub(super) fn read_slot(reading: &mut Reading<'_>, name: &str, table: &Table) -> Option<Slot> {
    reading.only(table, &KEYS);
    let accepts = reading.need(table, "accepts").and_then(|node| kinds(reading, node, "accepts"));
    let arity =
        table.get("arity").map_or(Some(Arity { min: 0, max: None }), |node| arity(reading, node));
    let takes = table.get("takes").map_or(Some(Takes::Named), |node| takes(reading, node));
    let text =
        table.get("text").map_or(Some(TextRole::Body), |node| reading.word(node, "text", &ROLES));
    let align =
        table.get("align").map_or(Some(HAlign::Start), |node| reading.word(node, "align", &ALIGNS));
    let valign = table
        .get("valign")
        .map_or(Some(VAlign::Top), |node| reading.word(node, "valign", &VALIGNS));
    let bleed = table.get("bleed").map_or(Some(Pt::ZERO), |node| reading.length(node, "bleed"));

    let accepts = accepts?;
    if let (Some(Takes::Kinds(kinds)), Some(node)) = (&takes, table.get("takes")) {
        for kind in kinds.iter().filter(|kind| !accepts.iter().any(|it| it.value == **kind)) {
            let message = format!("slot `{name}` takes `{kind}` but does not accept it");
            reading.report(
                reading.mistake(node.span, message).hint(format!("add `\"{kind}\"` to `accepts`")),
            );
        }
    }
    Some(Slot {
        name: name.to_owned(),
        accepts: accepts.into_iter().map(|kind| kind.value).collect(),
        arity: arity?,
        takes: takes?,
        text: text?,
        align: align?,
        valign: valign?,
        bleed: bleed?,
    })
}

/// A list of kinds of block.
fn kinds(reading: &mut Reading<'_>, node: &Node, key: &str) -> Option<Vec<Spanned<String>>> {
    let found = reading.texts(node, key)?;
    let known: Vec<&str> = std::iter::once(TITLE).chain(BlockKind::NAMES).collect();
    let mut complete = true;
    for kind in &found {
        if !known.contains(&kind.value.as_str()) {
            let message = format!("`{}` is no kind of block", kind.value);
            let mistake = reading.mistake(kind.span, message);
            reading.report(mistake.quoted_mistyped(kind.span, &kind.value, &known));
            complete = false;
        }
    }
    if found.is_empty() {
        let message = format!("`{key}` is empty");
        let hint = format!("name kinds of block: {}", known.join(", "));
        reading.report(reading.mistake(node.span, message).hint(hint));
        complete = false;
    }
    complete.then_some(found)
}

/// `"2"`, `"0..1"`, `"1.."`.
fn arity(reading: &mut Reading<'_>, node: &Node) -> Option<Arity> {
    let text = reading.text(node, "arity")?;
    let found = parse_arity(&text.value);
    if found.is_none() {
        let message = format!("`{}` is no number of blocks", text.value);
        let hint = "write a number or a range: `\"1\"`, `\"0..1\"`, `\"1..\"`, `\"0..\"`";
        reading.report(reading.mistake(text.span, message).hint(hint));
    }
    found
}

fn parse_arity(text: &str) -> Option<Arity> {
    let count = |text: &str| text.parse::<u8>().ok().map(usize::from);
    let found = match text.split_once("..") {
        None => count(text).map(|count| Arity { min: count, max: Some(count) }),
        Some((min, "")) => Some(Arity { min: count(min)?, max: None }),
        Some((min, max)) => Some(Arity { min: count(min)?, max: Some(count(max)?) }),
    }?;
    let some = found.max.is_none_or(|max| found.min <= max && 0 < max);
    some.then_some(found)
}

/// `"rest"`, `"named"`, or a list of kinds.
fn takes(reading: &mut Reading<'_>, node: &Node) -> Option<Takes> {
    if let Value::List(_) = node.value {
        let found = kinds(reading, node, "takes")?;
        return Some(Takes::Kinds(found.into_iter().map(|kind| kind.value).collect()));
    }
    let rest = reading.word(node, "takes", &[("rest", true), ("named", false)])?;
    Some(if rest { Takes::Rest } else { Takes::Named })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn arities_are_a_number_or_a_range() {
        let arity = |min, max| Some(Arity { min, max });
        assert_eq!(parse_arity("1"), arity(1, Some(1)));
        assert_eq!(parse_arity("0..1"), arity(0, Some(1)));
        assert_eq!(parse_arity("2.."), arity(2, None));
        for text in ["", "0", "..", "..2", "2..1", "0..0", "-1", "many", "1..2..3", "999"] {
            assert_eq!(parse_arity(text), None, "{text}");
        }
    }
}
