//! The site: a talk page for a site generator, or by itself.
//!
//! Takes a checked deck and what was made of it, gives files by name below the
//! site. Nothing of notes and hidden slides is in them, but for notes in the
//! transcript where they are asked for. Nothing is read or written here: what may
//! take the place of what is the command line's to see.

mod front;
mod json;

use std::collections::BTreeMap;
use std::fmt::Write as _;

pub use self::front::{KEYS, Keys};
use crate::html::{self, Listed, TalkPage};
use crate::place::Placed;
use crate::png::Picture;

/// Files by name below the site, with forward slashes.
pub type Files = BTreeMap<String, Vec<u8>>;

/// What makes the site.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Generator {
    /// Jekyll.
    Jekyll,
    /// Hugo.
    Hugo,
    /// Zola.
    Zola,
    /// Nothing: pages are as they are.
    Plain,
}

impl Generator {
    /// The name of a file that a talk's page refers to, below the site.
    fn asset(self, section: &str, talk: &str, name: &str) -> String {
        match self {
            Self::Jekyll | Self::Plain => format!("{section}/{talk}/{name}"),
            // In a bundle of Hugo's, a page would be taken for content.
            Self::Hugo => format!("static/{section}/{talk}/{name}"),
            Self::Zola => format!("content/{section}/{talk}/{name}"),
        }
    }

    /// The name of a talk's page.
    fn page(self, section: &str, talk: &str) -> String {
        match self {
            Self::Jekyll | Self::Plain => format!("{section}/{talk}/index.html"),
            Self::Hugo => format!("content/{section}/{talk}/index.html"),
            Self::Zola => format!("content/{section}/{talk}/index.md"),
        }
    }
}

/// What the site is like.
#[derive(Clone, Debug)]
pub struct Options {
    /// What makes it.
    pub generator: Generator,
    /// The folder of all talks.
    pub section: String,
    /// How its front matter names things.
    pub keys: Keys,
    /// Its address, with a slash at its end, where it is known.
    pub address: Option<String>,
    /// Whether the transcript has the speaker's notes.
    pub notes: bool,
}

/// A talk on its way to the site.
#[derive(Debug)]
pub struct Talk<'a> {
    /// The deck.
    pub placed: &'a Placed,
    /// The folder of its page: the name of the deck's file.
    pub name: String,
    /// The deck, without notes.
    pub html: String,
    /// The PDF, without notes.
    pub pdf: Vec<u8>,
    /// The pictures: `poster`, `card`, and a thumbnail a slide.
    pub pictures: Vec<Picture>,
}

/// The files of a talk.
#[must_use]
pub fn talk(talk: &Talk<'_>, options: &Options) -> Files {
    let mut files = Files::new();
    let (generator, section) = (options.generator, options.section.as_str());
    let mut thumbnails = Vec::new();
    for picture in &talk.pictures {
        let name = match picture.name.as_str() {
            "poster" | "card" => format!("{}.png", picture.name),
            number => {
                thumbnails.push(format!("thumbnails/{number}.png"));
                format!("thumbnails/{number}.png")
            }
        };
        files.insert(generator.asset(section, &talk.name, &name), picture.bytes.clone());
    }
    let address = options.address.as_ref().map(|base| format!("{base}{section}/{}/", talk.name));
    let data = json::linked(talk.placed, address.as_deref());
    let page = TalkPage {
        placed: talk.placed,
        notes: options.notes,
        pdf_size: &size(talk.pdf.len()),
        thumbnails: &thumbnails,
        data: &data,
        address: address.as_deref(),
    };
    let body = html::talk_body(page);
    let text = match generator {
        Generator::Plain => html::talk_page(page, &about(talk.placed), &body),
        Generator::Jekyll | Generator::Hugo => {
            front::yaml(talk.placed, generator, &options.keys) + &body
        }
        Generator::Zola => front::toml(talk.placed, &options.keys) + &body,
    };
    files.insert(generator.page(section, &talk.name), text.into_bytes());
    let deck = address.as_ref().map_or("slides.html".to_owned(), |it| format!("{it}slides.html"));
    let embed = html::embed(talk.placed, &deck);
    let oembed = json::oembed(talk.placed, &embed, address.as_deref());
    for (name, bytes) in [
        ("slides.html", talk.html.clone().into_bytes()),
        ("slides.pdf", talk.pdf.clone()),
        ("embed.html", embed.into_bytes()),
        ("oembed.json", oembed.into_bytes()),
    ] {
        files.insert(generator.asset(section, &talk.name, name), bytes);
    }
    files
}

