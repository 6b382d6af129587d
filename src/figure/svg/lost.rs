//! What an SVG has beside drawings: it is lost, and said to be.

use std::collections::BTreeSet;

use resvg::usvg::roxmltree::{Document, Node};

use crate::figure::problem::Problem;

/// How deep the elements are nested.
pub(super) fn depth(document: &Document<'_>) -> usize {
    // A walk with a stack of its own: the nesting is not yet known to be safe.
    let mut deepest = 0;
    let mut open = vec![(document.root(), 0)];
    while let Some((node, level)) = open.pop() {
        deepest = deepest.max(level);
        open.extend(node.children().filter(Node::is_element).map(|child| (child, level + 1)));
    }
    deepest
}

/// One problem a kind of loss: content that disappears is an error, behaviour
/// that a slide cannot have is a warning.
pub(super) fn problems(key: &str, document: &Document<'_>) -> Vec<Problem> {
    let mut found = Vec::new();
    let elements = || document.descendants().filter(Node::is_element);
    if elements().any(|node| is_foreign(&node)) {
        found.push(Problem::error(
            "foreign-svg",
            format!("the SVG `{key}` has HTML in it, which would be left out"),
            "export it with text as SVG text: Mermaid's `htmlLabels: false`, draw.io's `Text Settings` without formatting",
        ));
    }
    let outside: BTreeSet<&str> = elements().filter_map(|node| outside_href(&node)).collect();
    for address in outside {
        let short: String = address.chars().take(80).collect();
        found.push(Problem::error(
            "foreign-svg",
            format!("the SVG `{key}` shows another file, `{short}`, which would be left out"),
            "embed the picture in the SVG as a `data:` address, or show it as an image of its own",
        ));
    }
    if elements().any(|node| imports_style(&node)) {
        found.push(Problem::error(
            "foreign-svg",
            format!("the SVG `{key}` takes its style from another file, which would be left out"),
            "put the style into the SVG",
        ));
    }
    if elements().any(|node| acts(&node)) {
        found.push(Problem::warning(
            "foreign-svg",
            format!("the SVG `{key}` has scripts or animation; the slide shows it at rest"),
            "export it without interaction, or delete its `script` and `animate` elements and `@keyframes`",
        ));
    }
    let unknown: BTreeSet<&str> = elements().flat_map(|node| unknown_colours(&node)).collect();
    if !unknown.is_empty() {
        let names: Vec<String> = unknown.iter().map(|name| format!("`{name})`")).collect();
        found.push(Problem::warning(
            "foreign-svg",
            format!(
                "the SVG `{key}` has colours that only a browser works out: {}; they are left out",
                names.join(", ")
            ),
            "export it with plain colours, like `#3366cc`; in draw.io with the appearance `Light`",
        ));
    }
    found
}

/// The functions in the colours of an element, or of a style sheet, that nobody but a
/// browser knows (CSS Color 4 and 5, CSS Variables 1).
fn unknown_colours<'a>(node: &Node<'_, '_>) -> Vec<&'a str> {
    const FUNCTIONS: [&str; 9] =
        ["color(", "color-mix(", "hwb(", "lab(", "lch(", "light-dark(", "oklab(", "oklch(", "var("];
    const PAINTS: [&str; 7] =
        ["fill", "stroke", "color", "stop-color", "flood-color", "lighting-color", "style"];
    let mut values: Vec<&str> =
        node.attributes().filter(|it| PAINTS.contains(&it.name())).map(|it| it.value()).collect();
    values.extend(node.text().filter(|_| node.tag_name().name() == "style"));
    let declarations = values.iter().flat_map(|value| value.split([';', '{', '}']));
    let paints = declarations.filter(|it| match it.split_once(':') {
        Some((name, _)) => PAINTS.contains(&name.trim()),
        None => true,
    });
    let is_word = |c: char| c.is_alphanumeric() || c == '-';
    paints
        .flat_map(|value| {
            FUNCTIONS.into_iter().filter(|name| {
                let starts = value.match_indices(name).map(|(at, _)| at);
                starts.into_iter().any(|at| !value[..at].ends_with(is_word))
            })
        })
        .collect()
}

/// Whether an element is HTML inside an SVG that no `switch` has another form
/// for.
fn is_foreign(node: &Node<'_, '_>) -> bool {
    let name = node.tag_name().name();
    let is_html = ["foreignObject", "video", "audio", "iframe", "canvas"].contains(&name);
    let in_switch = node.parent().is_some_and(|it| it.tag_name().name() == "switch")
        && node.next_siblings().skip(1).any(|it| it.is_element());
    is_html && !in_switch
}

/// The address of a file that an element draws from outside the SVG.
fn outside_href<'a>(node: &Node<'a, '_>) -> Option<&'a str> {
    let draws = [
        "image",
        "use",
        "feImage",
        "tref",
        "textPath",
        "linearGradient",
        "radialGradient",
        "pattern",
    ];
    if !draws.contains(&node.tag_name().name()) {
        return None;
    }
    let href = node.attributes().find(|it| it.name() == "href")?.value().trim();
    let inside = href.is_empty() || href.starts_with('#') || href.starts_with("data:");
    (!inside).then_some(href)
}

/// Whether an element is a style sheet that loads another.
fn imports_style(node: &Node<'_, '_>) -> bool {
    match node.tag_name().name() {
        "style" => node.text().is_some_and(|text| text.contains("@import")),
        "link" => true,
        _ => false,
    }
}

/// Whether an element does something.
fn acts(node: &Node<'_, '_>) -> bool {
    let name = node.tag_name().name();
    let moves = ["script", "animate", "animateTransform", "animateMotion", "animateColor", "set"];
    let moves_by_style = name == "style" && node.text().is_some_and(|it| it.contains("@keyframes"));
    moves.contains(&name)
        || moves_by_style
        || node.attributes().any(|it| it.name().starts_with("on"))
}
