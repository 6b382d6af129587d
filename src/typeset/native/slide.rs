//! A slide: what stands where on its page.

use typst::diag::SourceResult;
use typst::foundations::{
    Args, Array, Content, Dict, IntoValue as _, NativeElement as _, Smart, Value,
};
use typst::layout::{
    Abs, AlignElem, Alignment, BlockBody, BlockElem, HAlignment, PlaceElem, Sizing, VAlignment,
};
use typst::pdf::{ArtifactElem, ArtifactKind};
use typst::text::TextElem;

use super::{Caller, Role, block, get, is, mark, none_mark, points};

/// As high as nothing gets: what does not fit is measured, so nothing may end with the
/// page, where lists and tables would drop what lies past it. In points.
const TALL: f64 = 4000.0;

/// `canvas(d, at)`: what stands on a slide at a step; on all of them where it is
/// none.
pub(super) fn canvas(caller: &mut Caller<'_, '_, '_>, args: &mut Args) -> SourceResult<Value> {
    let data: Dict = args.expect("slide")?;
    let at = args.named("at")?.unwrap_or(Value::None);
    set(caller, &data, &at).map(Value::Content)
}

/// `slide(d, at)`: the same as a page.
pub(super) fn page(caller: &mut Caller<'_, '_, '_>, args: &mut Args) -> SourceResult<Value> {
    let data: Dict = args.expect("slide")?;
    let at = args.named("at")?.unwrap_or(Value::None);
    let canvas = set(caller, &data, &at)?;
    caller.ask("page", [canvas.into_value()]).map(Value::Content)
}

/// `slots(d, at, taken)`: the slots of a slide, of whose room notes at its bottom have
/// taken some points.
pub(super) fn slots(caller: &mut Caller<'_, '_, '_>, args: &mut Args) -> SourceResult<Value> {
    let data: Dict = args.expect("slide")?;
    let (at, taken): (Value, f64) = (args.expect("step")?, args.expect("taken")?);
    Ok(Value::Content(Content::sequence(slots_of(caller, &data, &at, taken)?)))
}

fn set(caller: &mut Caller<'_, '_, '_>, data: &Dict, at: &Value) -> SourceResult<Content> {
    let mut parts = Vec::new();
    let label: Value = get(data, "label")?;
    if label != Value::None {
        parts.push(caller.ask("named", [label])?);
    }
    let accents: Array = get(data, "accents")?;
    for accent in &accents {
        let [x, y, w, h] = rect(accent)?;
        let accent = BlockElem::new()
            .with_width(Smart::Custom(w.into()))
            .with_height(Sizing::Rel(h.into()))
            .with_fill(Some(caller.paint("accent")?))
            .pack();
        let placed = placed(corner(), x, y, none_mark() + accent);
        parts.push(ArtifactElem::new(placed).pack());
    }
    let behind: Array = get(data, "behind")?;
    for picture in behind {
        parts.push(caller.ask("behind", [picture])?);
    }
    if get::<Array>(data, "notes")?.is_empty() {
        parts.extend(slots_of(caller, data, at, 0.0)?);
    } else {
        parts.push(caller.ask("noted", [data.clone().into_value(), at.clone()])?);
    }
    if let Some(footer) = get(data, "footer")? {
        parts.push(footer_of(caller, &footer)?);
    }
    Ok(Content::sequence(parts))
}

