//! `low-contrast`: see its page.

mod behind;

use super::{Check, Ctx, Law, roles, shown};
use crate::color::{Layer, Rgb};
use crate::diag::Diagnostic;
use crate::figure::Text;
use crate::model::Focus;
use crate::page::{BlockBox, Run, State};

/// Text that a projector in a bright room washes out.
pub(super) const LAW: Law =
    Law { name: "low-contrast", docs: include_str!("low_contrast.md"), check: Check::Page(check) };

/// The text of a figure (WCAG 2.2, 1.4.3).
const IN_FIGURE: f64 = 4.5;
/// Shapes and lines (WCAG 2.2, 1.4.11).
const GRAPHIC: f64 = 3.0;

fn check(ctx: Ctx<'_>, found: &mut Vec<Diagnostic>) {
    let floors = roles::floors(ctx);
    behind::check(ctx, &floors, found);
    for (id, block) in &ctx.page.boxes {
        let floor = floors.get(id).copied().unwrap_or(roles::accompanying(ctx.slide.span));
        if let Some(finding) = faintest_state(ctx, floor, block) {
            found.push(finding);
            continue;
        }
        let runs = block.lines.iter().flat_map(|line| &line.runs);
        found.extend(faintest(ctx, floor, runs.filter(|run| !run.text.trim().is_empty())));
        let formulas = block.formulas.iter().flat_map(|formula| &formula.runs);
        found.extend(faintest(ctx, floor, formulas).map(|finding| {
            let hint = "take a lighter or darker colour for this part of the formula, or none";
            Diagnostic { hints: vec![hint.to_owned()], ..finding }
        }));
    }
    let states = || ctx.page.boxes.values().flat_map(|block| &block.states);
    let beside = |run: &Run| states().any(|it| it.beside.iter().any(|it| it.rect == run.rect));
    let furniture = ctx.page.furniture.iter().filter(|run| !beside(run));
    let (read, seen): (Vec<&Run>, Vec<&Run>) = furniture.partition(|run| roles::is_read(run));
    let floor = roles::accompanying(ctx.slide.span);
    found.extend(faintest(ctx, floor, read.into_iter()));
    let bullets = roles::Floor { contrast: GRAPHIC, ..floor };
    found.extend(faintest(ctx, bullets, seen.into_iter()));
    for picture in ctx.pictures() {
        let ground = if picture.in_callout { ctx.grounds.1 } else { ctx.grounds.0 };
        let finding = faint_text(ctx, picture, ground);
        let finding = finding.or_else(|| faint_figure(ctx, picture, ground));
        found.extend(finding.or_else(|| behind::faint_figure(ctx, picture)));
    }
}

/// The faintest of what code shows in any focus, where that is too faint.
fn faintest_state(ctx: Ctx<'_>, floor: roles::Floor, block: &BlockBox) -> Option<Diagnostic> {
    let of = |contrast: f64, part: fn(&State) -> &[Run]| {
        let floor = roles::Floor { contrast, ..floor };
        let faint =
            |state: &State| Some((with(&state.focus), faintest(ctx, floor, part(state).iter())?));
        block.states.iter().find_map(faint)
    };
    let (state, finding) = of(roles::READ, |state| &state.lit)
        .or_else(|| of(roles::ASIDE, |state| &state.dimmed))
        .or_else(|| of(roles::ASIDE, |state| &state.beside))?;
    let label = format!("{} {state}", finding.label);
    Some(finding.label(label))
}

/// `with the focus on lines 2, 4`.
fn with(focus: &Focus) -> String {
    match focus {
        Focus::All => "without a focus".to_owned(),
        Focus::Lines(lines) => {
            let (word, lines) = (if lines.len() == 1 { "line" } else { "lines" }, lines.iter());
            let lines: Vec<String> = lines.map(ToString::to_string).collect();
            format!("with the focus on {word} {}", lines.join(", "))
        }
    }
}

/// The run with the lowest contrast, where that is too low.
fn faintest<'a>(
    ctx: Ctx<'_>,
    floor: roles::Floor,
    runs: impl Iterator<Item = &'a Run>,
) -> Option<Diagnostic> {
    let runs = runs.filter(|run| !behind::is_under(ctx, run));
    let measured = runs.map(|run| (run.backdrop.contrast(run.color), run));
    let (ratio, run) = measured.min_by(|a, b| a.0.total_cmp(&b.0))?;
    let (color, backdrop, least) = (run.color, run.backdrop, floor.contrast);
    // What is too large for its slot covers its neighbours as a matter of course;
    // that is told once, as overflow.
    if least <= ratio || super::overflow::is_there(ctx) {
        return None;
    }
    let message = format!(
        "`{color}` on {backdrop} has a contrast of {}:1, below the floor of {least}:1",
        below(ratio)
    );
    let finding = LAW.at(ctx, floor.span, message).label(format!("`{}`", run.text.trim()));
    let (bar, pad) = (ctx.space.bar, ctx.space.pad_x);
    Some(if backdrop.darkest != backdrop.lightest {
        finding
            .hint("a picture is behind this text: put the text beside it or below it")
            .hint("or lay a scrim between them: a plain colour through which little of it shows")
    } else if pad < bar {
        finding.hint(format!(
            "the bar beside a focus is {bar} wide, and code begins behind {pad}: in the theme, \
             make `bar` no wider than `pad_x`"
        ))
    } else {
        finding.hint("this is a mistake in deckc: please report it with the deck and its theme")
    })
}

