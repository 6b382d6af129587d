//! What stands for a figure while only its size counts: a drawing of the same shape
//! that takes no time to read or to draw.

use super::Figure;

/// A figure of the same size that shows nothing. What it is measured by stays, its
/// format too.
pub(super) fn of(figure: &Figure) -> Figure {
    let (width, height) = (figure.width, figure.height);
    if figure.format.is_video() {
        return Figure { bytes: Vec::new().into(), ..figure.clone() };
    }
    let svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width}\" height=\"{height}\"/>"
    );
    Figure { bytes: svg.into_bytes().into(), ..figure.clone() }
}
