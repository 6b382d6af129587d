//! `deckc verify`: whether a bundle is whole.

use std::path::{Path, PathBuf};

use clap::ValueHint;

use super::{Exit, Failure, bundle::is_zip, terminal};
use crate::bundle::{self, BadZip, Files};
use crate::loader::Loader;

/// Say whether a bundle is whole.
///
/// Every file is hashed; the HTML and the PDFs are opened; nothing may refer to
/// what is not there or load anything from the network; HTML and PDF must have
/// the same slides.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  deckc verify /media/stick/talk
  deckc verify talk.zip")]
pub(super) struct Args {
    /// The folder, or the `.zip` file.
    #[arg(value_name = "BUNDLE", value_hint = ValueHint::AnyPath)]
    bundle: PathBuf,
}

/// Verifies a bundle.
pub(super) fn run(args: &Args) -> Result<Exit, Failure> {
    let (shown, path) = (args.bundle.display(), args.bundle.as_path());
    let files = if path.is_dir() {
        folder(path)?
    } else if is_zip(path) {
        let bytes = std::fs::read(path).map_err(|error| Failure::io("read", path, &error))?;
        match bundle::unpack(&bytes) {
            Ok(files) => files,
            Err(BadZip::Damaged(name)) => {
                terminal::print(&format!("{shown}: `{name}` is damaged\n"))?;
                return Ok(Exit::Findings);
            }
            Err(BadZip::Foreign) => {
                terminal::print(&format!(
                    "{shown}: it is damaged, or another program packed it: unpack it and verify \
                     the folder\n"
                ))?;
                return Ok(Exit::Findings);
            }
        }
    } else {
        return Err(Failure::files(format!("there is no bundle `{shown}`"))
            .hint("name a folder or a `.zip` file that `deckc bundle` has written"));
    };
    let verdict = bundle::verify(&files);
    let mut lines = Vec::new();
    for problem in &verdict.problems {
        lines.push(format!("{shown}: {problem}"));
    }
    if !verdict.strangers.is_empty() {
        let names: Vec<String> =
            verdict.strangers.iter().take(5).map(|name| format!("`{name}`")).collect();
        let more = verdict.strangers.len() - names.len();
        let more = if more == 0 { String::new() } else { format!(" and {more} more") };
        lines.push(format!("{shown}: no sum vouches for {}{more}", names.join(", ")));
    }
    if verdict.problems.is_empty() {
        let (n, slides) = (files.len() - verdict.strangers.len(), verdict.slides);
        lines.push(format!("{shown}: ready: {n} files, {slides} slides"));
    }
    lines.push(String::new());
    terminal::print(&lines.join("\n"))?;
    Ok(if verdict.problems.is_empty() { Exit::Clean } else { Exit::Findings })
}

/// The files of a folder: those that its sums name, and what else lies there.
fn folder(path: &Path) -> Result<Files, Failure> {
    let loader = Loader::new(path)
        .map_err(|why| Failure::files(format!("cannot read `{}`: {why}", path.display())))?;
    let mut names = loader.all_below("", &[]);
    let list = std::fs::read(path.join(bundle::SUMS)).unwrap_or_default();
    let sums = String::from_utf8(list).ok().and_then(|text| bundle::read_sums(&text).ok());
    names.extend(sums.into_iter().flatten().map(|(name, _)| name));
    names.sort();
    names.dedup();
    let mut files = Files::new();
    for name in names {
        // What is missing, or leads out of the folder, is told as missing.
        let Ok(real) = loader.real(&name) else { continue };
        let bytes = std::fs::read(&real).map_err(|error| Failure::io("read", &real, &error))?;
        files.insert(name, bytes);
    }
    Ok(files)
}
