//! Benchmarks: the lines of `go test -bench`, and what changed between two runs.
//!
//! The middle is the median, the range its confidence interval from order
//! statistics, and whether two runs differ is told by the Mann-Whitney U test, as
//! `benchstat` does without assumptions (golang.org/x/perf/benchmath). Its figures
//! are reckoned the same way, choices included.

use std::collections::BTreeMap;

/// The level up to which a difference is one.
pub const ALPHA: f64 = 0.05;

/// The least confidence of a range.
const CONFIDENCE: f64 = 0.95;

/// Where the standard normal distribution has left 2.5 % behind, and the inverse of
/// what `CONFIDENCE` leaves out on both sides.
const Z: f64 = 1.959_963_984_540_054;

/// The most runs of one benchmark that are read: a hundred times what anyone does.
const MAX_RUNS: usize = 1_000;

/// Up to so many values on a side the test is exact, without and with ties
/// (`MannWhitneyExactLimit` and `MannWhitneyTiesExactLimit` of go-moremath).
const EXACT: (usize, usize) = (50, 25);

/// Up to so many values the range is exact (`quantileCIApproxThreshold` there).
const EXACT_RANGE: usize = 30;

/// What is wrong with results: the line, counted from 0, and what.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wrong {
    /// The line.
    pub line: usize,
    /// What is wrong with it.
    pub message: String,
}

/// The values of a benchmark in a unit.
#[derive(Clone, Debug, PartialEq)]
pub struct Series {
    /// The benchmark, without `Benchmark`.
    pub name: String,
    /// The unit: `sec/op` for `ns/op`, `B/s` for `MB/s`.
    pub unit: String,
    /// The values, in the order of the runs.
    pub values: Vec<f64>,
}

/// Reads the lines of `go test -bench`: the series in the order in which they are
/// met. Lines that are none of a benchmark are passed over, as Go's format has it.
///
/// # Errors
/// The first line that starts like a result and is none.
pub fn read<'a>(lines: impl Iterator<Item = &'a str>) -> Result<Vec<Series>, Wrong> {
    let mut found: Vec<Series> = Vec::new();
    let mut known: BTreeMap<(String, String), usize> = BTreeMap::new();
    for (line, text) in lines.enumerate() {
        let Some(rest) = text.strip_prefix("Benchmark") else { continue };
        let mut fields = rest.split_whitespace();
        // A name alone stands before what the benchmark printed.
        let (Some(name), Some(count)) = (fields.next(), fields.next()) else { continue };
        if count.parse::<u64>().is_err() {
            continue;
        }
        let fields: Vec<&str> = fields.collect();
        let wrong = |message: String| Wrong { line, message };
        if fields.is_empty() || fields.len() % 2 == 1 {
            return Err(wrong(format!("`{name}` has a number without a unit")));
        }
        for pair in fields.chunks(2) {
            let value: Option<f64> = pair[0].parse().ok().filter(|value: &f64| value.is_finite());
            let Some(value) = value else {
                return Err(wrong(format!("`{}` is no number", pair[0])));
            };
            let (value, unit) = match pair[1] {
                "ns/op" => (value * 1e-9, "sec/op"),
                "MB/s" => (value * 1e6, "B/s"),
                unit => (value, unit),
            };
            let key = (name.to_owned(), unit.to_owned());
            let nth = *known.entry(key).or_insert_with(|| {
                let (name, unit) = (name.to_owned(), unit.to_owned());
                found.push(Series { name, unit, values: Vec::new() });
                found.len() - 1
            });
            if found[nth].values.len() < MAX_RUNS {
                found[nth].values.push(value);
            }
        }
    }
    Ok(found)
}

/// The middle of some values, and the range in which the true one lies.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Summary {
    /// The median.
    pub center: f64,
    /// The range; `None` where there are too few values for one, less than six.
    pub range: Option<(f64, f64)>,
    /// How many values.
    pub n: usize,
}

impl Summary {
    /// Of some values; `None` of none.
    #[must_use]
    pub fn of(values: &[f64]) -> Option<Self> {
        let mut sorted = values.to_vec();
        sorted.sort_by(f64::total_cmp);
        let n = sorted.len();
        if n == 0 {
            return None;
        }
        let center = f64::midpoint(sorted[(n - 1) / 2], sorted[n / 2]);
        let (low, high) = order(n);
        let range = (1 <= low && high <= n).then(|| (sorted[low - 1], sorted[high - 1]));
        Some(Self { center, range, n })
    }

