//! Asset files to typed parts whose text knows its source bytes.
//!
//! One extractor per format, bytes in, typed parts out; none ever fails on odd input, it reports a problem and goes
//! on. Formats differ only here: nothing above knows whether a `Link` came from HTML or from a CSV cell.

mod model;

pub use model::asset::{Asset, Directive, DirectiveError, Extraction, Field, Format, Kind};
pub use model::part::{Part, PartKind, names};
pub use model::spec::{FieldSource, Spec};
pub use model::text::{Context, Role, Text, TextId, TextRange};
pub use model::value::Value;
