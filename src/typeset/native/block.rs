//! Headings, paragraphs and lists. The rarer blocks stay in the prelude.

use std::num::NonZeroUsize;
use typst::diag::{At as _, SourceResult};

use typst::foundations::{
    Args, Array, Content, Dict, IntoValue as _, Label, NativeElement as _, Packed, Recipe, Smart,
    Str, Styles, Transformation, Value,
};
use typst::layout::{
    AlignElem, Alignment, BlockBody, BlockElem, BoxElem, HAlignment, HideElem, Length, Sizing,
    VAlignment, VElem,
};
use typst::model::{HeadingElem, ListElem, ListItem, ListMarker};
use typst::syntax::Span;
use typst::text::{TextElem, TextSize};

use super::{Caller, Role, code, directed, get, inline, is, mark, none_mark, points, whole};

/// `blocks(bs, s, at, nested)`: blocks below each other in a role, at a step.
pub(super) fn blocks(caller: &mut Caller<'_, '_, '_>, args: &mut Args) -> SourceResult<Value> {
    let blocks: Array = args.expect("blocks")?;
    let role = Role::new(args.expect("role")?)?;
    let at: Value = args.expect("step")?;
    let nested: bool = args.expect("nested")?;
    set_all(caller, &blocks, "block", &role, &at, nested).map(Value::Content)
}

/// Blocks with a gap between them.
pub(super) fn set_all(
    caller: &mut Caller<'_, '_, '_>,
    blocks: &Array,
    gap: &str,
    role: &Role,
    at: &Value,
    nested: bool,
) -> SourceResult<Content> {
    let mut parts = Vec::new();
    for (nth, block) in blocks.iter().enumerate() {
        if nth > 0 {
            parts.push(VElem::new(caller.space(gap)?.into()).pack());
        }
        let block: Dict = is(block)?;
        let set = set(caller, &block, role, at, nested)?;
        parts.push(if is_hidden(&block, at)? { HideElem::new(set).pack() } else { set });
    }
    Ok(Content::sequence(parts))
}

/// A block in a role, at a step.
fn set(
    caller: &mut Caller<'_, '_, '_>,
    data: &Dict,
    role: &Role,
    at: &Value,
    nested: bool,
) -> SourceResult<Content> {
    match data.get("k") {
        Ok(Value::Str(kind)) if kind.as_str() == "p" => paragraph(caller, data, role),
        Ok(Value::Str(kind)) if kind.as_str() == "l" => list(caller, data, role, at),
        Ok(Value::Str(kind)) if kind.as_str() == "h" => heading(caller, data),
        Ok(Value::Str(kind)) if kind.as_str() == "c" => code::set(caller, data, at),
        _ => {
            let body = match data.get("b") {
                Ok(Value::Array(blocks)) => Some(set_all(caller, blocks, "block", role, at, true)?),
                _ => None,
            };
            let (data, role) = (data.clone().into_value(), role.data.clone().into_value());
            let values = [data, body.into_value(), role, at.clone(), nested.into_value()];
            caller.ask("rare-block", values)
        }
    }
}

/// A paragraph of one style: the block's own mark, then its text. The style is
/// that of the slot, which is set already.
fn paragraph(caller: &mut Caller<'_, '_, '_>, data: &Dict, role: &Role) -> SourceResult<Content> {
    let text = inline::set(caller, &get(data, "x")?, role)?;
    let body = role.mark(get(data, "i")?) + text;
    Ok(wide(directed(body, data)?))
}

