//! The scale of a panel: a round top, a zero base, and the line between.

/// From values to heights.
pub struct Scale {
    top: i64,
    base_y: i64,
    height: i64,
}

/// Tops of an axis whose half is a round number, too; each times a power of ten.
const ROUND: [i64; 7] = [10, 16, 20, 30, 40, 60, 80];

impl Scale {
    /// The scale that shows values up to `largest` above `base_y`.
    pub fn of(largest: i64, base_y: i64, height: i64) -> Self {
        let largest = largest.max(1);
        let mut power = 1_i64;
        while power.saturating_mul(100) < largest {
            power = power.saturating_mul(10);
        }
        let fits = ROUND.iter().map(|round| round.saturating_mul(power)).find(|top| *top >= largest);
        Self { top: fits.unwrap_or(power.saturating_mul(100)), base_y, height }
    }

    /// The values that have a line.
    pub const fn lines(&self) -> [i64; 3] {
        [self.top, self.top / 2, 0]
    }

    /// Where a value lies, in tenths of a pixel. Wide, because an amount times a height may not fit.
    pub fn y(&self, value: i64) -> i64 {
        let height = i128::from(value) * i128::from(self.height) * 10 / i128::from(self.top);
        self.base_y * 10 - i64::try_from(height).unwrap_or(0)
    }
}

/// Tenths of a pixel as SVG writes them.
pub fn at(tenths: i64) -> String {
    let sign = if tenths < 0 { "-" } else { "" };
    let (whole, rest) = (tenths.abs() / 10, tenths.abs() % 10);
    if rest == 0 { format!("{sign}{whole}") } else { format!("{sign}{whole}.{rest}") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_top_is_the_next_round_number_and_so_is_its_half() {
        let top = |largest| Scale::of(largest, 0, 100).lines();
        assert_eq!(top(678), [800, 400, 0]);
        assert_eq!(top(1_081), [1_600, 800, 0]);
        assert_eq!(top(65), [80, 40, 0]);
        assert_eq!(top(100), [100, 50, 0]);
        assert_eq!(top(0), [10, 5, 0]);
        assert_eq!(top(i64::MAX)[2], 0);
    }

    #[test]
    fn values_lie_between_base_and_top() {
        let scale = Scale::of(80, 100, 100);
        assert_eq!([scale.y(0), scale.y(40), scale.y(80), scale.y(-40)], [1_000, 500, 0, 1_500]);
        assert_eq!(Scale::of(i64::MAX, 100, 100).y(i64::MAX / 2), 501);
    }

    #[test]
    fn places_have_at_most_one_decimal() {
        assert_eq!([at(0), at(5), at(-5), at(120)], ["0", "0.5", "-0.5", "12"]);
    }
}
