//! What an SVG paints: its colours, and its texts with what is behind them.
//!
//! Takes usvg's tree, gives the texts as they are drawn. The background of a
//! letter is composed of the plain colours that are painted before it where the
//! letter stands; gradients, patterns, pictures, masks and filters have no plain
//! colour, and what has none is not known.

use std::cell::{Cell, OnceCell};

use resvg::tiny_skia::{Point, Rect, Transform};
use resvg::usvg;

use super::outline::Outline;
use crate::color::{Layer, Rgb};
use crate::figure::Text;

/// The most edges and shapes that are looked at for one SVG: a fifth of a
/// second. Backgrounds beyond it are not known.
const MAX_LOOKS: usize = 50_000_000;

/// A stroke or a shape narrower than this share of the type crosses a text and
/// is no background of it.
const MIN_GROUND: f32 = 0.5;

/// The most colours that are told apart: a drawing with more is a traced photo.
const MAX_COLORS: usize = 256;

/// What an SVG paints.
pub(super) struct Painted {
    /// Its texts, in the order of painting.
    pub(super) texts: Vec<Text>,
    /// Each colour once; `None` where one of them is not plain.
    pub(super) colors: Option<Vec<Layer>>,
}

/// Reads what an SVG paints.
pub(super) fn read(root: &usvg::Group) -> Painted {
    let mut canvas = Canvas::default();
    canvas.group(root);
    Painted { texts: canvas.texts, colors: canvas.colors.filter(|_| !canvas.has_effects) }
}

/// What has been painted so far.
struct Canvas<'a> {
    items: Vec<Item<'a>>,
    texts: Vec<Text>,
    colors: Option<Vec<Layer>>,
    has_effects: bool,
    looks: Cell<usize>,
}

/// One act of painting.
enum Item<'a> {
    /// A group begins.
    Open(Group),
    /// A group ends.
    Close,
    /// A shape is filled, or a line is drawn.
    Shape(Shape<'a>),
}

/// A group, as far as it changes what is in it.
struct Group {
    opacity: f64,
    /// Whether a mask, a filter or a blend mode makes other colours of its own.
    has_effect: bool,
    clip: Option<Vec<Outline>>,
    bounds: Rect,
    /// The item that ends it; that of an open group is not there yet.
    end: usize,
}

/// A shape of one paint.
struct Shape<'a> {
    /// `None` for what is not plain.
    color: Option<Layer>,
    bounds: Rect,
    /// Its narrower side, in the units of the SVG.
    width: f32,
    outline: OnceCell<Outline>,
    source: Source<'a>,
}

/// Where the outline of a shape comes from.
enum Source<'a> {
    Fill(&'a usvg::Path, usvg::FillRule),
    Stroke(&'a usvg::Path, &'a usvg::Stroke),
    /// All of the bounds.
    Bounds,
}

impl Default for Canvas<'_> {
    fn default() -> Self {
        Self {
            items: Vec::new(),
            texts: Vec::new(),
            colors: Some(Vec::new()),
            has_effects: false,
            looks: Cell::new(MAX_LOOKS),
        }
    }
}

impl<'a> Canvas<'a> {
    fn group(&mut self, group: &'a usvg::Group) {
        let opacity = f64::from(group.opacity().get());
        let has_effect = group.mask().is_some()
            || !group.filters().is_empty()
            || group.blend_mode() != usvg::BlendMode::Normal;
        self.has_effects |= has_effect || opacity < 1.0;
        let open = self.items.len();
        self.items.push(Item::Open(Group {
            opacity,
            has_effect,
            clip: group.clip_path().map(|clip| clip_outlines(clip, group.abs_transform())),
            bounds: group.abs_layer_bounding_box().to_rect(),
            end: usize::MAX,
        }));
        for node in group.children() {
            match node {
                usvg::Node::Group(group) => self.group(group),
                usvg::Node::Path(path) => self.path(path),
                usvg::Node::Image(image) => {
                    self.colors = None;
                    let bounds = image.abs_bounding_box();
                    self.shape(None, bounds, Source::Bounds);
                }
                usvg::Node::Text(text) => self.text(text),
            }
        }
        let end = self.items.len();
        self.items.push(Item::Close);
        if let Some(Item::Open(group)) = self.items.get_mut(open) {
            group.end = end;
        }
    }

