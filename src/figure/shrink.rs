//! Fewer pixels: each is the mean of those that it stands for.
//!
//! Sums are of whole numbers, so that every machine gives the same.

/// What a picture's pixels are made of: bytes, some to a pixel.
#[derive(Clone, Copy, Debug)]
pub(super) struct Plan {
    /// Pixels across and down.
    pub(super) from: (u32, u32),
    /// As many as it is to have; none is above `from`, none is 0.
    pub(super) to: (u32, u32),
    /// Bytes to a pixel, at most 4.
    pub(super) channels: usize,
    /// Whether the last of them says how much of the pixel is seen.
    pub(super) has_alpha: bool,
}

/// Makes fewer pixels of many.
///
/// The colour of what is not seen does not count: colours are weighed by alpha.
pub(super) fn shrunk(pixels: &[u8], plan: Plan) -> Vec<u8> {
    let Plan { from: (width, height), to, channels, has_alpha } = plan;
    let (columns, rows) = (spans(width, to.0), spans(height, to.1));
    let row_bytes = width as usize * channels;
    let mut out = Vec::with_capacity(to.0 as usize * to.1 as usize * channels);
    // A mean over whole columns first, then along the row. The sums stay far below
    // 2^64: a side has fewer than 2^27 pixels, and a weight is at most as long.
    let mut sums = vec![0_u64; row_bytes];
    for span in rows {
        sums.fill(0);
        for (row, weight) in span.weights() {
            let line = &pixels[row * row_bytes..][..row_bytes];
            if has_alpha {
                for (sums, pixel) in
                    sums.chunks_exact_mut(channels).zip(line.chunks_exact(channels))
                {
                    let alpha = u64::from(pixel[channels - 1]) * weight;
                    for (sum, value) in sums.iter_mut().zip(&pixel[..channels - 1]) {
                        *sum += u64::from(*value) * alpha;
                    }
                    sums[channels - 1] += alpha;
                }
            } else {
                for (sum, value) in sums.iter_mut().zip(line) {
                    *sum += u64::from(*value) * weight;
                }
            }
        }
        for span in &columns {
            let mut total = [0_u64; 4];
            for (column, weight) in span.weights() {
                for (total, sum) in total.iter_mut().zip(&sums[column * channels..][..channels]) {
                    *total += sum * weight;
                }
            }
            // The weights of a pixel's part make up the whole picture's size.
            let all = u64::from(width) * u64::from(height);
            let of = |total: u64, all: u64| {
                u8::try_from((total + all / 2).checked_div(all).unwrap_or(0)).unwrap_or(u8::MAX)
            };
            if has_alpha {
                let alpha = total[channels - 1];
                out.extend(total[..channels - 1].iter().map(|it| of(*it, alpha)));
                out.push(of(alpha, all));
            } else {
                out.extend(total[..channels].iter().map(|it| of(*it, all)));
            }
        }
    }
    out
}

/// The pixels of a side that one of fewer stands for.
struct Span {
    /// Where it begins and ends, in parts of which a pixel has `each`.
    start: u64,
    end: u64,
    each: u64,
}

/// What each of `to` pixels stands for among `from` of them.
fn spans(from: u32, to: u32) -> Vec<Span> {
    let (length, each) = (u64::from(from), u64::from(to));
    (0..each).map(|at| Span { start: at * length, end: (at + 1) * length, each }).collect()
}

impl Span {
    /// The pixels, and how many parts of each.
    fn weights(&self) -> impl Iterator<Item = (usize, u64)> + use<> {
        let Self { start, end, each } = *self;
        (start / each..end.div_ceil(each)).map(move |pixel| {
            let from = start.max(pixel * each);
            let to = end.min((pixel + 1) * each);
            // A side has fewer pixels than memory.
            (usize::try_from(pixel).unwrap_or(usize::MAX), to - from)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn grey(pixels: &[u8], from: (u32, u32), to: (u32, u32)) -> Vec<u8> {
        shrunk(pixels, Plan { from, to, channels: 1, has_alpha: false })
    }

    #[test]
    fn a_pixel_is_the_mean_of_its_part() {
        assert_eq!(grey(&[0, 100, 50, 250], (2, 2), (1, 1)), [100]);
        // A pixel between two counts for both, by its parts.
        assert_eq!(grey(&[0, 90, 240], (3, 1), (2, 1)), [30, 190]);
        assert_eq!(grey(&[7; 35], (7, 5), (3, 2)), [7; 6]);
        assert_eq!(grey(&[0, 1, 2, 3], (4, 1), (4, 1)), [0, 1, 2, 3]);
    }

    #[test]
    fn the_colour_of_what_is_not_seen_does_not_count() {
        let pixels = [200, 100, 0, 255, 9, 9, 9, 0];
        let plan = Plan { from: (2, 1), to: (1, 1), channels: 4, has_alpha: true };
        assert_eq!(shrunk(&pixels, plan), [200, 100, 0, 128]);
        assert_eq!(shrunk(&[9, 9, 9, 0, 9, 9, 9, 0], plan), [0, 0, 0, 0]);
    }
}
