//! `mermaid`: diagrams in Mermaid's language, laid out by merman.
//!
//! Text is measured in the deck's own faces, so that boxes are as wide as what
//! stands in them. Colours and faces are the theme's, whatever theme a diagram
//! names; colours that it gives to single parts are its own, and the laws hold for
//! them. Deliberately not here: sources of pictures and links, which a slide does
//! not follow.

mod bands;
mod config;
mod finish;
mod gantt;
mod looks;

use std::panic::{AssertUnwindSafe, catch_unwind};

use self::config::Spacing;
use self::finish::Laid;
use merman::svg::{
    DeterministicTextMeasurer, MeasurementProfileId, SvgEnvironment, SvgPipeline,
    TextMeasurementPolicy, TextMeasurementProfile, TextMeasurementProfileIdentity,
};
use merman::time::CivilDate;
use merman::{
    Engine, MermaidConfig, OperationControl, ParseOptions, RenderError, RenderOutput,
    RenderRequest, Renderer, SvgRequest,
};

use super::sheet::{Kit, TEXT};
use super::{Drawn, Mistake, Mistakes};
use crate::diag::nearest_hint;
use crate::model::{CodeLine, Drawing};
use crate::source::Span;

/// The size of text for which Mermaid's distances are made, in its pixels.
const SIZE: f64 = 16.0;

/// Pixels of an SVG to one of Mermaid's: its text is as large as that of other
/// drawings.
const SCALE: f64 = TEXT / SIZE * 4.0 / 3.0;

/// The size of text below which a diagram is laid out tightly, in points: the floor
/// of 14 pt, and what the room may be less than estimated.
const ENOUGH: f64 = 15.0;

/// The longest text of a diagram, in bytes: several times what a slide shows.
const MAX_TEXT: usize = 20_000;

/// The kinds of diagram that are drawn, by their first word: those that have been
/// looked at in every theme.
const KINDS: [&str; 10] = [
    "flowchart",
    "graph",
    "sequenceDiagram",
    "stateDiagram-v2",
    "stateDiagram",
    "classDiagram",
    "classDiagram-v2",
    "erDiagram",
    "gantt",
    "pie",
];

/// What to do about a line that is not Mermaid's.
const MANUAL: &str = "mermaid.js.org says what a line can be";

/// Draws a diagram, and where it has parts, a layer for each.
pub(super) fn draw(kit: &Kit<'_>, drawing: &Drawing, mistakes: &mut Mistakes) -> Option<Drawn> {
    let texts: Vec<&str> = drawing.lines.iter().map(|line| line.text.as_str()).collect();
    let text = texts.join("\n");
    let drawn = check(&drawing.lines, &text).and_then(|()| {
        looks::check(kit, &drawing.lines)?;
        let svg = fitting(kit, &text).map_err(|wrong| wrong.mistake(&drawing.lines))?;
        match drawing.parts.as_slice() {
            [] => whole(&svg),
            parts => bands::cut(&svg, parts),
        }
    });
    drawn.map_err(|mistake| mistakes.push(mistake)).ok()
}

/// Draws a flowchart that deckc wrote; what is wrong comes as a sentence.
pub(super) fn flowchart(kit: &Kit<'_>, text: &str) -> Result<Drawn, String> {
    let svg = fitting(kit, text).map_err(|wrong| wrong.why)?;
    whole(&svg).map_err(|_| "it draws nothing".to_owned())
}

/// Looks whether a diagram is of a kind that is drawn, and no longer than is read.
fn check(lines: &[CodeLine], text: &str) -> Result<(), Mistake> {
    if MAX_TEXT < text.len() {
        let what =
            format!("this diagram is described in {} bytes; {MAX_TEXT} are read", text.len());
        return Err(Mistake::whole(what, "show it in parts"));
    }
    let first = first_line(lines).ok_or_else(|| {
        Mistake::whole("this diagram is empty", "begin it with a kind, such as `flowchart LR`")
    })?;
    let line = first.text.trim();
    let word = line.split([' ', '\t', ';', '{', ':']).next().unwrap_or_default();
    if KINDS.contains(&word) {
        return if word == "gantt" { gantt::check(lines) } else { Ok(()) };
    }
    let what = format!("`{word}` is no kind of diagram that is drawn");
    Err(Mistake::at(first.span, what, nearest_hint(word, &KINDS)))
}

