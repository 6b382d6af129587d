//! Cleaned SVGs drawn apart from what is behind them: in an isolated group.
//!
//! Takes what [`super::read`] writes. No browser mixes the colours of a picture with
//! those of its page; programs that draw an SVG into a page of theirs do, unless the
//! group says that it is isolated.

/// Whether the colours of an SVG depend on what is behind it: it has a mask, or a mode
/// in which colours mix.
pub fn mixes(svg: &str) -> bool {
    let mut modes = svg.split("mix-blend-mode:").skip(1);
    svg.contains(" mask=") || modes.any(|mode| !mode.starts_with("normal"))
}

/// An SVG with all that it draws in one isolated group; `None` for one that draws
/// nothing. It is shown with so many points to a unit where it is largest.
///
/// What filters make is pixels, and who draws takes as many as the scale asks for that
/// it knows of: so it stands within the group.
pub fn isolated(svg: &str, scale: f64) -> Option<String> {
    let (head, rest) = svg.split_at(svg.find('>')? + 1);
    let (inner, tail) = rest.split_at(rest.rfind("</svg>")?);
    let has_filter = inner.contains("<filter") && scale > 0.0;
    let (by, within) = if has_filter { (1.0 / scale, scale) } else { (1.0, 1.0) };
    Some(format!(
        "{head}<g style=\"isolation:isolate\" transform=\"scale({by})\">\
         <g transform=\"scale({within})\">{inner}</g></g>{tail}"
    ))
}
