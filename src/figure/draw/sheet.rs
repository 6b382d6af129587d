//! The sheet that a drawing is made on: SVG in layers, in the theme's colours.
//!
//! Lengths are points of the slide. A layer is what one step adds. There is no
//! layout here: who draws says where.

use super::{Drawn, put};
use crate::color::Rgb;
use crate::font::Fonts;
use crate::markup;
use crate::model::CalloutKind;
use crate::theme::Theme;

/// The size of text in drawings, in points: above the floor of 14 pt, so that a
/// drawing may share its slot with some text, or stand in a list.
pub(super) const TEXT: f64 = 20.0;

/// How far below the middle of a line its baseline stands, as a share of the size:
/// half the height of capitals.
const MIDDLE: f64 = 0.36;

/// What a drawing is made with.
#[derive(Clone, Copy)]
pub(in crate::figure) struct Kit<'a> {
    /// The colours.
    pub(in crate::figure) theme: &'a Theme,
    /// The faces.
    pub(in crate::figure) fonts: &'a Fonts,
    /// The room, in points: width and height.
    pub(in crate::figure) room: (f64, f64),
}

impl Kit<'_> {
    /// The colours of things of several kinds, such as series: the hues of the
    /// theme, or shades where it has none. Text in the colour of the background is
    /// legible on each.
    pub(super) fn hues(&self) -> [Rgb; 5] {
        use CalloutKind::{Caution, Important, Note, Tip, Warning};
        let palette = &self.theme.palette;
        let hues = [Note, Warning, Tip, Important, Caution].map(|it| palette.callout(it));
        if hues.iter().any(|hue| *hue != hues[0]) {
            return hues;
        }
        [0.0, 0.38, 0.16, 0.3, 0.08].map(|share| hues[0].mix(palette.background(), share))
    }

    /// How wide a text is, in points; what stands in backticks is code.
    pub(super) fn width(&self, text: &str, style: Style) -> f64 {
        runs(text).into_iter().map(|(run, is_code)| self.run_width(run, is_code, style)).sum()
    }

    /// How wide a stretch of text or of code is.
    fn run_width(&self, run: &str, is_code: bool, style: Style) -> f64 {
        let theme = self.theme;
        let families = if is_code { &theme.code_fonts } else { &theme.text_fonts };
        self.fonts.width(&self.fonts.chain(families), style.weight(), run) * style.size
    }

    /// The families of text, or of code, as SVG lists them.
    pub(super) fn families(&self, is_code: bool) -> String {
        let (first, generic) = if is_code {
            (&self.theme.code_fonts, "monospace")
        } else {
            (&self.theme.text_fonts, "sans-serif")
        };
        let families = self.fonts.chain(first);
        let quoted: Vec<String> =
            families.iter().map(|family| format!("'{}'", escaped(family))).collect();
        format!("{}, {generic}", quoted.join(", "))
    }
}

/// Where a text stands at its point.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Anchor {
    Start,
    Middle,
    End,
}

/// How a text looks.
#[derive(Clone, Copy, Debug)]
pub(super) struct Style {
    pub(super) size: f64,
    pub(super) bold: bool,
    pub(super) color: Rgb,
}

impl Style {
    /// Text of the size of drawings.
    pub(super) const fn plain(color: Rgb) -> Self {
        Self { size: TEXT, bold: false, color }
    }

    /// The same, bold.
    pub(super) const fn bold(self) -> Self {
        Self { bold: true, ..self }
    }

    const fn weight(self) -> u16 {
        if self.bold { 600 } else { 400 }
    }
}

/// A line: its colour, its width, and dashes and gaps as SVG writes them; empty for
/// none.
#[derive(Clone, Copy, Debug)]
pub(super) struct Pen {
    pub(super) color: Rgb,
    pub(super) width: f64,
    pub(super) dash: &'static str,
}

impl Pen {
    /// An unbroken line.
    pub(super) const fn new(color: Rgb, width: f64) -> Self {
        Self { color, width, dash: "" }
    }

