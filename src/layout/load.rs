//! The layouts that a deck can use: the built-in ones, and those beside it.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use super::read::{LAW, Read, read_placed};
use super::{Layout, Shape};
use crate::diag::{Diagnostic, Diagnostics};
use crate::loader::Loader;
use crate::source::{Source, SourceId, Sources, Span};

/// The layouts that deckc ships, as (name, TOML).
pub const BUILT_IN: [(&str, &str); 16] = [
    ("agenda", include_str!("../../layouts/agenda.toml")),
    ("code", include_str!("../../layouts/code.toml")),
    ("code-beside", include_str!("../../layouts/code-beside.toml")),
    ("code-full", include_str!("../../layouts/code-full.toml")),
    ("compare", include_str!("../../layouts/compare.toml")),
    ("content", include_str!("../../layouts/content.toml")),
    ("end", include_str!("../../layouts/end.toml")),
    ("fact", include_str!("../../layouts/fact.toml")),
    ("image", include_str!("../../layouts/image.toml")),
    ("image-beside", include_str!("../../layouts/image-beside.toml")),
    ("image-full", include_str!("../../layouts/image-full.toml")),
    ("quote", include_str!("../../layouts/quote.toml")),
    ("section", include_str!("../../layouts/section.toml")),
    ("table", include_str!("../../layouts/table.toml")),
    ("title", include_str!("../../layouts/title.toml")),
    ("two-column", include_str!("../../layouts/two-column.toml")),
];

/// The folder beside a deck whose layouts override the built-in ones.
const FOLDER: &str = "layouts";

/// The layouts that a deck can use, by name.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Layouts {
    /// By name.
    pub by_name: BTreeMap<String, Layout>,
    /// The names of the files beside the deck that could not be read: reported
    /// already, so that a slide that names one adds no error.
    pub broken: BTreeSet<String>,
}

impl Layouts {
    /// The layouts that deckc ships.
    #[must_use]
    pub fn built_in() -> Self {
        let by_name =
            built_in().into_iter().map(|read| (read.layout.name.clone(), read.layout)).collect();
        Self { by_name, broken: BTreeSet::new() }
    }

    /// The built-in layouts, overridden and joined by `layouts/<name>.toml`
    /// below the loader's root.
    ///
    /// A file with a mistake is reported, never passed over. So are two layouts
    /// whose `when` shares a word, and a set in which no layout takes the shape
    /// that every slide can have.
    pub fn load(loader: &Loader, sources: &mut Sources, diags: &mut Diagnostics) -> Self {
        let own = loader.list(FOLDER, "toml");
        if own.is_empty() {
            return Self::built_in();
        }
        let mut all: BTreeMap<String, (Read, Option<SourceId>)> =
            built_in().into_iter().map(|read| (read.layout.name.clone(), (read, None))).collect();
        let mut broken = BTreeSet::new();
        for file in own {
            let path = format!("{FOLDER}/{file}");
            if let Some((read, source)) = beside(loader, &path, sources, diags) {
                all.insert(read.layout.name.clone(), (read, Some(source)));
            } else {
                broken.extend(file.strip_suffix(".toml").map(str::to_owned));
            }
        }
        let all: Vec<(Read, Option<SourceId>)> = all.into_values().collect();
        clashes(&all, diags);
        let by_name = all.into_iter().map(|(read, _)| (read.layout.name.clone(), read.layout));
        Self { by_name: by_name.collect(), broken }
    }

    /// The names, sorted.
    #[must_use]
    pub fn names(&self) -> Vec<&str> {
        self.by_name.keys().map(String::as_str).collect()
    }

    /// The layout that is chosen for a shape: the one whose `when` has it, or
    /// the one for [`Shape::Content`]. `None` only where loading failed.
    #[must_use]
    pub fn for_shape(&self, shape: Shape) -> Option<&Layout> {
        let with = |shape| self.by_name.values().find(|layout| layout.when.contains(&shape));
        with(shape).or_else(|| with(Shape::Content))
    }
}

