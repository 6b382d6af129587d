//! Pictures of pixels in an SVG: they ship as those of their own files do.
//!
//! How large one is shown is known when the drawing has been read, so a drawing that
//! has some is read twice.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use resvg::usvg;

use crate::figure::pixels::{self, Wanted};
use crate::figure::problem::{self, Problem};
use crate::figure::shown::{self, Shown};
use crate::figure::{Format, raster};

/// The pictures of pixels in an SVG.
pub(super) struct Rasters<'a> {
    /// What findings call them.
    key: String,
    found: AtomicBool,
    /// What they are made for; `None` while they are measured.
    wanted: Option<Wanted<'a>>,
    places: Places,
}

/// Where pictures are shown, by their files.
type Places = BTreeMap<Vec<u8>, Vec<Shown>>;

impl<'a> Rasters<'a> {
    /// Those of an SVG that are measured only.
    pub(super) fn measured(svg: &str) -> Self {
        let key = format!("image` of `{svg}");
        Self { key, found: AtomicBool::new(false), wanted: None, places: Places::new() }
    }

    /// Whether there are some.
    pub(super) fn found_some(&self) -> bool {
        self.found.load(Ordering::Relaxed)
    }

    /// The same as they ship, shown where a drawing shows them.
    pub(super) fn shipped(self, tree: &usvg::Tree, wanted: Wanted<'a>) -> Self {
        let size = (f64::from(tree.size().width()), f64::from(tree.size().height()));
        let mut places = Places::new();
        if let Some(scale) = shown::scale(wanted.shown, size) {
            collect(tree.root(), scale, &mut places);
        }
        Self { wanted: Some(wanted), places, ..self }
    }

    /// What ships of one.
    pub(super) fn read(&self, data: &Arc<Vec<u8>>) -> Result<(Format, Arc<Vec<u8>>), Problem> {
        self.found.store(true, Ordering::Relaxed);
        let Some(format) = raster::format(data) else {
            return Err(problem::unknown(&self.key, data));
        };
        let raster = raster::read(&self.key, format, data)?;
        let Some(wanted) = self.wanted else { return Ok((format, Arc::clone(data))) };
        let shown = self.places.get(data.as_slice()).map_or(&[][..], Vec::as_slice);
        let wanted = Wanted { edit: None, shown, is_in_svg: true, ..wanted };
        let figure = pixels::shipped(&self.key, &raster, wanted)?;
        Ok((figure.format, Arc::new(figure.bytes.to_vec())))
    }
}

/// Where the pictures of a group are shown, by their files. `scale` gives points to a
/// unit.
fn collect(group: &usvg::Group, scale: f64, places: &mut Places) {
    for node in group.children() {
        match node {
            usvg::Node::Group(group) => collect(group, scale, places),
            usvg::Node::Image(image) => {
                let (usvg::ImageKind::JPEG(data)
                | usvg::ImageKind::PNG(data)
                | usvg::ImageKind::GIF(data)
                | usvg::ImageKind::WEBP(data)) = image.kind()
                else {
                    continue;
                };
                let bounds = image.abs_bounding_box();
                let shown = Shown::scaled(bounds.width().into(), bounds.height().into(), scale);
                places.entry(data.to_vec()).or_default().push(shown);
            }
            usvg::Node::Path(_) | usvg::Node::Text(_) => {}
        }
        node.subroots(|root| collect(root, scale, places));
    }
}
