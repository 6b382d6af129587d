//! `deckc publish`: a talk page on a site.

use std::path::{Path, PathBuf};

use clap::ValueHint;

use super::find;
use super::made::{Made, Wanted};
use super::output;
use super::reading::Reading;
use super::record::{self, Record};
use super::{Exit, Failure, terminal};
use crate::bundle::{read_sums, sum};
use crate::compile::{Options, Prepared};
use crate::diag::nearest_hint;
use crate::png;
use crate::site::{self, Files, Generator, KEYS, Keys, Talk};

/// What was written into a site: the sums of the files, so that nothing else is
/// ever overwritten.
const RECORD: &str = ".deckc-published";

/// The width of posters and thumbnails, in pixels.
const POSTER: u32 = 1280;
const THUMBNAIL: u32 = 480;

/// Put a talk on a site: its page with deck, PDF, pictures and transcript.
///
/// Links are relative, so a site below a sub-path works. Notes and hidden slides
/// are in nothing that is written. A file that deckc has not written, or that was
/// changed since, is never overwritten; only what has changed is written. What of
/// a deck has drifted from `deck.lock` is an error; other warnings are shown, and
/// refused with `--strict`.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  deckc publish talk.md --to ~/site --for jekyll
  deckc publish --all talks/ --to public
  deckc publish --to site --for hugo --url https://example.org/
  deckc publish --to site --for jekyll --key slides=slideshare-url

A site of Jekyll, Hugo or Zola is offered a layout for talks and a list of them,
once: what is there already is left as it is.")]
pub(super) struct Args {
    /// The decks, or folders with a `deck.md`. Default: `deck.md`.
    #[arg(value_name = "DECK", value_hint = ValueHint::FilePath)]
    decks: Vec<PathBuf>,

    /// Publish every deck in this folder, and list them.
    #[arg(long, value_name = "FOLDER", value_hint = ValueHint::DirPath, conflicts_with = "decks")]
    all: Option<PathBuf>,

    /// The folder of the site.
    #[arg(long, value_name = "SITE", value_hint = ValueHint::DirPath)]
    to: PathBuf,

    /// What makes the site. Default: what its files say, or plain.
    #[arg(long = "for", value_name = "GENERATOR")]
    generator: Option<Site>,

    /// The folder of all talks on the site.
    #[arg(long, value_name = "NAME", default_value = "talks", value_parser = section)]
    section: String,

    /// The address of the site, for what needs whole addresses: cards and frames on
    /// other sites.
    #[arg(long, value_name = "URL", value_parser = address)]
    url: Option<String>,

    /// How the site's front matter names a key, like `slides=slides-url`. Again for
    /// each.
    #[arg(long, value_name = "OURS=THEIRS", value_parser = key)]
    key: Vec<(String, String)>,

    /// Put the speaker's notes into the transcript.
    #[arg(long)]
    notes: bool,

    /// Overwrite what deckc has written and somebody has changed since.
    #[arg(long)]
    force: bool,

    /// Treat warnings as errors.
    #[arg(long)]
    strict: bool,

    #[command(flatten)]
    reading: Reading,
}

/// What makes the site.
#[derive(Clone, Copy, Debug, clap::ValueEnum)]
enum Site {
    /// Jekyll.
    Jekyll,
    /// Hugo.
    Hugo,
    /// Zola.
    Zola,
    /// Nothing: the pages are as they are.
    Plain,
}

