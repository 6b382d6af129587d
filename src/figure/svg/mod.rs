//! SVG: read, cleaned and written back.
//!
//! What comes out is what resvg would draw: shapes, gradients, clips and
//! embedded pictures, with text as outlines in the deck's fonts. Nothing
//! outside the file is read.

mod apart;
mod cost;
mod filters;
mod fonts;
mod lost;
mod outline;
mod paint;
mod rasters;

use std::sync::{Arc, Mutex};

use resvg::usvg::{self, roxmltree};

pub use self::apart::{isolated, mixes};
use self::fonts::Missed;
pub(super) use self::fonts::SvgFonts;
use self::rasters::Rasters;
use super::pixels::Wanted;
use super::problem::Problem;
use super::{Figure, Format};

/// The most elements that one SVG may have; parsing takes a few hundred bytes
/// for each.
const MAX_NODES: u32 = 500_000;

/// The deepest nesting: drawing programs stay below 50, and each level takes
/// stack in every program that draws the result.
const MAX_DEPTH: usize = 200;

/// By how much an SVG may be enlarged: without end, as a number that JSON has.
const MAX_ENLARGEMENT: f64 = 1e6;

/// The text of an SVG; `None` for bytes that are none.
pub(super) fn text(bytes: &[u8]) -> Option<&str> {
    let text = std::str::from_utf8(bytes).ok()?;
    let text = text.trim_start_matches('\u{feff}').trim_start();
    let head = &text[..text.floor_char_boundary(4096)];
    (head.starts_with('<') && head.contains("<svg")).then_some(text)
}

/// Reads, cleans and measures an SVG.
///
/// Gives a problem for one that is broken, nested too deeply, or draws
/// nothing. Content that is lost is reported through `problems`.
pub(super) fn read(
    key: &str,
    text: &str,
    svg_fonts: &SvgFonts<'_>,
    wanted: Wanted<'_>,
    problems: &mut Vec<Problem>,
) -> Result<Figure, Problem> {
    let document = parse(key, text)?;
    problems.extend(lost::problems(key, &document));

    let missed = Arc::new(Mutex::new(Missed::default()));
    let fontdb = svg_fonts.database(&document);
    let mut rasters = Rasters::measured(key);
    let mut tree = parsed(key, &document, &fontdb, &missed, &rasters)?;
    if rasters.found_some() && !wanted.only_size {
        rasters = rasters.shipped(&tree, wanted);
        tree = parsed(key, &document, &fontdb, &missed, &rasters)?;
    }
    if tree.root().children().is_empty() {
        return Err(broken(key, "it draws nothing"));
    }
    let steps = filters::steps(&tree);
    if filters::MAX_STEPS < steps {
        return Err(Problem::error(
            "large-asset",
            format!(
                "the filters of the SVG `{key}` take more than {} million steps",
                filters::MAX_STEPS / 1e6
            ),
            "give them smaller regions, radii or kernels and fewer octaves, or export the drawing as PNG",
        ));
    }
    let missed = missed.lock().map_or_else(|broken| broken.into_inner().clone(), |it| it.clone());
    problems.extend(fonts::problems(key, &missed));

    let painted = paint::read(tree.root());
    let written = tree.to_string(&usvg::WriteOptions {
        indent: usvg::Indent::None,
        attributes_indent: usvg::Indent::None,
        ..usvg::WriteOptions::default()
    });
    Ok(Figure {
        format: Format::Svg,
        bytes: written.into_bytes().into(),
        width: f64::from(tree.size().width()),
        height: f64::from(tree.size().height()),
        enlarge: MAX_ENLARGEMENT,
        texts: painted.texts,
        colors: painted.colors,
        tones: None,
        still: None,
    })
}

/// Parses an SVG, and refuses one that takes too long to draw.
fn parse<'a>(key: &str, text: &'a str) -> Result<roxmltree::Document<'a>, Problem> {
    let options =
        roxmltree::ParsingOptions { allow_dtd: true, nodes_limit: MAX_NODES, ..Default::default() };
    let document = roxmltree::Document::parse_with_options(text, options)
        .map_err(|error| broken(key, &error.to_string()))?;
    if lost::depth(&document) > MAX_DEPTH {
        return Err(Problem::error(
            "broken-asset",
            format!("the SVG `{key}` nests groups more than {MAX_DEPTH} deep"),
            "ungroup it in the program that drew it",
        ));
    }
    if cost::MAX_DRAWN < cost::drawn(&document) {
        return Err(Problem::error(
            "large-asset",
            format!(
                "the SVG `{key}` draws more than {} elements once its references are followed",
                cost::MAX_DRAWN
            ),
            "draw with fewer clones, markers, masks and patterns, or export it as PNG",
        ));
    }
    Ok(document)
}

/// What usvg makes of a document. Nothing that is compressed is read, since it may
/// grow.
fn parsed(
    key: &str,
    document: &roxmltree::Document<'_>,
    fontdb: &Arc<usvg::fontdb::Database>,
    missed: &Arc<Mutex<Missed>>,
    rasters: &Rasters<'_>,
) -> Result<usvg::Tree, Problem> {
    let refused = Mutex::new(None);
    let read = usvg::ImageHrefResolver::default_data_resolver();
    let resolve = |mime: &str, data: Arc<Vec<u8>>, options: &usvg::Options<'_>| {
        let is_svg = mime == "image/svg+xml" || text(&data).is_some();
        let found = match text(&data) {
            Some(text) => nested(key, text).map(|()| (mime, data)),
            None if is_svg => Err(broken(key, "an SVG in it is compressed or broken")),
            None => rasters.read(&data).map(|(format, data)| (format.mime(), data)),
        };
        match found {
            Ok((mime, data)) => read(mime, data, options),
            Err(problem) => {
                if let Ok(mut refused) = refused.lock() {
                    *refused = Some(problem);
                }
                None
            }
        }
    };
    let options = usvg::Options {
        // For text that names no family; it must be a name, not a generic one.
        font_family: fontdb.family_name(&usvg::fontdb::Family::SansSerif).to_owned(),
        fontdb: Arc::clone(fontdb),
        font_resolver: fonts::resolver(missed),
        image_href_resolver: usvg::ImageHrefResolver {
            resolve_data: Box::new(resolve),
            resolve_string: Box::new(|_, _| None),
        },
        ..usvg::Options::default()
    };
    let tree = usvg::Tree::from_xmltree(document, &options);
    drop(options);
    match refused.into_inner() {
        Ok(Some(problem)) => Err(problem),
        _ => tree.map_err(|error| match error {
            usvg::Error::ElementsLimitReached
            | usvg::Error::ParsingFailed(roxmltree::Error::NodesLimitReached) => {
                broken(key, "its references lead in a circle, or to too many elements")
            }
            error => broken(key, &error.to_string()),
        }),
    }
}

/// Looks at an SVG in an SVG as carefully as at the one that it is in.
fn nested(key: &str, text: &str) -> Result<(), Problem> {
    let document = parse(key, text)?;
    if document.descendants().any(|node| node.tag_name().name() == "image") {
        return Err(broken(key, "an SVG in it shows pictures of its own"));
    }
    Ok(())
}

fn broken(key: &str, why: &str) -> Problem {
    let message = format!("the SVG `{key}` is broken: {why}");
    Problem::error("broken-asset", message, "export it again")
}
