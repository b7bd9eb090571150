//! How long a name beyond ASCII gets in the domain name system.

/// The length of `label` as it is looked up, in bytes: `xn--` and its Punycode when it is not ASCII. `None` for a label
/// that cannot be looked up.
///
/// Source: RFC 3492, section 6.3, with the parameters of section 5; RFC 5890, section 2.3.1, for the prefix.
pub fn encoded_length(label: &str) -> Option<usize> {
    if label.is_ascii() {
        return Some(label.len());
    }
    if label.get(..4).is_some_and(|start| start.eq_ignore_ascii_case("xn--")) {
        return None;
    }
    let points: Vec<u32> = label.chars().flat_map(char::to_lowercase).map(u32::from).collect();
    let basic = points.iter().filter(|point| **point < 128).count();
    let separator = usize::from(basic > 0);
    Some("xn--".len() + basic + separator + deltas(&points, basic as u32)?)
}

/// How many digits the deltas of all characters beyond ASCII take; `None` when they get too large.
fn deltas(points: &[u32], basic: u32) -> Option<usize> {
    let (mut next, mut delta, mut bias, mut handled) = (128_u32, 0_u32, 72_u32, basic);
    let mut length = 0;
    while (handled as usize) < points.len() {
        let least = points.iter().copied().filter(|point| *point >= next).min()?;
        delta = delta.checked_add((least - next).checked_mul(handled + 1)?)?;
        next = least;
        for &point in points {
            if point < next {
                delta = delta.checked_add(1)?;
            }
            if point == next {
                length += digits(delta, bias);
                bias = adapt(delta, handled + 1, handled == basic);
                delta = 0;
                handled += 1;
            }
        }
        delta = delta.checked_add(1)?;
        next += 1;
    }
    Some(length)
}

/// How many digits `delta` takes as a number of variable length.
fn digits(delta: u32, bias: u32) -> usize {
    let mut rest = delta;
    let mut n = 1;
    for place in (36..).step_by(36) {
        let threshold = (place as u32).saturating_sub(bias).clamp(1, 26);
        if rest < threshold {
            break;
        }
        rest = (rest - threshold) / (36 - threshold);
        n += 1;
    }
    n
}

fn adapt(delta: u32, n_points: u32, is_first: bool) -> u32 {
    let mut delta = if is_first { delta / 700 } else { delta / 2 };
    delta += delta / n_points;
    let mut bias = 0;
    while delta > 455 {
        delta /= 35;
        bias += 36;
    }
    bias + 36 * delta / (delta + 38)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lengths_of_the_samples_of_the_rfc() {
        let check = |label, encoded: &str| assert_eq!(encoded_length(label), Some(encoded.len()), "{label}");
        check("他们为什么不说中文", "xn--ihqwcrb4cv8a8dqg056pqjye");
        check("3年b組金八先生", "xn--3b-ww4c5e180e575a65lsy2b");
        check("bücher", "xn--bcher-kva");
        check("☃", "xn--n3h");
        check("acme", "acme");
        assert_eq!(encoded_length("xn--ü"), None);
    }
}
