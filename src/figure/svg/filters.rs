//! How long the filters of an SVG take, counted before they run.
//!
//! The PDF shows what a filter makes as pixels, and so does Chromium. A filter
//! says in a few bytes how large a region it fills and how far it looks around
//! each of its pixels.

use resvg::usvg::{self, filter::Kind};

/// The most steps that the filters of one SVG may take, each some five
/// nanoseconds: a shadow around everything on a whole slide takes 200 million.
pub(super) const MAX_STEPS: f64 = 1e9;

/// The canvas in points: no picture is shown larger.
const CANVAS: (f32, f32) = (960.0, 540.0);

/// Pixels to a point, and the most pixels to a side, of what the PDF shows of a
/// filter (`krilla-svg`, `filter.rs`).
const SCALE: f32 = 4.0;
const MAX_SIDE: f32 = 5000.0;

/// Steps to clear, convert and compress a pixel.
const PIXEL: f64 = 4.0;

/// How many steps the filters of a tree take, on the largest slide.
pub(super) fn steps(tree: &usvg::Tree) -> f64 {
    let size = tree.size();
    let scale = SCALE * (CANVAS.0 / size.width()).max(CANVAS.1 / size.height());
    let mut steps = 0.0;
    group(tree.root(), scale, &mut steps);
    steps
}

/// Adds the filters of a group and of all that it draws; stops counting past
/// [`MAX_STEPS`].
fn group(it: &usvg::Group, scale: f32, steps: &mut f64) {
    if MAX_STEPS < *steps {
        return;
    }
    if !it.filters().is_empty() {
        // `abs_` is in the units of the whole picture, as `scale` is.
        let region = it.abs_layer_bounding_box();
        let scale = scale.min(MAX_SIDE / region.width()).min(MAX_SIDE / region.height());
        let pixels = f64::from(region.width() * scale) * f64::from(region.height() * scale);
        let kinds = it.filters().iter().flat_map(|filter| filter.primitives());
        let each: f64 = kinds.map(|primitive| kind(primitive.kind(), scale, steps)).sum();
        *steps += pixels * (PIXEL + each);
    }
    for child in it.children() {
        if let usvg::Node::Group(child) = child {
            group(child, scale, steps);
        }
        child.subroots(|root| group(root, scale, steps));
    }
}

/// Steps for each pixel of a filter's part.
fn kind(kind: &Kind, scale: f32, steps: &mut f64) -> f64 {
    let window =
        |x: f32, y: f32| f64::from((2.0 * scale * x).max(1.0) * (2.0 * scale * y).max(1.0));
    match kind {
        Kind::ColorMatrix(_)
        | Kind::ComponentTransfer(_)
        | Kind::Blend(_)
        | Kind::Composite(_)
        | Kind::DisplacementMap(_) => 4.0,
        Kind::Flood(_) | Kind::Offset(_) | Kind::Tile(_) => 1.0,
        Kind::Merge(merge) => merge.inputs().iter().map(|_| 1.0).sum(),
        Kind::GaussianBlur(it) => blur(it.std_dev_x().get().min(it.std_dev_y().get()), scale),
        Kind::DropShadow(it) => 4.0 + blur(it.std_dev_x().get().min(it.std_dev_y().get()), scale),
        Kind::DiffuseLighting(_) | Kind::SpecularLighting(_) => 20.0,
        Kind::ConvolveMatrix(it) => {
            2.0 * f64::from(it.matrix().columns()) * f64::from(it.matrix().rows())
        }
        Kind::Morphology(it) => window(it.radius_x().get(), it.radius_y().get()),
        Kind::Turbulence(it) => 40.0 * f64::from(it.num_octaves()),
        Kind::Image(it) => {
            group(it.root(), scale, steps);
            4.0
        }
    }
}

/// Steps for each pixel of a blur: resvg blurs by less than two pixels in another
/// way, which takes longer.
fn blur(deviation: f32, scale: f32) -> f64 {
    if deviation * scale < 2.0 { 60.0 } else { 10.0 }
}