/// The layouts and the list of talks that a site is offered once: one that is
/// there wins, and one that was taken away does not come back.
#[must_use]
pub fn offered(options: &Options) -> Files {
    let section = &options.section;
    let with_keys = |text: &str| options.keys.fill(text).replace("@style@", html::TALK_STYLE);
    let list = front::list(options.generator);
    let files: Vec<(String, String)> = match options.generator {
        Generator::Jekyll => vec![
            ("_layouts/talk.html".to_owned(), with_keys(include_str!("jekyll/talk.html"))),
            (format!("{section}/index.html"), with_keys(include_str!("jekyll/talks.html"))),
        ],
        Generator::Hugo => vec![
            (format!("layouts/{section}/talk.html"), with_keys(include_str!("hugo/talk.html"))),
            (format!("layouts/{section}/list.html"), with_keys(include_str!("hugo/talks.html"))),
            (format!("content/{section}/_index.md"), list),
        ],
        Generator::Zola => vec![
            ("templates/talk.html".to_owned(), with_keys(include_str!("zola/talk.html"))),
            ("templates/talks.html".to_owned(), with_keys(include_str!("zola/talks.html"))),
            (format!("content/{section}/_index.md"), list),
        ],
        Generator::Plain => Vec::new(),
    };
    files.into_iter().map(|(name, text)| (name, text.into_bytes())).collect()
}

/// The list of all talks for a site without a generator, the latest first.
#[must_use]
pub fn index(talks: &[Talk<'_>], options: &Options) -> Files {
    if options.generator != Generator::Plain {
        return Files::new();
    }
    let mut talks: Vec<&Talk<'_>> = talks.iter().collect();
    talks.sort_by_key(|talk| (talk.placed.meta.day(), talk.name.clone()));
    let listed = talks.iter().rev().map(|talk| Listed {
        folder: talk.name.clone(),
        title: talk.placed.title().to_owned(),
        about: about(talk.placed),
    });
    let text = html::talks_page(&listed.collect::<Vec<_>>());
    Files::from([(format!("{}/index.html", options.section), text.into_bytes())])
}

/// The folders of a talk below the site: what lies in them and was written for an
/// earlier state of the talk goes when the talk has it no more.
#[must_use]
pub fn folders(name: &str, options: &Options) -> Vec<String> {
    let (generator, section) = (options.generator, options.section.as_str());
    let page = generator.page(section, name);
    let page = page.rfind('/').map_or(String::new(), |slash| page[..=slash].to_owned());
    vec![generator.asset(section, name, ""), page]
}

/// Who, where and when.
fn about(placed: &Placed) -> String {
    let meta = &placed.meta;
    let speaker = meta.speaker.as_ref().map(|it| it.value.name.clone());
    let event = meta.event.as_ref().map(|it| it.value.clone());
    let day = Some(meta.day());
    let known = [speaker, event, day].into_iter().flatten().filter(|it| !it.is_empty());
    known.collect::<Vec<_>>().join(", ")
}

/// A size for readers, in megabytes.
fn size(bytes: usize) -> String {
    let mut text = String::new();
    let tenths = bytes.div_ceil(100_000);
    let _ = write!(text, "{}.{} MB", tenths / 10, tenths % 10);
    text
}
