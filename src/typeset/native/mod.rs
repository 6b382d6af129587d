//! What the prelude leaves to Rust: that which is set for every slide, line and word.
//!
//! Typst remembers what each call of a function of its own gave, by a hash of all
//! that the function is given and of what it holds. For a line of text that takes
//! longer than to set it. The functions here are called by their names in
//! `prelude.typ`, with the data that `data.rs`, `block.rs` and `inline.rs` write, and
//! give the same content as code there would. What is rare stays in the prelude, and
//! what asks how large something is has to: Typst tells that to functions of its own
//! only.

mod block;
mod code;
mod inline;
mod slide;
mod table;

use std::sync::LazyLock;

use typst::comemo::Tracked;
use typst::diag::{At as _, SourceResult};
use typst::engine::Engine;
use typst::foundations::{
    Args, Array, CastInfo, Content, Context, Dict, FromValue, Func, IntoValue, NativeElement as _,
    NativeFuncData, NativeFuncPtr, Scope, Smart, Styles, Value,
};
use typst::introspection::MetadataElem;
use typst::layout::{Abs, Dir, Length, Rel};
use typst::syntax::Span;
use typst::text::{BottomEdge, FontWeight, TextDir, TextElem, TextSize, TopEdge};
use typst::visualize::Paint;

/// A function by its name.
macro_rules! native {
    ($name:literal, $function:path) => {
        native($name, &|engine, context, args| called(engine, context, args, $function))
    };
}

/// What the prelude can call.
static FUNCTIONS: LazyLock<[NativeFuncData; 7]> = LazyLock::new(|| {
    [
        native!("native-inl", inline::inl),
        native!("native-blocks", block::blocks),
        native!("native-cells", table::cells),
        native!("native-head", table::head),
        native!("native-slots", slide::slots),
        native!("native-canvas", slide::canvas),
        native!("native-page", slide::page),
    ]
});

/// Adds the functions to a library.
pub(super) fn define(scope: &mut Scope) {
    for data in &*FUNCTIONS {
        scope.define_func_with_data(data);
    }
}

/// A function as Typst knows it.
type Native = dyn Fn(&mut Engine<'_>, Tracked<'_, Context<'_>>, &mut Args) -> SourceResult<Value>
    + Send
    + Sync;

fn native(name: &'static str, function: &'static Native) -> NativeFuncData {
    NativeFuncData {
        function: NativeFuncPtr(function),
        name,
        title: name,
        docs: "",
        def_site: None,
        keywords: &[],
        contextual: false,
        scope: LazyLock::new(&Scope::new),
        params: LazyLock::new(&Vec::new),
        returns: LazyLock::new(&|| CastInfo::Any),
    }
}

/// Calls a function. What the prelude gives all of them comes first.
#[expect(clippy::needless_pass_by_value, reason = "Typst hands a function its context")]
fn called<'e, 'c>(
    engine: &mut Engine<'e>,
    context: Tracked<'c, Context<'c>>,
    args: &mut Args,
    function: fn(&mut Caller<'_, 'e, 'c>, &mut Args) -> SourceResult<Value>,
) -> SourceResult<Value> {
    let env = args.expect("env")?;
    function(&mut Caller { engine, context, env }, args)
}

/// What a function is called with, and what it may ask Typst to do.
struct Caller<'a, 'e, 'c> {
    engine: &'a mut Engine<'e>,
    context: Tracked<'c, Context<'c>>,
    /// The prelude's style and the functions that stay there.
    env: Dict,
}

impl Caller<'_, '_, '_> {
    /// What a function of the prelude makes of some values.
    fn ask<const N: usize>(&mut self, name: &str, values: [Value; N]) -> SourceResult<Content> {
        let function: Func = get(&self.env, name)?;
        Ok(function.call(self.engine, self.context, values)?.display())
    }

    /// A colour of the palette.
    fn paint(&self, name: &str) -> SourceResult<Paint> {
        get(&get(&self.env, "pal")?, name)
    }

    /// A space of the theme.
    fn space(&self, name: &str) -> SourceResult<Abs> {
        points(&get(&self.env, "sp")?, name)
    }
}

/// Some data, as what it is.
fn is<T: FromValue>(value: &Value) -> SourceResult<T> {
    value.clone().cast().at(Span::detached())
}

/// A part of some data, as what it is.
fn get<T: FromValue>(data: &Dict, name: &str) -> SourceResult<T> {
    is(data.get(name).at(Span::detached())?)
}

/// A part of some data that counts points.
fn points(data: &Dict, name: &str) -> SourceResult<Abs> {
    Ok(Abs::pt(get(data, name)?))
}

/// How text of a role is set.
struct Role {
    /// The same as data.
    data: Dict,
    top: Value,
    bottom: Value,
}

impl Role {
    fn new(data: Dict) -> SourceResult<Self> {
        Ok(Self { top: get(&data, "top")?, bottom: get(&data, "bottom")?, data })
    }

    fn length(&self, name: &str) -> SourceResult<Length> {
        Ok(points(&self.data, name)?.into())
    }

    /// What the prelude's `set-text` says.
    fn styles(&self) -> SourceResult<Styles> {
        let mut styles = Styles::new();
        let weight: FontWeight = get(&self.data, "weight")?;
        styles.set(TextElem::weight, weight);
        styles.set(TextElem::size, TextSize(self.length("size")?));
        styles.set(TextElem::top_edge, TopEdge::Length(self.length("top")?));
        styles.set(TextElem::bottom_edge, BottomEdge::Length(-self.length("bottom")?));
        Ok(styles)
    }

    /// The mark before a text.
    fn mark(&self, id: Value) -> Content {
        mark([1.into_value(), id, self.top.clone(), self.bottom.clone()])
    }
}

/// A mark: whatever is drawn after it belongs to it.
fn mark<const N: usize>(values: [Value; N]) -> Content {
    MetadataElem::new(Value::Array(values.into_iter().collect::<Array>())).pack()
}

/// What is drawn after it belongs to nothing.
fn none_mark() -> Content {
    mark([0.into_value(), 0.into_value()])
}

/// In which direction a text reads.
fn direction(data: &Dict) -> SourceResult<Smart<Dir>> {
    Ok(Smart::Custom(if get(data, "rtl")? { Dir::RTL } else { Dir::LTR }))
}

/// All the width there is.
fn whole() -> Rel<Length> {
    Rel::one()
}

/// Content that reads as its data says.
fn directed(content: Content, data: &Dict) -> SourceResult<Content> {
    Ok(content.set(TextElem::dir, TextDir(direction(data)?)))
}