/// The built-in layouts, read.
fn built_in() -> Vec<Read> {
    let mut sources = Sources::default();
    let mut diags = Diagnostics::default();
    BUILT_IN
        .into_iter()
        .map(|(name, text)| {
            let source = sources.add(Source::new(Path::new(name), text));
            read_placed(&sources, source, &mut diags)
                .expect("a test reads every built-in layout without a finding")
        })
        .collect()
}

/// Reads one layout beside the deck.
fn beside(
    loader: &Loader,
    path: &str,
    sources: &mut Sources,
    diags: &mut Diagnostics,
) -> Option<(Read, SourceId)> {
    let text = loader.text(path);
    let source = sources.add(Source::new(Path::new(path), text.as_deref().unwrap_or_default()));
    let start = Span::new(source, 0..0);
    if let Err(error) = &text {
        diags.push(
            Diagnostic::error(LAW, start, format!("cannot read `{path}`: {error}"))
                .hint("write the layout as a TOML file, or remove it"),
        );
        return None;
    }
    let stem = Path::new(path).file_stem().map(|stem| stem.to_string_lossy().into_owned())?;
    if !Layout::is_name(&stem) {
        diags.push(
            Diagnostic::error(LAW, start, format!("`{stem}` is no name for a layout"))
                .hint("name the file with lower case letters, digits and `-`"),
        );
        return None;
    }
    Some((read_placed(sources, source, diags)?, source))
}

