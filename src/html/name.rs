//! What a slide and its blocks are called in classes and in the rules for them.
//!
//! A file that is built counts slides. A preview calls a slide after its text, so
//! that one that moves because another one came or went stays what it is.

use std::collections::BTreeMap;

use super::live::name_of;
use crate::model::BlockId;
use crate::place::PlacedSlide;

/// The names of one slide.
#[derive(Clone, Debug)]
pub(super) struct Names {
    /// What the slide is called.
    slide: String,
    /// The slide that its blocks were read on, where they are called after this
    /// one.
    read_on: Option<u32>,
}

impl Names {
    /// Those of a slide in a file, which is counted from 1.
    pub(super) fn counted(slide: usize) -> Self {
        Self { slide: slide.to_string(), read_on: None }
    }

    /// Those of the slides of a preview with their texts. Of several with the same
    /// text each has a name of its own.
    pub(super) fn of_texts<'a>(
        slides: impl Iterator<Item = (&'a PlacedSlide, &'a str)>,
    ) -> Vec<Self> {
        let mut met = BTreeMap::new();
        let names = slides.map(|(slide, text)| {
            let count = met.entry(text).or_insert(0);
            *count += 1;
            let first = slide.slots.iter().find_map(|slot| slot.blocks.first());
            let read_on = first.map_or(0, |block| block.id.parts().0);
            Self { slide: format!("{}-{count}", name_of(text.as_bytes())), read_on: Some(read_on) }
        });
        names.collect()
    }

    /// Whether places in the deck are left out, for a preview.
    pub(super) const fn are_live(&self) -> bool {
        self.read_on.is_some()
    }

    /// The class of the slide.
    pub(super) fn slide(&self) -> String {
        format!("n{}", self.slide)
    }

    /// The class of a block.
    pub(super) fn block(&self, id: BlockId) -> String {
        match self.read_on {
            None => format!("b{id}"),
            // Blocks of another slide, as in a recap, are told apart by how far it is.
            Some(read_on) => {
                let (slide, nth) = id.parts();
                format!("b{}_{}_{nth}", self.slide, i64::from(slide) - i64::from(read_on))
            }
        }
    }
}
