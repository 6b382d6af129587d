//! Mermaid's configuration: our faces, and the theme's colours for every part.

use serde_json::json;

use super::{SCALE, SIZE};
use crate::color::Rgb;
use crate::figure::draw::sheet::Kit;
use crate::model::CalloutKind;

/// What a diagram may not say of itself: it looks like the deck that it is in.
const OURS: [&str; 9] = [
    "secure",
    "securityLevel",
    "startOnLoad",
    "maxTextSize",
    "theme",
    "themeVariables",
    "themeCSS",
    "fontFamily",
    "look",
];

/// How far apart the parts of a diagram stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Spacing {
    /// As far as looks good.
    Wide,
    /// As near as looks clear: for a diagram whose text would else be too small.
    Tight,
}

/// The family, the direction and the distances of everything, and the theme's
/// colours for every part.
pub(super) fn config(kit: &Kit<'_>, text: &str, spacing: Spacing) -> serde_json::Value {
    let family = kit.families(false);
    let mut variables: serde_json::Map<_, _> = colors(kit)
        .into_iter()
        .flat_map(|(color, names)| names.split(' ').map(move |name| (name, color)))
        .map(|(name, color)| (name.to_owned(), json!(color.to_string())))
        .collect();
    variables.insert("fontFamily".to_owned(), json!(family));
    variables.insert("fontSize".to_owned(), json!(format!("{SIZE}px")));
    for (nth, hue) in (1..).zip(kit.hues().into_iter().cycle().take(12)) {
        variables.insert(format!("pie{nth}"), json!(hue.to_string()));
    }
    for (name, px) in
        [("pieTitleTextSize", 20), ("pieSectionTextSize", 18), ("pieLegendTextSize", 18)]
    {
        variables.insert(name.to_owned(), json!(format!("{px}px")));
    }
    variables.insert("pieOpacity".to_owned(), json!("1"));
    variables.insert("todayLineColor".to_owned(), json!("transparent"));
    // A figure of a person is higher than a box.
    let figures = text.lines().any(|line| line.trim().starts_with("actor "));
    // The number of a message stands in a circle, and what comes next below it.
    let numbers = text.lines().any(|line| line.trim().starts_with("autonumber"));
    // The frame around some lanes stands out of them.
    let boxes = text.lines().any(|line| line.trim().starts_with("box "));
    // merman takes the distances of classes from those of states, and they need room for
    // how many stand at the ends.
    let classes = text.lines().any(|line| line.trim().starts_with("classDiagram"));
    let of = |wide: u32, tight: u32| if spacing == Spacing::Wide { wide } else { tight };
    json!({
        "secure": OURS,
        "theme": "base",
        "look": "classic",
        "fontFamily": family,
        "fontSize": SIZE,
        "htmlLabels": true,
        "flowchart": { "htmlLabels": true, "wrappingWidth": 200,
            "nodeSpacing": of(32, 24), "rankSpacing": of(44, 28), "minNodeWidth": 44,
            "padding": of(14, 9),
            "subGraphTitleMargin": { "top": of(4, 2), "bottom": of(15, 10) } },
        "class": { "htmlLabels": true, "padding": of(12, 8) },
        "state": { "htmlLabels": true, "minNodeWidth": 44, "wrappingWidth": 200,
            "nodeSpacing": of(50, 24),
            "rankSpacing": if classes { of(60, 48) } else { of(50, 30) } },
        "sequence": {
            "mirrorActors": false, "messageFontSize": SIZE, "actorFontSize": SIZE,
            "noteFontSize": SIZE, "actorMargin": of(50, 30), "height": if figures { 65 } else { 36 }, "width": of(110, 90), "boxMargin": if numbers { of(13, 11) } else { of(8, 5) },
            "boxTextMargin": of(5, 3), "noteMargin": of(10, 6),
            "diagramMarginX": if boxes { 30 } else { 4 }, "diagramMarginY": if boxes { 16 } else { 8 },
        },
        "gantt": {
            "fontSize": SIZE, "sectionFontSize": SIZE, "barHeight": 26, "barGap": 6,
            "topPadding": 30, "leftPadding": 100, "rightPadding": 40,
            "useWidth": kit.room.0 * 4.0 / 3.0 / SCALE,
        },
        "er": { "fontSize": SIZE, "nodeSpacing": of(60, 48), "rankSpacing": of(120, 80),
            "minEntityHeight": 50 },
        "themeVariables": variables,
        "themeCSS": style(kit),
    })
}