/// The line that names the kind: the first one below front matter and remarks.
fn first_line(lines: &[CodeLine]) -> Option<&CodeLine> {
    let mut in_front = false;
    let mut in_directive = false;
    for (nth, line) in lines.iter().filter(|line| !line.text.trim().is_empty()).enumerate() {
        let text = line.text.trim();
        if text == "---" && (nth == 0 || in_front) {
            in_front = !in_front;
        } else if in_directive || text.starts_with("%%{") {
            in_directive = !text.contains("}%%");
        } else if !in_front && !text.starts_with("%%") {
            return Some(line);
        }
    }
    None
}

/// What the diagram says of itself to those who cannot see it: Mermaid's `accDescr`,
/// behind a colon or in braces.
pub(super) fn alt(drawing: &Drawing) -> String {
    let mut lines = drawing.lines.iter().map(|line| line.text.trim());
    let Some(first) = lines.find(|line| line.starts_with("accDescr")) else {
        return String::new();
    };
    let rest = first["accDescr".len()..].trim_start();
    if let Some(said) = rest.strip_prefix(':') {
        return said.trim().to_owned();
    }
    let mut said = vec![rest.strip_prefix('{').unwrap_or(rest)];
    if !rest.contains('}') {
        for line in lines {
            said.push(line);
            if line.contains('}') {
                break;
            }
        }
    }
    let said = said.join(" ");
    said.split('}').next().unwrap_or_default().trim().to_owned()
}

/// Why a diagram is not drawn.
struct Wrong {
    /// The byte of the text at which it is; `None` for all of it.
    at: Option<usize>,
    why: String,
}

impl Wrong {
    fn whole(why: &impl ToString) -> Self {
        Self { at: None, why: why.to_string() }
    }

    fn mistake(self, lines: &[CodeLine]) -> Mistake {
        let why = self.why.lines().next().unwrap_or_default();
        if why.starts_with("resource limit") {
            let what = "this diagram is too large to be laid out";
            return Mistake::whole(what, "show it in parts, a slide each");
        }
        // merman begins with what it was doing.
        let why = why.split_once("): ").map_or(why, |(_, rest)| rest);
        // Where it does not say the place, it says the words.
        let words = why.match_indices(':').map(|(at, _)| why[at + 1..].trim());
        let is_in =
            |words: &str| lines.iter().find(|line| 2 < words.len() && line.text.contains(words));
        let span = match self.at {
            Some(at) => line_at(lines, at),
            None => words.filter_map(is_in).map(|line| line.span).next(),
        };
        let is_word = why.chars().nth(1).is_some_and(char::is_lowercase);
        let first = why.chars().next().filter(|_| is_word).map_or(0, char::len_utf8);
        let what = format!(
            "this diagram cannot be read: {}{}",
            why[..first].to_lowercase(),
            &why[first..]
        );
        match span {
            Some(span) => Mistake::at(span, what, MANUAL),
            None => Mistake::whole(what, MANUAL),
        }
    }
}

/// Where a byte of the joined lines was read.
fn line_at(lines: &[CodeLine], at: usize) -> Option<Span> {
    let mut start = 0;
    for line in lines {
        let end = start + line.text.len();
        if at <= end {
            return Some(line.span);
        }
        start = end + 1;
    }
    lines.iter().rfind(|line| !line.text.trim().is_empty()).map(|line| line.span)
}