    fn path(&mut self, path: &'a usvg::Path) {
        if !path.is_visible() {
            return;
        }
        let fill = path.fill().map(|fill| {
            let color = color(fill.paint(), fill.opacity());
            (color, path.abs_bounding_box(), Source::Fill(path, fill.rule()))
        });
        let stroke = path.stroke().map(|stroke| {
            let color = color(stroke.paint(), stroke.opacity());
            (color, path.abs_stroke_bounding_box(), Source::Stroke(path, stroke))
        });
        let parts = match path.paint_order() {
            usvg::PaintOrder::FillAndStroke => [fill, stroke],
            usvg::PaintOrder::StrokeAndFill => [stroke, fill],
        };
        for (color, bounds, source) in parts.into_iter().flatten() {
            self.note(color);
            self.shape(color, bounds, source);
        }
    }

    fn shape(&mut self, color: Option<Layer>, bounds: Rect, source: Source<'a>) {
        let width = match &source {
            Source::Stroke(path, stroke) => stroke.width().get() * scale(path.abs_transform()),
            Source::Fill(..) | Source::Bounds => bounds.width().min(bounds.height()),
        };
        let outline = OnceCell::new();
        self.items.push(Item::Shape(Shape { color, bounds, width, outline, source }));
    }

    fn text(&mut self, text: &usvg::Text) {
        let transform = text.abs_transform();
        for span in text.layouted().iter().filter(|span| span.visible) {
            // What is drawn as a halo around the letters is behind them.
            let is_halo = span.paint_order == usvg::PaintOrder::StrokeAndFill;
            let stroke = span.stroke.as_ref();
            let halo = stroke.filter(|_| is_halo);
            let halo = halo.map_or(Some(Layer::CLEAR), |it| color(it.paint(), it.opacity()));
            let fill = span.fill.as_ref().map(|fill| color(fill.paint(), fill.opacity()));
            let line = || stroke.map(|it| color(it.paint(), it.opacity()));
            let Some(ink) = fill.or_else(line) else { continue };
            self.note(ink);
            let size = span.font_size.get() * scale(transform);
            let mut last: Option<Text> = None;
            for glyph in &span.positioned_glyphs {
                if glyph.text.trim().is_empty() {
                    if let Some(last) = &mut last {
                        last.text.push_str(&glyph.text);
                    }
                    continue;
                }
                let at = middle(transform.pre_concat(glyph.transform()), size);
                let (ink, ground) = self.composed(at, size, ink, halo);
                match &mut last {
                    Some(last) if (last.ink, last.ground) == (ink, ground) => {
                        last.text.push_str(&glyph.text);
                    }
                    _ => {
                        let text = glyph.text.clone();
                        let font_size = f64::from(span.font_size.get());
                        let next = Text { text, size: f64::from(size), font_size, ink, ground };
                        self.texts.extend(last.replace(next));
                    }
                }
            }
            self.texts.extend(last);
        }
    }

    /// The colour of a letter and of what is behind it, as the groups around it
    /// show them.
    fn composed(
        &self,
        at: Point,
        size: f32,
        ink: Option<Layer>,
        halo: Option<Layer>,
    ) -> (Option<Layer>, Option<Layer>) {
        let mut open: Vec<(&Group, Option<Layer>)> = Vec::new();
        let mut below = Some(Layer::CLEAR);
        let mut next = 0;
        while let Some(item) = self.items.get(next) {
            next += 1;
            if !self.look(1) {
                return (None, None);
            }
            match item {
                Item::Open(group) => {
                    let is_closed = group.end != usize::MAX;
                    if is_closed && !(contains(group.bounds, at) && self.is_in_clip(group, at)) {
                        next = group.end + 1;
                    } else {
                        open.push((group, below.replace(Layer::CLEAR)));
                    }
                }
                Item::Close => {
                    let Some((group, outside)) = open.pop() else { continue };
                    below = over(group.shown(below), outside);
                }
                Item::Shape(shape) => {
                    if MIN_GROUND * size <= shape.width && self.covers(shape, at) {
                        below = over(shape.color, below);
                    }
                }
            }
        }
        let mut ground = over(halo, below);
        let mut ink = over(ink, ground);
        for (group, outside) in open.into_iter().rev() {
            ink = over(group.shown(ink), outside);
            ground = over(group.shown(ground), outside);
        }
        (ink, ground)
    }

