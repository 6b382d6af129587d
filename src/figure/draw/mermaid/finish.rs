//! What is done to a diagram after Mermaid's layout: it is made as large as its text
//! is to be, titles of groups give way to arrows, and dates to each other.

use resvg::usvg::roxmltree::{Document, Node};

use super::config::{TERMINAL, TICK};
use super::{SCALE, SIZE, bands};
use crate::color::Rgb;
use crate::figure::draw::sheet::{Kit, Style, TEXT, n};

/// The radius of the corners of boxes, in Mermaid's pixels.
const RADIUS: &str = " rx=\"5\" ry=\"5\"";

/// Half the height of the head of an arrow and what is below it, in Mermaid's pixels.
const HEAD: f64 = 14.0;

/// What is between the title of a task and the edges of its bar at least, in
/// Mermaid's pixels.
const INSIDE: f64 = 5.0;

/// The text of an SVG with some parts of it in other words.
pub(super) struct Edits<'a> {
    text: &'a str,
    all: Vec<(std::ops::Range<usize>, String)>,
}

impl<'a> Edits<'a> {
    pub(super) const fn of(text: &'a str) -> Self {
        Self { text, all: Vec::new() }
    }

    /// Puts a text in the place of a part.
    fn put(&mut self, part: std::ops::Range<usize>, text: String) {
        self.all.push((part, text));
    }

    /// The text with every edit.
    pub(super) fn made(mut self) -> String {
        self.all.sort_by_key(|(part, _)| (part.start, part.end));
        let mut out = String::with_capacity(self.text.len());
        let mut at = 0;
        for (part, text) in self.all {
            // One within another has gone with it.
            if part.start < at {
                continue;
            }
            out.push_str(&self.text[at..part.start]);
            out.push_str(&text);
            at = part.end;
        }
        out.push_str(&self.text[at..]);
        out
    }
}

/// The numbers of an attribute, between blanks, commas and parentheses.
pub(super) fn numbers(text: &str) -> Vec<f64> {
    let parts = text.split(|ch: char| !(ch.is_ascii_digit() || "+-.e".contains(ch)));
    parts.filter_map(|it| it.parse().ok()).collect()
}

/// Whether an element has a class.
pub(super) fn has_class(node: &Node<'_, '_>, class: &str) -> bool {
    let classes = node.attribute("class").unwrap_or_default();
    classes.split_whitespace().any(|it| it == class)
}

/// A finished diagram.
pub(super) struct Laid {
    pub(super) svg: String,
    /// How wide and high it is, in points.
    size: (f64, f64),
    /// The size of its smallest text where it has that size, in points.
    text: f64,
}

impl Laid {
    /// How large its smallest text is where it has some room, in points.
    pub(super) fn text_in(&self, room: (f64, f64)) -> f64 {
        self.text * (room.0 / self.size.0).min(room.1 / self.size.1)
    }
}

/// Finishes a diagram; `None` where it has no size.
pub(super) fn finish(kit: &Kit<'_>, svg: &str) -> Option<Laid> {
    let document = Document::parse(svg).ok()?;
    let root = document.root_element();
    let &[x, y, width, height] = numbers(root.attribute("viewBox")?).as_slice() else {
        return None;
    };
    let mut edits = Edits::of(svg);
    // A message that leads back to its own lane goes further down than is reckoned.
    let feet = document.descendants().filter_map(|it| bands::foot(&it)).map(|foot| foot + HEAD);
    let height = feet.map(|foot| foot - y).fold(height, f64::max);
    set(&mut edits, &root, "viewBox", &[x, y, width, height].map(n).join(" "));
    for (name, length) in [("width", width), ("height", height)] {
        set(&mut edits, &root, name, &n(length * SCALE));
    }
    let mut ticks = Vec::new();
    for node in document.descendants().filter(Node::is_element) {
        match node.tag_name().name() {
            "rect" if is_box(&node) => {
                let at = node.range().start + "<rect".len();
                edits.put(at..at, RADIUS.to_owned());
            }
            // A box around some lanes is drawn for a white ground.
            "rect" if has_class(&node, "rect") && node.attribute("stroke").is_some() => {
                set(&mut edits, &node, "stroke", &kit.theme.palette.muted().to_string());
            }
            "circle" if node.attribute("fill") == Some("white") => {
                set(&mut edits, &node, "fill", &kit.theme.palette.background().to_string());
            }
            "g" if has_class(&node, "cluster-label") => title_of_group(kit, svg, &mut edits, &node),
            "g" if has_class(&node, "tick") => ticks.push(node),
            "g" if has_class(&node, "edgeTerminals") => {
                let size = SIZE / TERMINAL;
                let at = node.attribute("transform").unwrap_or_default();
                set(&mut edits, &node, "transform", &format!("{at} scale({size})"));
            }
            "text" if has_class(&node, "taskText") => free(kit, &mut edits, &node, x + width),
            "text" if is_on_edge(&node) => {
                let ground = kit.theme.palette.background().to_string();
                let behind = node.prev_siblings().skip(1).filter(|it| it.has_tag_name("rect"));
                for rect in behind.filter(|it| it.attribute("fill") != Some("none")) {
                    set(&mut edits, &rect, "fill", &ground);
                    set(&mut edits, &rect, "style", "stroke:none");
                }
            }
            _ => {}
        }
    }
    thin(kit, &mut edits, &ticks);
    let points = |length: f64| length * SCALE * 0.75;
    let size = (points(width), points(height));
    let is_small = |it: Node<'_, '_>| has_class(&it, "tick") || has_class(&it, "sequenceNumber");
    let smallest = if document.descendants().any(is_small) { TICK } else { SIZE };
    Some(Laid { svg: edits.made(), size, text: smallest / SIZE * TEXT })
}

