//! What tells series apart: hues that those tell apart who see red and green alike,
//! and patterns, dashes and forms for those who see no hues.

use super::{Chart, LINE};
use crate::color::Rgb;
use crate::figure::draw::put;
use crate::figure::draw::sheet::{Anchor, Pen, n};
use crate::figure::draw::sheet::{Point, Style};
use crate::model::CalloutKind;
use crate::theme::Palette;

/// The hues on a dark ground. The first two are of Okabe and Ito's palette (Color
/// Universal Design, 2008); a test holds that all are told apart.
const ON_DARK: [Rgb; 5] = [
    Rgb::new(0x56, 0xb4, 0xe9),
    Rgb::new(0xe6, 0x9f, 0x00),
    Rgb::new(0xf7, 0xf0, 0xa0),
    Rgb::new(0xe0, 0x70, 0x50),
    Rgb::new(0x9a, 0x86, 0xff),
];

/// The hues on a light ground, likewise.
const ON_LIGHT: [Rgb; 5] = [
    Rgb::new(0x00, 0x72, 0xb2),
    Rgb::new(0xa0, 0x5a, 0x00),
    Rgb::new(0xc2, 0x18, 0x5b),
    Rgb::new(0x00, 0x00, 0x00),
    Rgb::new(0x4b, 0x00, 0x55),
];

/// What the hue of a series reaches on the ground, so that its name may be set in
/// it: the floor of text in figures.
const FLOOR: f64 = 4.5;

/// The dashes of the lines, in the order of the series.
pub(super) const DASHES: [&str; 5] = ["", "11 7", "1 7", "14 6 1 6", "5 6"];

/// The hue of a series. A theme without hues has none here either.
pub(in crate::figure::draw) fn hue(palette: &Palette, nth: usize) -> Rgb {
    let ground = palette.background();
    let without = CalloutKind::ALL.iter().all(|kind| palette.callout(*kind) == palette.text());
    if without {
        return palette.text();
    }
    let hues = if ground.luminance() < 0.18 { ON_DARK } else { ON_LIGHT };
    let hue = hues[nth % hues.len()];
    if ground.contrast(hue) < FLOOR {
        hue.nearest_passing(&[ground], FLOOR).unwrap_or(hue)
    } else {
        hue
    }
}

impl Chart<'_> {
    /// Whether something is highlighted, and this series or row is not.
    pub(super) fn is_dim(&self, nth: usize, row: Option<&str>) -> bool {
        let names = &self.options.highlight;
        let series = self.table.series[nth].name.as_str();
        !names.is_empty()
            && !names.contains(&series)
            && !row.is_some_and(|row| names.contains(&row))
    }

    /// The colour of a series: its hue; grey where another is highlighted, and the
    /// accent for what is highlighted of a single one.
    pub(super) fn color(&self, nth: usize, row: Option<&str>) -> Rgb {
        let palette = self.palette();
        if self.is_dim(nth, row) {
            return palette.muted();
        }
        let is_lit = !self.options.highlight.is_empty();
        if is_lit && self.table.series.len() == 1 { palette.accent() } else { hue(palette, nth) }
    }

    /// What a shape of a series is filled with: its colour, or a pattern in it. What
    /// is dim is hollow, so that the rest stands out without hues, too.
    pub(super) fn fill(&mut self, nth: usize, color: Rgb, is_dim: bool) -> String {
        let ground = self.palette().background();
        let mark = match (is_dim, nth) {
            (true, _) => return ground.mix(color, 0.25).to_string(),
            (false, 0) => return color.to_string(),
            (false, 1) => "<path d=\"M0 8L8 0M-2 2L2 -2M6 10L10 6\"",
            (false, 2) => "<path d=\"M0 4H8\"",
            (false, 3) => "<path d=\"M4 0V8\"",
            (false, _) => "<path d=\"M0 0L8 8M0 8L8 0\"",
        };
        self.n_patterns += 1;
        let id = format!("p{}", self.n_patterns);
        self.sheet.define(&format!(
            "<pattern id=\"{id}\" width=\"8\" height=\"8\" patternUnits=\"userSpaceOnUse\">\
             <rect width=\"8\" height=\"8\" fill=\"{color}\"/>{mark} stroke=\"{ground}\" \
             stroke-width=\"2.2\" fill=\"none\"/></pattern>"
        ));
        format!("url(#{id})")
    }

    /// A mark whose form is its series'.
    pub(super) fn marker(&mut self, nth: usize, color: Rgb, (x, y): Point, size: f64) {
        let ground = self.palette().background();
        let edge = Some(Pen::new(ground, 1.5));
        let at = |dx: f64, dy: f64| (x + dx * size, y + dy * size);
        match nth {
            0 => self.sheet.circle(0, (x, y), 5.5 * size, &color.to_string(), edge),
            1 => {
                let square = (x - 5.0 * size, y - 5.0 * size, 10.0 * size, 10.0 * size);
                self.sheet.rect(0, square, 0.0, &color.to_string(), edge);
            }
            2 => self.sheet.polygon(0, &[at(0.0, -6.6), at(6.2, 5.0), at(-6.2, 5.0)], color),
            3 => {
                let corners = [at(0.0, -7.0), at(7.0, 0.0), at(0.0, 7.0), at(-7.0, 0.0)];
                self.sheet.polygon(0, &corners, color);
            }
            _ => {
                let pen = Some(Pen::new(color, 2.5));
                self.sheet.circle(0, (x, y), 5.0 * size, &ground.to_string(), pen);
            }
        }
    }

    /// A line with a stroke across each end, and the ground around it, so that it
    /// shows on a shape of its own colour.
    pub(super) fn whisker(&mut self, color: Rgb, from: Point, to: Point, half: Point) {
        let ground = self.palette().background();
        for pen in [Pen::new(ground, 5.0), Pen::new(color, 2.0)] {
            self.sheet.line(0, from, to, pen);
            for end in [from, to] {
                let (a, b) = ((end.0 - half.0, end.1 - half.1), (end.0 + half.0, end.1 + half.1));
                self.sheet.line(0, a, b, pen);
            }
        }
    }

    /// The names of the series beside what they are drawn in, in rows below the
    /// title; none for a single one.
    pub(super) fn legend(&mut self) {
        let n_series = self.table.series.len();
        if n_series < 2 {
            return;
        }
        let (mut x, mut y) = (0.0, self.head + LINE * 0.5);
        for nth in 0..n_series {
            let name = self.table.series[nth].name.clone();
            let room = 24.0 + self.width(&name) + 22.0;
            if x > 0.0 && self.size.0 < x + room - 22.0 {
                (x, y) = (0.0, y + LINE);
            }
            // Where only rows stand out, every series is told by its own look.
            let lit = &self.options.highlight;
            let are_series = self.table.series.iter().any(|it| lit.contains(&it.name.as_str()));
            let is_dim = are_series && self.is_dim(nth, None);
            let palette = self.palette();
            let color = if is_dim { palette.muted() } else { hue(palette, nth) };
            let fill = self.fill(nth, color, is_dim);
            self.sheet.rect(0, (x, y - 8.0, 16.0, 16.0), 2.0, &fill, Some(Pen::new(color, 1.5)));
            let text = if is_dim { self.palette().muted() } else { self.palette().text() };
            self.text((x + 24.0, y), Anchor::Start, text, &name);
            x += room;
        }
        self.head = y + LINE * 0.5;
    }

    /// The text of a series: its own colour, which those who see no hues know by
    /// where it stands.
    pub(super) fn name_style(&self, nth: usize) -> Style {
        Style::plain(self.color(nth, None)).bold()
    }

    /// A path through some places.
    pub(super) fn path_through(places: &[Point]) -> String {
        let mut path = String::new();
        for (nth, (x, y)) in places.iter().enumerate() {
            let command = if nth == 0 { 'M' } else { 'L' };
            put(&mut path, format_args!("{command}{} {}", n(*x), n(*y)));
        }
        path
    }
}