    fn is_in_clip(&self, group: &Group, at: Point) -> bool {
        group.clip.as_ref().is_none_or(|clip| {
            clip.iter().any(|outline| self.look(outline.n_edges()) && outline.covers(at))
        })
    }

    fn covers(&self, shape: &Shape<'_>, at: Point) -> bool {
        if !contains(shape.bounds, at) {
            return false;
        }
        let outline = match &shape.source {
            Source::Bounds => return true,
            Source::Fill(path, rule) => {
                shape.outline.get_or_init(|| Outline::new(path.data(), path.abs_transform(), *rule))
            }
            Source::Stroke(path, stroke) => shape.outline.get_or_init(|| {
                let drawn = path.data().stroke(&stroke.to_tiny_skia(), scale(path.abs_transform()));
                let drawn = drawn.as_ref().unwrap_or(path.data());
                Outline::new(drawn, path.abs_transform(), usvg::FillRule::NonZero)
            }),
        };
        self.look(outline.n_edges()) && outline.covers(at)
    }

    /// Whether one may look at that much more.
    fn look(&self, n: usize) -> bool {
        let left = self.looks.get().checked_sub(n);
        self.looks.set(left.unwrap_or(0));
        left.is_some()
    }

    /// Notes a colour that the SVG paints with.
    fn note(&mut self, color: Option<Layer>) {
        match (color, &mut self.colors) {
            (Some(color), Some(colors)) if colors.contains(&color) => {}
            (Some(color), Some(colors)) if colors.len() < MAX_COLORS => colors.push(color),
            (_, colors) => *colors = None,
        }
    }
}

impl Group {
    /// What is seen of its content.
    fn shown(&self, content: Option<Layer>) -> Option<Layer> {
        let content = content?;
        if self.has_effect && content != Layer::CLEAR {
            return None;
        }
        Some(content.faded(self.opacity))
    }
}

/// One thing painted on another, either of which may be not known.
fn over(top: Option<Layer>, below: Option<Layer>) -> Option<Layer> {
    match top {
        Some(top) if top.is_opaque() => Some(top),
        Some(top) if top == Layer::CLEAR => below,
        Some(top) => below.map(|below| top.over(below)),
        None => None,
    }
}

/// The outlines of what a clip lets through.
fn clip_outlines(clip: &usvg::ClipPath, group: Transform) -> Vec<Outline> {
    let mut found = Vec::new();
    let base = group.pre_concat(clip.transform());
    collect_paths(clip.root(), base, &mut found);
    found
}

fn collect_paths(group: &usvg::Group, base: Transform, found: &mut Vec<Outline>) {
    for node in group.children() {
        match node {
            usvg::Node::Group(inner) => collect_paths(inner, base, found),
            usvg::Node::Path(path) => {
                let rule = path.fill().map_or(usvg::FillRule::NonZero, usvg::Fill::rule);
                found.push(Outline::new(path.data(), base.pre_concat(path.abs_transform()), rule));
            }
            usvg::Node::Text(text) => collect_paths(text.flattened(), base, found),
            usvg::Node::Image(_) => {}
        }
    }
}

/// The colour of a paint; `None` for one that is not plain.
fn color(paint: &usvg::Paint, opacity: usvg::Opacity) -> Option<Layer> {
    match paint {
        usvg::Paint::Color(color) => {
            let color = Rgb::new(color.red, color.green, color.blue);
            Some(Layer::new(color, f64::from(opacity.get())))
        }
        usvg::Paint::LinearGradient(_)
        | usvg::Paint::RadialGradient(_)
        | usvg::Paint::Pattern(_) => None,
    }
}

/// By how much a transform enlarges: the square root of its determinant, since
/// text may be stretched one way.
fn scale(transform: Transform) -> f32 {
    (transform.sx * transform.sy - transform.kx * transform.ky).abs().sqrt()
}

/// A point in the middle of a glyph: a quarter of the size to the right of its
/// origin and a third above the baseline.
fn middle(glyph: Transform, size: f32) -> Point {
    let unit = size / scale(glyph).max(f32::MIN_POSITIVE);
    let mut point = Point::from_xy(unit * 0.25, unit * -0.33);
    glyph.map_point(&mut point);
    point
}

fn contains(bounds: Rect, at: Point) -> bool {
    bounds.left() <= at.x
        && at.x <= bounds.right()
        && bounds.top() <= at.y
        && at.y <= bounds.bottom()
}
