//! Shapes of texts.

use mktlint_hir::model::expr::Shape;
use mktlint_measure::text::Format;

/// Whether all of `text` has `shape`. Empty text has none.
pub fn has_shape(text: &str, shape: Shape) -> bool {
    format(shape).matches(text)
}

/// What the function library calls it.
pub fn format(shape: Shape) -> Format {
    match shape {
        Shape::Kebab => Format::Kebab,
        Shape::Snake => Format::Snake,
        Shape::Lower => Format::Lower,
        Shape::Upper => Format::Upper,
        Shape::Slug => Format::Slug,
        Shape::Email => Format::Email,
        Shape::Url => Format::Url,
        Shape::IsoDate => Format::IsoDate,
    }
}
