//! What MJML says of the look of its components.

use rustc_hash::FxHashMap;

use super::style::{Color, Declared, Known, Rgb, Size};

/// What `<mj-attributes>` says of components, and what MJML documents.
#[derive(Debug, Default)]
pub(super) struct Defaults {
    /// By the name of a component, or `.class`.
    set: FxHashMap<String, Declared>,
}

impl Defaults {
    /// Notes what `<mj-attributes>` says of the component `name`: `mj-text`, `mj-all`; of an `mj-class` called `class`.
    pub fn set(&mut self, name: &[u8], class: &str, declared: Declared) {
        let key = match name {
            b"mj-class" => format!(".{}", class.trim()),
            _ => String::from_utf8_lossy(name).into_owned(),
        };
        let own = self.set.entry(key).or_default();
        *own = own.then(declared);
    }

    /// What is said of the component `name` with these classes before its own attributes; with `includes`, whose files
    /// may say more, what is documented holds only perhaps.
    pub fn of(&self, name: &[u8], classes: &str, includes: bool) -> Declared {
        let documented = match name {
            b"mj-body" if includes => Declared { background: Known::Unknown, ..Declared::default() },
            _ if includes => documented(name).perhaps(),
            _ => documented(name),
        };
        if self.set.is_empty() {
            return documented;
        }
        let get = |key: &str| self.set.get(key).copied().unwrap_or_default();
        let own = documented.then(get("mj-all")).then(get(std::str::from_utf8(name).unwrap_or_default()));
        classes
            .split_ascii_whitespace()
            .fold(own, |own, class| own.then(get(&format!(".{}", class.to_lowercase()))))
    }
}

/// The defaults of MJML 4. Source: documentation.mjml.io, the attributes of each component.
fn documented(name: &[u8]) -> Declared {
    let grey = |level: u8| Known::Is(Color { rgb: Rgb([level; 3]), alpha: 255 });
    let text = Declared { size: Known::Is(Size::Pixels(1300)), ..Declared::default() };
    match name {
        b"mj-text" | b"mj-table" | b"mj-navbar-link" => Declared { color: grey(0), ..text },
        b"mj-button" => Declared { color: grey(255), background: grey(0x41), bold: Some(false), ..text },
        b"mj-accordion-title" | b"mj-accordion-text" | b"mj-social-element" => {
            Declared { color: Known::Unknown, ..text }
        }
        b"mj-hero" => Declared { background: grey(255), ..Declared::default() },
        _ => Declared::default(),
    }
}
