//! Cutting code into parts that fit.
//!
//! Takes how high each line is, what it costs to start a part with it, and how
//! much fits; gives the lines of each part. As few parts as need be, cut where it
//! hurts least, about as long as each other. Blank lines at the end of a part are
//! in none: the end of the slide says what they say.

use std::ops::Range;

use super::seams::Cost;

/// The most parts that code is cut into. More is not a slide that goes on but a
/// file.
pub const MAX_PARTS: usize = 9;

/// What another part costs.
const PART: u32 = 30;

/// A line to cut before or behind.
#[derive(Clone, Copy, Debug)]
pub(super) struct Line {
    /// How many rows it has.
    pub(super) height: usize,
    pub(super) is_blank: bool,
    /// What it costs to start a part with it.
    pub(super) cost: Cost,
}

/// The parts of some lines; `None` where they need more than [`MAX_PARTS`], or a
/// line is higher than what fits. `first` is the room of the first part and `room`
/// that of the others, in rows.
pub(super) fn cut(lines: &[Line], first: usize, room: usize) -> Option<Vec<Range<usize>>> {
    let n_lines = lines.len();
    let total: usize = lines.iter().map(|line| line.height).sum();
    if total <= first {
        return Some(std::iter::once(0..n_lines).collect());
    }
    if first == 0 || room == 0 || room.saturating_mul(MAX_PARTS) < total {
        return None;
    }
    let n_least = 1 + (total - first).div_ceil(room);
    let ideal = total.div_ceil(n_least).min(first);
    // What lines that end before each one cost at least, and where their last
    // part starts.
    let mut best: Vec<Option<(u64, usize, usize)>> = vec![None; n_lines + 1];
    best[0] = Some((0, 0, 0));
    for end in 1..=n_lines {
        let mut height = 0;
        for start in (0..end).rev() {
            if height > 0 || !lines[start].is_blank {
                height += lines[start].height;
            }
            if first.max(room) < height {
                break;
            }
            if (if start == 0 { first } else { room }) < height {
                continue;
            }
            let Some((before, n_parts, _)) = best[start] else { continue };
            if n_parts == MAX_PARTS || height == 0 {
                continue;
            }
            let apart = ideal.abs_diff(height) as u64;
            let cost = before + 16 * u64::from(lines[start].cost.0 + PART) + apart * apart;
            if best[end].is_none_or(|(least, ..)| cost < least) {
                best[end] = Some((cost, n_parts + 1, start));
            }
        }
    }
    let mut parts = Vec::new();
    let mut end = n_lines;
    while 0 < end {
        let (_, _, start) = best[end]?;
        let n_blank = lines[start..end].iter().rev().take_while(|line| line.is_blank).count();
        parts.push(start..end - n_blank);
        end = start;
    }
    parts.reverse();
    Some(parts)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// Lines of one row, each with what it costs to start a part with it.
    fn lines(costs: &[u32]) -> Vec<Line> {
        let line = |cost: &u32| Line { height: 1, is_blank: false, cost: Cost(*cost) };
        costs.iter().map(line).collect()
    }

    #[test]
    fn parts_are_few_and_about_as_long() {
        let lines = lines(&[8; 20]);
        assert_eq!(cut(&lines, 15, 15), Some(vec![0..10, 10..20]));
        assert_eq!(cut(&lines, 20, 20).map(|parts| parts.len()), Some(1));
        assert_eq!(cut(&lines, 2, 2), None);
    }

    #[test]
    fn a_cut_falls_where_it_hurts_least() {
        let mut costs = [200; 20];
        costs[13] = 0;
        assert_eq!(cut(&lines(&costs), 15, 15), Some(vec![0..13, 13..20]));
    }

    #[test]
    fn a_blank_line_at_the_end_of_a_part_takes_no_room() {
        let mut lines = lines(&[200; 20]);
        (lines[15].is_blank, lines[16].cost) = (true, Cost(0));
        assert_eq!(cut(&lines, 15, 15), Some(vec![0..15, 16..20]));
    }

    #[test]
    fn the_first_part_may_have_less_room() {
        let lines = lines(&[8; 20]);
        assert_eq!(cut(&lines, 5, 15), Some(vec![0..5, 5..20]));
        assert_eq!(cut(&lines, 4, 15).map(|parts| parts.len()), Some(3));
        assert_eq!(cut(&lines, 0, 15), None);
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn every_line_is_in_one_part_that_fits(
            lines in prop::collection::vec(
                (1usize..4, any::<bool>(), prop::sample::select(vec![0u32, 2, 8, 60, 200])),
                1..90,
            ),
            first in 3usize..20,
            room in 3usize..20,
        ) {
            let line = |(height, is_blank, cost)| Line {
                height: if is_blank { 1 } else { height },
                is_blank,
                cost: Cost(cost),
            };
            let lines: Vec<Line> = lines.into_iter().map(line).collect();
            let Some(parts) = cut(&lines, first, room) else { return Ok(()) };
            let mut next = 0;
            for (nth, part) in parts.into_iter().enumerate() {
                prop_assert!(lines[next..part.start].iter().all(|line| line.is_blank));
                prop_assert!(part.start < part.end);
                let height: usize = lines[part.clone()].iter().map(|line| line.height).sum();
                let most = if nth == 0 { first } else { room };
                prop_assert!(height <= most);
                next = part.end;
            }
            prop_assert!(lines[next..].iter().all(|line| line.is_blank));
        }
    }
}