/// The faintest text of a figure, where it is too faint. What is not on a plain
/// colour is not known.
fn faint_text(ctx: Ctx<'_>, picture: shown::Shown<'_>, page: Rgb) -> Option<Diagnostic> {
    let measured = picture.figure.texts.iter().filter_map(|text| {
        let (ink, ground) = (text.ink?.on(page), text.ground?);
        Some((ground.on(page).contrast(ink), text, ink, ground))
    });
    let (ratio, text, ink, ground) = measured.min_by(|a, b| a.0.total_cmp(&b.0))?;
    if IN_FIGURE <= ratio {
        return None;
    }
    let (path, behind) = (&picture.image.path, ground.on(page));
    let message = format!(
        "text `{ink}` on `{behind}` in the figure `{}` has a contrast of {}:1, below the floor \
         of {IN_FIGURE}:1",
        path.value,
        below(ratio)
    );
    let mut finding = LAW.at(ctx, path.span, message).label(label(text));
    if let Some(color) = ink.nearest_passing(&[behind], IN_FIGURE) {
        finding = finding.hint(format!("draw the text in `{color}`, the nearest that passes"));
    }
    Some(if ground == Layer::CLEAR {
        finding.hint(format!(
            "or give the drawing a background of its own: it lets `{page}` of the slide through"
        ))
    } else {
        finding
    })
}

/// What a text says, shortened.
fn label(text: &Text) -> String {
    let text: String = text.text.trim().chars().take(40).collect();
    format!("`{text}`")
}

/// A figure in which no colour stands out from another, nor from the slide: a
/// black drawing without a background, on black.
fn faint_figure(ctx: Ctx<'_>, picture: shown::Shown<'_>, page: Rgb) -> Option<Diagnostic> {
    let layers = picture.figure.colors.as_ref()?;
    let mut colors: Vec<Rgb> = layers.iter().map(|layer| layer.on(page)).collect();
    colors.push(page);
    let pairs = colors.iter().flat_map(|a| colors.iter().map(|b| a.contrast(*b)));
    let highest = pairs.max_by(f64::total_cmp)?;
    if GRAPHIC <= highest {
        return None;
    }
    let path = &picture.image.path;
    let message = format!(
        "nothing stands out in the figure `{}`: the highest contrast is {}:1, below the floor of \
         {GRAPHIC}:1",
        path.value,
        below(highest)
    );
    Some(
        LAW.at(ctx, path.span, message)
            .label(format!("it stands on `{page}`"))
            .hint(format!("draw it in colours that show on `{page}`"))
            .hint("or give the drawing a background of its own: a `rect` behind everything"),
    )
}

/// A ratio cut to a tenth, so that what is below a floor is shown below it.
fn below(ratio: f64) -> f64 {
    (ratio * 10.0).floor() / 10.0
}

#[cfg(test)]
mod tests {
    use crate::check::laws::testing;
    use crate::color::{Backdrop, Layer, Rgb};

    #[test]
    fn faint_text_is_found() {
        let grey = |level| {
            let color = Rgb::new(level, level, level);
            testing::run(super::check, |page| {
                page.set_colors(color, Backdrop::plain(Rgb::WHITE));
            })
        };
        assert_eq!(
            grey(0x5a),
            ["`#5a5a5a` on `#ffffff` has a contrast of 6.8:1, below the floor of 7:1"]
        );
        assert!(grey(0x59).is_empty());
    }

    #[test]
    fn what_overflows_is_told_once() {
        let lines = |n_lines| {
            testing::run(super::check, |page| {
                page.set_code(&vec!["x = 1"; n_lines]);
                page.set_colors(Rgb::WHITE, Backdrop::plain(Rgb::WHITE));
            })
        };
        assert_eq!(lines(15).len(), 1);
        assert!(lines(16).is_empty());
    }

    #[test]
    fn text_on_a_picture_needs_a_scrim() {
        let over = |backdrop| {
            testing::run(super::check, |page| page.set_colors(Rgb::WHITE, backdrop)).len()
        };
        assert_eq!(over(Backdrop::ANY), 1);
        assert_eq!(over(Backdrop::ANY.under(Layer::new(Rgb::BLACK, 0.5))), 1);
        assert_eq!(over(Backdrop::ANY.under(Layer::new(Rgb::BLACK, 0.7))), 0);
    }
}