/// The names that Mermaid's themes have for colours, by the colour of ours.
fn colors(kit: &Kit<'_>) -> [(Rgb, &'static str); 9] {
    let palette = &kit.theme.palette;
    [
        (
            palette.background(),
            "background tertiaryColor clusterBkg edgeLabelBackground \
            sequenceNumberColor altBackground compositeBackground attributeBackgroundColorEven rowEven \
            altSectionBkgColor doneTaskBkgColor excludeBkgColor pieSectionTextColor \
              pieStrokeColor pieOuterStrokeColor",
        ),
        (
            palette.surface(),
            "primaryColor secondaryColor mainBkg actorBkg labelBoxBkgColor \
            noteBkgColor activationBkgColor stateBkg compositeTitleBackground errorBkgColor \
            attributeBackgroundColorOdd rowOdd sectionBkgColor sectionBkgColor2 taskBkgColor \
            activeTaskBkgColor critBkgColor",
        ),
        (
            palette.text(),
            "primaryTextColor secondaryTextColor tertiaryTextColor textColor \
            nodeTextColor titleColor actorTextColor signalTextColor labelTextColor loopTextColor \
            noteTextColor labelColor classText stateLabelColor transitionLabelColor \
            errorTextColor taskTextColor taskTextLightColor taskTextDarkColor \
            taskTextOutsideColor taskTextClickableColor pieTitleTextColor pieLegendTextColor ",
        ),
        (
            palette.muted(),
            "secondaryBorderColor tertiaryBorderColor lineColor clusterBorder \
            defaultLinkColor actorLineColor labelBoxBorderColor compositeBorder transitionColor \
            specialStateColor innerEndBackground doneTaskBorderColor",
        ),
        (
            palette.accent(),
            "primaryBorderColor nodeBorder actorBorder signalColor \
            activationBorderColor taskBorderColor",
        ),
        (palette.rule(), "gridColor"),
        (palette.callout(CalloutKind::Note), "noteBorderColor activeTaskBorderColor"),
        (palette.callout(CalloutKind::Caution), "critBorderColor"),
        (palette.callout(CalloutKind::Warning), "vertLineColor"),
    ]
}

/// The sizes and colours that no variable gives a name to.
fn style(kit: &Kit<'_>) -> String {
    let palette = &kit.theme.palette;
    let (ground, text, rule) = (palette.background(), palette.text(), palette.rule());
    format!(
        ".classTitleText{{font-size:{SIZE}px;}}\
         .edgeTerminals{{font-size:{TERMINAL}px;paint-order:stroke;stroke:{ground};stroke-width:4px;\
         stroke-linejoin:round;}}\
         .grid .tick line{{stroke:{rule}!important;}}\
         .grid .tick text{{font-size:{TICK}px;fill:{text};}}\
         .sequenceNumber{{font-size:{TICK}px!important;}}\
         .edge-thickness-normal,.relation,.transition,.messageLine0,.messageLine1{{stroke-width:1.5px;}}\
         .edge-thickness-thick{{stroke-width:3px!important;}}\
         .node rect,.node circle,.node ellipse,.node polygon,.node path,.actor{{stroke-width:1.3px;}}\
         .loopText,.loopText tspan,.messageText{{paint-order:stroke!important;\
         stroke:{ground}!important;stroke-width:6px!important;stroke-linejoin:round;}}\
         .taskTextOutsideLeft,.taskTextOutsideRight{{paint-order:stroke!important;\
         stroke:{ground}!important;stroke-width:5px!important;stroke-linejoin:round;}}\
         .edgeLabel .label rect{{fill:{ground}!important;}}\
         .labelBkg,.cluster-label .nodeLabel{{background:{ground}!important;background-color:{ground}!important;}}"
    )
}

/// The size for which merman measures how many stand at the end of a relation, in
/// Mermaid's pixels.
pub(super) const TERMINAL: f64 = 11.0;

/// The size of the numbers of an axis and of messages, in Mermaid's pixels.
pub(super) const TICK: f64 = 14.0;