/// Moves the title of a task beside its bar where it would run into the edge of it,
/// and that of a milestone always: to its right, or before the end to its left.
fn free(kit: &Kit<'_>, edits: &mut Edits<'_>, text: &Node<'_, '_>, end: f64) {
    let named = text.attribute("id").and_then(|id| id.strip_suffix("-text"));
    let all = text.document().descendants();
    let bar = all.filter(|it| it.has_tag_name("rect")).find(|it| it.attribute("id") == named);
    let number = |name| bar?.attribute(name)?.parse::<f64>().ok();
    let (Some(left), Some(width)) = (number("x"), number("width")) else { return };
    let style = Style { size: SIZE, ..Style::plain(Rgb::BLACK) };
    let length = kit.width(text.text().unwrap_or_default().trim(), style);
    if length + 2.0 * INSIDE < width && !has_class(text, "milestoneText") {
        return;
    }
    let right = left + width + INSIDE;
    let (x, anchor, class) = if right + length < end {
        (right, "start", "taskTextOutsideRight")
    } else {
        (left - INSIDE, "end", "taskTextOutsideLeft")
    };
    set(edits, text, "x", &n(x));
    set(edits, text, "style", &format!("text-anchor:{anchor}!important"));
    set(edits, text, "class", class);
}

/// Whether a rectangle is a box with sharp corners.
fn is_box(node: &Node<'_, '_>) -> bool {
    let in_group = node.parent().is_some_and(|it| has_class(&it, "cluster"));
    (has_class(node, "label-container") || in_group) && node.attribute("rx").is_none()
}

/// Whether a text stands on an edge, and so on the ground of the slide.
fn is_on_edge(node: &Node<'_, '_>) -> bool {
    let classes = node.attribute("data-merman-source-classes").unwrap_or_default();
    classes.split_whitespace().any(|class| class == "edgeLabel")
}

/// Gives an attribute another value, or adds it.
fn set(edits: &mut Edits<'_>, node: &Node<'_, '_>, name: &str, value: &str) {
    if let Some(attribute) = node.attribute_node(name) {
        edits.put(attribute.range_value(), value.to_owned());
    } else {
        let at = node.range().start + 1 + node.tag_name().name().len();
        edits.put(at..at, format!(" {name}=\"{value}\""));
    }
}

/// Moves the title of a group to its left edge, since arrows lead in through the
/// middle, and over those that do so there.
fn title_of_group(kit: &Kit<'_>, svg: &str, edits: &mut Edits<'_>, label: &Node<'_, '_>) {
    let group = label.parent().filter(|it| has_class(it, "cluster"));
    let rect = group.and_then(|it| it.children().find(|it| it.has_tag_name("rect")));
    let left = rect.and_then(|it| it.attribute("x")).and_then(|x| x.parse::<f64>().ok());
    let at = label.attribute("transform").map(numbers).unwrap_or_default();
    let root = label.ancestors().find(|it| has_class(it, "root"));
    let (Some(left), &[x, y], Some(root)) = (left, at.as_slice(), root) else { return };
    // What it is written on, as wide as Mermaid has measured it.
    let shown = label.descendants().find(|it| it.has_tag_name("use"));
    let name = shown.and_then(|it| it.attribute("href")).and_then(|href| href.strip_prefix('#'));
    let drawn = name.and_then(|name| {
        label.document().descendants().find(|it| it.attribute("id") == Some(name))
    });
    let size = drawn.and_then(|it| it.children().find(|it| it.has_tag_name("svg")));
    let length = |name| size.and_then(|it| it.attribute(name)).unwrap_or("0");
    let ground = format!(
        "<rect width=\"{}\" height=\"{}\" fill=\"{}\"/>",
        length("width"),
        length("height"),
        kit.theme.palette.background()
    );
    let content = label.children().map(|it| &svg[it.range()]).collect::<String>();
    let x = n(x.min(left + 8.0));
    let end = root.range().end - "</g>".len();
    edits.put(label.range(), String::new());
    edits.put(end..end, format!("<g transform=\"translate({x},{})\">{ground}{content}</g>", n(y)));
}

/// Takes dates away from an axis that would run into those before them.
fn thin(kit: &Kit<'_>, edits: &mut Edits<'_>, ticks: &[Node<'_, '_>]) {
    let style = Style { size: TICK, ..Style::plain(Rgb::BLACK) };
    let mut placed: Vec<(f64, f64, std::ops::Range<usize>)> = ticks
        .iter()
        .filter_map(|tick| {
            let x = *numbers(tick.attribute("transform")?).first()?;
            let text = tick.descendants().find(|it| it.has_tag_name("text"))?;
            Some((x, kit.width(text.text()?, style) / 2.0, tick.range()))
        })
        .collect();
    placed.sort_by(|a, b| a.0.total_cmp(&b.0));
    let mut free = f64::MIN;
    for (x, half, range) in placed {
        if x - half < free {
            edits.put(range, String::new());
        } else {
            free = x + half + 14.0;
        }
    }
}
