//! Measuring: finished frames to pages of boxes and lines.
//!
//! Walks a page's frame in the order of painting. The last mark before an item
//! tells which block it belongs to; the shapes and pictures painted under a text
//! are what is behind it.

use std::collections::BTreeSet;
use std::sync::Arc;

use typst::foundations::{Content, Value};
use typst::introspection::{MetadataElem, Tag};
use typst::layout::{Abs, Frame, FrameItem, Point, Size, Transform};
use typst::text::TextItem;
use typst::visualize::{Color, Geometry, Paint, Shape};
use typst_layout::Page as Sheet;

use super::drawing;
use super::ground::{Ground, Painted};
use super::inline::ISOLATE;
use super::states::{self, Stage};
use super::world::SetFace;
use crate::color::{Layer, Rgb};
use crate::dress::Dressed;
use crate::figure::{Figures, Tones};
use crate::font::is_invisible;
use crate::geom::{Pt, Rect};
use crate::model::BlockId;
use crate::page::{BlockBox, Drawn, Line, Page, Run, SlotFill};
use crate::place::{PlacedSlide, PlacedSlot};

/// The page of a slide, set in `faces`. `room` is the part of the canvas that its
/// layout uses.
pub(super) fn page(
    sheet: &Sheet,
    dressed: Dressed<'_>,
    slide: &PlacedSlide,
    room: Rect,
    faces: &[SetFace],
) -> Page {
    let paper = color(&sheet.fill_or_white().unwrap_or(Paint::Solid(Color::WHITE)));
    let mut walk = Walk {
        page: Page::default(),
        slots: slide.slots.iter().map(|slot| (with_bleed(slot), None)).collect(),
        slot: None,
        mark: Mark::Decoration,
        ground: Ground::new(paper.unwrap_or(Rgb::WHITE)),
        panel: Rect::default(),
        stages: Vec::new(),
        room,
        faces,
        chars: vec![BTreeSet::new(); faces.len()],
        formula: None,
        clip: None,
        slide,
        figures: dressed.figures,
    };
    walk.frame(&sheet.frame, Transform::identity());
    states::add(&mut walk.page, dressed, slide, &walk.stages, &walk.ground);
    let slots = walk.slots.into_iter().map(|(room, used)| SlotFill {
        room,
        used: used.unwrap_or(Rect::new(room.x, room.y, Pt::ZERO, Pt::ZERO)),
    });
    walk.page.slots = slots.collect();
    let used = faces.iter().zip(walk.chars).filter(|(_, chars)| !chars.is_empty());
    walk.page.faces = used.map(|(it, chars)| (it.face.key(), chars)).collect();
    walk.page
}

/// How far an image in a line of text reaches below the baseline, as a share of
/// its height; so in `prelude.typ`.
const INLINE_DEPTH: f64 = 0.2;

/// The room of a slot, with what the panel of its code has left of it.
fn with_bleed(slot: &PlacedSlot) -> Rect {
    let (rect, bleed) = (slot.rect, slot.bleed);
    Rect::new(rect.x - bleed, rect.y, rect.w + bleed, rect.h)
}

/// What the last mark said.
#[derive(Clone, Copy, Debug)]
enum Mark {
    /// Bullets, numbers and bars: they take room, and are no block's text.
    Decoration,
    /// The text of a block, whose lines go so far above and below the baseline.
    /// The mark itself stands at `y`.
    Text { block: BlockId, top: Pt, bottom: Pt, y: Pt },
    /// The box around a block.
    Box { block: BlockId },
    /// The bands of a code block's focus.
    Focus { block: BlockId },
    /// A picture.
    Picture { block: BlockId },
    /// The footer: not part of any slot.
    Footer,
    /// A picture of the background, by its place among them.
    Behind { nth: usize },
}

