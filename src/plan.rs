//! The plan of a talk: how long each slide should take, and how long there is.
//!
//! Takes a placed deck. A time that the author gives holds; where there is
//! none, it is estimated from what the slide has to say, so that a presenter
//! always knows how far along the plan is. Nothing is judged here: that is the
//! rules' business.

use std::ops::Range;

use crate::model::{Role, Time, walk};
use crate::place::{Placed, PlacedSlide};
use crate::source::Spanned;

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
    /// Whether the author gave the time, to the slide or to its section; else it
    /// is estimated.
    pub given: bool,
}

/// Slides that belong together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Section {
    /// The title of its first slide.
    pub title: String,
    /// The places of its slides in the deck, counted from 0.
    pub slides: Range<usize>,
    /// The time that the author gave to all of its slides together.
    pub time: Option<Spanned<Time>>,
}

impl Plan {
    /// Plans a deck.
    #[must_use]
    pub fn of(placed: &Placed) -> Self {
        let qa = placed.meta.qa.as_ref().map_or(0, |qa| qa.value.0);
        let room = placed.meta.slot.as_ref().map(|slot| Time(slot.value.0.saturating_sub(qa)));
        let mut slides: Vec<Planned> = placed
            .slides
            .iter()
            .map(|slide| Planned {
                role: slide.role,
                time: slide.time.as_ref().map_or_else(|| estimate(slide), |time| time.value),
                given: slide.time.is_some(),
            })
            .collect();
        let sections = sections(&placed.slides);
        for section in &sections {
            if let Some(time) = &section.time {
                share(time.value, &mut slides[section.slides.clone()]);
            }
        }
        Self { room, slides, sections }
    }

    /// When each slide begins, counted from the start of the talk: after the
    /// slides of the plan before it.
    #[must_use]
    pub fn starts(&self) -> Vec<Time> {
        let mut now = 0u32;
        let each = |slide: &Planned| {
            let start = now;
            if slide.role == Role::Main {
                now = now.saturating_add(slide.time.0);
            }
            Time(start)
        };
        self.slides.iter().map(each).collect()
    }

    /// The times that the author gave to the slides with a role, together.
    #[must_use]
    pub fn given(&self, role: Role) -> Time {
        let given = self.slides.iter().filter(|slide| slide.role == role && slide.given);
        Time(given.fold(0, |sum: u32, slide| sum.saturating_add(slide.time.0)))
    }
}

/// The sections of a deck.
fn sections(slides: &[PlacedSlide]) -> Vec<Section> {
    let told = slides.iter().take_while(|slide| slide.role != Role::Backup).count();
    let begins = |at: &usize| slides[*at].begins_section();
    let mut sections: Vec<Section> = (0..told)
        .filter(begins)
        .map(|first| Section {
            title: slides[first].title.clone(),
            slides: first..told,
            time: slides[first].section_time.clone(),
        })
        .collect();
    let mut end = told;
    for section in sections.iter_mut().rev() {
        section.slides.end = end;
        end = section.slides.start;
    }
    sections
}

/// Gives the slides of a section that have no time of their own what the others
/// leave of the section's, in proportion to what they would take without it. If
/// nothing is left they keep their estimates, and the section is too long.
fn share(time: Time, slides: &mut [Planned]) {
    let total = |given: bool, slides: &[Planned]| {
        slides
            .iter()
            .filter(|slide| slide.given == given)
            .map(|slide| u64::from(slide.time.0))
            .sum()
    };
    let given: u64 = total(true, slides);
    let wanted: u64 = total(false, slides);
    let rest = u64::from(time.0).saturating_sub(given);
    if rest == 0 || wanted == 0 {
        return;
    }
    let mut before = 0;
    for slide in slides.iter_mut().filter(|slide| !slide.given) {
        let after = before + u64::from(slide.time.0);
        let seconds = rest * after / wanted - rest * before / wanted;
        *slide = Planned {
            time: Time(u32::try_from(seconds).unwrap_or(u32::MAX)),
            given: true,
            ..*slide
        };
        before = after;
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_shares_of_a_section_are_its_time() {
        let slide =
            |seconds: u32, given: bool| Planned { role: Role::Main, time: Time(seconds), given };
        let shares = |time: u32, slides: &[Planned]| {
            let mut slides = slides.to_vec();
            share(Time(time), &mut slides);
            slides.iter().map(|slide| slide.time.0).collect::<Vec<_>>()
        };
        let some = [slide(20, false), slide(45, true), slide(60, false), slide(60, false)];
        assert_eq!(shares(185, &some), [20, 45, 60, 60]);
        assert_eq!(shares(115, &some), [10, 45, 30, 30]);
        assert_eq!(shares(100, &some).iter().sum::<u32>(), 100);
        assert_eq!(shares(45, &some), [20, 45, 60, 60], "nothing is left");
        assert_eq!(shares(90, &[slide(60, true)]), [60], "nothing is missing");
        assert_eq!(shares(86_400, &[slide(86_400, false); 3]).iter().sum::<u32>(), 86_400);
    }
}