    /// The same, dashed.
    pub(super) const fn dashed(self, dash: &'static str) -> Self {
        Self { dash, ..self }
    }

    fn attributes(self) -> String {
        let mut out = format!(
            " stroke=\"{}\" stroke-width=\"{}\" stroke-linecap=\"round\" stroke-linejoin=\"round\"",
            self.color,
            n(self.width)
        );
        if !self.dash.is_empty() {
            put(&mut out, format_args!(" stroke-dasharray=\"{}\"", self.dash));
        }
        out
    }
}

/// A point.
pub(super) type Point = (f64, f64);

/// A rectangle: the upper left corner, width and height.
pub(super) type Box = (f64, f64, f64, f64);

/// Layers of SVG.
pub(super) struct Sheet {
    width: f64,
    height: f64,
    families: [String; 2],
    definitions: String,
    layers: Vec<String>,
}

impl Sheet {
    /// An empty sheet of a size, with so many layers.
    pub(super) fn new(kit: &Kit<'_>, (width, height): (f64, f64), n_layers: usize) -> Self {
        Self {
            width,
            height,
            families: [kit.families(false), kit.families(true)],
            definitions: String::new(),
            layers: vec![String::new(); n_layers.max(1)],
        }
    }

    /// The drawing.
    pub(super) fn finish(self) -> Drawn {
        let (w, h) = (n(self.width), n(self.height));
        // 96 pixels are 72 points.
        let (px_w, px_h) = (n(self.width * 4.0 / 3.0), n(self.height * 4.0 / 3.0));
        let head = format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{px_w}\" height=\"{px_h}\" \
             viewBox=\"0 0 {w} {h}\" font-family=\"{}\"><defs>{}</defs>",
            self.families[0], self.definitions
        );
        Drawn { head, layers: self.layers, whole: None }
    }

    /// Adds a definition, which all layers have.
    pub(super) fn define(&mut self, markup: &str) {
        self.definitions.push_str(markup);
    }

    /// A straight line.
    pub(super) fn line(&mut self, layer: usize, from: Point, to: Point, pen: Pen) {
        self.path(layer, &format!("M{} {}L{} {}", n(from.0), n(from.1), n(to.0), n(to.1)), pen);
    }

    /// A line along a path, as SVG writes it.
    pub(super) fn path(&mut self, layer: usize, path: &str, pen: Pen) {
        let attributes = pen.attributes();
        put(self.on(layer), format_args!("<path d=\"{path}\" fill=\"none\"{attributes}/>"));
    }

    /// A line with a head at its end.
    pub(super) fn arrow(&mut self, layer: usize, from: Point, to: Point, pen: Pen) {
        let (dx, dy) = (to.0 - from.0, to.1 - from.1);
        let length = libm::sqrt(dx * dx + dy * dy).max(1e-6);
        let (ux, uy) = (dx / length, dy / length);
        let (long, wide) = (6.0 + pen.width * 2.4, 2.6 + pen.width * 1.3);
        let at = |along: f64, across: f64| {
            (to.0 - ux * along - uy * across, to.1 - uy * along + ux * across)
        };
        self.line(layer, from, at(long * 0.8, 0.0), pen);
        self.polygon(layer, &[to, at(long, wide), at(long * 0.8, 0.0), at(long, -wide)], pen.color);
    }

    /// A filled shape of straight edges.
    pub(super) fn polygon(&mut self, layer: usize, points: &[Point], fill: Rgb) {
        let mut path = String::new();
        for (nth, (x, y)) in points.iter().enumerate() {
            let command = if nth == 0 { 'M' } else { 'L' };
            put(&mut path, format_args!("{command}{} {}", n(*x), n(*y)));
        }
        put(self.on(layer), format_args!("<path d=\"{path}Z\" fill=\"{fill}\"/>"));
    }

    /// A rectangle, filled with a colour or `url(#...)`.
    pub(super) fn rect(
        &mut self,
        layer: usize,
        (x, y, w, h): Box,
        radius: f64,
        fill: &str,
        pen: Option<Pen>,
    ) {
        let pen = pen.map(Pen::attributes).unwrap_or_default();
        put(
            self.on(layer),
            format_args!(
                "<rect x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\" rx=\"{}\" fill=\"{fill}\"{pen}/>",
                n(x),
                n(y),
                n(w.max(0.0)),
                n(h.max(0.0)),
                n(radius)
            ),
        );
    }

    /// A circle, filled with a colour or `url(#...)`.
    pub(super) fn circle(
        &mut self,
        layer: usize,
        (x, y): Point,
        radius: f64,
        fill: &str,
        pen: Option<Pen>,
    ) {
        let (x, y, r) = (n(x), n(y), n(radius));
        let pen = pen.map(Pen::attributes).unwrap_or_default();
        let circle = format_args!("<circle cx=\"{x}\" cy=\"{y}\" r=\"{r}\" fill=\"{fill}\"{pen}/>");
        put(self.on(layer), circle);
    }

    /// A text, the middle of whose line stands at a point; what stands in backticks
    /// is code.
    pub(super) fn text(
        &mut self,
        kit: &Kit<'_>,
        layer: usize,
        (x, y): Point,
        anchor: Anchor,
        style: Style,
        text: &str,
    ) {
        let start = match anchor {
            Anchor::Start => x,
            Anchor::Middle => x - kit.width(text, style) / 2.0,
            Anchor::End => x - kit.width(text, style),
        };
        let mut spans = String::new();
        let mut at = start;
        for (run, is_code) in runs(text) {
            let family = if is_code {
                format!(" font-family=\"{}\"", self.families[1])
            } else {
                String::new()
            };
            for piece in if is_code { pieces(run) } else { vec![run] } {
                let (x, text) = (n(at), escaped(piece));
                put(&mut spans, format_args!("<tspan x=\"{x}\"{family}>{text}</tspan>"));
                at += kit.run_width(piece, is_code, style);
            }
        }
        let (y, size, weight) = (n(y + style.size * MIDDLE), n(style.size), style.weight());
        put(
            self.on(layer),
            format_args!(
                "<text y=\"{y}\" font-size=\"{size}\" font-weight=\"{weight}\" fill=\"{}\" \
                 xml:space=\"preserve\">{spans}</text>",
                style.color,
            ),
        );
    }

    /// The markup of a layer; the last one, for a layer that there is not.
    fn on(&mut self, layer: usize) -> &mut String {
        let layer = layer.min(self.layers.len() - 1);
        &mut self.layers[layer]
    }
}

