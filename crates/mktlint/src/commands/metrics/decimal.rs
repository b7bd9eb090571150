//! Exact fractions as decimals.

/// `part / whole` with `digits` after the point, rounded half up; empty when nothing can be divided.
pub fn ratio(part: i128, whole: i128, digits: u32) -> String {
    let scale = 10_i128.pow(digits);
    let Some(rounded) = part.checked_mul(scale * 2).and_then(|twice| (twice + whole).checked_div(whole * 2))
    else {
        return String::new();
    };
    let (whole, rest) = (rounded / scale, rounded % scale);
    if digits == 0 { whole.to_string() } else { format!("{whole}.{rest:0width$}", width = digits as usize) }
}

/// A length of time as people say it: `40 minutes`, `5.5 hours`, `8.0 days`.
pub fn duration(seconds: i64) -> String {
    let seconds = i128::from(seconds);
    match seconds {
        0..3600 => match ratio(seconds, 60, 0).as_str() {
            "1" => "1 minute".to_owned(),
            n => format!("{n} minutes"),
        },
        3600..172_800 => format!("{} hours", ratio(seconds, 3600, 1)),
        _ => format!("{} days", ratio(seconds, 86_400, 1)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fractions_are_rounded_half_up() {
        assert_eq!(ratio(2, 3, 4), "0.6667");
        assert_eq!(ratio(1, 8, 2), "0.13");
        assert_eq!(ratio(199, 100, 0), "2");
        assert_eq!(ratio(1, 0, 2), "");
    }

    #[test]
    fn lengths_read_as_people_say_them() {
        assert_eq!(duration(0), "0 minutes");
        assert_eq!(duration(60), "1 minute");
        assert_eq!(duration(2400), "40 minutes");
        assert_eq!(duration(19_800), "5.5 hours");
        assert_eq!(duration(8 * 86_400), "8.0 days");
    }
}
