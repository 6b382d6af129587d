//! The plan of a talk: how long each slide should take, and how long there is.
//!
//! Takes a placed deck. A time that the author gives holds; where there is
//! none, it is estimated from what the slide has to say, so that a presenter
//! always knows how far along the plan is. Nothing is judged here: that is the
//! rules' business.

use crate::model::{Role, Time, walk};
use crate::place::{Placed, PlacedSlide};

/// How fast speakers speak, in words a minute. Speakers of English do about 130
/// to 160; with code on the wall, the slower half of that.
const PACE: usize = 140;

/// The shortest time for a slide with notes, in seconds: to read its title.
const SHORTEST: u32 = 10;

/// The time for a slide of which nothing is known, in seconds: a minute a slide
/// is the usual rule.
const USUAL: u32 = 60;

/// The time for a slide that only tells where the talk stands, in seconds.
const TRANSITION: u32 = 20;

/// The layouts of slides that only tell where the talk stands.
pub const TRANSITIONS: [&str; 4] = ["title", "section", "agenda", "end"];

/// The plan of a talk.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Plan {
    /// What there is for talking: the slot less the part for questions. `None`
    /// without a slot.
    pub room: Option<Time>,
    /// What is planned for each slide, in the order of the deck.
    pub slides: Vec<Planned>,
    /// The sections, in the order of the deck. The first one begins with the
    /// deck, and each goes on until the next one or the backup slides begin.
    pub sections: Vec<Section>,
}

/// What is planned for a slide.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Planned {
    /// The part that the slide plays.
    pub role: Role,
    /// How long it should take.
    pub time: Time,
    /// Whether the author gave the time; else it is estimated.
    pub given: bool,
}

/// Slides that belong together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Section {
    /// The title of its first slide.
    pub title: String,
    /// The place of its first slide in the deck, counted from 0.
    pub first: usize,
}

impl Plan {
    /// Plans a deck.
    #[must_use]
    pub fn of(placed: &Placed) -> Self {
        let qa = placed.meta.qa.as_ref().map_or(0, |qa| qa.value.0);
        let room = placed.meta.slot.as_ref().map(|slot| Time(slot.value.0.saturating_sub(qa)));
        let slides = placed
            .slides
            .iter()
            .map(|slide| Planned {
                role: slide.role,
                time: slide.time.as_ref().map_or_else(|| estimate(slide), |time| time.value),
                given: slide.time.is_some(),
            })
            .collect();
        let opens =
            |(at, slide): &(usize, &PlacedSlide)| *at == 0 || slide.layout.as_str() == "section";
        let sections = placed.slides.iter().enumerate().filter(opens);
        let sections = sections
            .filter(|(_, slide)| slide.role != Role::Backup)
            .map(|(first, slide)| Section { title: slide.title.clone(), first })
            .collect();
        Self { room, slides, sections }
    }

    /// The times that the author gave to the slides with a role, together.
    #[must_use]
    pub fn given(&self, role: Role) -> Time {
        let given = self.slides.iter().filter(|slide| slide.role == role && slide.given);
        Time(given.fold(0, |sum: u32, slide| sum.saturating_add(slide.time.0)))
    }
}

/// How long a slide without a time should take: as long as its notes take to
/// say, if it has any.
fn estimate(slide: &PlacedSlide) -> Time {
    let seconds = match walk::note_words(&slide.notes) {
        0 if TRANSITIONS.contains(&slide.layout.as_str()) => TRANSITION,
        0 => USUAL,
        words => u32::try_from(words * 60 / PACE).unwrap_or(u32::MAX).max(SHORTEST),
    };
    Time(seconds.min(Time::MAX.0))
}
