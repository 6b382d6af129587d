//! Inlines. What is rare stays in the prelude.

use typst::diag::SourceResult;
use typst::foundations::{Args, Array, Content, IntoValue as _, NativeElement as _, Styles, Value};
use typst::layout::{Abs, Corners};
use typst::model::{EmphElem, StrongElem};
use typst::text::{
    BottomEdge, FontFeatures, FontList, HighlightElem, LinebreakElem, StrikeElem, Tag, TextElem,
    TopEdge,
};

use super::{Caller, Role, get};

/// How far the ground of inline code goes past it, and how round it is, in points.
const AROUND_CODE: f64 = 3.0;

/// `inl(xs, s)`: some inlines in a role.
pub(super) fn inl(caller: &mut Caller<'_, '_, '_>, args: &mut Args) -> SourceResult<Value> {
    let inlines: Array = args.expect("inlines")?;
    let role = Role::new(args.expect("role")?)?;
    set(caller, &inlines, &role).map(Value::Content)
}

/// Some inlines in a role.
pub(super) fn set(
    caller: &mut Caller<'_, '_, '_>,
    inlines: &Array,
    role: &Role,
) -> SourceResult<Content> {
    let mut parts = Vec::with_capacity(inlines.len());
    for value in inlines {
        parts.push(match value {
            Value::Array(inline) => styled(caller, inline, role)?,
            text => text.clone().display(),
        });
    }
    Ok(Content::sequence(parts))
}

/// A stretch that is more than text: its kind, and what it holds.
fn styled(caller: &mut Caller<'_, '_, '_>, inline: &Array, role: &Role) -> SourceResult<Content> {
    let kind = match inline.as_slice().first() {
        Some(Value::Str(kind)) => kind.as_str(),
        _ => "",
    };
    let held = inline.as_slice().get(1);
    Ok(match (kind, held) {
        ("c", Some(Value::Str(text))) => {
            let code = TextElem::packed(text.as_str()).styled_with_map(mono(caller)?);
            HighlightElem::new(code)
                .with_fill(Some(caller.paint("surface")?))
                .with_top_edge(TopEdge::Length(role.length("code-top")?))
                .with_bottom_edge(BottomEdge::Length(-role.length("code-bottom")?))
                .with_extent(Abs::pt(AROUND_CODE).into())
                .with_radius(Corners::splat(Some(Abs::pt(AROUND_CODE).into())))
                .pack()
        }
        ("b", Some(Value::Array(held))) => StrongElem::new(set(caller, held, role)?)
            .with_delta(get(&role.data, "bold-delta")?)
            .pack(),
        ("i", Some(Value::Array(held))) => EmphElem::new(set(caller, held, role)?).pack(),
        ("s", Some(Value::Array(held))) => StrikeElem::new(set(caller, held, role)?).pack(),
        ("br", _) => LinebreakElem::shared().clone(),
        _ => {
            // A link holds its target before its text.
            let held = inline.iter().skip(1).find_map(|it| match it {
                Value::Array(held) => Some(held),
                _ => None,
            });
            let body = held.map(|held| set(caller, held, role)).transpose()?;
            let role = role.data.clone().into_value();
            caller.ask("rare-inline", [inline.clone().into_value(), body.into_value(), role])?
        }
    })
}

/// The style of code among text.
pub(super) fn mono(caller: &Caller<'_, '_, '_>) -> SourceResult<Styles> {
    let mut styles = Styles::new();
    let fonts: FontList = get(&get(&caller.env, "st")?, "code-fonts")?;
    styles.set(TextElem::font, fonts);
    styles.set(TextElem::ligatures, false);
    styles.set(TextElem::features, no_alternates());
    Ok(styles)
}

/// Code shows each character as it is.
fn no_alternates() -> FontFeatures {
    FontFeatures([(Tag::from_bytes(b"calt"), 0)].into_iter().collect())
}
