//! A sequence diagram that appears part by part: cut across, since time runs down.
//!
//! Each part is the whole diagram behind a window: from below the last message of
//! the part before it to below its own last one. So lanes grow with what happens on
//! them, and nothing moves.

use resvg::usvg::roxmltree::{Document, Node};

use super::finish::{has_class, numbers};
use crate::figure::draw::sheet::n;
use crate::figure::draw::{Drawn, Mistake};

/// How far below a message its part ends, in Mermaid's pixels: the text of the next
/// one stands above its arrow.
const BELOW: f64 = 13.0;

/// Cuts a diagram.
pub(super) fn cut(svg: &str, parts: &[(u32, u32)]) -> Result<Drawn, Mistake> {
    let broken = || Mistake::whole("this diagram cannot be cut into parts", "show it at once");
    let document = Document::parse(svg).map_err(|_| broken())?;
    let root = document.root_element();
    let view = root.attribute("viewBox").map(numbers).unwrap_or_default();
    let &[x, top, width, height] = view.as_slice() else {
        return Err(broken());
    };
    let messages: Vec<f64> = document.descendants().filter_map(|it| foot(&it)).collect();
    if messages.is_empty() {
        let what = "only a sequence diagram appears part by part";
        return Err(Mistake::whole(what, "delete the parts in braces"));
    }
    let n_messages = messages.len();
    let last_named = parts.last().map_or(0, |(_, last)| *last as usize);
    if n_messages < last_named {
        let what = format!("there is no message {last_named} in this diagram");
        return Err(Mistake::whole(
            what,
            format!("its {n_messages} messages count from 1 downwards"),
        ));
    }
    if last_named < n_messages {
        let what = format!("no part shows the last of the {n_messages} messages");
        return Err(Mistake::whole(what, format!("end the parts with it, like `|{n_messages}}}`")));
    }
    let frames: Vec<f64> = document.descendants().filter_map(|it| frame(&it)).collect();
    let mut edges = vec![top];
    for (_, last) in &parts[..parts.len().saturating_sub(1)] {
        let at = messages.get(*last as usize - 1).copied().unwrap_or(top);
        // The frame around the next messages, and the next note, come with them.
        let next = frames.iter().filter(|it| at < **it).map(|it| it - 1.0);
        edges.push(next.fold(at + BELOW, f64::min));
    }
    edges.push(top + height);
    let open = svg.find("<svg").and_then(|at| svg[at..].find('>').map(|end| at + end + 1));
    let (Some(open), Some(close)) = (open, svg.rfind("</svg>")) else {
        return Err(broken());
    };
    let content = &svg[open..close];
    let layer = |(nth, edge): (usize, &[f64])| {
        let window = format!(
            "<rect x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\"/>",
            n(x),
            n(edge[0]),
            n(width),
            n((edge[1] - edge[0]).max(0.0))
        );
        format!(
            "<clipPath id=\"part{nth}\">{window}</clipPath>\
             <g clip-path=\"url(#part{nth})\">{content}</g>"
        )
    };
    let layers = edges.windows(2).enumerate().map(layer).collect();
    Ok(Drawn { head: svg[..open].to_owned(), layers, whole: Some(content.to_owned()) })
}

/// How far down a note or a line across of a frame begins; `None` for anything else.
fn frame(node: &Node<'_, '_>) -> Option<f64> {
    let end = |name| node.attribute(name)?.parse::<f64>().ok();
    if has_class(node, "note") && node.has_tag_name("rect") {
        return end("y");
    }
    if !has_class(node, "loopLine") {
        return None;
    }
    let (from, to) = (end("y1")?, end("y2")?);
    ((from - to).abs() < 0.5).then_some(from)
}

/// How far down a message reaches; `None` for what is none.
pub(super) fn foot(node: &Node<'_, '_>) -> Option<f64> {
    let class = node.attribute("class")?;
    if !class.split_whitespace().any(|it| it.starts_with("messageLine")) {
        return None;
    }
    let end = |name| node.attribute(name).and_then(|it| it.parse::<f64>().ok());
    if let (Some(from), Some(to)) = (end("y1"), end("y2")) {
        return Some(from.max(to));
    }
    // One that leads back to its own lane is a curve.
    let path = numbers(&node.attribute("d")?.replace(|ch: char| ch.is_ascii_alphabetic(), " "));
    path.chunks(2).filter_map(|point| point.get(1).copied()).reduce(f64::max)
}
