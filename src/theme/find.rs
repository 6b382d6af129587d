//! The themes that a deck can use: the built-in ones, and those beside it.

use std::path::Path;

use super::read::LAW;
use super::{BUILT_IN, Theme, read};
use crate::diag::{Diagnostic, Diagnostics, nearest_hint};
use crate::loader::Loader;
use crate::source::{Source, Sources, Span};

/// The theme of a deck that names none.
pub const DEFAULT: &str = "dark";

/// The folder beside a deck whose themes override the built-in ones.
const FOLDER: &str = "themes";

/// The names of the themes that a deck can use, sorted.
#[must_use]
pub fn names(loader: &Loader) -> Vec<String> {
    let own = loader.list(FOLDER, "toml");
    let own = own.iter().filter_map(|file| file.strip_suffix(".toml")).map(str::to_owned);
    let mut names: Vec<String> =
        BUILT_IN.iter().map(|(name, _)| (*name).to_owned()).chain(own).collect();
    names.sort();
    names.dedup();
    names
}

/// The theme `name`: `themes/<name>.toml` below the loader's root, or the
/// built-in one.
///
/// `at` is where the deck names it; `None` for a theme that the command line
/// names, and for the default one. Reports an unknown theme and every mistake in a theme
/// beside the deck, which never falls back to the built-in one.
pub fn find(
    name: &str,
    at: Option<Span>,
    loader: &Loader,
    sources: &mut Sources,
    diags: &mut Diagnostics,
) -> Option<Theme> {
    let place = at.unwrap_or_default();
    let names = names(loader);
    if !names.iter().any(|known| known == name) {
        let known: Vec<&str> = names.iter().map(String::as_str).collect();
        let unknown =
            Diagnostic::error("unknown-theme", place, format!("there is no theme `{name}`"));
        diags.push(match at {
            Some(at) => unknown.mistyped(at, name, &known),
            None => unknown.hint(nearest_hint(name, &known)),
        });
        return None;
    }
    let file = format!("{name}.toml");
    let path = format!("{FOLDER}/{file}");
    if loader.list(FOLDER, "toml").contains(&file) {
        return match loader.text(&path) {
            Ok(text) => {
                let source = sources.add(Source::new(Path::new(&path), text));
                read(sources, source, diags)
            }
            Err(error) => {
                let message = format!("cannot read `{path}`: {error}");
                diags.push(Diagnostic::error(LAW, place, message).hint("mend or remove the file"));
                None
            }
        };
    }
    built_in(name)
}

/// The built-in theme `name`.
#[must_use]
pub fn built_in(name: &str) -> Option<Theme> {
    let (name, text) = BUILT_IN.iter().find(|(found, _)| *found == name)?;
    let mut sources = Sources::default();
    let source = sources.add(Source::new(Path::new(name), *text));
    let theme = read(&sources, source, &mut Diagnostics::default());
    Some(theme.expect("a test reads every built-in theme without a finding"))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn findings(text: &str) -> Vec<Diagnostic> {
        let mut sources = Sources::default();
        let source = sources.add(Source::new(Path::new("own"), text));
        let mut diags = Diagnostics::default();
        let theme = read(&sources, source, &mut diags);
        assert_eq!(theme.is_none(), diags.has_errors());
        diags.sorted()
    }

    fn dark() -> &'static str {
        BUILT_IN[0].1
    }

    #[test]
    fn every_built_in_theme_is_proved() {
        for (name, text) in BUILT_IN {
            let found = findings(text);
            let told: Vec<String> = found
                .iter()
                .map(|it| {
                    let line = text[..it.span.range().start].lines().count();
                    format!("themes/{name}.toml:{line}: {} ({})", it.message, it.hints.join("; "))
                })
                .collect();
            assert!(told.is_empty(), "{}", told.join("\n"));
        }
    }

    #[test]
    fn a_weak_colour_is_refused_with_the_pair_the_ratio_and_a_colour_that_passes() {
        let text = dark().replace("comment = \"#b4bfd8\"", "comment = \"#6a7590\"");
        let found = findings(&text);
        assert_eq!(found.len(), 1, "{found:?}");
        let weak = &found[0];
        assert_eq!(weak.name, "weak-contrast");
        assert_eq!(weak.message, "`comment` on `inserted` has a contrast of 2.90:1, below 7:1");
        assert_eq!(&text[weak.span.range()], "\"#6a7590\"");
        let patch = &weak.patches[0];
        let mended = text.replace("\"#6a7590\"", &patch.text);
        assert_eq!(findings(&mended), []);
    }

    #[test]
    fn where_no_colour_passes_the_backgrounds_are_to_blame() {
        let text = dark().replace("mark = \"#3a2c12\"", "mark = \"#ffffff\"");
        for found in findings(&text) {
            assert!(found.hints[0].starts_with("no colour passes on all of"), "{found:?}");
            assert!(found.patches.is_empty());
        }
    }

    #[test]
    fn a_size_below_its_floor_is_refused() {
        for (size, floor) in
            [("code = { size = \"24pt\"", "24pt"), ("small = { size = \"14pt\"", "14pt")]
        {
            let low = size.replace(floor, "13.9pt");
            let found = findings(&dark().replace(size, &low));
            assert_eq!(found.len(), 1, "{found:?}");
            assert_eq!(found[0].name, "small-type");
            assert_eq!(found[0].patches[0].text, format!("\"{floor}\""));
        }
    }

    #[test]
    fn unknown_and_missing_keys_are_found_in_one_run() {
        let text = dark().replace("accent =", "acent =").replace("block = \"14pt\"\n", "");
        let mut messages: Vec<String> = findings(&text).into_iter().map(|it| it.message).collect();
        messages.sort();
        assert_eq!(
            messages,
            [
                "`[palette]` has no `accent`",
                "`[palette]` has no key `acent`",
                "`[space]` has no `block`"
            ]
        );
    }

    #[test]
    fn every_weight_of_a_built_in_theme_is_a_shipped_one() {
        for (name, _) in BUILT_IN {
            let theme = built_in(name).expect("the name is that of a built-in theme");
            let scale = theme.scale;
            for style in [
                scale.display,
                scale.fact,
                scale.title,
                scale.heading,
                scale.lead,
                scale.body,
                scale.table,
                scale.small,
            ] {
                assert!([400, 600, 700].contains(&style.weight), "{name}: {style:?}");
            }
        }
    }

    proptest! {
        #[test]
        fn a_damaged_theme_is_refused_in_its_own_bytes(
            at in 0..2600usize,
            cut in 0..40usize,
            put in "[\"#\\[\\].a-z0-9=\n ]{0,6}",
        ) {
            let text = dark();
            let from = text.floor_char_boundary(at.min(text.len()));
            let to = text.floor_char_boundary((from + cut).min(text.len())).max(from);
            let damaged = format!("{}{put}{}", &text[..from], &text[to..]);
            for found in findings(&damaged) {
                prop_assert!(damaged.get(found.span.range()).is_some(), "{:?}", found);
            }
        }
    }
}
