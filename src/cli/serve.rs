//! `deckc serve`: a page that follows a deck while it is written.
//!
//! One thread looks for changes and compiles, one answers each request; what they
//! share is the state that is shown. `state` says what that is, `watch` when it
//! changes, `http` who may see it.

mod address;
mod editor;
mod http;
mod moves;
mod state;
mod watch;
mod wire;

use std::net::TcpListener;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::mpsc;

use clap::ValueHint;

use self::address::Address;
use self::editor::Editor;
use self::http::Served;
use self::state::{Finding, Made};
use self::watch::Watch;
use super::find::DeckFile;
use super::reading::Reading;
use super::report::{Format, Report};
use super::summary::Summary;
use super::{Exit, Failure, terminal};
use crate::check;
use crate::compile::{self, Memo};
use crate::diag::Diagnostics;
use crate::source::Sources;

/// Show a deck in the browser while you write it.
///
/// The page follows every change of the deck and of what it includes and shows.
/// Slides with errors keep their last good version, with the findings over them.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  deckc serve                          deck.md at http://127.0.0.1:7878/
  deckc serve talk.md --follow         go to the slide that was edited
  deckc serve --editor 'code -g {file}:{line}'   open places in an editor
  deckc serve --host                   also for other devices, with a remote

Keys besides those of the deck: I shows how full each slot is, and the time.
A click on something shows its line. /deck.pdf is the PDF of this moment.")]
pub(super) struct Args {
    /// The deck, or a folder with a `deck.md`. Default: `deck.md`.
    #[arg(value_name = "DECK", value_hint = ValueHint::FilePath)]
    deck: Option<PathBuf>,

    /// The port to listen on; 0 for any that is free.
    #[arg(short, long, value_name = "PORT", default_value_t = 7878)]
    port: u16,

    /// Also listen for other devices: on this address, or on every one. The page
    /// then has a random token in its address.
    #[arg(long, value_name = "ADDRESS", num_args = 0..=1, default_missing_value = "0.0.0.0")]
    host: Option<std::net::IpAddr>,

    /// Go to the slide that was edited.
    #[arg(long)]
    follow: bool,

    /// Open places of the deck with this command, in which `{file}` and `{line}`
    /// stand for them.
    #[arg(long, value_name = "COMMAND")]
    editor: Option<String>,

    #[command(flatten)]
    reading: Reading,
}

/// Serves the deck until Ctrl-C.
pub(super) fn run(args: &Args) -> Result<Exit, Failure> {
    let deck = args.reading.deck(args.deck.as_deref())?;
    let editor = args.editor.as_deref().map(Editor::new).transpose()?;
    let (address, listener) = Address::listen(args.host, args.port)?;
    let compiler = Arc::new(Compiler {
        options: compile::Options {
            notes: true,
            memo: Some(Arc::new(Memo::default())),
            ..args.reading.options()?
        },
        deck,
    });
    let (end, ended) = mpsc::channel();
    ctrlc::set_handler(move || _ = end.send(()))
        .map_err(|why| Failure::files(format!("cannot wait for Ctrl-C: {why}")))?;
    let follow = args.follow;
    std::thread::spawn(move || serve(&compiler, address, listener, editor, follow));
    // Also while a large deck is made; what is open the system closes.
    let _ = ended.recv();
    terminal::say("ended");
    Ok(Exit::Clean)
}

/// Shows a deck, and what becomes of it.
fn serve(
    compiler: &Arc<Compiler>,
    address: Address,
    listener: TcpListener,
    editor: Option<Editor>,
    follow: bool,
) -> ! {
    let mut watch = Watch::new();
    let made = compiler.make();
    watch.note(&compiler.deck);
    let served = Arc::new(Served::new(address, editor, Arc::clone(compiler), follow, made));
    http::start(listener, &served);
    terminal::say(&served.address.told(&compiler.deck.shown));
    served.tell();
    loop {
        watch.wait(&compiler.deck);
        compiler.deck.loader.forget_seen();
        let made = compiler.make();
        watch.note(&compiler.deck);
        if served.show(made) {
            served.tell();
        }
        // Pages are told first.
        compiler.tidy_up();
    }
}

/// A deck, and what was made of it so far.
struct Compiler {
    deck: DeckFile,
    options: compile::Options,
}

impl Compiler {
    /// Makes what is shown of the deck as it stands.
    fn make(&self) -> Made {
        catch_unwind(AssertUnwindSafe(|| self.try_make())).unwrap_or_else(|_| {
            Made::failed("deckc failed: please report this deck as a mistake in deckc".to_owned())
        })
    }

    /// Forgets what was not needed of late.
    fn tidy_up(&self) {
        if let Some(memo) = &self.options.memo {
            memo.turn();
        }
    }

    fn try_make(&self) -> Made {
        let DeckFile { loader, name, prefix, .. } = &self.deck;
        let (mut sources, mut diags) = (Sources::default(), Diagnostics::default());
        let prepared = match compile::prepare(loader, name, &self.options, &mut sources, &mut diags)
        {
            Ok(prepared) => prepared,
            Err(why) => return Made::failed(self.deck.unreadable(&why).to_string()),
        };
        let preview = prepared
            .as_ref()
            .and_then(|deck| compile::preview(deck, &self.options, &sources, &mut diags));
        let summary = prepared.as_ref().map(Summary::of).unwrap_or_default();
        let report = Report { sources, prefix: prefix.clone(), findings: diags.sorted() };
        let summary = summary.line(&report);
        let findings = report.findings.iter().map(|finding| {
            let slide = prepared.as_ref().and_then(|deck| {
                let at = *check::concerned(&deck.placed, finding).first()?;
                Some(deck.placed.slides[at].id.clone())
            });
            Finding::new(&report, finding, slide)
        });
        let findings = findings.collect();
        let told = Format::Human.render([&report].into_iter());
        if let Some(prepared) = prepared {
            prepared.let_go();
        }
        Made { preview, findings, summary, told }
    }

    /// The PDF of this moment, or what keeps it from being one.
    fn pdf(&self) -> Result<Vec<u8>, String> {
        let DeckFile { loader, name, prefix, .. } = &self.deck;
        let options = compile::Options { pdf: true, ..self.options.clone() };
        let (mut sources, mut diags) = (Sources::default(), Diagnostics::default());
        let output = compile::compile(loader, name, &options, &mut sources, &mut diags)
            .map_err(|why| self.deck.unreadable(&why).to_string())?;
        let report = Report { sources, prefix: prefix.clone(), findings: diags.sorted() };
        let pdf = output.and_then(|output| output.pdf);
        pdf.ok_or_else(|| Format::Human.render([&report].into_iter()))
    }
}