    /// How far the range reaches from the middle, in percent of it: `2%`, `∞`
    /// without a range, `?` where it has values of both signs.
    #[must_use]
    pub fn spread(&self) -> String {
        let Some((low, high)) = self.range else { return "∞".to_owned() };
        let sign = |value: f64| value.partial_cmp(&0.0);
        if sign(low) != sign(self.center) || sign(high) != sign(self.center) {
            return "?".to_owned();
        }
        if self.center == 0.0 {
            return "0%".to_owned();
        }
        let share = (high / self.center - 1.0).max(1.0 - low / self.center);
        format!("{:.0}%", share * 100.0)
    }
}

/// The first and last of so many sorted values, counted from 1, between which their
/// median lies with enough confidence; may lie outside of them. Where one more on
/// either side would do, it is the one below.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "below 1,000")]
fn order(n: usize) -> (usize, usize) {
    if EXACT_RANGE < n {
        let (middle, sigma) = (to_f64(n) / 2.0, libm::sqrt(to_f64(n)) / 2.0);
        let (low, high) = (middle - Z * sigma, middle + Z * sigma);
        let low = libm::floor(low - 0.5).max(-1.0) + 1.0;
        let high = libm::ceil(high - 0.5) + 1.0;
        let inside = |high: f64| {
            let at = |it: f64| normal((it - 0.5 - middle) / sigma);
            at(high) - at(low)
        };
        let high = if CONFIDENCE <= inside(high - 1.0) { high - 1.0 } else { high };
        return (low as usize, (high as usize).min(n + 1));
    }
    // How many of the values lie below the true median: a fair coin for each.
    let chance = |k: usize| choose(n, k) * libm::pow(0.5, to_f64(n));
    let start = n / 2;
    let (mut low, mut high, mut sum) = (start, start + 1, chance(start));
    while sum < CONFIDENCE && (0 < low || high <= n) {
        let below = if low == 0 { 0.0 } else { chance(low - 1) };
        let above = if high <= n { chance(high) } else { 0.0 };
        if above <= below * (1.0 + 1e-12) {
            sum += below;
            low -= 1;
        } else {
            sum += above;
            high += 1;
        }
    }
    (low, high)
}

/// What changed between two runs.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Change {
    /// The middle before.
    pub old: f64,
    /// The middle after.
    pub new: f64,
    /// The chance of a difference like this among equals.
    pub p: f64,
    /// How many values stand on either side.
    pub n: (usize, usize),
}

impl Change {
    /// Between old and new values; `None` where one side has none.
    #[must_use]
    pub fn between(old: &[f64], new: &[f64]) -> Option<Self> {
        let (a, b) = (Summary::of(old)?, Summary::of(new)?);
        Some(Self { old: a.center, new: b.center, p: mann_whitney(old, new), n: (a.n, b.n) })
    }

    /// Whether it is a difference.
    #[must_use]
    pub fn is_significant(&self) -> bool {
        self.p <= ALPHA
    }

    /// The change in percent of the old middle: `−17.20%`, `~` for no difference,
    /// and `?` of nothing.
    #[must_use]
    pub fn delta(&self) -> String {
        if self.is_significant() { delta(self.old, self.new) } else { "~".to_owned() }
    }

    /// How many values, as `10`, or `10+9` where they differ.
    #[must_use]
    pub fn count(&self) -> String {
        let (a, b) = self.n;
        if a == b { a.to_string() } else { format!("{a}+{b}") }
    }
}

/// The change of two middles, in percent of the first.
#[must_use]
pub fn delta(old: f64, new: f64) -> String {
    if old.total_cmp(&new).is_eq() {
        return "0.00%".to_owned();
    }
    if old == 0.0 {
        return "?".to_owned();
    }
    format!("{:+.2}%", (new / old - 1.0) * 100.0).replace('-', "−")
}

/// The geometric mean; `None` where a value is not above zero.
#[must_use]
pub fn geomean(values: &[f64]) -> Option<f64> {
    if values.is_empty() || values.iter().any(|value| *value <= 0.0) {
        return None;
    }
    let sum: f64 = values.iter().map(|value| libm::log(*value)).sum();
    Some(libm::exp(sum / to_f64(values.len())))
}

