//! What must hold of a rule.

use super::quoted;

/// What a rule is tried on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Fixture {
    /// A text message: plain text, read whole.
    Text,
    /// A heading of this level.
    Heading(u8),
    /// The words of a link.
    LinkText,
    /// The alternative text of an image.
    Alt,
    /// A link.
    Link,
    /// A link in an email, an article, a page.
    EmailLink,
    PostLink,
    PageLink,
    /// A link in a field of its own.
    PushLink,
    SocialLink,
    AdLink,
}

impl Fixture {
    /// What holds links of a channel, likeliest first.
    pub fn of_links(channel: &str) -> [Self; 2] {
        let own = match channel {
            "email" => Self::EmailLink,
            "sms" => Self::Text,
            "push" => Self::PushLink,
            "blog" => Self::PostLink,
            "social" => Self::SocialLink,
            "ads" => Self::AdLink,
            _ => Self::PageLink,
        };
        [Self::Link, own]
    }

    /// The fixture that holds `text`; `None` when it cannot hold it.
    pub fn with(self, text: &str) -> Option<String> {
        match self {
            Self::Text => Some(format!("Sms {}", quoted(text))),
            Self::Heading(level) => {
                let escaped = text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
                let html = format!("<h{level}>{escaped}</h{level}>");
                (!text.contains('\n')).then(|| format!("Page {{ body: {} }}", quoted(&html)))
            }
            Self::LinkText => {
                Some(format!("Link {{ url: \"https://acme.example\", text: {} }}", quoted(text)))
            }
            Self::Alt => Some(format!("Image {{ alt: {} }}", quoted(text))),
            Self::Link => Some(format!("Link {{ url: {} }}", quoted(text))),
            Self::EmailLink | Self::PageLink => {
                let kind = if self == Self::EmailLink { "Email" } else { "Page" };
                let html =
                    format!("<a href=\"{}\">Serum</a>", text.replace('&', "&amp;").replace('"', "&quot;"));
                Some(format!("{kind} {{ body: {} }}", quoted(&html)))
            }
            Self::PostLink => Some(format!("Post {}", quoted(&format!("[Serum]({text})")))),
            Self::PushLink => Some(format!("Push {{ url: {} }}", quoted(text))),
            Self::SocialLink => Some(format!("SocialPost {{ url: {} }}", quoted(text))),
            Self::AdLink => Some(format!("Ad {{ final_url: {} }}", quoted(text))),
        }
    }
}

/// The most clauses that are tried in one place.
const MOST_TRIES: usize = 24;

/// A clause of a test, with others to try in its place.
#[derive(Clone, Debug)]
pub(crate) struct Case {
    /// What it is about, for the report: a token.
    about: String,
    /// Clauses, best first; whether one says less of the fix than the rule does.
    tries: Vec<(String, bool)>,
    at: usize,
}

/// What the report must say of a case that did not hold.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Fallback {
    /// Another text does as well.
    None,
    /// The fix is not tested any more.
    Unfixed(String),
    /// Nothing is tested any more.
    LeftOut(String),
}

impl Case {
    pub fn new(about: impl Into<String>) -> Self {
        Self { about: about.into(), tries: Vec::new(), at: 0 }
    }

    /// Adds `fires on …`.
    #[must_use]
    pub fn fires(self, fixture: Fixture, text: &str) -> Self {
        self.push(fixture.with(text).map(|fixture| format!("fires on {fixture}")), false)
    }

    /// Adds `fires on … fixed …`.
    #[must_use]
    pub fn fixed(self, fixture: Fixture, text: &str, fixed: &str) -> Self {
        let line = fixture.with(text).map(|fixture| format!("fires on {fixture} fixed {}", quoted(fixed)));
        self.push(line, false)
    }

    /// Adds `fires on …` for a rule whose fix does not give what was expected: other rules of the file object, or the
    /// words that it writes are found again.
    #[must_use]
    pub fn fires_without_fix(self, fixture: Fixture, text: &str) -> Self {
        self.push(fixture.with(text).map(|fixture| format!("fires on {fixture}")), true)
    }

    /// Adds `silent on …`.
    #[must_use]
    pub fn silent(self, fixture: Fixture, text: &str) -> Self {
        self.push(fixture.with(text).map(|fixture| format!("silent on {fixture}")), false)
    }

    fn push(mut self, line: Option<String>, is_unfixed: bool) -> Self {
        let is_new = |line: &String| self.tries.iter().all(|(own, _)| own != line);
        if let Some(line) = line.filter(|line| self.tries.len() < MOST_TRIES && is_new(line)) {
            self.tries.push((line, is_unfixed));
        }
        self
    }

    /// Whether nothing can be tried.
    pub fn is_empty(&self) -> bool {
        self.tries.is_empty()
    }

    /// The clause, unless none is left.
    pub fn line(&self) -> Option<String> {
        self.tries.get(self.at).map(|(line, _)| line.clone())
    }

    /// Goes on to the next clause.
    pub fn fall_back(&mut self) -> Fallback {
        let was_fixed = self.tries.get(self.at).is_some_and(|(_, is_unfixed)| !is_unfixed);
        self.at += 1;
        match self.tries.get(self.at) {
            Some((_, true)) if was_fixed => Fallback::Unfixed(self.about.clone()),
            Some(_) => Fallback::None,
            None => Fallback::LeftOut(self.about.clone()),
        }
    }
}
