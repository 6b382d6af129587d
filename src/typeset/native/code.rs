//! Code: its panel, its bands, and its lines in their colours.

use typst::diag::SourceResult;
use typst::foundations::{
    Array, Content, Dict, IntoValue as _, NativeElement as _, Recipe, Smart, Str, Styles,
    Transformation, Value,
};
use typst::layout::{
    Abs, AlignElem, Alignment, BlockBody, BlockElem, BoxElem, Corners, Dir, HAlignment, Length,
    PadElem, PlaceElem, Ratio, Rel, Sides, Sizing, VAlignment, VElem,
};
use typst::syntax::Span;
use typst::text::{
    BottomEdge, FontWeight, LinebreakElem, RawContent, RawElem, TextDir, TextElem, TextSize,
    TopEdge,
};
use typst::visualize::Paint;

use super::{Caller, get, inline, is, mark, none_mark, points, whole};

/// As wide as no line gets, in points: lines are measured.
const WIDE: f64 = 4000.0;

/// The gap above what stands below code, in points.
const CAPTION_GAP: f64 = 4.0;

/// A code block at a step.
pub(super) fn set(
    caller: &mut Caller<'_, '_, '_>,
    data: &Dict,
    at: &Value,
) -> SourceResult<Content> {
    let (style, code): (Dict, Dict) = (get(&caller.env, "st")?, get(&caller.env, "code")?);
    let wraps: bool = get(&style, "wraps")?;
    let id: Value = get(data, "i")?;
    let states: Option<Array> = get(data, "focus")?;
    let focus = match &states {
        Some(states) if !wraps => focus(states, get(data, "from")?, at)?,
        _ => None,
    };
    let pitch = points(&code, "pitch")?;
    let (pad_x, pad_y) = (caller.space("pad-x")?, caller.space("pad-y")?);
    let band = |line: &Value, width: Sizing, fill: Paint| -> SourceResult<Content> {
        let line: f64 = is(line)?;
        let band = BoxElem::new()
            .with_width(width)
            .with_height(Smart::Custom(pitch.into()))
            .with_fill(Some(fill))
            .pack();
        Ok(PlaceElem::new(band)
            .with_dx((-pad_x).into())
            .with_dy(((line - 1.0) * pitch).into())
            .pack())
    };
    let across = Sizing::Rel(Rel::new(Ratio::one(), (2.0 * pad_x).into()));

    let mut parts = vec![mark([3.into_value(), id.clone()])];
    let changes: Array = get(data, "changes")?;
    for change in changes {
        let change: Array = is(&change)?;
        let [line, Value::Str(tint)] = change.as_slice() else { continue };
        parts.push(band(line, across, caller.paint(tint.as_str())?)?);
    }
    if states.is_some() {
        parts.push(mark([12.into_value(), id.clone()]));
    }
    for line in focus.iter().flat_map(|focus| focus.iter()) {
        let bar = Sizing::Rel(caller.space("bar")?.into());
        parts.push(band(line, across, caller.paint("focus")?)?);
        parts.push(band(line, bar, caller.paint("focus-bar")?)?);
    }
    if get::<Value>(data, "numbers")? != Value::None {
        parts.push(none_mark());
        parts.push(caller.ask("numbers-of", [data.clone().into_value()])?);
    }
    parts.push(mark([1.into_value(), id, get(&code, "top")?, get(&code, "bottom")?]));
    let gutter = points(data, "gutter")?;
    let rows = rows(caller, data, &code, focus.as_ref())?.styled_with_map(lines(caller, &code)?);
    let text: Str = get(data, "text")?;
    // Raw text to those who read the page, and to those who look at it its lines in
    // their colours.
    // Typst would look for a grammar, and read all it has, if it had a theme.
    let raw = RawElem::new(RawContent::Text(text.into()))
        .with_block(true)
        .with_theme(Smart::Custom(None))
        .pack();
    let colored = Transformation::Content(rows);
    let raw = raw.styled(Recipe::new(Some(RawElem::ELEM.select()), colored, Span::detached()));
    let n_rows = get::<Array>(data, "rows")?.len();
    // On paper long lines go on below; on a slide they are measured.
    #[expect(clippy::cast_precision_loss, reason = "no code has that many lines")]
    let block = if wraps {
        BlockElem::new().with_width(Smart::Custom(whole())).with_height(Sizing::Auto)
    } else {
        BlockElem::new()
            .with_width(Smart::Custom(Abs::pt(WIDE).into()))
            .with_height(Sizing::Rel((n_rows as f64 * pitch).into()))
    };
    let block = block.with_body(Some(BlockBody::Content(raw))).pack();
    parts.push(PadElem::new(block).with_left(gutter.into()).pack());
    let caption: Value = get(data, "caption")?;
    if caption != Value::None {
        parts.push(none_mark());
        parts.push(VElem::new(Abs::pt(CAPTION_GAP).into()).pack());
        let caption = caller.ask("code-caption", [caption])?;
        parts.push(PadElem::new(caption).with_left(gutter.into()).pack());
    }
    if !get::<Array>(data, "remarks")?.is_empty() {
        parts.push(caller.ask("remarks", [data.clone().into_value(), at.clone()])?);
    }
    let body = Content::sequence(parts)
        .set(AlignElem::alignment, Alignment::Both(HAlignment::Left, VAlignment::Top))
        .set(TextElem::dir, TextDir(Smart::Custom(Dir::LTR)));
    let side = |length: Abs| Some(Rel::<Length>::from(length));
    let panel = BlockElem::new()
        .with_width(Smart::Custom(whole()))
        .with_fill(Some(caller.paint("surface")?))
        .with_radius(Corners::splat(side(caller.space("radius")?)))
        .with_inset(Sides::new(side(pad_x), side(pad_y), side(pad_x), side(pad_y)))
        .with_body(Some(BlockBody::Content(body)))
        .pack();
    Ok(PadElem::new(panel).with_left((-points(data, "bleed")?).into()).pack())
}