/// A text in stretches, and whether each one is code: what stands between two
/// backticks. One that has no second is a character like any other.
fn runs(text: &str) -> Vec<(&str, bool)> {
    let mut found = Vec::new();
    let mut rest = text;
    while let Some((before, behind)) = rest.split_once('`')
        && let Some((code, after)) = behind.split_once('`')
    {
        found.extend([(before, false), (code, true)]);
        rest = after;
    }
    found.push((rest, false));
    found.retain(|(text, _)| !text.is_empty());
    found
}

/// Code in pieces of which none ends in a sign and goes on with one: fonts of code
/// join signs, and `<-` would be an arrow. SVG has no other way to say it.
fn pieces(code: &str) -> Vec<&str> {
    let mut found = Vec::new();
    let mut start = 0;
    let mut last = ' ';
    for (at, ch) in code.char_indices() {
        if last.is_ascii_punctuation() && ch.is_ascii_punctuation() {
            found.push(&code[start..at]);
            start = at;
        }
        last = ch;
    }
    found.push(&code[start..]);
    found
}

/// A number as SVG writes it: to a hundredth.
pub(super) fn n(value: f64) -> String {
    let rounded = (value * 100.0).round() / 100.0;
    if rounded == 0.0 || !rounded.is_finite() { "0".to_owned() } else { rounded.to_string() }
}

/// Text in which nothing is markup, nor a character that SVG may not hold.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    markup::escape(&mut out, &text.replace(char::is_control, " "));
    out
}
