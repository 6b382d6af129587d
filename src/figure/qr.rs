//! QR codes: an address as a drawing that a phone reads from its seat.
//!
//! Takes what stands behind `qr:` in the deck, gives an SVG: dark squares on a
//! light card with the empty border that ISO/IEC 18004 asks for, whatever the
//! theme, since many readers know no light codes on dark ground. It goes the way
//! of any other SVG from there.

use std::fmt::Write as _;

use qrcode::{Color, EcLevel, QrCode};

use super::problem::Problem;

/// The empty border, in modules (ISO/IEC 18004:2015, 6.3.8).
const QUIET: usize = 4;

/// The most modules a side: version 6, which holds 106 bytes. Beside the text of
/// the layout `end` a module of it is 4 pt, so that its picture 2 m high is read
/// from 10 m: phones read codes from about ten times their own width away.
const MOST_MODULES: usize = 41;

/// What a module is drawn as, in the SVG's units.
const UNIT: usize = 8;

/// Draws the QR code of a text.
pub(super) fn draw(text: &str) -> Result<String, Problem> {
    if text.trim().is_empty() {
        return Err(Problem::error(
            "broken-asset",
            "the QR code says nothing".to_owned(),
            "write what it leads to: `![The slides](qr:https://example.org/talk)`",
        ));
    }
    // A quarter of the code may be hidden or glare and it is read still.
    let code = QrCode::with_error_correction_level(text, EcLevel::M);
    let Some(code) = code.ok().filter(|code| code.width() <= MOST_MODULES) else {
        return Err(Problem::error(
            "large-asset",
            format!("the QR code of {} bytes has squares too small for a slide", text.len()),
            "shorten the address: up to 106 bytes can be read from the back row",
        ));
    };
    let side = (code.width() + 2 * QUIET) * UNIT;
    let mut svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{side}\" height=\"{side}\">\
         <path fill=\"#fff\" d=\"M0 0h{side}v{side}H0z\"/><path fill=\"#000\" d=\""
    );
    for (y, row) in code.to_colors().chunks(code.width()).enumerate() {
        let mut x = 0;
        // Squares side by side are one, so that no reader sees seams.
        for run in row.chunk_by(|a, b| a == b) {
            if run[0] == Color::Dark {
                let (left, top) = ((x + QUIET) * UNIT, (y + QUIET) * UNIT);
                let width = run.len() * UNIT;
                let _ = write!(svg, "M{left} {top}h{width}v{UNIT}h-{width}z");
            }
            x += run.len();
        }
    }
    svg.push_str("\"/></svg>");
    Ok(svg)
}
