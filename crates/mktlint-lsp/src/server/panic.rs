//! What a panic says.

use std::any::Any;

use salsa::Cancelled;

/// The words of a panic; `None` when it only means that a result is no longer wanted.
pub fn words(panic: &(dyn Any + Send)) -> Option<String> {
    if panic.is::<Cancelled>() {
        return None;
    }
    let text = panic.downcast_ref::<String>().map(String::as_str);
    let text = text.or_else(|| panic.downcast_ref::<&str>().copied());
    Some(text.unwrap_or("no words").to_owned())
}
