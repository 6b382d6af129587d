//! The colours that an author gives to single parts: `style`, `classDef` and
//! `linkStyle`. A line or an edge of such a colour must be seen on the slide.

use resvg::usvg;

use super::super::{Kit, Mistake};
use crate::color::Rgb;
use crate::model::CodeLine;
use crate::source::Span;

/// The contrast that graphics have (WCAG 2.2, success criterion 1.4.11).
const FLOOR: f64 = 3.0;

/// Looks at every colour of a stroke. A box may have a faint edge where its fill
/// stands out.
pub(super) fn check(kit: &Kit<'_>, lines: &[CodeLine]) -> Result<(), Mistake> {
    let palette = &kit.theme.palette;
    let ground = palette.background();
    for line in lines {
        let mut words = line.text.trim_start().splitn(3, char::is_whitespace);
        let (Some(word), Some(_), Some(looks)) = (words.next(), words.next(), words.next()) else {
            continue;
        };
        if !["style", "classDef", "linkStyle"].contains(&word) {
            continue;
        }
        let Some((stroke, written)) = value(looks, "stroke") else { continue };
        let fill = match value(looks, "fill") {
            Some((fill, _)) => fill,
            None => palette.surface(),
        };
        let mut seen = stroke.contrast(ground);
        if word != "linkStyle" {
            seen = seen.max(fill.contrast(ground));
        }
        if seen < FLOOR {
            let message = format!(
                "a stroke of `{stroke}` on `{ground}` has a contrast of {:.1}:1, below the floor \
                 of {FLOOR}:1",
                stroke.contrast(ground)
            );
            let hint = match stroke.nearest_passing(&[ground], FLOOR) {
                Some(passing) => format!("draw it in `{passing}`, the nearest that passes"),
                None => "delete the colour: the theme's can be seen".to_owned(),
            };
            return Err(Mistake::at(place(line, written), message, hint));
        }
    }
    Ok(())
}

/// The colour of a property, and how it is written; `None` where there is none.
fn value<'a>(looks: &'a str, name: &str) -> Option<(Rgb, &'a str)> {
    let written = looks.trim_end().trim_end_matches(';').split(',').find_map(|part| {
        let (key, value) = part.split_once(':')?;
        (key.trim() == name).then(|| value.trim().trim_end_matches("!important").trim_end())
    })?;
    Some((color(written)?, written))
}

/// A colour as CSS writes it: `#222`, `navy`. Those with commas are parted above.
fn color(written: &str) -> Option<Rgb> {
    let is_plain = |ch: char| ch.is_ascii_alphanumeric() || ch == '#';
    if written.is_empty() || !written.chars().all(is_plain) {
        return None;
    }
    // What is no colour strokes nothing.
    let svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"9\" height=\"9\">\
         <path d=\"M1 1H8\" fill=\"none\" stroke=\"{written}\"/></svg>"
    );
    let tree = usvg::Tree::from_str(&svg, &usvg::Options::default()).ok()?;
    let usvg::Node::Path(path) = tree.root().children().first()? else { return None };
    match path.stroke()?.paint() {
        usvg::Paint::Color(color) => Some(Rgb::new(color.red, color.green, color.blue)),
        usvg::Paint::LinearGradient(_)
        | usvg::Paint::RadialGradient(_)
        | usvg::Paint::Pattern(_) => None,
    }
}

/// Where a part of a line was read.
fn place(line: &CodeLine, part: &str) -> Span {
    let at = part.as_ptr() as usize - line.text.as_ptr() as usize;
    let start = line.span.start as usize + at;
    let is_whole = line.span.range().len() == line.text.len();
    if is_whole { Span::new(line.span.source, start..start + part.len()) } else { line.span }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn colours_are_those_of_css() {
        let looks = "fill:#fff , stroke: navy,stroke-width:4px;";
        assert_eq!(value(looks, "stroke"), Some((Rgb::new(0, 0, 128), "navy")));
        assert_eq!(value(looks, "fill"), Some((Rgb::WHITE, "#fff")));
        assert_eq!(value("stroke:#223344 !important", "stroke").map(|it| it.1), Some("#223344"));
        for none in ["stroke:none", "stroke:nocolour", "stroke:", "fill:red"] {
            assert_eq!(value(none, "stroke"), None, "{none}");
        }
    }
}
