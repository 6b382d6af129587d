//! More slides behind one whose content does not fit.

use crate::check::laws::Ctx;
use crate::diag::Patch;
use crate::layout::TextRole;
use crate::model::{BlockKind, Role};
use crate::outline;
use crate::place::{self, PlacedSlot};
use crate::source::Span;

/// The title of a slide, which has room for the number of its part.
pub(super) struct Title<'a> {
    level: usize,
    /// As it stands in the deck.
    text: &'a str,
    /// The place behind it.
    end: Span,
}

impl<'a> Title<'a> {
    /// The title of a slide, if it has one.
    ///
    /// # Errors
    /// It has no room for a number, or no place where it could be written.
    pub(super) fn of(ctx: Ctx<'a>) -> Result<Option<Self>, Full> {
        /// The width of ` (1/2)` at most, as a share of the size.
        const NUMBER: f64 = 2.8;
        let Some(title) = outline::title(ctx.slide) else { return Ok(None) };
        let BlockKind::Heading { level, content } = &title.kind else { return Ok(None) };
        let (Some(first), Some(last)) = (content.first(), content.last()) else { return Err(Full) };
        let span = first.span.to(last.span);
        let mut slots = ctx.slide.slots.iter();
        let slot = slots.find(|slot| slot.blocks.iter().any(|it| it.id == title.id)).ok_or(Full)?;
        let laid = ctx.page.boxes.get(&title.id).and_then(|it| it.lines.last()).ok_or(Full)?;
        let size = ctx.scale.title.size * NUMBER;
        let fits = slot.text == TextRole::Title && laid.rect.right() + size <= slot.rect.right();
        let is_atx = ctx.sources.text(title.span).starts_with('#');
        let end = Span { start: span.end, ..span };
        let text = ctx.sources.text(span);
        let title = Self { level: usize::from(*level), text, end };
        if fits && is_atx { Ok(Some(title)) } else { Err(Full) }
    }
}

/// A title that cannot be numbered.
pub(super) struct Full;

/// Whether nothing but the title stands outside of a slot.
pub(super) fn is_all(ctx: Ctx<'_>, slot: &PlacedSlot) -> bool {
    let title = outline::title(ctx.slide).map(|block| block.id);
    let mut others = ctx.slide.slots.iter().filter(|it| it.name != slot.name);
    others.all(|it| it.blocks.iter().all(|block| Some(block.id) == title))
}

/// What puts further slides behind this one, with a body each, and numbers the
/// titles. Part `n` ends at `ends[n]`, in whatever the time is shared by. With
/// `is_alike` a layout that the slide names is that of the others, too.
pub(super) fn slides(
    ctx: Ctx<'_>,
    title: Option<&Title<'_>>,
    bodies: &[String],
    ends: &[usize],
    is_alike: bool,
) -> Vec<Patch> {
    let (slide, n_parts) = (ctx.slide, bodies.len() + 1);
    let mut patches = Vec::new();
    if let Some(title) = title {
        patches.push(Patch { span: title.end, text: format!(" (1/{n_parts})") });
    }
    let total = ends.last().map_or(1, |end| (*end).max(1)) as u64;
    let until = |nth: usize, time: u32| u64::from(time) * ends[nth] as u64 / total;
    if let Some(time) = &slide.time {
        patches.push(Patch { span: time.span, text: format!("{}s", until(0, time.value.0)) });
    }
    let mut further = String::new();
    for (nth, body) in (1..).zip(bodies) {
        let mut keys = Vec::new();
        if is_alike && slide.reason == place::NAMED {
            keys.push(format!("layout: {}", slide.layout));
        }
        if slide.role != Role::Main {
            keys.push(format!("role: {}", slide.role.name()));
        }
        if let Some(time) = &slide.time {
            let share = until(nth, time.value.0) - until(nth - 1, time.value.0);
            keys.push(format!("time: {share}s"));
        }
        if let Some(transition) = slide.motion.transition {
            keys.push(format!("transition: {}", transition.name()));
        }
        if let Some(animate) = &slide.motion.animate {
            keys.push(format!("animate: {}", ctx.sources.text(animate.span)));
        }
        let mut blocks = vec!["---".to_owned()];
        blocks.extend((!keys.is_empty()).then(|| format!("<!-- {} -->", keys.join(", "))));
        if let Some(Title { level, text, .. }) = title {
            blocks.push(format!("{} {text} ({}/{n_parts})", "#".repeat(*level), nth + 1));
        }
        blocks.push(body.clone());
        for block in blocks {
            further.push_str("\n\n");
            further.push_str(&block);
        }
    }
    let text = ctx.sources.text(slide.span);
    let end = slide.span.start as usize + text.trim_end().len();
    patches.push(Patch { span: Span::new(slide.span.source, end..end), text: further });
    patches
}

/// What gives the slide one more directive. It stands below the title, which may
/// be what starts the slide.
pub(super) fn directive(ctx: Ctx<'_>, keys: &str) -> Option<Patch> {
    let source = ctx.slide.span.source;
    if let Some(title) = outline::title(ctx.slide) {
        let at = title.span.start as usize + ctx.sources.text(title.span).trim_end().len();
        let is_here = title.span.source == source;
        let span = Span::new(source, at..at);
        return is_here.then(|| Patch { span, text: format!("\n\n<!-- {keys} -->") });
    }
    let text = ctx.sources.text(ctx.slide.span);
    let at = ctx.slide.span.start as usize + text.len() - text.trim_start().len();
    Some(Patch { span: Span::new(source, at..at), text: format!("<!-- {keys} -->\n\n") })
}