fn slots_of(
    caller: &mut Caller<'_, '_, '_>,
    data: &Dict,
    at: &Value,
    taken: f64,
) -> SourceResult<Vec<Content>> {
    let room: Dict = get(data, "room")?;
    let bottom = get::<f64>(&room, "y")? + get::<f64>(&room, "h")?;
    let slots: Array = get(data, "slots")?;
    let style: Dict = get(&caller.env, "st")?;
    let mut out = Vec::with_capacity(slots.len());
    for (nth, slot) in slots.iter().enumerate() {
        let slot: Dict = is(slot)?;
        let (y, h): (f64, f64) = (get(&slot, "y")?, get(&slot, "h")?);
        let h = if y + h > bottom - 1.0 { h - taken } else { h };
        let blocks: Array = get(&slot, "b")?;
        let role = Role::new(get(&style, get::<typst::foundations::Str>(&slot, "st")?.as_str())?)?;
        let (align, valign): (Value, Value) = (get(&slot, "align")?, get(&slot, "valign")?);
        let align = match &align {
            Value::Str(name) if name.as_str() == "center" => HAlignment::Center,
            Value::Str(name) if name.as_str() == "end" => HAlignment::End,
            _ => HAlignment::Start,
        };
        let valign = match &valign {
            Value::Str(name) if name.as_str() == "middle" => VAlignment::Horizon,
            Value::Str(name) if name.as_str() == "bottom" => VAlignment::Bottom,
            _ => VAlignment::Top,
        };
        // Only a picture asks for the room.
        let is_picture = |block: &Value| match block {
            Value::Dict(block) => matches!(block.get("k"), Ok(Value::Str(k)) if k.as_str() == "g"),
            _ => false,
        };
        let is_tall = valign == VAlignment::Top && !blocks.iter().any(is_picture);
        let fill = get::<typst::foundations::Str>(&role.data, "fill")?;
        let body = block::set_all(caller, &blocks, "block", &role, at, false)?
            .styled_with_map(role.styles()?)
            .set(TextElem::fill, caller.paint(fill.as_str())?)
            .set(AlignElem::alignment, Alignment::Both(align, valign));
        let number = i64::try_from(nth).unwrap_or(i64::MAX);
        let body = mark([2.into_value(), number.into_value(), h.into_value()]) + body;
        let height = Abs::pt(if is_tall { TALL } else { h });
        let block = BlockElem::new()
            .with_width(Smart::Custom(points(&slot, "w")?.into()))
            .with_height(Sizing::Rel(height.into()))
            .with_breakable(false)
            .with_body(Some(BlockBody::Content(body)))
            .pack();
        out.push(placed(corner(), points(&slot, "x")?, Abs::pt(y), block));
    }
    Ok(out)
}

fn footer_of(caller: &mut Caller<'_, '_, '_>, footer: &Dict) -> SourceResult<Content> {
    let style: Dict = get(&caller.env, "st")?;
    let role = Role::new(get(&style, "small")?)?;
    let at = |align| Alignment::Both(align, VAlignment::Top);
    let zero = Abs::zero();
    let mut parts = vec![
        mark([7.into_value(), 0.into_value(), role.top.clone(), role.bottom.clone()]),
        placed(at(HAlignment::Start), zero, zero, get(footer, "text")?),
        placed(at(HAlignment::End), zero, zero, get(footer, "number")?),
    ];
    let logo: Value = get(footer, "logo")?;
    if logo != Value::None {
        parts.push(none_mark());
        parts.push(caller.ask("logo", [logo, get(footer, "h")?])?);
    }
    let body = Content::sequence(parts)
        .set(TextElem::fill, caller.paint("muted")?)
        .styled_with_map(role.styles()?);
    let block = BlockElem::new()
        .with_width(Smart::Custom(points(footer, "w")?.into()))
        .with_height(Sizing::Rel(points(footer, "h")?.into()))
        .with_body(Some(BlockBody::Content(body)))
        .pack();
    let placed = placed(corner(), points(footer, "x")?, points(footer, "y")?, block);
    Ok(ArtifactElem::new(placed).with_kind(ArtifactKind::Footer).pack())
}

/// The top left corner.
fn corner() -> Alignment {
    Alignment::Both(HAlignment::Left, VAlignment::Top)
}

/// Content that takes no room.
fn placed(from: Alignment, dx: Abs, dy: Abs, body: Content) -> Content {
    PlaceElem::new(body)
        .with_alignment(Smart::Custom(from))
        .with_dx(dx.into())
        .with_dy(dy.into())
        .pack()
}

/// The numbers of a rectangle.
fn rect(data: &Value) -> SourceResult<[Abs; 4]> {
    let numbers: Array = is(data)?;
    let mut rect = [Abs::zero(); 4];
    for (length, number) in rect.iter_mut().zip(numbers) {
        *length = Abs::pt(is(&number)?);
    }
    Ok(rect)
}
