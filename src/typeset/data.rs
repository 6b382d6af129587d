//! A slide as data for the prelude.

use serde_json::{Value, json};
use typst::foundations::Bytes;

use super::{Ctx, block, inline, room};
use crate::dress;
use crate::geom::Canvas;
use crate::model::{Backing, is_rtl};
use crate::place::{Behind, Placed, PlacedSlide};

/// One slide as data.
pub(super) fn data(
    ctx: &Ctx<'_>,
    placed: &Placed,
    slide: &PlacedSlide,
    logo: Option<&str>,
) -> Value {
    let slots: Vec<Value> = slide
        .slots
        .iter()
        .map(|slot| {
            let ctx = &Ctx { bleed: slot.bleed, ..*ctx };
            let data = json!({
                "x": slot.rect.x, "y": slot.rect.y, "w": slot.rect.w, "h": slot.rect.h,
                "st": dress::slot_role(slot.text),
                "align": slot.align.name(), "valign": slot.valign.name(),
            });
            with(data, "b", block::blocks(ctx, slot.text, 0, &slot.blocks))
        })
        .collect();
    let notes: Vec<Value> = slide
        .footnotes
        .iter()
        .map(|note| json!({ "n": note.number, "i": note.id, "x": inline::inlines(ctx, &note.content), "rtl": is_rtl(&note.content, ctx.rtl) }))
        .collect();
    let footer = slide.footer.then(|| {
        let band = Canvas::footer_of(slide.area);
        let text = placed.meta.footer.as_ref().map_or("", |text| text.value.as_str());
        json!({
            "x": band.x, "y": band.y, "w": band.w, "h": band.h,
            "text": text, "number": slide.number.to_string(), "logo": logo,
        })
    });
    let behind: Vec<Value> =
        (0..).zip(&slide.behind).map(|(nth, it)| picture_behind(ctx, nth, it)).collect();
    let data = json!({
        "label": (ctx.title.is_none() && !ctx.again).then_some(&slide.id),
        "accents": slide.accents.iter().map(|it| json!([it.x, it.y, it.w, it.h])).collect::<Vec<_>>(),
        "room": room(placed, slide),
        "footer": footer,
        "behind": behind,
    });
    with(with(data, "slots", slots), "notes", notes)
}

/// A picture of the background, in its room. One that could not be read is an
/// error elsewhere.
fn picture_behind(ctx: &Ctx<'_>, nth: usize, it: &Behind) -> Value {
    let image = &it.backing.image;
    let (path, figure) = (ctx.asset(&image.asset), ctx.figures.get(&image.asset));
    let rect = figure.map_or(it.room, |figure| it.rect(figure.width, figure.height));
    let seen = rect.intersection(it.room);
    json!({
        "n": nth, "path": path, "room": [it.room.x, it.room.y, it.room.w, it.room.h],
        "x": seen.x, "y": seen.y, "w": seen.w, "h": seen.h, "cut": seen != rect,
        "dx": rect.x - seen.x, "dy": rect.y - seen.y, "pw": rect.w, "ph": rect.h,
        "scrim": Backing::OPAQUE - it.backing.opacity,
    })
}

/// An object with one more part. `json!` would write what is data already anew, and
/// all that is in it, at every depth.
pub(super) fn with(mut object: Value, name: &str, part: impl Into<Value>) -> Value {
    object[name] = part.into();
    object
}

/// Data as a file of the world.
pub(super) fn bytes(data: &Value) -> Bytes {
    Bytes::new(serde_json::to_vec(data).expect("values become JSON"))
}
