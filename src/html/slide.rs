//! One slide as HTML.

use super::Ctx;
use super::block::blocks;
use super::inline::inlines;
use super::out::Html;
use crate::dress;
use crate::layout::TextRole;
use crate::model::{Role, Step, Transition, is_rtl};
use crate::place::{Placed, PlacedSlide};

/// Writes a slide: its slots, footnotes, footer and, if asked for, notes.
pub(super) fn slide(
    ctx: &Ctx<'_>,
    out: &mut Html,
    placed: &Placed,
    slide: &PlacedSlide,
    notes: bool,
) {
    let beside = if slide.beside { " beside" } else { "" };
    let class = format!("slide l-{}{beside} {}", slide.layout, ctx.names.slide());
    // Where it stands a preview's script says.
    let is_counted = !ctx.names.are_live();
    let label = is_counted.then(|| label(placed, slide));
    let number = is_counted.then(|| slide.number.to_string());
    let role = match slide.role {
        Role::Main | Role::Hidden => None,
        Role::Optional | Role::Backup => Some(slide.role.name()),
    };
    let time = slide.time.as_ref().map(|time| time.value.0.to_string());
    let transition = slide.motion.transition.unwrap_or(placed.meta.transition);
    let animate = slide.motion.animate.as_ref().map(|it| it.value.as_str());
    out.open(
        "section",
        &[
            ("id", is_counted.then_some(&*slide.id)),
            ("class", Some(&class)),
            ("aria-roledescription", Some("slide")),
            ("aria-label", label.as_deref()),
            ("data-layout", Some(&slide.layout)),
            ("data-number", number.as_deref()),
            ("data-role", role),
            ("data-timing", time.as_deref()),
            ("data-transition", Some(transition.name()).filter(|_| transition != Transition::None)),
            ("data-auto-animate", animate.map(|_| "")),
            ("data-auto-animate-id", animate),
        ],
    );
    out.raw("\n");
    for (nth, it) in slide.behind.iter().enumerate() {
        let Some(shown) = ctx.pictures.show(&it.backing.image.asset) else { continue };
        let class = Some(shown.class.as_str()).filter(|class| !class.is_empty());
        out.open("div", &[("class", Some(&format!("behind k{nth}")))]);
        out.open("img", &[("class", class), ("src", Some(&shown.src)), ("alt", Some(""))]);
        out.raw("</div>\n");
    }
    for slot in &slide.slots {
        let class = format!("slot s-{} t-{}", slot.name, dress::slot_role(slot.text));
        out.open("div", &[("class", Some(&class))]);
        blocks(ctx, out, slot.text, 0, &slot.blocks);
        out.raw("</div>\n");
    }
    if !slide.footnotes.is_empty() {
        out.raw("<div class=\"footnotes\" role=\"doc-endnotes\">");
        for note in &slide.footnotes {
            let dir = ctx.dir(is_rtl(&note.content, ctx.rtl));
            out.open("p", &[("data-n", Some(&note.number.to_string())), dir]);
            inlines(ctx, out, &mut ctx.breaks(note.id).of(&note.content), &note.content);
            out.raw("</p>");
        }
        out.raw("</div>\n");
    }
    if slide.footer {
        footer(ctx, out, placed, slide);
    }
    if notes && !slide.notes.is_empty() {
        // A role, since beside a section it would be a landmark a slide.
        out.raw("<aside class=\"notes\" role=\"note\">");
        // The speaker has all of them from the start.
        let ctx = &ctx.within(Step(u32::MAX));
        for note in &slide.notes {
            blocks(ctx, out, TextRole::Body, 0, &note.blocks);
        }
        out.raw("</aside>\n");
    }
    out.raw("</section>\n");
}

/// What screen readers call a slide: where it stands, and its title.
pub(super) fn label(placed: &Placed, slide: &PlacedSlide) -> String {
    match slide.title.as_str() {
        "" => format!("{} of {}", slide.number, placed.slides.len()),
        title => format!("{} of {}: {title}", slide.number, placed.slides.len()),
    }
}

/// The footer, the logo and the slide's number.
fn footer(ctx: &Ctx<'_>, out: &mut Html, placed: &Placed, slide: &PlacedSlide) {
    out.raw("<footer class=\"footer\"><span>");
    out.text(placed.meta.footer.as_ref().map_or("", |text| text.value.as_str()));
    out.raw("</span>");
    if let Some(logo) = placed.meta.logo.as_ref().and_then(|it| ctx.pictures.show(&it.value)) {
        let class = Some(logo.class.as_str()).filter(|class| !class.is_empty());
        out.open("img", &[("class", class), ("src", Some(&logo.src)), ("alt", Some(""))]);
    }
    out.raw("<span class=\"slide-number\">");
    if !ctx.names.are_live() {
        out.text(&slide.number.to_string());
    }
    out.raw("</span></footer>\n");
}