/// Publishes decks.
pub(super) fn run(args: &Args) -> Result<Exit, Failure> {
    let named = match &args.all {
        Some(folder) => {
            find::markdown_in(folder).into_iter().map(|name| folder.join(name)).collect::<Vec<_>>()
        }
        None => args.decks.clone(),
    };
    if let (Some(folder), true) = (&args.all, named.is_empty()) {
        return Err(Failure::files(format!("no `.md` file is in `{}`", folder.display())));
    }
    let options = args.site();
    let compiled = Options {
        html: true,
        pdf: true,
        pictures: vec![png::Kind::Slides],
        picture_width: THUMBNAIL,
        ..args.reading.options()?
    };
    let wanted = Wanted { act: "publishing", strict: args.strict, fresh: true };
    let mut decks: Vec<(String, Prepared, crate::compile::Output)> = Vec::new();
    for deck in args.reading.decks(&named)? {
        let name = slug(&deck.shown)?;
        if decks.iter().any(|(other, ..)| *other == name) {
            return Err(Failure::usage(format!("two decks would be the talk `{name}`"))
                .hint("rename the file of one of them"));
        }
        let Some(mut made) = Made::make(&deck, &compiled, wanted)? else {
            return Ok(Exit::Findings);
        };
        let pictures = made.or_refuse(|deck, diags| {
            let kinds = [png::Kind::Poster, png::Kind::Card];
            let made = crate::compile::pictures(deck, &kinds, POSTER, diags);
            (!diags.has_errors()).then_some(made)
        });
        let Some(pictures) = pictures else { return Ok(Exit::Findings) };
        let (prepared, mut output) = (made.deck, made.output);
        output.pictures.extend(pictures);
        decks.push((name, prepared, output));
    }
    let talks: Vec<Talk<'_>> = decks
        .iter_mut()
        .map(|(name, deck, output)| Talk {
            placed: &deck.placed,
            name: name.clone(),
            html: output.html.take().unwrap_or_default(),
            pdf: output.pdf.take().unwrap_or_default(),
            pictures: std::mem::take(&mut output.pictures),
        })
        .collect();
    let mut files = Files::new();
    let mut folders = Vec::new();
    for talk in &talks {
        files.extend(site::talk(talk, &options));
        folders.extend(site::folders(&talk.name, &options));
    }
    if args.all.is_some() {
        files.extend(site::index(&talks, &options));
    }
    args.write(files, &site::offered(&options), &folders)
}

impl Args {
    /// What the site is like.
    fn site(&self) -> site::Options {
        let has = |name: &str| self.to.join(name).exists();
        let generator = match self.generator {
            Some(Site::Jekyll) => Generator::Jekyll,
            Some(Site::Hugo) => Generator::Hugo,
            Some(Site::Zola) => Generator::Zola,
            None if has("_config.yml") => Generator::Jekyll,
            None if has("hugo.toml") || has("hugo.yaml") || has("archetypes") => Generator::Hugo,
            None if has("config.toml") && has("templates") => Generator::Zola,
            None if has("config.toml") => Generator::Hugo,
            Some(Site::Plain) | None => Generator::Plain,
        };
        site::Options {
            generator,
            section: self.section.clone(),
            keys: Keys(self.key.iter().cloned().collect()),
            address: self.url.clone(),
            notes: self.notes,
        }
    }

