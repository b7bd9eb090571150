//! From values to pixels.

/// A straight scale from `0..=most` to `0..=room` pixels.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Scale {
    most: u64,
    room: u64,
}

impl Scale {
    /// A scale on which `most` takes all of `room`.
    pub fn new(most: u64, room: i32) -> Self {
        Self { most: most.max(1), room: u64::try_from(room).unwrap_or(0) }
    }

    /// The pixels of `value`, rounded to the nearest; more than `most` takes all of the room.
    pub fn of(self, value: u64) -> i32 {
        let (value, most) = (u128::from(value.min(self.most)), u128::from(self.most));
        let pixels = (value * u128::from(self.room) * 2 + most) / (most * 2);
        i32::try_from(pixels).unwrap_or(i32::MAX)
    }
}

/// Round numbers from 0 to at least `most`, about five of them: 1, 2 or 5 times a power of ten apart.
pub fn nice_ticks(most: u64) -> Vec<u64> {
    let mut step = 1_u64;
    for factor in [2, 5, 10].into_iter().cycle().take(54) {
        if most.div_ceil(step) <= 5 {
            break;
        }
        let power = 10_u64.saturating_pow(step.ilog10());
        step = power.saturating_mul(factor);
    }
    let n = most.div_ceil(step).max(1);
    (0..=n).map(|at| at.saturating_mul(step)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pixels_are_rounded_and_stay_inside() {
        let scale = Scale::new(8, 100);
        assert_eq!([0, 1, 4, 8, 9].map(|value| scale.of(value)), [0, 13, 50, 100, 100]);
        assert_eq!(Scale::new(0, 100).of(0), 0);
    }

    #[test]
    fn ticks_are_round_and_few() {
        assert_eq!(nice_ticks(0), [0, 1]);
        assert_eq!(nice_ticks(3), [0, 1, 2, 3]);
        assert_eq!(nice_ticks(7), [0, 2, 4, 6, 8]);
        assert_eq!(nice_ticks(23), [0, 5, 10, 15, 20, 25]);
        assert_eq!(nice_ticks(48), [0, 10, 20, 30, 40, 50]);
        assert_eq!(nice_ticks(120), [0, 50, 100, 150]);
    }
}
