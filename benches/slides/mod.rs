//! Decks of any number of slides, the same in two forms: deckc Markdown, and
//! Typst as one would write it by hand.
//!
//! Takes the number of a deck and of its slides, writes a folder with `deck.md`, `deck.typ`, the
//! pictures that both show, and the colours of code for Typst. The same numbers
//! give the same bytes. The decks are legal: code of 24 pt and at most 60
//! columns, every picture with its alternative text, notes, steps.

#![expect(clippy::cast_possible_truncation, reason = "every number here is small")]

mod content;
mod markdown;
mod picture;
mod typst;

use std::io;
use std::path::Path;

/// How many pictures the slides share.
const N_PICTURES: usize = 4;

/// Writes the deck of `n_slides` slides that has this number; others have other
/// slides and other pictures.
pub(crate) fn write(folder: &Path, deck: usize, n_slides: usize) -> io::Result<()> {
    let first = deck * n_slides;
    let slides: Vec<content::Slide> = (first..first + n_slides).map(content::slide).collect();
    std::fs::create_dir_all(folder.join("img"))?;
    std::fs::write(folder.join("deck.md"), markdown::write(&slides))?;
    std::fs::write(folder.join("deck.typ"), typst::write(&slides))?;
    std::fs::write(folder.join("code.tmTheme"), typst::code_theme())?;
    for number in 0..N_PICTURES {
        let png = picture::png((deck * N_PICTURES + number) as u64);
        std::fs::write(folder.join(content::picture(number)), png)?;
    }
    Ok(())
}