/// The rows that have the focus at a step; none where all have.
fn focus(states: &Array, from: i64, at: &Value) -> SourceResult<Option<Array>> {
    let step = match at {
        Value::Int(at) => *at,
        _ => i64::MAX - 1,
    };
    let nth = usize::try_from((step + 1).saturating_sub(from)).unwrap_or(0);
    let Some(last) = states.len().checked_sub(1) else { return Ok(None) };
    is(&states.as_slice()[nth.min(last)])
}

/// How lines of code are set.
fn lines(caller: &Caller<'_, '_, '_>, code: &Dict) -> SourceResult<Styles> {
    let mut styles = inline::mono(caller)?;
    let length = |name: &str| -> SourceResult<Length> { Ok(points(code, name)?.into()) };
    styles.set(TextElem::weight, FontWeight::REGULAR);
    styles.set(TextElem::size, TextSize(length("size")?));
    styles.set(TextElem::fill, plain(caller)?);
    styles.set(TextElem::top_edge, TopEdge::Length(length("top")?));
    styles.set(TextElem::bottom_edge, BottomEdge::Length(-length("bottom")?));
    styles.set(TextElem::dir, TextDir(Smart::Custom(Dir::LTR)));
    Ok(styles)
}

/// The rows of a code block, those without the focus muted.
fn rows(
    caller: &mut Caller<'_, '_, '_>,
    data: &Dict,
    code: &Dict,
    focus: Option<&Array>,
) -> SourceResult<Content> {
    let (rows, hangs): (Array, Array) = (get(data, "rows")?, get(data, "hangs")?);
    let tokens = tokens(caller)?;
    let muted = caller.paint("unfocused")?;
    let mut out = Vec::new();
    for (nth, (row, hang)) in rows.iter().zip(hangs.iter()).enumerate() {
        if nth > 0 {
            out.push(LinebreakElem::shared().clone());
        }
        if *hang != Value::None {
            out.push(none_mark());
            out.push(caller.ask("hook", [hang.clone(), get(data, "hook")?])?);
            let edges = [get(code, "top")?, get(code, "bottom")?];
            let [top, bottom] = edges;
            out.push(mark([1.into_value(), get(data, "i")?, top, bottom]));
        }
        let number = i64::try_from(nth + 1).unwrap_or(i64::MAX);
        let dim = focus.is_some_and(|focus| !focus.contains(number.into_value()));
        let row: Array = is(row)?;
        for run in &row {
            let Value::Array(run) = run else { continue };
            let [Value::Int(class), Value::Str(text)] = run.as_slice() else { continue };
            let text = TextElem::packed(text.as_str());
            if *class == 0 && !dim {
                out.push(text);
                continue;
            }
            let class = usize::try_from(*class).unwrap_or(0);
            let Some((color, is_bold)) = tokens.get(class) else { continue };
            let mut styles = Styles::new();
            if *is_bold {
                styles.set(TextElem::weight, FontWeight::BOLD);
            }
            styles.set(TextElem::fill, if dim { muted.clone() } else { color.clone() });
            out.push(text.styled_with_map(styles));
        }
    }
    Ok(Content::sequence(out))
}

/// The colour of each class of characters, and whether it is bold.
fn tokens(caller: &Caller<'_, '_, '_>) -> SourceResult<Vec<(Paint, bool)>> {
    let tokens: Array = get(&caller.env, "tokens")?;
    let token = |token: &Value| {
        let token: Array = is(token)?;
        let [color, bold] = token.as_slice() else { return Ok(None) };
        let color = is(color)?;
        Ok(Some((color, *bold == Value::Bool(true))))
    };
    tokens.iter().filter_map(|it| token(it).transpose()).collect()
}

/// The colour of what has no class.
fn plain(caller: &Caller<'_, '_, '_>) -> SourceResult<Paint> {
    let first = tokens(caller)?.into_iter().next();
    Ok(first.map_or(caller.paint("text")?, |(color, _)| color))
}
