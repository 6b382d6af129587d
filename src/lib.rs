//! deckc compiles a talk written in Markdown to one HTML file and one PDF that
//! agree line for line.
//!
//! The stages, in order; each is a module whose main function has its name:
//!
//! 1. [`read`]: Markdown to the slide [`model`].
//! 2. [`place`]: the blocks of each slide to the slots of its [`layout`].
//! 3. [`highlight`] and [`figure`]: code to coloured tokens, assets to figures.
//! 4. [`fit`]: code to the room of its slot.
//! 5. [`typeset`]: slides to a Typst document and to [`page`]s, which are plain
//!    boxes and lines.
//! 6. [`check`]: the laws and rules; only it makes a [`check::Checked`] deck.
//! 7. [`html`], [`pdf`], [`png`]: the writers, which take a checked deck and
//!    check nothing.
//!
//! ```no_run
//! use std::path::Path;
//!
//! use deckc::compile::Options;
//! use deckc::diag::Diagnostics;
//! use deckc::loader::Loader;
//! use deckc::source::Sources;
//!
//! let loader = Loader::new(Path::new("talks"))?;
//! let options = Options { html: true, ..Options::default() };
//! let (mut sources, mut diags) = (Sources::default(), Diagnostics::default());
//! let output = deckc::compile(&loader, "deck.md", &options, &mut sources, &mut diags)?;
//! for finding in diags.sorted() {
//!     println!("{}: {:?}", finding.message, finding.hints);
//! }
//! let html = output.and_then(|output| output.html);
//! # Ok::<(), deckc::loader::LoadError>(())
//! ```
//!
//! [`compile()`] runs them, [`fix`] runs them on changed texts until no patch of
//! a finding is left to make, and [`explain`] says what a finding means. Nothing
//! here prints, writes files, or reads the
//! clock or the environment; that is the command line's part, in [`cli`].

pub mod bundle;
pub mod check;
pub mod cli;
pub mod color;
pub mod compile;
pub mod data;
pub mod diag;
pub mod dress;
pub mod examples;
pub mod excerpt;
pub mod explain;
pub mod figure;
pub mod fit;
pub mod fix;
pub mod font;
pub mod geom;
pub mod guide;
pub mod highlight;
pub mod html;
pub mod layout;
pub mod loader;
pub mod lock;
pub mod markup;
pub mod memo;
pub mod model;
pub mod outline;
pub mod page;
pub mod pdf;
pub mod place;
pub mod plan;
pub mod png;
pub mod program;
pub mod read;
pub mod rehearsal;
pub mod shortcode;
pub mod site;
pub mod source;
pub mod store;
pub mod theme;
pub mod toml_file;
pub mod typeset;

pub use compile::compile;
