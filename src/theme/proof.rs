//! The colours of a theme, and the proof that each pair that can meet reaches
//! its contrast.
//!
//! A [`Palette`] is made here and nowhere else.

use std::collections::BTreeMap;

use super::palette::{CodePalette, Palette, Token};
use crate::color::Rgb;
use crate::model::CalloutKind;
use crate::source::Spanned;
use crate::toml_file::{Node, Reading, Table, Value};

/// The name of the findings of a pair below its contrast.
const LAW: &str = "weak-contrast";

/// Text that must be read from the last row.
const TEXT: f64 = 7.0;
/// Text that may stand back: footers, captions, line numbers, code out of
/// focus.
const BACK: f64 = 4.5;
/// Lines and bars.
const GRAPHIC: f64 = 3.0;

/// The keys of `[palette]`.
const ROLES: [&str; 14] = [
    "background",
    "surface",
    "text",
    "title",
    "muted",
    "accent",
    "link",
    "rule",
    "mark",
    "focus",
    "focus_bar",
    "unfocused",
    "inserted",
    "deleted",
];

/// The roles that are seen on others, with what they can meet and the contrast
/// they must reach there.
const PAIRS: [(&str, &[&str], f64); 9] = [
    ("text", &["background", "surface", "mark"], TEXT),
    ("title", &["background", "surface", "mark"], TEXT),
    ("accent", &["background", "surface", "mark"], TEXT),
    ("link", &["background", "surface", "mark"], TEXT),
    // Line numbers stand on the tints of code, too.
    ("muted", &["background", "surface", "focus", "inserted", "deleted"], BACK),
    ("unfocused", &["surface", "inserted", "deleted"], BACK),
    ("rule", &["background"], GRAPHIC),
    ("focus_bar", &["surface", "focus"], GRAPHIC),
    ("callouts", &["surface"], TEXT),
];

/// What a token of code can stand on.
const CODE_BACKGROUNDS: [&str; 4] = ["surface", "focus", "inserted", "deleted"];

/// The keys of `[callouts]`, in the order of the kinds.
const CALLOUTS: [(&str, CalloutKind); 5] = [
    ("note", CalloutKind::Note),
    ("tip", CalloutKind::Tip),
    ("important", CalloutKind::Important),
    ("warning", CalloutKind::Warning),
    ("caution", CalloutKind::Caution),
];

/// Colours by key.
pub(super) type ByKey = BTreeMap<&'static str, Spanned<Rgb>>;

/// The colours of a file, as far as they could be read.
pub(super) struct Colors {
    /// `[palette]`.
    pub(super) roles: Option<ByKey>,
    /// `[callouts]`.
    pub(super) callouts: Option<ByKey>,
    /// `[code]`, and whether the class is bold.
    pub(super) tokens: Option<(ByKey, [bool; Token::ALL.len()])>,
}

/// Reads `[palette]`.
pub(super) fn roles(reading: &mut Reading<'_>, table: &Table) -> Option<ByKey> {
    reading.only(table, &ROLES);
    by_key(reading, table, &ROLES)
}

/// Reads `[callouts]`.
pub(super) fn callouts(reading: &mut Reading<'_>, table: &Table) -> Option<ByKey> {
    let keys = CALLOUTS.map(|(key, _)| key);
    reading.only(table, &keys);
    by_key(reading, table, &keys)
}

/// Reads `[code]`: a colour a class, or a table with `color` and `bold`.
pub(super) fn tokens(
    reading: &mut Reading<'_>,
    table: &Table,
) -> Option<(ByKey, [bool; Token::ALL.len()])> {
    let keys = Token::ALL.map(|(key, _)| key);
    reading.only(table, &keys);
    let mut bold = [false; Token::ALL.len()];
    let mut found = ByKey::new();
    for (at, key) in keys.into_iter().enumerate() {
        let node = reading.need(table, key);
        let color = match node {
            Some(node @ Node { value: Value::Table(_), .. }) => {
                let fields = reading.table(node.span, node, key, &format!("`{key}`"))?;
                reading.only(&fields, &["color", "bold"]);
                if let Some(flag) = fields.get("bold") {
                    bold[at] = reading.flag(flag, "bold").unwrap_or_default();
                }
                reading.need(&fields, "color").and_then(|node| color(reading, node, "color"))
            }
            Some(node) => color(reading, node, key),
            None => None,
        };
        found.extend(color.map(|color| (key, color)));
    }
    (found.len() == keys.len()).then_some((found, bold))
}

/// The colours of all `keys`; `None` if one is missing or no colour.
fn by_key(reading: &mut Reading<'_>, table: &Table, keys: &[&'static str]) -> Option<ByKey> {
    let mut found = ByKey::new();
    for key in keys {
        let node = reading.need(table, key);
        let color = node.and_then(|node| color(reading, node, key));
        found.extend(color.map(|color| (*key, color)));
    }
    (found.len() == keys.len()).then_some(found)
}