/// The two-sided p-value of the Mann-Whitney U test. Of few values it is exact, ties
/// included: of all ways to share the values out, how many are as extreme. Of many
/// it is that of the normal distribution, corrected for ties and for steps.
#[must_use]
pub fn mann_whitney(a: &[f64], b: &[f64]) -> f64 {
    let (n1, n2) = (a.len(), b.len());
    if n1 == 0 || n2 == 0 {
        return 1.0;
    }
    let mut pooled: Vec<(f64, bool)> = Vec::with_capacity(n1 + n2);
    pooled.extend(a.iter().map(|value| (*value, true)));
    pooled.extend(b.iter().map(|value| (*value, false)));
    pooled.sort_by(|a, b| a.0.total_cmp(&b.0));
    // Groups of equal values: how many, and twice the rank that they share.
    let mut groups: Vec<(usize, usize)> = Vec::new();
    let (mut at, mut twice_ranks) = (0, 0);
    while at < pooled.len() {
        let is_same = |it: &&(f64, bool)| it.0.total_cmp(&pooled[at].0).is_eq();
        let end = at + pooled[at..].iter().take_while(is_same).count();
        let twice = at + end + 1;
        groups.push((end - at, twice));
        twice_ranks += twice * pooled[at..end].iter().filter(|(_, is_a)| *is_a).count();
        at = end;
    }
    if groups.len() == 1 {
        return 1.0;
    }
    // Twice the U of the first, and the smaller one of both.
    let twice_u1 = twice_ranks - n1 * (n1 + 1);
    let twice_u = twice_u1.min(2 * n1 * n2 - twice_u1);
    let has_ties = groups.len() < n1 + n2;
    let limit = if has_ties { EXACT.1 } else { EXACT.0 };
    if limit < n1.max(n2) {
        let n = to_f64(n1 + n2);
        let ties: f64 = groups.iter().map(|(n, _)| to_f64(n * n * n - n)).sum();
        let middle = to_f64(n1 * n2) / 2.0;
        let sigma = libm::sqrt(to_f64(n1 * n2) * ((n + 1.0) - ties / (n * (n - 1.0))) / 12.0);
        // A step of half a pair towards the middle.
        let off = (to_f64(twice_u) / 2.0 - middle + 0.5).min(0.0);
        return (2.0 * normal(off / sigma)).min(1.0);
    }
    if twice_u == n1 * n2 {
        return 1.0;
    }
    (2.0 * share_up_to(&groups, n1, twice_u + n1 * (n1 + 1))).min(1.0)
}

/// In which share of all ways to take so many of the values twice the sum of their
/// ranks is at most a bound.
fn share_up_to(groups: &[(usize, usize)], n_taken: usize, bound: usize) -> f64 {
    // ways[k][s]: in how many ways k values have twice the rank sum s.
    let mut ways = vec![vec![0.0_f64; bound + 1]; n_taken + 1];
    ways[0][0] = 1.0;
    for (size, twice) in groups {
        for k in (1..=n_taken).rev() {
            for taken in 1..=(*size).min(k) {
                let (gain, factor) = (taken * twice, choose(*size, taken));
                let (below, from) = ways.split_at_mut(k);
                for (sum, ways) in from[0].iter_mut().enumerate().skip(gain) {
                    *ways += below[k - taken][sum - gain] * factor;
                }
            }
        }
    }
    let n: usize = groups.iter().map(|(size, _)| size).sum();
    ways[n_taken].iter().sum::<f64>() / choose(n, n_taken)
}

/// The standard normal distribution below a value.
fn normal(z: f64) -> f64 {
    libm::erfc(-z / std::f64::consts::SQRT_2) / 2.0
}

/// Binomial coefficients.
fn choose(n: usize, k: usize) -> f64 {
    (0..k).fold(1.0, |product, nth| product * to_f64(n - nth) / to_f64(nth + 1))
}

