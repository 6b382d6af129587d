//! The style sheet of the prelude: a theme's tokens as data.
//!
//! Every line of text is as high as its pitch, whatever stands on it, and its
//! baseline stands where a browser puts it: that is what lets the HTML flow to
//! the same positions.

use serde_json::{Map, Value, json};

use crate::dress;
use crate::font::{FaceKey, Fonts};
use crate::geom::Pt;
use crate::model::CalloutKind;
use crate::place::Placed;
use crate::theme::{TextStyle, Theme, Token};

/// CSS pixels to a point.
const PX_PER_PT: f64 = 4.0 / 3.0;

/// How code blocks are set.
#[derive(Clone, Copy, Debug)]
pub(super) struct CodeStyle {
    /// The size of the type.
    pub(super) size: Pt,
    /// From one line to the next.
    pub(super) pitch: Pt,
    /// Whether a line that is too long goes on below: on paper, where nothing
    /// else keeps it on the page.
    pub(super) wraps: bool,
}

impl CodeStyle {
    /// As on a slide of a theme.
    pub(super) fn of(theme: &Theme) -> Self {
        Self { size: theme.scale.code.get(), pitch: theme.scale.code_pitch, wraps: false }
    }
}

/// The style sheet for a deck, with code as `set` says.
pub(super) fn style(
    placed: &Placed,
    theme: &Theme,
    set: CodeStyle,
    fonts: &Fonts,
    logo: Option<&str>,
) -> Value {
    let text = metrics(fonts, &theme.text_fonts);
    let code = metrics(fonts, &theme.code_fonts);
    let (space, palette) = (&theme.space, &theme.palette);
    let mut style = Map::new();
    for name in dress::ROLES {
        let (role, color) = dress::role(theme, name);
        let (top, bottom) = text.edges(role.size, role.pitch);
        let (ink_top, ink_bottom) = text.ink(role.size);
        let (code_top, code_bottom) = code.ink(role.size);
        style.insert(
            name.to_owned(),
            json!({
                "size": role.size, "weight": role.weight, "top": top, "bottom": bottom,
                "ink-top": ink_top, "ink-bottom": ink_bottom,
                "code-top": code_top, "code-bottom": code_bottom,
                "bold-delta": bold_delta(role), "fill": fill_name(name), "color": color,
            }),
        );
    }
    let (top, bottom) = code.edges(set.size, set.pitch);
    let meta = &placed.meta;
    let (lang, region) = meta.lang().split_once('-').unwrap_or((meta.lang(), ""));
    let mut colors = json!({
        "background": palette.background(), "surface": palette.surface(), "text": palette.text(),
        "title": palette.title(), "muted": palette.muted(), "accent": palette.accent(),
        "link": palette.link(), "rule": palette.rule(), "mark": palette.mark(),
        "focus": palette.focus(), "focus-bar": palette.focus_bar(),
        "unfocused": palette.unfocused(),
        "inserted": palette.inserted(), "deleted": palette.deleted(),
    });
    for kind in CalloutKind::ALL {
        let name = format!("callout-{}", kind.title().to_lowercase());
        colors[name] = json!(palette.callout(kind));
    }
    let tokens: Vec<Value> = Token::ALL
        .into_iter()
        .map(|(_, token)| {
            let code = palette.code();
            json!({ "fill": code.color(token), "bold": code.is_bold(token) })
        })
        .collect();
    let author = meta.speaker.as_ref().map(|speaker| speaker.value.name.clone());
    let keywords: Vec<&str> = meta.tags.iter().map(|tag| tag.value.as_str()).collect();
    let rest = json!({
        "code": { "column": fonts.column(&theme.code_fonts).map(|it| set.size * it), "size": set.size, "pitch": set.pitch, "top": top, "bottom": bottom },
        "wraps": set.wraps,
        "space": {
            "block": space.block, "item": space.item, "pad-x": space.pad_x, "pad-y": space.pad_y,
            "cell-x": space.cell_x, "cell-y": space.cell_y, "bar": space.bar, "radius": space.radius,
        },
        "palette": colors,
        "tokens": tokens,
        "script": dress::SCRIPT,
        "gutter-gap": dress::GUTTER_GAP,
        "math-font": Fonts::math().family,
        "text-fonts": theme.text_fonts,
        "code-fonts": theme.code_fonts,
        "width": placed.canvas().width(),
        "height": placed.canvas().height(),
        "lang": lang.to_lowercase(),
        "region": if region.len() == 2 { Value::from(region.to_uppercase()) } else { Value::Null },
        "doc-title": placed.title(),
        "author": author.into_iter().collect::<Vec<_>>(),
        "description": meta.description.as_ref().map(|text| &text.value),
        "keywords": keywords,
        "logo": logo,
        "cjk": placed.chars().range('\u{3000}'..='\u{ffef}').next().is_some(),
    });
    if let Value::Object(rest) = rest {
        style.extend(rest);
    }
    Value::Object(style)
}

/// What strong text adds to the weight of its surroundings, up to bold.
fn bold_delta(style: TextStyle) -> u16 {
    700u16.saturating_sub(style.weight)
}

/// The palette's name for the colour of a role.
fn fill_name(role: &str) -> &'static str {
    match role {
        "display" | "title" | "heading" => "title",
        "fact" => "accent",
        "small" => "muted",
        _ => "text",
    }
}

/// The ascent and descent of a family, as shares of the size.
#[derive(Clone, Copy, Debug)]
struct Metrics {
    ascent: f64,
    descent: f64,
}

/// The metrics of the first family, which sets the line in CSS.
fn metrics(fonts: &Fonts, families: &[String]) -> Metrics {
    let face = families.first().and_then(|family| {
        fonts.face(&FaceKey { family: family.clone(), weight: 400, italic: false })
    });
    face.map_or(Metrics { ascent: 0.95, descent: 0.25 }, |face| Metrics {
        ascent: face.ascent,
        descent: face.descent,
    })
}

impl Metrics {
    /// The ascent and descent at a size in whole CSS pixels, which is what
    /// Chromium works with.
    fn pixels(self, size: Pt) -> (f64, f64) {
        let px = size.get() * PX_PER_PT;
        ((self.ascent * px).round(), (self.descent * px).round())
    }

    /// How far a line goes above and below its baseline: half of what the pitch
    /// has over the glyphs goes to either side, the upper half rounded down to
    /// a pixel (CSS 2.2, 10.8.1, as Chromium carries it out).
    ///
    /// Where rounding made the descent smaller, Chromium takes a pixel from the
    /// ascent and gives it to the descent, but on Linux and Android only: the
    /// baseline here stands between the two, half a pixel from either.
    fn edges(self, size: Pt, pitch: Pt) -> (Pt, Pt) {
        let (ascent, descent) = self.pixels(size);
        let moved = if descent < self.descent * size.get() * PX_PER_PT { 0.5 } else { 0.0 };
        let pitch = pitch.get() * PX_PER_PT;
        let top = ascent - moved + ((pitch - ascent - descent) / 2.0).floor();
        (Pt(top / PX_PER_PT), Pt((pitch - top) / PX_PER_PT))
    }

    /// How far the glyphs' own box goes above and below the baseline: what CSS
    /// paints a background on.
    fn ink(self, size: Pt) -> (Pt, Pt) {
        let (ascent, descent) = self.pixels(size);
        (Pt(ascent / PX_PER_PT), Pt(descent / PX_PER_PT))
    }
}
