//! The colours that an author gives to single parts: `style`, `classDef` and
//! `linkStyle`, and `rect` and `box` of a sequence. A line or an edge of such a colour
//! must be seen on the slide, and on such a ground what stands there.

use resvg::usvg;

use super::super::{Kit, Mistake};
use crate::color::{Layer, Rgb};
use crate::model::CodeLine;
use crate::source::Span;

/// The contrast that graphics have (WCAG 2.2, success criterion 1.4.11).
const FLOOR: f64 = 3.0;

/// The contrast that text has (WCAG 2.2, success criterion 1.4.3).
const TEXT_FLOOR: f64 = 4.5;

/// Looks at every colour of a stroke, and at every ground of messages. A box may have
/// a faint edge where its fill stands out.
pub(super) fn check(kit: &Kit<'_>, lines: &[CodeLine]) -> Result<(), Mistake> {
    let palette = &kit.theme.palette;
    let ground = palette.background();
    for line in lines {
        below_messages(kit, line)?;
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

/// Looks at the ground that a `rect` or a `box` of a sequence gives to its messages.
fn below_messages(kit: &Kit<'_>, line: &CodeLine) -> Result<(), Mistake> {
    let palette = &kit.theme.palette;
    let text = line.text.trim();
    let Some((word, rest)) = text.split_once(char::is_whitespace) else { return Ok(()) };
    if !["rect", "box"].contains(&word) {
        return Ok(());
    }
    // Behind the colour of a box stands its title.
    let rest = rest.trim_start();
    let end = match (rest.find('('), rest.find(char::is_whitespace)) {
        (Some(open), blank) if blank.is_none_or(|blank| open < blank) => {
            rest.find(')').map_or(rest.len(), |at| at + 1)
        }
        (_, blank) => blank.unwrap_or(rest.len()),
    };
    let written = &rest[..end];
    let Some(layer) = layer(written) else { return Ok(()) };
    let css = |it: Rgb| format!("rgb({}, {}, {})", it.r, it.g, it.b);
    if written.starts_with('#') {
        let message =
            format!("Mermaid reads no colour in `{word} {written}`: a remark begins there");
        let hint = format!("write `{}`", css(layer.pure()));
        return Err(Mistake::at(place(line, written), message, hint));
    }
    let ground = layer.on(palette.background());
    let drawn = [palette.text(), palette.accent(), palette.muted()];
    let [said, lines @ ..] = drawn.map(|it| it.contrast(ground));
    let least = lines.into_iter().fold(f64::MAX, f64::min);
    let (what, seen, floor) = if said < TEXT_FLOOR {
        ("the texts", said, TEXT_FLOOR)
    } else {
        ("the lines", least, FLOOR)
    };
    if floor <= seen {
        return Ok(());
    }
    let message = format!(
        "on a ground of `{ground}` {what} have a contrast of {seen:.1}:1, below the floor of \
         {floor}:1"
    );
    let hint = match ground.nearest_passing(&drawn, TEXT_FLOOR) {
        Some(passing) => {
            format!("make it `{}`, the nearest that passes in this theme", css(passing))
        }
        None => format!("write `{word} transparent`"),
    };
    Err(Mistake::at(place(line, written), message, hint))
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
    layer(written).map(Layer::pure)
}

/// A colour as CSS writes it that may let through what is behind it:
/// `rgba(0, 0, 255, .1)`.
fn layer(written: &str) -> Option<Layer> {
    let is_plain = |ch: char| ch.is_ascii_alphanumeric() || "#(),.% ".contains(ch);
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
    let stroke = path.stroke()?;
    match stroke.paint() {
        usvg::Paint::Color(color) => {
            let color = Rgb::new(color.red, color.green, color.blue);
            Some(Layer::new(color, f64::from(stroke.opacity().get())))
        }
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