#[cfg(test)]
mod tests {
    use super::{ON_DARK, ON_LIGHT};
    use crate::color::Rgb;

    /// Matrices of Machado, Oliveira and Fernandes (2009) for people who lack one
    /// kind of cone, on linear light.
    const BLIND: [[[f64; 3]; 3]; 3] = [
        [
            [0.152_286, 1.052_583, -0.204_868],
            [0.114_503, 0.786_281, 0.099_216],
            [-0.003_882, -0.048_116, 1.051_998],
        ],
        [
            [0.367_322, 0.860_646, -0.227_968],
            [0.280_085, 0.672_501, 0.047_413],
            [-0.011_820, 0.042_940, 0.968_881],
        ],
        [
            [1.255_528, -0.076_749, -0.178_779],
            [-0.078_411, 0.930_809, 0.147_602],
            [0.004_733, 0.691_367, 0.303_900],
        ],
    ];

    /// A colour in CIE 1976 L*a*b*, as somebody sees it.
    fn lab(color: Rgb, eye: &[[f64; 3]; 3]) -> [f64; 3] {
        let linear = |channel: u8| {
            let share = f64::from(channel) / 255.0;
            if share <= 0.04045 { share / 12.92 } else { libm::pow((share + 0.055) / 1.055, 2.4) }
        };
        let rgb = [color.r, color.g, color.b].map(linear);
        let times = |m: &[[f64; 3]; 3], v: [f64; 3]| {
            m.map(|row| row.iter().zip(v).map(|(a, b)| a * b).sum::<f64>())
        };
        let xyz = times(
            &[[0.4124, 0.3576, 0.1805], [0.2126, 0.7152, 0.0722], [0.0193, 0.1192, 0.9505]],
            times(eye, rgb).map(|it| it.clamp(0.0, 1.0)),
        );
        let f = |it: f64| if it > 0.008_856 { it.cbrt() } else { 7.787 * it + 16.0 / 116.0 };
        let [x, y, z] = [xyz[0] / 0.9505, xyz[1], xyz[2] / 1.089].map(f);
        [116.0 * y - 16.0, 500.0 * (x - y), 200.0 * (y - z)]
    }

    #[test]
    fn hues_are_told_apart_without_one_kind_of_cone() {
        for hues in [ON_DARK, ON_LIGHT] {
            for eye in &BLIND {
                for (nth, a) in hues.iter().enumerate() {
                    for b in &hues[..nth] {
                        let (p, q) = (lab(*a, eye), lab(*b, eye));
                        let distance =
                            p.iter().zip(q).map(|(p, q)| (p - q).powi(2)).sum::<f64>().sqrt();
                        assert!(distance > 20.0, "{a} and {b}: {distance}");
                    }
                }
            }
        }
    }
}