/// An SVG as a drawing of one layer.
fn whole(svg: &str) -> Result<Drawn, Mistake> {
    let open = svg.find("<svg").and_then(|at| svg[at..].find('>').map(|end| at + end + 1));
    match (open, svg.rfind("</svg>")) {
        (Some(open), Some(close)) => {
            let layers = vec![svg[open..close].to_owned()];
            Ok(Drawn { head: svg[..open].to_owned(), layers, whole: None })
        }
        _ => Err(Mistake::whole("this diagram draws nothing", MANUAL)),
    }
}

/// Lays a diagram out, with less between its parts where its text would be too small
/// as it is shown.
fn fitting(kit: &Kit<'_>, text: &str) -> Result<String, Wrong> {
    let wide = diagram(kit, text, Spacing::Wide)?;
    if ENOUGH <= wide.text_in(kit.room) {
        return Ok(wide.svg);
    }
    // What finds no place for its labels there stays as it is.
    let tight = diagram(kit, text, Spacing::Tight).ok();
    let larger = tight.filter(|tight| wide.text_in(kit.room) < tight.text_in(kit.room));
    Ok(larger.unwrap_or(wide).svg)
}

/// Lays a diagram out.
fn diagram(kit: &Kit<'_>, text: &str, spacing: Spacing) -> Result<Laid, Wrong> {
    let config = MermaidConfig::from_value(config::config(kit, text, spacing));
    // A chart of dates that names none must not change from day to day.
    let runtime = merman::runtime::RuntimePolicy::deterministic()
        .try_with_fixed_local_offset_minutes(0)
        .map_err(|it| Wrong::whole(&it))?
        .with_fixed_today(CivilDate::new(2000, 1, 1));
    let engine = Engine::new().with_site_config(config).with_runtime_policy(runtime);
    let renderer = Renderer::new().with_engine(engine).with_parse_options(ParseOptions::strict());
    let request = SvgRequest {
        environment: SvgEnvironment::deterministic().with_text_measurement_policy(measured(kit)?),
        pipeline: Some(SvgPipeline::resvg_safe()),
        options: merman::svg::SvgRenderOptions {
            diagram_id: Some("d".to_owned()),
            ..Default::default()
        },
        ..Default::default()
    };
    // What a layout meets in a diagram that nobody has thought of is a finding, too.
    let rendered = catch_unwind(AssertUnwindSafe(|| {
        renderer.render(RenderRequest::svg(text, OperationControl::new(), request))
    }));
    let Ok(rendered) = rendered else { return Err(Wrong::whole(&"its layout fails")) };
    match rendered {
        Ok(RenderOutput::Svg(Some(svg))) => {
            finish::finish(kit, svg.svg()).ok_or_else(|| Wrong::whole(&"it has no size"))
        }
        Ok(_) => Err(Wrong::whole(&"its first line names no kind of diagram")),
        Err(RenderError::Parse(error)) => {
            let at = error.terminal_diagnostic_details().span.map(|span| span.start);
            Err(Wrong { at, why: error.terminal_safe_message().clone() })
        }
        Err(error) => Err(Wrong::whole(&error)),
    }
}

/// How wide text is: as wide as in the deck's own faces.
fn measured(kit: &Kit<'_>) -> Result<TextMeasurementPolicy, Wrong> {
    let (fonts, families) = (kit.fonts.clone(), kit.fonts.chain(&kit.theme.text_fonts));
    let measurer = DeterministicTextMeasurer::default().with_width_callback(move |text, style| {
        let weight = style.font_weight.as_deref().unwrap_or_default();
        let bold = weight.starts_with("bold") || weight.parse::<u16>().is_ok_and(|it| 600 <= it);
        fonts.width(&families, if bold { 600 } else { 400 }, text) * style.font_size.max(1.0)
    });
    let id = MeasurementProfileId::new("deckc.fonts").map_err(|it| Wrong::whole(&it))?;
    let identity = TextMeasurementProfileIdentity::new(id, "1".to_owned());
    let identity = identity.map_err(|it| Wrong::whole(&it))?;
    Ok(TextMeasurementPolicy::uniform(TextMeasurementProfile::new(identity, measurer)))
}