/// Reports words of `when` that two layouts share, and that none takes
/// [`Shape::Content`].
fn clashes(all: &[(Read, Option<SourceId>)], diags: &mut Diagnostics) {
    for (word, shape) in Shape::ALL {
        let takers: Vec<(&Read, Option<Span>)> = all
            .iter()
            .filter_map(|(read, source)| {
                let at = read.layout.when.iter().position(|found| *found == shape)?;
                Some((read, source.map(|_| read.when[at])))
            })
            .collect();
        let own = takers.iter().rev().find_map(|(read, span)| Some((*read, (*span)?)));
        if let (true, Some((read, span))) = (takers.len() > 1, own) {
            let other = takers
                .iter()
                .map(|(taker, _)| &taker.layout.name)
                .find(|name| **name != read.layout.name)
                .unwrap_or(&read.layout.name);
            let message = format!(
                "layouts `{}` and `{other}` are both for slides of shape `{word}`",
                read.layout.name
            );
            let hint = format!(
                "remove `{word}` here and name the layout on its slides, or override \
                 `{FOLDER}/{other}.toml` without it"
            );
            diags.push(Diagnostic::error(LAW, span, message).hint(hint));
        }
        if takers.is_empty() && shape == Shape::Content {
            let span = all
                .iter()
                .filter(|(read, _)| read.layout.name == "content")
                .find_map(|(_, source)| *source)
                .map_or(Span::default(), |source| Span::new(source, 0..0));
            diags.push(
                Diagnostic::error(LAW, span, format!("no layout is for slides of shape `{word}`"))
                    .hint(format!("write `when = [\"{word}\"]` in one layout")),
            );
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::geom::{Canvas, Pt, Rect};

    fn wide(layout: &str, canvas: Canvas) -> BTreeMap<String, Rect> {
        Layouts::built_in().by_name[layout].solve(canvas)
    }

    #[test]
    fn every_built_in_layout_reads_without_a_finding() {
        let mut sources = Sources::default();
        let mut diags = Diagnostics::default();
        for (name, text) in BUILT_IN {
            let source = sources.add(Source::new(Path::new(name), text));
            let read = read_placed(&sources, source, &mut diags);
            assert!(diags.is_empty(), "{name}: {diags:?}");
            assert_eq!(read.map(|read| read.layout.name).as_deref(), Some(name));
        }
        assert!(BUILT_IN.is_sorted());
    }

    #[test]
    fn no_two_built_in_layouts_are_for_the_same_shape_and_each_shape_has_one() {
        for (word, shape) in Shape::ALL {
            let layouts = Layouts::built_in();
            let takers = layouts.by_name.values().filter(|it| it.when.contains(&shape)).count();
            assert_eq!(takers, 1, "{word}: exactly one built-in layout has it in `when`");
        }
    }

    #[test]
    fn slots_lie_on_the_canvas_and_do_not_overlap() {
        for layout in Layouts::built_in().by_name.values() {
            for canvas in Canvas::ALL {
                let rects: Vec<(String, Rect)> = layout.solve(canvas).into_iter().collect();
                for (at, (name, a)) in rects.iter().enumerate() {
                    let what = format!("{} {} {name} {a:?}", layout.name, canvas.name());
                    assert!(Pt::ZERO <= a.x && Pt::ZERO <= a.y, "{what}");
                    assert!(Pt::ZERO < a.w && Pt::ZERO < a.h, "{what}");
                    assert!(a.right() <= canvas.width() && a.bottom() <= canvas.height(), "{what}");
                    for (_, b) in &rects[at + 1..] {
                        let apart = a.right() <= b.x
                            || b.right() <= a.x
                            || a.bottom() <= b.y
                            || b.bottom() <= a.y;
                        assert!(apart, "{what} overlaps {b:?}");
                    }
                }
            }
        }
    }

    /// The lines and columns of 24 pt code with two-digit line numbers that fit
    /// a slot: pitch 28.8 pt, advance 14.4 pt (600/1000 em, JetBrains Mono),
    /// digits of 14 pt that stand in the bleed, and a padding of 12 pt and 10 pt on
    /// each side.
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
    fn code_room(rect: Rect) -> (u32, u32) {
        let lines = (rect.h.0 - 20.0) / 28.8;
        let columns = (rect.w.0 - 12.0) / 14.4;
        (lines as u32, columns as u32)
    }

    #[test]
    fn code_takes_15_lines_of_60_columns_with_line_numbers() {
        assert_eq!(code_room(wide("code", Canvas::Wide)["code"]), (15, 61));
        assert_eq!(code_room(wide("code", Canvas::Standard)["code"]), (15, 44));
    }

    #[test]
    fn code_full_takes_17_lines() {
        assert_eq!(code_room(wide("code-full", Canvas::Wide)["code"]), (17, 61));
        assert_eq!(code_room(wide("code-full", Canvas::Standard)["code"]), (17, 44));
    }

    #[test]
    fn code_beside_keeps_38_columns() {
        assert_eq!(code_room(wide("code-beside", Canvas::Wide)["code"]).1, 38);
    }

    #[test]
    fn compare_takes_7_lines_above_7() {
        let rects = wide("compare", Canvas::Wide);
        for slot in ["before", "after"] {
            assert_eq!(code_room(rects[slot]).0, 7, "{slot}");
        }
    }

    #[test]
    fn titles_do_not_jump_between_layouts_of_a_family() {
        assert_eq!(wide("code", Canvas::Wide)["code"].x, wide("content", Canvas::Wide)["body"].x);
        let title = |layout| wide(layout, Canvas::Wide)["title"];
        for layout in ["two-column", "image", "image-beside", "table", "agenda"] {
            assert_eq!(title(layout), title("content"), "{layout}");
        }
        for layout in ["code-beside", "compare"] {
            assert_eq!(title(layout), title("code"), "{layout}");
        }
    }

    proptest! {
        #[test]
        fn a_damaged_layout_is_refused_in_its_own_bytes(
            which in 0..BUILT_IN.len(),
            at in 0..600usize,
            cut in 0..40usize,
            put in "[\"\\[\\].a-z0-9=\n ]{0,6}",
        ) {
            let (name, text) = BUILT_IN[which];
            let from = text.floor_char_boundary(at.min(text.len()));
            let to = text.floor_char_boundary((from + cut).min(text.len())).max(from);
            let damaged = format!("{}{put}{}", &text[..from], &text[to..]);
            let mut sources = Sources::default();
            let mut diags = Diagnostics::default();
            let source = sources.add(Source::new(Path::new(name), damaged.as_str()));
            let read = read_placed(&sources, source, &mut diags);
            prop_assert_eq!(read.is_none(), diags.has_errors());
            for found in diags.iter() {
                prop_assert!(damaged.get(found.span.range()).is_some(), "{:?}", found);
            }
        }
    }
}