    /// Writes what has changed, and takes away what a talk has no more.
    fn write(
        &self,
        mut files: Files,
        offered: &Files,
        folders: &[String],
    ) -> Result<Exit, Failure> {
        let path = self.to.join(RECORD);
        let text = match std::fs::read_to_string(&path) {
            Ok(text) => text,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => String::new(),
            Err(error) => return Err(Failure::io("read", &path, &error)),
        };
        let damaged = |line| {
            Failure::files(format!("`{}` is damaged at line {line}", path.display()))
                .hint("take it away together with the talks that deckc has written")
        };
        let earlier: Record = read_sums(&text).map_err(damaged)?.into_iter().collect();
        for (name, bytes) in offered {
            let theirs = self.to.join(name).exists();
            if !theirs && !earlier.contains_key(name) {
                files.insert(name.clone(), bytes.clone());
            }
        }
        let mut refused = Vec::new();
        for (name, bytes) in &files {
            let Some(there) = self.there(name)? else { continue };
            let ours = earlier.get(name).is_some_and(|known| *known == sum(&there));
            let changed = earlier.contains_key(name) && !ours;
            if &there != bytes && !ours && !(changed && self.force) {
                refused.push((name, changed));
            }
        }
        if let Some((name, changed)) = refused.first() {
            let (path, more) = (self.to.join(name), refused.len() - 1);
            let more = if more == 0 { String::new() } else { format!(" (and {more} more)") };
            let shown = path.display();
            return Err(if *changed {
                Failure::files(format!("`{shown}` was changed since deckc wrote it{more}"))
                    .hint("take the change back, or lose it with `--force`")
            } else {
                Failure::files(format!("`{shown}` was not written by deckc{more}"))
                    .hint("move it away, or give the talk another name")
            });
        }
        let mut sums = earlier.clone();
        let stays = |name: &str| {
            let of_talk = folders.iter().any(|folder| name.starts_with(folder.as_str()));
            !of_talk || files.contains_key(name)
        };
        let gone = record::leftovers(&self.to, &earlier, stays);
        sums.retain(|name, _| stays(name));
        sums.extend(files.iter().map(|(name, bytes)| (name.clone(), sum(bytes))));
        let text = record::text(&sums);
        let mut outputs: Vec<(PathBuf, &[u8])> =
            files.iter().map(|(name, bytes)| (self.to.join(name), bytes.as_slice())).collect();
        outputs.push((path, text.as_bytes()));
        let written = output::write(&outputs)?;
        output::remove(&gone)?;
        let n = written.iter().filter(|file| !file.same).count();
        let same = written.len() - n;
        terminal::say(&format!("{}: {n} files written, {same} unchanged", self.to.display()));
        Ok(Exit::Clean)
    }

    /// What is there under a name; `None` for nothing.
    fn there(&self, name: &str) -> Result<Option<Vec<u8>>, Failure> {
        let path = self.to.join(name);
        match std::fs::read(&path) {
            Ok(bytes) => Ok(Some(bytes)),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(Failure::io("read", &path, &error)),
        }
    }
}

/// The name of a talk in addresses: that of its file, or of its folder for a
/// `deck.md`.
fn slug(deck: &Path) -> Result<String, Failure> {
    let stem = |path: &Path| path.file_stem().map(|it| it.to_string_lossy().into_owned());
    let mut name = stem(deck).unwrap_or_default();
    if name == "deck" {
        let folder = deck.canonicalize().ok().and_then(|path| stem(path.parent()?));
        name = folder.unwrap_or(name);
    }
    let plain: String = name
        .chars()
        .map(|c| if c.is_alphanumeric() { c.to_ascii_lowercase() } else { '-' })
        .collect();
    let words: Vec<&str> = plain.split('-').filter(|word| !word.is_empty()).collect();
    if words.is_empty() {
        return Err(Failure::usage(format!("`{}` gives the talk no name", deck.display()))
            .hint("rename the file"));
    }
    Ok(words.join("-"))
}

/// Reads the folder of all talks.
fn section(text: &str) -> Result<String, String> {
    let plain = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '_';
    if text.is_empty() || !text.chars().all(plain) {
        return Err("write letters, digits and hyphens, like `talks`".to_owned());
    }
    Ok(text.to_owned())
}

/// Reads the address of the site.
fn address(text: &str) -> Result<String, String> {
    if !text.starts_with("https://") && !text.starts_with("http://") {
        return Err("write it with its scheme, like https://example.org/".to_owned());
    }
    Ok(format!("{}/", text.trim_end_matches('/')))
}

/// Reads how the site names a key.
fn key(text: &str) -> Result<(String, String), String> {
    let (ours, theirs) = text.split_once('=').ok_or("write ours=theirs, like slides=slides-url")?;
    if !KEYS.contains(&ours) {
        return Err(format!("there is no key `{ours}`; {}", nearest_hint(ours, &KEYS)));
    }
    let plain = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '_';
    if theirs.is_empty() || !theirs.chars().all(plain) {
        return Err(format!("`{theirs}` is no name of a key"));
    }
    Ok((ours.to_owned(), theirs.to_owned()))
}