/// The state of a walk through a frame.
struct Walk<'a> {
    page: Page,
    slots: Vec<(Rect, Option<Rect>)>,
    slot: Option<usize>,
    mark: Mark,
    /// What has been painted.
    ground: Ground,
    /// What was painted last before the box that was marked last.
    panel: Rect,
    /// The code with a focus.
    stages: Vec<Stage>,
    room: Rect,
    faces: &'a [SetFace],
    /// The characters that each face sets, in the order of `faces`.
    chars: Vec<BTreeSet<char>>,
    /// The formula that is being drawn.
    formula: Option<Formula>,
    /// What is cut off around here is outside of it.
    clip: Option<Rect>,
    slide: &'a PlacedSlide,
    figures: &'a Figures,
}

/// A formula on its way.
struct Formula {
    /// The block, where it is one of its own.
    block: Option<BlockId>,
    /// The upper left corner, or the left end of the baseline.
    origin: Point,
    drawn: Drawn,
}

impl Walk<'_> {
    fn frame(&mut self, frame: &Frame, at: Transform) {
        for (pos, item) in frame.items() {
            let here = at.pre_concat(Transform::translate(pos.x, pos.y));
            match item {
                FrameItem::Group(group) => {
                    let at = here.pre_concat(group.transform);
                    let around = self.clip;
                    if group.clip.is_some() {
                        self.clip = Some(placed(Point::zero(), group.frame.size().to_point(), at));
                    }
                    self.frame(&group.frame, at);
                    self.clip = around;
                }
                FrameItem::Text(text) => self.text(text, here),
                FrameItem::Shape(shape, _) => self.shape(shape, here),
                FrameItem::Image(_, size, _) => self.image(*size, here),
                FrameItem::Tag(Tag::Start(content, _)) => self.tag(content, here),
                FrameItem::Tag(Tag::End(..)) | FrameItem::Link(..) => {}
            }
        }
    }

    /// Reads a mark, if the tag is one.
    fn tag(&mut self, content: &Content, at: Transform) {
        let Some(Value::Array(values)) = content.to_packed::<MetadataElem>().map(|it| &it.value)
        else {
            return;
        };
        let count = |n: usize| values.as_slice().get(n).and_then(count).unwrap_or(0);
        let length = |n: usize| values.as_slice().get(n).map_or(Pt::ZERO, length);
        let block = BlockId(count(1));
        match count(0) {
            1 => {
                let y = pt(Point::zero().transform(at).y);
                self.mark = Mark::Text { block, top: length(2), bottom: length(3), y };
            }
            2 => self.start_slot(count(1) as usize, length(2)),
            3 => {
                self.mark = Mark::Box { block };
                // A block's own fill is painted before what is in it.
                self.panel = self.ground.last();
            }
            4 => {
                self.mark = Mark::Picture { block };
                let corner = Point::zero().transform(at);
                let area = Rect::new(pt(corner.x), pt(corner.y), length(2), length(3));
                let entry = self.page.boxes.entry(block).or_default();
                (entry.rect, entry.area) = (area, Some(area));
            }
            5 => {
                // Typst may set a cell more than once; the last one counts.
                let columns = &mut self.page.boxes.entry(block).or_default().columns;
                let column = count(2) as usize;
                columns.resize(columns.len().max(column + 1), Pt::ZERO);
                columns[column] = length(3);
            }
            6 => {
                self.slot = None;
                self.mark = Mark::Decoration;
                let top = pt(Point::zero().transform(at).y);
                let area = Rect::new(self.room.x, top, self.room.w, self.room.bottom() - top);
                self.page.footnotes = Some(area);
            }
            7 => {
                self.slot = None;
                self.mark = Mark::Footer;
            }
            8 => self.start_formula(None, (length(2), Pt::ZERO), at),
            9 => self.end_formula(),
            10 => self.start_formula(Some(block), (length(2), length(3)), at),
            12 => {
                self.mark = Mark::Focus { block };
                self.stages.push(Stage { block, panel: self.panel, at: self.ground.len() });
            }
            13 => self.mark = Mark::Behind { nth: count(1) as usize },
            11 => self.page.boxes.entry(block).or_default().pad = length(2),
            _ => self.mark = Mark::Decoration,
        }
    }

    /// What is painted from here on belongs to a formula of this size.
    fn start_formula(&mut self, block: Option<BlockId>, (w, h): (Pt, Pt), at: Transform) {
        let mut origin = Point::zero().transform(at);
        // A mark at the start of a box stands at its top, which is the line's.
        if let (None, Mark::Text { top, .. }) = (block, self.mark) {
            origin.y += Abs::pt(top.get());
        }
        let rect = Rect::new(pt(origin.x), pt(origin.y), w, h);
        let drawn = Drawn { rect, ink: rect, ..Drawn::default() };
        self.formula = Some(Formula { block, origin, drawn });
    }

    /// The formula is done: it counts as one character of its line, or is a block.
    fn end_formula(&mut self) {
        let Some(Formula { block, drawn, .. }) = self.formula.take() else { return };
        let rect = drawn.rect;
        if let Some(block) = block {
            let entry = self.page.boxes.entry(block).or_default();
            entry.rect = rect;
            entry.formulas.push(drawn);
            self.used(rect);
        } else if let Mark::Text { block, top, bottom, y } = self.mark {
            let entry = self.page.boxes.entry(block).or_default();
            entry.formulas.push(drawn);
            let first = first_baseline(entry, rect.y, y, top);
            let (line, on_line) = line_at(entry, rect, (rect.y, first), top, bottom);
            line.n_chars += 1;
            self.used(on_line);
        }
    }

    /// From where something stands to where it stands in the formula.
    fn within_formula(&self, at: Transform) -> Option<Transform> {
        let origin = self.formula.as_ref()?.origin;
        Some(at.post_concat(Transform::translate(-origin.x, -origin.y)))
    }

    /// Everything from here on is in another slot, whose height may be less
    /// than the layout's because of footnotes.
    fn start_slot(&mut self, slot: usize, height: Pt) {
        self.mark = Mark::Decoration;
        self.slot = Some(slot);
        if let Some((room, _)) = self.slots.get_mut(slot) {
            room.h = height;
        }
    }

    fn text(&mut self, text: &TextItem, at: Transform) {
        let shown = text.text.chars().filter(|ch| !ISOLATE.contains(ch));
        let drawn = self.within_formula(at).and_then(|at| drawing::letters(text, at));
        if self.formula.is_none()
            && let Some(face) = self.faces.iter().position(|it| it.font == *text.font)
        {
            self.chars[face].extend(shown.clone());
        }
        let scale = pt_scale(at);
        let start = Point::zero().transform(at);
        let end = Point::new(text.width(), Abs::zero()).transform(at);
        let (x, baseline, w) = (pt(start.x.min(end.x)), pt(start.y), pt((end.x - start.x).abs()));
        let metrics = text.font.metrics();
        let ascent = Pt(metrics.ascender.at(text.size).to_pt() * scale);
        let descent = Pt(-metrics.descender.at(text.size).to_pt() * scale);
        let rect = Rect::new(x, baseline - ascent, w, ascent + descent);
        let color = color(&text.fill).unwrap_or_default();
        let run = Run {
            text: shown.collect(),
            rect,
            size: Pt(text.size.to_pt() * scale),
            color,
            backdrop: self.ground.behind(rect, color),
        };
        if let Some((shape, bounds)) = drawn {
            if let Some(formula) = &mut self.formula {
                let rect = formula.drawn.rect;
                let ink = Rect::new(rect.x + bounds.x, rect.y + bounds.y, bounds.w, bounds.h);
                formula.drawn.shapes.push(shape);
                formula.drawn.ink = formula.drawn.ink.union(ink);
                formula.drawn.runs.push(run);
            }
            return;
        }
        if self.formula.is_some() {
            return;
        }
        match self.mark {
            Mark::Text { block, top, bottom, y } => {
                let entry = self.page.boxes.entry(block).or_default();
                let first = first_baseline(entry, baseline, y, top);
                let n_chars = run.text.chars().filter(|ch| !is_invisible(*ch)).count();
                let (line, on_line) = line_at(entry, run.rect, (baseline, first), top, bottom);
                line.n_chars += n_chars;
                line.runs.push(run);
                self.used(on_line);
            }
            Mark::Decoration | Mark::Box { .. } | Mark::Focus { .. } | Mark::Picture { .. } => {
                self.page.furniture.push(run);
                self.used(rect);
            }
            Mark::Footer | Mark::Behind { .. } => self.page.furniture.push(run),
        }
    }

    fn shape(&mut self, shape: &Shape, at: Transform) {
        let (from, to) = match &shape.geometry {
            Geometry::Line(to) => (Point::zero(), *to),
            Geometry::Rect(size) => (Point::zero(), size.to_point()),
            Geometry::Curve(curve) => {
                let bounds = curve.bbox(None);
                (bounds.min, bounds.max)
            }
        };
        let rect = placed(from, to, at);
        if let Some(within) = self.within_formula(at) {
            if let Some(formula) = &mut self.formula {
                formula.drawn.shapes.extend(drawing::shape(shape, within));
                formula.drawn.ink = formula.drawn.ink.union(rect);
            }
            return;
        }
        // Lines and bars are drawn around boxes, half outside of them; what
        // has to fit is the boxes.
        let Some(fill) = &shape.fill else { return };
        let focus = match self.mark {
            Mark::Focus { block } => Some(block),
            Mark::Decoration
            | Mark::Text { .. }
            | Mark::Box { .. }
            | Mark::Picture { .. }
            | Mark::Footer
            | Mark::Behind { .. } => None,
        };
        self.ground.paint(Painted { rect, layer: layer(fill), focus, picture: None });
        match self.mark {
            Mark::Box { block } | Mark::Focus { block } => {
                let entry = self.page.boxes.entry(block).or_default();
                entry.rect = if entry.rect.w > Pt::ZERO { entry.rect.union(rect) } else { rect };
                self.used(rect);
            }
            Mark::Decoration | Mark::Picture { .. } => self.used(rect),
            // What shades text reaches a little past it; the text has to fit.
            Mark::Text { .. } | Mark::Footer | Mark::Behind { .. } => {}
        }
    }

    fn image(&mut self, size: Size, at: Transform) {
        // Of a picture that is cut off, what is seen counts.
        let whole = placed(Point::zero(), size.to_point(), at);
        let rect = self.clip.map_or(whole, |clip| whole.intersection(clip));
        if let Mark::Picture { block } = self.mark
            && let Some(backdrop) = self.ground.under(rect)
        {
            self.page.boxes.entry(block).or_default().backdrop = Some(backdrop);
        }
        match self.tones() {
            Some(tones) => self.ground.paint_picture(rect, whole, tones),
            None => self.ground.paint(Painted { rect, layer: None, focus: None, picture: None }),
        }
        match self.mark {
            Mark::Picture { block } => {
                self.page.boxes.entry(block).or_default().picture = Some(rect);
            }
            Mark::Text { block, top, bottom, y } => {
                let entry = self.page.boxes.entry(block).or_default();
                entry.icons.push(rect);
                let baseline = rect.bottom() - rect.h * INLINE_DEPTH;
                let first = first_baseline(entry, baseline, y, top);
                line_at(entry, rect, (baseline, first), top, bottom).0.n_chars += 1;
            }
            Mark::Behind { nth: _ } => self.page.behind.push(whole),
            Mark::Decoration | Mark::Box { .. } | Mark::Focus { .. } | Mark::Footer => {}
        }
        if !matches!(self.mark, Mark::Footer | Mark::Behind { .. }) {
            self.used(rect);
        }
    }

    /// The tones of the picture of the background that is being painted.
    fn tones(&self) -> Option<Arc<Tones>> {
        let Mark::Behind { nth } = self.mark else { return None };
        let asset = &self.slide.behind.get(nth)?.backing.image.asset;
        self.figures.get(asset)?.tones.clone()
    }

    /// Something stands here in the slot.
    fn used(&mut self, rect: Rect) {
        if let Some((_, used)) = self.slot.and_then(|slot| self.slots.get_mut(slot)) {
            *used = Some(used.map_or(rect, |it| it.union(rect)));
        }
    }
}