fn heading(caller: &mut Caller<'_, '_, '_>, data: &Dict) -> SourceResult<Content> {
    let style: Dict = get(&caller.env, "st")?;
    let role = Role::new(get(&style, get::<Str>(data, "st")?.as_str())?)?;
    let text = inline::set(caller, &get(data, "x")?, &role)?;
    let level: Option<NonZeroUsize> = get(data, "level")?;
    let label: Option<Str> = get(data, "label")?;
    // What has no level is a heading among notes: the slides make the outline.
    let mut head = match level {
        None => text.clone(),
        Some(level) => HeadingElem::new(text.clone())
            .with_level(Smart::Custom(level))
            .with_bookmarked(Smart::Custom(get(data, "title")?))
            .pack(),
    };
    if let Some(label) = label {
        let name = Str::from(format!("slide:{label}"));
        head = head.labelled(Label::construct(name).at(Span::detached())?);
    }
    let fill = get::<Str>(&role.data, "fill")?;
    let body = role.mark(get(data, "i")?) + head;
    let body =
        body.set(TextElem::fill, caller.paint(fill.as_str())?).styled_with_map(role.styles()?);
    let mut styles = Styles::new();
    styles.set(TextElem::size, TextSize(role.length("size")?));
    styles.set(TextElem::weight, get(&role.data, "weight")?);
    let shown = Transformation::Content(text.styled_with_map(styles));
    let recipe = Recipe::new(Some(HeadingElem::ELEM.select()), shown, Span::detached());
    Ok(wide(directed(body, data)?).styled(recipe))
}

fn list(
    caller: &mut Caller<'_, '_, '_>,
    data: &Dict,
    role: &Role,
    at: &Value,
) -> SourceResult<Content> {
    let items: Array = get(data, "items")?;
    let mut bodies = Vec::with_capacity(items.len());
    let mut is_plain = true;
    for item in &items {
        let item: Dict = is(item)?;
        let mut parts = vec![mark([3.into_value(), get(&item, "i")?])];
        let task: Value = get(&item, "task")?;
        if task != Value::None {
            is_plain = false;
            let role = role.data.clone().into_value();
            parts.push(caller.ask("task-box", [task, data.clone().into_value(), role])?);
        }
        let blocks: Array = get(&item, "b")?;
        parts.push(set_all(caller, &blocks, "item", role, at, true)?);
        let body = Content::sequence(parts);
        bodies.push(if is_hidden(&item, at)? {
            is_plain = false;
            HideElem::new(body).pack()
        } else {
            body
        });
    }
    let start: Value = get(data, "start")?;
    let list = if start == Value::None {
        let indent = points(data, "indent")?;
        let bullet = if is_plain {
            let bullet: Content = get(data, "bullet")?;
            bullet.set(TextElem::fill, caller.paint("accent")?)
        } else {
            caller.ask("bullets-of", [data.clone().into_value(), at.clone()])?
        };
        let marker = BoxElem::new()
            .with_width(Sizing::Rel(indent.into()))
            .with_body(Some(none_mark() + bullet))
            .pack();
        ListElem::new(bodies.into_iter().map(|it| Packed::new(ListItem::new(it))).collect())
            .with_tight(false)
            .with_marker(ListMarker::Content(vec![marker]))
            .with_indent(Length::zero())
            .with_body_indent(Length::zero())
            .with_spacing(Smart::Custom(points(data, "gap")?.into()))
            .with_marker_align(at_start())
            .pack()
    } else {
        let bodies: Array = bodies.into_iter().map(Value::Content).collect();
        caller.ask("numbered", [data.clone().into_value(), bodies.into_value(), at.clone()])?
    };
    Ok(wide(directed(list.set(AlignElem::alignment, at_start()), data)?))
}

/// Whether a part of a slide comes after a step.
fn is_hidden(data: &Dict, at: &Value) -> SourceResult<bool> {
    let &Value::Int(at) = at else { return Ok(false) };
    Ok(get::<Option<i64>>(data, "s")?.is_some_and(|step| step > at))
}

/// Where lines start, at the top.
fn at_start() -> Alignment {
    Alignment::Both(HAlignment::Start, VAlignment::Top)
}

/// A block as wide as what it stands in.
fn wide(body: Content) -> Content {
    BlockElem::new()
        .with_width(Smart::Custom(whole()))
        .with_body(Some(BlockBody::Content(body)))
        .pack()
}
