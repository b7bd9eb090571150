//! Exceptions: `waive` declarations, directives in assets, records.
//!
//! Each is an [`Exception`](exception::Exception), which says whether it holds for a finding. Those for files stand in a
//! list; a directive speaks for a block of its asset. What is wrong with them is said where they stand: of a directive
//! at once, of the others once the whole workspace was judged.

mod directive;
mod exception;
mod list;
mod review;

pub use directive::directives;
pub use exception::{Exception, Life, Scope, head_of, is_code};
pub use list::{Exceptions, Standing};
pub use review::{exceptions, judge_waivers, touched};
