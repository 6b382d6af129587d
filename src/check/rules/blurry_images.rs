//! `blurry-images`: see its page.

use super::{Ctx, Rule, shown};
use crate::diag::{Diagnostic, Level};
use crate::figure::Format;

/// A picture of fewer pixels than it is shown on.
pub(super) const RULE: Rule = Rule {
    name: "blurry-images",
    level: Level::Warning,
    docs: include_str!("blurry_images.md"),
    check,
};

/// Points to a pixel of the canvas, which has 1280 x 720 of them at 16:9.
const PT_PER_PX: f64 = 0.75;

/// By how much a picture may be enlarged before it counts: nobody sees a
/// twentieth, which fitting a picture to a slot often makes.
const TOLERANCE: f64 = 1.05;

fn check(ctx: Ctx<'_>, found: &mut Vec<Diagnostic>) {
    for (slide, page) in ctx.placed.slides.iter().zip(ctx.pages) {
        let pictures = shown::pictures(slide, page, ctx.figures);
        let behind = shown::backgrounds(slide, page, ctx.figures);
        for picture in pictures.into_iter().chain(behind) {
            let figure = picture.figure;
            let enlarged = picture.scale() / PT_PER_PX;
            if figure.format == Format::Svg || enlarged <= TOLERANCE {
                continue;
            }
            let (width, height) = (figure.width, figure.height);
            let needed = |pixels: f64| (pixels * enlarged).ceil();
            let path = &picture.image.path;
            found.push(
                RULE.on(
                    slide,
                    path.span,
                    format!(
                        "the picture `{}` is shown at {enlarged:.1} times its resolution",
                        path.value
                    ),
                )
                .label(format!(
                    "it has {width} x {height} pixels and is shown on {} x {}",
                    needed(width),
                    needed(height)
                ))
                .hint(format!(
                    "take one of {} x {} pixels, with which it is sharp on Full HD; or an SVG",
                    needed(width * 1.5),
                    needed(height * 1.5)
                ))
                .hint("or show it smaller: beside text, in `image-beside` or a column"),
            );
        }
    }
}
