//! Solving a grid to rectangles.
//!
//! Fixed tracks get their length; shares get what fixed tracks and gaps leave.
//! The edges of shares stand at whole 64ths of a point, which `f64` holds
//! without loss, and the last share takes the remainder: the shares of a row
//! sum exactly to the room.

use std::collections::BTreeMap;

use super::{Layout, Track};
use crate::geom::{Pt, Rect};

/// The rectangle of every area.
pub(super) fn solve(layout: &Layout, part: Rect) -> BTreeMap<String, Rect> {
    let [top, right, bottom, left] = layout.margin;
    let width = part.w - left - right;
    let height = part.h - top - bottom;
    let columns = edges(&layout.columns, part.x + left, width, layout.column_gap);
    let rows = edges(&layout.rows, part.y + top, height, layout.row_gap);

    let mut areas: BTreeMap<String, Rect> = BTreeMap::new();
    for (cells, (y, h)) in layout.areas.iter().zip(&rows) {
        for (name, (x, w)) in cells.iter().zip(&columns) {
            if name != "." {
                let cell = Rect::new(*x, *y, *w, *h);
                areas
                    .entry(name.clone())
                    .and_modify(|area| *area = area.union(cell))
                    .or_insert(cell);
            }
        }
    }
    areas
}

/// What fixed tracks and gaps need.
pub(super) fn fixed(tracks: &[Track], gap: Pt) -> Pt {
    let gaps = tracks.iter().skip(1).map(|_| gap);
    let lengths = tracks.iter().filter_map(|track| match track {
        Track::Fixed(length) => Some(*length),
        Track::Share(_) => None,
    });
    lengths.chain(gaps).sum()
}

/// The start and the extent of each track.
pub(super) fn edges(tracks: &[Track], start: Pt, room: Pt, gap: Pt) -> Vec<(Pt, Pt)> {
    let free = (room - fixed(tracks, gap)).max(Pt::ZERO);
    let share = |track: &Track| match track {
        Track::Fixed(_) => 0.0,
        Track::Share(share) => *share,
    };
    let total: f64 = tracks.iter().map(share).sum();
    let last = tracks.iter().rposition(|track| share(track) > 0.0);

    let (mut at, mut given, mut taken) = (start, Pt::ZERO, 0.0);
    let mut found = Vec::with_capacity(tracks.len());
    for (index, track) in tracks.iter().enumerate() {
        let extent = match track {
            Track::Fixed(length) => *length,
            Track::Share(share) => {
                taken += share;
                let exact = free * (taken / total);
                let end =
                    if Some(index) == last { free } else { Pt((exact.0 * 64.0).floor() / 64.0) };
                let extent = end - given;
                given = end;
                extent
            }
        };
        found.push((at, extent));
        at += extent + gap;
    }
    found
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn shares_divide_what_fixed_tracks_and_gaps_leave() {
        let tracks = [Track::Fixed(Pt(100.0)), Track::Share(1.0), Track::Share(3.0)];
        let found = edges(&tracks, Pt(10.0), Pt(520.0), Pt(10.0));
        let expected = [(10.0, 100.0), (120.0, 100.0), (230.0, 300.0)];
        assert_eq!(found, expected.map(|(at, extent)| (Pt(at), Pt(extent))));
    }

    fn track() -> impl Strategy<Value = Track> {
        prop_oneof![
            (0u32..200).prop_map(|length| Track::Fixed(Pt(f64::from(length) / 4.0))),
            (1u32..90).prop_map(|share| Track::Share(f64::from(share) / 7.0)),
        ]
    }

    proptest! {
        #[test]
        fn the_tracks_of_a_grid_with_a_share_sum_to_the_room(
            tracks in prop::collection::vec(track(), 1..9),
            gap in 0u32..20,
            start in 0u32..60,
        ) {
            let (gap, start, room) = (Pt(f64::from(gap)), Pt(f64::from(start)), Pt(855.5));
            let found = edges(&tracks, start, room, gap);
            let mut at = start;
            for (begin, extent) in &found {
                prop_assert_eq!(*begin, at);
                prop_assert!(*extent >= Pt::ZERO);
                at = *begin + *extent + gap;
            }
            let shares = tracks.iter().any(|track| matches!(track, Track::Share(_)));
            if shares && fixed(&tracks, gap) <= room {
                let gaps: Pt = found.iter().skip(1).map(|_| gap).sum();
                let total: Pt = found.iter().map(|(_, extent)| *extent).sum();
                prop_assert_eq!(total + gaps, room);
                prop_assert_eq!(at - gap, start + room);
            }
        }
    }
}