/// The baseline of a block's first line.
///
/// A mark in a line stands on its baseline, one between blocks at the top of the
/// next. The first run cannot tell: it may be raised.
fn first_baseline(entry: &BlockBox, baseline: Pt, mark: Pt, top: Pt) -> Pt {
    match entry.lines.first() {
        Some(line) => line.rect.y + top,
        None if (baseline - mark).get().abs() < top.get() / 2.0 => mark,
        None => mark + top,
    }
}

/// The line of its block on which something stands, widened to hold it, and its
/// share of the line's box.
///
/// All lines of a block have the same pitch, so what is raised or lowered is
/// still nearest to its own line.
fn line_at(
    entry: &mut BlockBox,
    item: Rect,
    (baseline, first): (Pt, Pt),
    top: Pt,
    bottom: Pt,
) -> (&mut Line, Rect) {
    let pitch = top + bottom;
    let nth = ((baseline - first) / pitch).round().max(0.0);
    let y = first - top + pitch * nth;
    let rect = Rect::new(item.x, y, item.w, pitch);
    entry.rect = if entry.rect.w > Pt::ZERO { entry.rect.union(rect) } else { rect };
    let same = |line: &Line| (line.rect.y - y).get().abs() < pitch.get() / 2.0;
    let at = entry.lines.iter().rposition(same).unwrap_or_else(|| {
        entry.lines.push(Line { rect, ..Line::default() });
        entry.lines.len() - 1
    });
    let line = &mut entry.lines[at];
    line.rect = line.rect.union(rect);
    (line, rect)
}

