//! Where the pictures of a background stand, and what they leave of the canvas.

use schemars::JsonSchema;
use serde::Serialize;

use crate::diag::Diagnostic;
use crate::geom::{Pt, Rect};
use crate::layout::Layout;
use crate::model::{Background, Backing, FilterKind, Room, Side, Slide};

/// A picture of a background in its room.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct Behind {
    /// The picture.
    pub backing: Backing,
    /// Its room; what reaches past it is cut off.
    pub room: Rect,
    /// Whether it stands behind all that is on the slide, and not beside it.
    #[serde(skip)]
    pub under: bool,
}

impl Behind {
    /// Where a picture of this many pixels stands, with what is cut off.
    #[must_use]
    pub fn rect(&self, width: f64, height: f64) -> Rect {
        let room = self.room;
        let extent = (room.w.get(), room.h.get());
        let scale = self.backing.size.scale(extent, (width, height));
        let (w, h) = (Pt(width * scale), Pt(height * scale));
        Rect::new(room.x + (room.w - w) / 2.0, room.y + (room.h - h) / 2.0, w, h)
    }
}

/// The pictures of a slide's background, and the part of the canvas that they
/// leave.
pub(super) fn behind(background: Option<&Background>, canvas: Rect) -> (Vec<Behind>, Rect) {
    let Some(background) = background else { return (Vec::new(), canvas) };
    let (taken, left) = match background.split {
        None => (canvas, canvas),
        Some(split) => {
            let w = canvas.w * (f64::from(split.share) / 100.0);
            let rest = canvas.w - w;
            let at = |x: Pt, w: Pt| Rect { x, w, ..canvas };
            match split.side {
                Side::Left => (at(canvas.x, w), at(canvas.x + w, rest)),
                Side::Right => (at(canvas.x + rest, w), at(canvas.x, rest)),
            }
        }
    };
    #[expect(clippy::cast_precision_loss, reason = "a slide has some pictures")]
    let count = background.pictures.len().max(1) as f64;
    let mut room = if background.stacked {
        Rect { h: taken.h / count, ..taken }
    } else {
        Rect { w: taken.w / count, ..taken }
    };
    let mut found = Vec::with_capacity(background.pictures.len());
    for backing in &background.pictures {
        let backing = blurred_for(backing.clone(), room);
        found.push(Behind { backing, room, under: background.split.is_none() });
        if background.stacked {
            room.y += room.h;
        } else {
            room.x += room.w;
        }
    }
    (found, left)
}

/// A picture, blurred as much as is seen in its room.
fn blurred_for(mut backing: Backing, room: Rect) -> Backing {
    let Backing { image, size, .. } = &mut backing;
    if let Some(edit) = &mut image.showing.edit
        && edit.filters.iter().any(|filter| filter.kind == FilterKind::Blur)
    {
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "0 to 960")]
        let whole = |length: Pt| length.get().round() as u16;
        edit.room = Some(Room { extent: (whole(room.w), whole(room.h)), size: *size });
        image.asset = edit.asset();
    }
    backing
}

/// What to say where a layout has no room beside a background.
pub(super) fn too_wide(slide: &Slide, layout: &Layout, left: Rect) -> Option<Diagnostic> {
    let background = slide.background.as_ref()?;
    let (split, first) = (background.split?, background.pictures.first()?);
    let least = layout.least_width();
    (left.w <= least).then(|| {
        let message = format!(
            "the background leaves {} of the slide's width, and the layout `{}` needs more than {least}",
            left.w, layout.name
        );
        let side = split.side.name();
        Diagnostic::error("background", first.words, message)
            .hint(format!("write a smaller share: `![bg {side}:{}%](...)`", split.share / 2))
            .hint("or choose a layout with fewer columns: `<!-- layout: content -->`")
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::geom::Canvas;
    use crate::model::{Extent, Image, Size, Split};
    use crate::source::{Span, Spanned};

    fn background(n: usize, split: Option<Split>, stacked: bool) -> Background {
        let image = Image {
            path: Spanned::new(String::new(), Span::default()),
            asset: String::new(),
            alt: String::new(),
            decorative: true,
            caption: String::new(),
            showing: crate::model::Showing::default(),
            drawing: None,
            video: None,
        };
        let backing = Backing {
            span: Span::default(),
            words: Span::default(),
            image,
            size: Size::Cover,
            opacity: Backing::OPAQUE,
        };
        Background { pictures: vec![backing; n], split, stacked }
    }

    fn rect([x, y, w, h]: [f64; 4]) -> Rect {
        Rect::new(Pt(x), Pt(y), Pt(w), Pt(h))
    }

    fn rooms(n: usize, split: Option<Split>, stacked: bool) -> (Vec<Rect>, Rect) {
        let (found, left) = behind(Some(&background(n, split, stacked)), Canvas::Wide.rect());
        (found.iter().map(|it| it.room).collect(), left)
    }

    #[test]
    fn pictures_share_the_room_and_leave_the_rest() {
        let all = rect([0.0, 0.0, 960.0, 540.0]);
        assert_eq!(rooms(1, None, false), (vec![all], all));
        let right = Some(Split { side: Side::Right, share: 40 });
        assert_eq!(
            rooms(2, right, true),
            (
                vec![rect([576.0, 0.0, 384.0, 270.0]), rect([576.0, 270.0, 384.0, 270.0])],
                rect([0.0, 0.0, 576.0, 540.0])
            )
        );
        let left = Some(Split { side: Side::Left, share: 25 });
        assert_eq!(
            rooms(2, left, false),
            (
                vec![rect([0.0, 0.0, 120.0, 540.0]), rect([120.0, 0.0, 120.0, 540.0])],
                rect([240.0, 0.0, 720.0, 540.0])
            )
        );
    }

    #[test]
    fn a_picture_is_as_large_as_its_size_says() {
        let at = |size| {
            let mut found = behind(Some(&background(1, None, false)), Canvas::Wide.rect()).0;
            found[0].backing.size = size;
            found[0].rect(640.0, 480.0)
        };
        assert_eq!(at(Size::Cover), rect([0.0, -90.0, 960.0, 720.0]));
        assert_eq!(at(Size::Contain), rect([120.0, 0.0, 720.0, 540.0]));
        assert_eq!(at(Size::Auto), rect([240.0, 90.0, 480.0, 360.0]));
        let half = Size::Within(Some(Extent::Percent(50)), None);
        assert_eq!(at(half), rect([240.0, 90.0, 480.0, 360.0]));
        let both = Size::Within(Some(Extent::Points(240)), Some(Extent::Points(90)));
        assert_eq!(at(both), rect([420.0, 225.0, 120.0, 90.0]));
    }
}
