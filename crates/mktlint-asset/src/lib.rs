//! Asset files to typed parts whose text knows its source bytes.
//!
//! One extractor per format, bytes in, typed parts out; none ever fails on odd input, it reports a problem and goes
//! on. Formats differ only here: nothing above knows whether a `Link` came from HTML or from a CSV cell.

mod codes;
mod data;
mod decode;
mod detect;
mod directive;
mod encode;
mod extract;
mod markup;
mod model;
mod network;
mod outline;
mod template;

pub use codes::CODES;
pub use decode::{DecodeProblem, Decoded, Encoding, RecodeError, decode, decode_legacy, recode};
pub use detect::{detect, format_of};
pub use encode::{encode, encode_edit};
pub use extract::extract;
pub use markup::grey_on_white;
pub use model::asset::{Asset, Directive, DirectiveError, Extraction, Field, Format, Kind};
pub use model::part::{Part, PartKind, names};
pub use model::spec::{FieldSource, Spec};
pub use model::text::{Context, Role, Text, TextId, TextRange};
pub use model::value::Value;
pub use outline::{Key, front_matter, keys, rows, usual_field, usual_names};