/// A whole number of a mark: a kind, a block's name, a position.
fn count(value: &Value) -> Option<u32> {
    match value {
        Value::Int(int) => u32::try_from(*int).ok(),
        _ => None,
    }
}

/// A length of a mark, in points.
fn length(value: &Value) -> Pt {
    match value {
        Value::Float(points) => Pt(*points),
        other => Pt(count(other).map_or(0.0, f64::from)),
    }
}

/// Where what lies between two corners stands.
fn placed(from: Point, to: Point, at: Transform) -> Rect {
    let (a, b) = (from.transform(at), to.transform(at));
    let (x, y) = (pt(a.x.min(b.x)), pt(a.y.min(b.y)));
    Rect::new(x, y, pt((b.x - a.x).abs()), pt((b.y - a.y).abs()))
}

/// By how much a transform enlarges: the square root of its determinant.
fn pt_scale(at: Transform) -> f64 {
    let (a, d) = (at.sx.get(), at.sy.get());
    let (b, c) = (at.ky.get(), at.kx.get());
    (a * d - b * c).abs().sqrt()
}

/// The opaque colour of a paint; `None` for gradients, tilings and what can be
/// seen through.
pub(super) fn color(paint: &Paint) -> Option<Rgb> {
    layer(paint).filter(|layer| layer.is_opaque()).map(|layer| layer.on(Rgb::BLACK))
}

/// The colour of a paint, which may be seen through; `None` for gradients and
/// tilings.
fn layer(paint: &Paint) -> Option<Layer> {
    let Paint::Solid(color) = paint else { return None };
    let [r, g, b, a] = color.to_vec4_u8();
    Some(Layer::new(Rgb::new(r, g, b), f64::from(a) / 255.0))
}

fn pt(abs: Abs) -> Pt {
    Pt(abs.to_pt())
}
