//! The size of code, which is never below 24 pt.

use crate::geom::Pt;

/// The type size of code, in points on the 540 pt high canvas.
///
/// Never smaller than [`CodeSize::MIN`]: the last row cannot read smaller code,
/// so the model has no way to hold it. There is no setter.
#[derive(Clone, Copy, Debug, PartialEq, PartialOrd)]
pub struct CodeSize(Pt);

impl CodeSize {
    /// 24 pt, which is 32 CSS px. The third seed's delivery guide asks for it:
    /// "minimum 24pt for code".
    pub const MIN: Self = Self(Pt(24.0));

    /// Gives `None` for a size below [`CodeSize::MIN`], and for one that is not
    /// a finite number.
    #[must_use]
    pub fn new(size: Pt) -> Option<Self> {
        let size = Self(size);
        (size.0.get().is_finite() && Self::MIN <= size).then_some(size)
    }

    /// The size in points.
    #[must_use]
    pub const fn get(self) -> Pt {
        self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn code_below_24_pt_cannot_be_constructed() {
        assert!(CodeSize::new(Pt(24.0)).is_some());
        for size in [23.999, 0.0, -24.0, f64::NAN, f64::INFINITY] {
            assert!(CodeSize::new(Pt(size)).is_none(), "{size}");
        }
    }
}
