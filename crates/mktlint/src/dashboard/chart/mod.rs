//! Charts as SVG: small functions from values to marks, in whole pixels, so that the same values give the same bytes.
//!
//! Colours are classes of the page's style. A chart is for the eye alone: who shows one also shows a table.

pub mod bars;
pub mod heat;
pub mod histogram;
pub mod timeline;

mod drawing;
mod scale;

pub use drawing::{Anchor, Drawing, Mark};
pub use scale::{Scale, nice_ticks};

/// Room of one letter of a label, on average. Widths of texts are guessed, since only browsers know fonts.
const LETTER: i32 = 7;

/// `text` cut to fit into `room` pixels.
fn fitted(text: &str, room: i32) -> String {
    let most = usize::try_from(room / LETTER).unwrap_or(0).max(2);
    match text.char_indices().nth(most) {
        Some(_) => format!("{}…", text.chars().take(most - 1).collect::<String>()),
        None => text.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::fitted;

    #[test]
    fn labels_are_cut_between_letters() {
        assert_eq!(fitted("für alle", 56), "für alle");
        assert_eq!(fitted("für alle!", 56), "für all…");
        assert_eq!(fitted("abc", 0), "a…");
    }
}
