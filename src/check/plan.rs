//! The time that a deck plans, against the time that it has.

use crate::model::{Role, Time};
use crate::place::Placed;

/// The plan of a talk.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Plan {
    /// The times of the `main` slides.
    pub main: Time,
    /// The times of the `optional` slides, which may be skipped.
    pub optional: Time,
    /// How many `main` slides have no time.
    pub untimed: usize,
    /// What there is for talking: the slot less the part for questions. `None`
    /// without a slot.
    pub room: Option<Time>,
}

impl Plan {
    /// Sums up a deck.
    #[must_use]
    pub fn of(placed: &Placed) -> Self {
        let qa = placed.meta.qa.as_ref().map_or(0, |qa| qa.value.0);
        let room = placed.meta.slot.as_ref().map(|slot| Time(slot.value.0.saturating_sub(qa)));
        let mut plan = Self { room, ..Self::default() };
        for slide in &placed.slides {
            let time = slide.time.as_ref().map(|time| time.value.0);
            match (slide.role, time) {
                (Role::Main, Some(time)) => plan.main.0 = plan.main.0.saturating_add(time),
                (Role::Main, None) => plan.untimed += 1,
                (Role::Optional, time) => {
                    plan.optional.0 = plan.optional.0.saturating_add(time.unwrap_or(0));
                }
                (Role::Backup | Role::Hidden, _) => {}
            }
        }
        plan
    }
}
