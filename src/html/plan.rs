//! The plan of the talk as data in the page, for the presenter view.
//!
//! Times and titles only: what the speaker says is in the notes, and those are
//! in the file only where they are asked for.

use serde::Serialize;

use super::out::Html;
use crate::plan::Plan;

/// What `runtime/plan.js` reads. Times are in seconds.
#[derive(Serialize)]
struct Data<'a> {
    /// What there is for talking.
    room: Option<u32>,
    /// A time a slide.
    times: Vec<u32>,
    /// Where sections begin.
    sections: Vec<Section<'a>>,
}

#[derive(Serialize)]
struct Section<'a> {
    title: &'a str,
    /// Counted from 0.
    first: usize,
}

/// Writes the plan into a block of data, which no browser runs.
pub(super) fn plan(out: &mut Html, plan: &Plan) {
    out.raw("<script class=\"plan\" type=\"application/json\">");
    out.json(&data(plan));
    out.raw("</script>\n");
}

/// The plan as data.
pub(super) fn data(plan: &Plan) -> impl Serialize + '_ {
    Data {
        room: plan.room.map(|room| room.0),
        times: plan.slides.iter().map(|slide| slide.time.0).collect(),
        sections: plan
            .sections
            .iter()
            .map(|section| Section { title: &section.title, first: section.slides.start })
            .collect(),
    }
}
