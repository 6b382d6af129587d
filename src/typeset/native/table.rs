//! The cells of tables.

use typst::diag::SourceResult;
use typst::foundations::{
    Args, Array, Content, Dict, Func, IntoValue as _, NativeElement as _, Smart, Value,
};
use typst::layout::{Abs, BlockBody, BlockElem, LayoutElem, Length, PadElem, Rel, VElem};
use typst::model::{StrongElem, TableCell};
use typst::syntax::Span;
use typst::text::{NumberWidth, TextElem};

use super::{Caller, Role, directed, get, inline, is, mark};

/// The height of a row to write in, in points.
const BLANK: f64 = 28.0;

/// `cells(rows, rooms, s)`: the cells of each row, with the room behind each;
/// without rooms there is none behind any.
pub(super) fn cells(caller: &mut Caller<'_, '_, '_>, args: &mut Args) -> SourceResult<Value> {
    let rows: Array = args.expect("rows")?;
    let rooms: Option<Array> = args.expect("rooms")?;
    let role = Role::new(args.expect("role")?)?;
    let wraps: bool = get(&get(&caller.env, "st")?, "wraps")?;
    let mut out = Array::new();
    for (nth, row) in rows.iter().enumerate() {
        let row: Array = is(row)?;
        let rooms: Option<Array> =
            rooms.as_ref().and_then(|it| it.as_slice().get(nth)).map(is).transpose()?;
        let mut cells = Array::new();
        for (column, data) in row.iter().enumerate() {
            let data: Dict = is(data)?;
            let room = rooms.as_ref().and_then(|it| it.as_slice().get(column));
            let room = room.map_or(Ok(Length::zero()), is)?;
            let inlines: Array = get(&data, "x")?;
            let is_blank = wraps && inlines.is_empty() && column + 1 == row.len();
            cells.push(Value::Content(if is_blank {
                VElem::new(Abs::pt(BLANK).into()).pack()
            } else {
                cell(caller, &data, &inlines, room, &role)?
            }));
        }
        out.push(cells.into_value());
    }
    Ok(out.into_value())
}

fn cell(
    caller: &mut Caller<'_, '_, '_>,
    data: &Dict,
    inlines: &Array,
    room: Length,
    role: &Role,
) -> SourceResult<Content> {
    let id: Value = get(data, "i")?;
    let text = inline::set(caller, inlines, role)?;
    let mut body = role.mark(id.clone()) + text;
    if get::<Value>(data, "tail")? != Value::None {
        body = body.set(TextElem::number_width, Smart::Custom(NumberWidth::Tabular));
    }
    let padded = padded(directed(body, data)?, room);
    Ok(if room.abs > Abs::zero() {
        mark([11.into_value(), id, room.abs.to_pt().into_value()]) + padded
    } else {
        padded
    })
}

/// `head(d, s)`: the cells of the head.
pub(super) fn head(caller: &mut Caller<'_, '_, '_>, args: &mut Args) -> SourceResult<Value> {
    let table: Dict = args.expect("table")?;
    let role = Role::new(args.expect("role")?)?;
    let weight: i64 = get(&role.data, "weight")?;
    let measured: Func = get(&caller.env, "column-mark")?;
    let cells: Array = get(&table, "head")?;
    let mut out = Array::new();
    for data in &cells {
        let data: Dict = is(data)?;
        let values: [Value; 2] = [get(&table, "i")?, get(&data, "c")?];
        let measured = measured.clone().with(&mut Args::new(Span::detached(), values));
        let text = inline::set(caller, &get(&data, "x")?, &role)?;
        let strong = StrongElem::new(text).with_delta(600 - weight).pack();
        let body = directed(role.mark(get(&data, "i")?) + strong, &data)?;
        let body = LayoutElem::new(measured).pack() + padded(body, Length::zero());
        let fill = Some(caller.paint("surface")?);
        out.push(TableCell::new(body).with_fill(Smart::Custom(fill)).pack().into_value());
    }
    Ok(out.into_value())
}

/// A block with some room behind it.
fn padded(body: Content, room: Length) -> Content {
    let block = BlockElem::new().with_body(Some(BlockBody::Content(body))).pack();
    PadElem::new(block).with_right(Rel::from(room)).pack()
}
