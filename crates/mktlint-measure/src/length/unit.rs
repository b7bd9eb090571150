//! One type for each unit of length, so that 160 septets are never compared with 160 bytes.

use std::fmt;

macro_rules! units {
    ($($(#[$doc:meta])* $name:ident $one:literal $many:literal;)*) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub struct $name(pub u32);

        impl $name {
            /// A count; more than `u32` can say stays at its maximum (texts are limited to 4 GiB).
            pub fn of(count: usize) -> Self {
                Self(u32::try_from(count).unwrap_or(u32::MAX))
            }

            /// The bare number.
            pub const fn get(self) -> u32 {
                self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, "{} {}", self.0, if self.0 == 1 { $one } else { $many })
            }
        }
    )*};
}

units! {
    /// What a reader counts as characters: extended grapheme clusters.
    Graphemes "character" "characters";
    /// 16-bit code units of UTF-16; an emoji usually takes two.
    Utf16Units "UTF-16 unit" "UTF-16 units";
    /// Bytes of UTF-8.
    Utf8Bytes "byte" "bytes";
    /// Unicode code points.
    CodePoints "code point" "code points";
    /// Columns of a screen; a full-width East Asian character takes two.
    Columns "column" "columns";
    /// What X counts: most characters one, CJK and emoji two, any link 23.
    Weight "weighted character" "weighted characters";
    /// 7-bit units of a GSM text message; the extension characters take two.
    Septets "septet" "septets";
    /// Text messages that one text is split into and billed as.
    Segments "segment" "segments";
}