fn color(reading: &mut Reading<'_>, node: &Node, key: &str) -> Option<Spanned<Rgb>> {
    let text = reading.text(node, key)?;
    if let Ok(color) = text.value.parse() {
        return Some(Spanned::new(color, text.span));
    }
    let message = format!("`{}` is no colour", text.value);
    let hint = "write red, green and blue as hexadecimal digits, like `\"#0b1220\"`";
    reading.report(reading.mistake(text.span, message).hint(hint));
    None
}

impl Colors {
    /// The palette, if every pair that can meet reaches its contrast; reports
    /// those that do not.
    pub(super) fn prove(&self, reading: &mut Reading<'_>) -> Option<Palette> {
        let roles = self.roles.as_ref()?;
        let role = |key: &str| roles[key].value;
        let on = |keys: &[&'static str]| keys.iter().map(|key| (*key, role(key))).collect();

        for (key, backgrounds, floor) in PAIRS {
            let backgrounds: Vec<_> = on(backgrounds);
            if let Some(color) = roles.get(key) {
                meet(reading, key, color, &backgrounds, floor);
            } else if let Some(callouts) = &self.callouts {
                for (key, color) in callouts {
                    meet(reading, key, color, &backgrounds, floor);
                }
            }
        }
        if let Some((tokens, _)) = &self.tokens {
            let backgrounds: Vec<_> = on(&CODE_BACKGROUNDS);
            for (key, color) in tokens {
                meet(reading, key, color, &backgrounds, TEXT);
            }
        }
        if reading.failed() {
            return None;
        }
        let callouts = self.callouts.as_ref()?;
        let (tokens, bold) = self.tokens.as_ref()?;
        Some(Palette {
            background: role("background"),
            surface: role("surface"),
            text: role("text"),
            title: role("title"),
            muted: role("muted"),
            accent: role("accent"),
            link: role("link"),
            rule: role("rule"),
            mark: role("mark"),
            focus: role("focus"),
            focus_bar: role("focus_bar"),
            unfocused: role("unfocused"),
            inserted: role("inserted"),
            deleted: role("deleted"),
            callouts: CALLOUTS.map(|(key, _)| callouts[key].value),
            code: CodePalette { tokens: Token::ALL.map(|(key, _)| tokens[key].value), bold: *bold },
        })
    }
}

/// Reports a colour that does not reach its contrast on everything it can
/// meet: the weakest pair, the others, and the nearest colour that passes.
fn meet(
    reading: &mut Reading<'_>,
    key: &str,
    color: &Spanned<Rgb>,
    backgrounds: &[(&str, Rgb)],
    floor: f64,
) {
    let mut weak: Vec<(f64, &str)> = backgrounds
        .iter()
        .map(|(name, back)| (color.value.contrast(*back), *name))
        .filter(|(ratio, _)| *ratio < floor)
        .collect();
    weak.sort_by(|a, b| a.0.total_cmp(&b.0));
    let Some((ratio, name)) = weak.first() else { return };

    let message =
        format!("`{key}` on `{name}` has a contrast of {}, below {floor}:1", ratio_text(*ratio));
    let mut mistake = reading.mistake(color.span, message);
    mistake.name = LAW;
    let others: Vec<String> = weak[1..]
        .iter()
        .map(|(ratio, name)| format!("{} on `{name}`", ratio_text(*ratio)))
        .collect();
    if !others.is_empty() {
        mistake = mistake.label(format!("also {}", others.join(", ")));
    }
    let all: Vec<Rgb> = backgrounds.iter().map(|(_, back)| *back).collect();
    let mistake = match color.value.nearest_passing(&all, floor) {
        Some(passing) => mistake
            .hint(format!("the nearest colour that passes is `{passing}`"))
            .patch(color.span, format!("\"{passing}\"")),
        None => mistake.hint(blame(color.value, name, backgrounds, floor)),
    };
    reading.report(mistake);
}

/// What to do where neither white nor black would pass: the weakest background
/// has to give way.
fn blame(color: Rgb, name: &str, backgrounds: &[(&str, Rgb)], floor: f64) -> String {
    let names: Vec<String> = backgrounds.iter().map(|(name, _)| format!("`{name}`")).collect();
    let weakest = backgrounds.iter().find(|(found, _)| *found == name);
    match weakest.and_then(|(_, back)| back.nearest_passing(&[color], floor)) {
        Some(passing) => format!(
            "no colour passes on all of {}; `{passing}` for `{name}` would reach {floor}:1 here",
            names.join(", ")
        ),
        None => format!("no colour passes on all of {}", names.join(", ")),
    }
}

/// A ratio with two digits, cut and not rounded: 6.998 is below 7.
fn ratio_text(ratio: f64) -> String {
    format!("{:.2}:1", (ratio * 100.0).floor() / 100.0)
}
