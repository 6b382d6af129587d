//! Setting some slides: what Typst's own `compile` does, for a part of a deck.
//!
//! Typst reads a document on one thread and remembers of it more than twice
//! what its pages take. A deck is set in chunks, side by side, and what was
//! remembered is forgotten on the way.
//!
//! Typst lays a document out again while anything in it depends on where another
//! thing stands. Here that must stand in the same chunk: the prelude names pages
//! instead of labels, and counts within a slide only.

use rayon::prelude::*;
use typst::World;
use typst::comemo::{Constraint, Track as _};
use typst::diag::SourceResult;
use typst::engine::{Engine, Route, Sink, Traced};
use typst::foundations::{Bytes, StyleChain, Target, TargetElem};
use typst::introspection::{EmptyIntrospector, Introspector, Location, Locator, MAX_ITERS};
use typst::utils::{Protected, hash128};
use typst::visualize::{ExchangeFormat, RasterImage};
use typst_layout::{PagedDocument, layout_document_for_bundle};

/// How many pages are set together: few enough for two threads to share a deck
/// of 40 slides, and many enough to pay for reading the prelude's styles.
pub(super) const SIZE: usize = 20;

/// For how many runs of a compiler that lives on Typst remembers what it did not
/// need.
const RUNS: usize = 8;

/// Sets the main text of a world, which is a chunk of this number: that of a run,
/// and that of a chunk in it.
///
/// # Errors
/// What Typst refuses, in its words.
pub(super) fn set(world: &dyn World, number: (u64, usize)) -> SourceResult<PagedDocument> {
    let tracked = world.track();
    let library = tracked.library();
    let traced = Traced::default();
    let mut sink = Sink::new();
    let main = world.source(world.main()).expect("a world has its main text");
    let module = typst_eval::eval(
        tracked,
        library,
        traced.track(),
        sink.track_mut(),
        Route::default().track(),
        &main,
    )?;
    let content = module.content();
    let target = TargetElem::target.set(Target::Paged).wrap();
    let styles = StyleChain::new(&library.styles);
    let styles = styles.chain(&target);
    let mut last: Option<PagedDocument> = None;
    for _ in 0..MAX_ITERS {
        let places: &dyn Introspector = match &last {
            Some(document) => document.introspector().as_ref(),
            None => &EmptyIntrospector,
        };
        let asked = Constraint::new();
        let mut sink = Sink::new();
        let mut engine = Engine {
            world: tracked,
            library,
            introspector: Protected::new(places.track_with(&asked)),
            traced: traced.track(),
            sink: sink.track_mut(),
            route: Route::default(),
        };
        // The names of places must differ from those of other chunks.
        let place = Locator::synthesize(Location::new(hash128(&number)));
        let document = layout_document_for_bundle(&mut engine, &content, place, styles)?;
        let found: &dyn Introspector = document.introspector().as_ref();
        let has_settled = asked.validate(found);
        let delayed = sink.delayed();
        last = Some(document);
        if has_settled {
            if !delayed.is_empty() {
                return Err(delayed);
            }
            break;
        }
    }
    Ok(last.expect("a chunk is laid out at least once"))
}

/// The pictures of a deck, each decoded once.
pub(super) struct Pixels(Vec<(Bytes, ExchangeFormat)>);

impl Pixels {
    /// The pictures among some files.
    pub(super) fn new(files: impl Iterator<Item = Bytes>) -> Self {
        Self(
            files.filter_map(|file| Some((file.clone(), ExchangeFormat::detect(&file)?))).collect(),
        )
    }

    /// Decodes those that are not remembered. A broken one is reported where a
    /// slide shows it.
    pub(super) fn remember(&self) {
        self.0.par_iter().for_each(|(file, format)| {
            let _ = RasterImage::plain(file.clone(), *format);
        });
    }

    /// Forgets what the last chunks did not need, but not the pictures: a page
    /// holds its picture decoded, and would hold another copy.
    pub(super) fn forget_others(&self) {
        self.remember();
        // Each of the chunks that are being set meets the end of all others.
        typst::comemo::evict(rayon::current_num_threads());
    }

    /// Forgets what the last runs did not need, and of the pictures nothing.
    pub(super) fn forget_old(&self) {
        self.remember();
        typst::comemo::evict(RUNS);
    }
}