#[expect(clippy::cast_precision_loss, reason = "counts of runs")]
const fn to_f64(n: usize) -> f64 {
    n as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The values of a benchmark, and what is said of them, as in the tables of
    /// `benchstat`.
    fn said(old: &[f64], new: &[f64]) -> String {
        let change = Change::between(old, new).unwrap();
        let side = |values: &[f64]| {
            let summary = Summary::of(values).unwrap();
            format!("{} ± {}", summary.center, summary.spread())
        };
        format!(
            "{} {} {} p={:.3} n={}",
            side(old),
            side(new),
            change.delta(),
            change.p,
            change.count()
        )
    }

    /// Numbers with blanks between them.
    fn numbers(text: &str) -> Vec<f64> {
        text.split_whitespace().map(|it| it.parse().unwrap()).collect()
    }

    #[test]
    fn benchstat_says_the_same_of_its_own_examples() {
        // golang.org/x/perf/cmd/benchstat/testdata: old.txt, new.txt and csvOldNew.stdout.
        let json = (
            numbers("1726 1723 1707 1707 1713 1729 1736 1707 1705 1774"),
            numbers("1423 1416 1411 1413 1412 1426 1422 1424 1447 1425"),
        );
        let gob = (
            numbers("3069 3075 3069 3067 3207 3064 3064 3058 3059 3062"),
            numbers("3075 3065 3059 3065 3060 3081 3186 3135 3087 3062"),
        );
        assert_eq!(said(&json.0, &json.1), "1718 ± 1% 1422.5 ± 1% −17.20% p=0.000 n=10");
        assert_eq!(said(&gob.0, &gob.1), "3065.5 ± 0% 3070 ± 2% ~ p=0.446 n=10");
        let mean = |a: f64, b: f64| geomean(&[a, b]).unwrap();
        let (old, new) = (mean(1.718e-6, 3.0655e-6), mean(1.4225e-6, 3.07e-6));
        assert_eq!(format!("{old:.12e} {new:.12e}"), "2.294891936454e-6 2.089754770302e-6");
        assert_eq!(delta(old, new), "−8.94%");
        // issue19634.txt, issue19565.txt and smallSample.txt.
        let float = (numbers("115 114 115 115 115"), numbers("78.8 78.8 78.8 78.8 78.8"));
        assert_eq!(said(&float.0, &float.1), "115 ± ∞ 78.8 ± ∞ −31.48% p=0.008 n=5");
        assert_eq!(said(&[100.0; 6], &[100.0; 6]), "100 ± 0% 100 ± 0% ~ p=1.000 n=6");
        assert_eq!(said(&[100.0], &[101.0]), "100 ± ∞ 101 ± ∞ ~ p=1.000 n=1");
    }

    #[test]
    fn the_test_is_that_of_others() {
        let p = |a: &str, b: &str| format!("{:.6}", mann_whitney(&numbers(a), &numbers(b)));
        // go-moremath, stats/utest_test.go, and benchmath, assumption_test.go.
        assert_eq!(p("2 1 3 5", "12 11 13 15"), "0.028571");
        assert_eq!(p("2 1 3 5", "0 4 6 7"), "0.485714");
        assert_eq!(p("2 1 3 5", "2 2 2 2"), "0.714286");
        assert_eq!(p("1 -1 -1 -1", "-1 1 1 1"), "0.485714");
        assert_eq!(p("-1 -1 -1", "1 1 1"), "0.100000");
        // scipy 1.17.1, mannwhitneyu: exact, and asymptotic with continuity.
        let range = |from: i32, step: i32, n: i32| -> Vec<f64> {
            (0..n).map(|nth| f64::from(from + step * nth)).collect()
        };
        let p = |a: &[f64], b: &[f64]| format!("{:.6}", mann_whitney(a, b));
        assert_eq!(p(&range(0, 2, 20), &range(7, 2, 24)), "0.013635");
        assert_eq!(p(&range(0, 2, 60), &range(-41, 2, 70)), "0.000044");
        let tied = |it: Vec<f64>| it.into_iter().map(|it| (it / 3.0).floor()).collect::<Vec<_>>();
        assert_eq!(p(&tied(range(0, 2, 30)), &tied(range(9, 2, 30))), "0.065405");
    }

    #[test]
    fn ranges_are_those_of_benchstat() {
        // The order statistics that go-moremath, stats.QuantileCI, takes at 95 %.
        let orders = [5, 6, 7, 8, 9, 10, 12, 20, 30].map(order);
        let ends = [(0, 5), (1, 6), (1, 7), (1, 7), (2, 8), (2, 9), (3, 10), (6, 15), (10, 21)];
        assert_eq!(orders, ends);
    }

    #[test]
    fn lines_of_go_are_read() {
        let text = "goos: linux\nBenchmarkA-8 \t 100\t 250 ns/op\t 16 B/op\n\
                    BenchmarkB\nBenchmarkA-8 90 260 ns/op 16 B/op\nPASS";
        let read_ = read(text.lines()).unwrap();
        let shown: Vec<String> =
            read_.iter().map(|it| format!("{} {} {}", it.name, it.unit, it.values.len())).collect();
        assert_eq!(shown, ["A-8 sec/op 2", "A-8 B/op 2"]);
        let wrong = read(["", "BenchmarkA 10 x ns/op"].into_iter()).unwrap_err();
        assert_eq!((wrong.line, wrong.message.as_str()), (1, "`x` is no number"));
        assert!(read(["BenchmarkA 10 5"].into_iter()).is_err());
    }
}
