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

/// A clause of a test, with others to try in its place.
#[derive(Clone, Debug)]
pub(crate) struct Case {
    /// What it is about, for the report: `the token `foo``.
    about: String,
    /// Clauses, best first, each with what the report says when it is the one that holds.
    tries: Vec<(String, Option<String>)>,
    at: usize,
}

impl Case {
    pub fn new(about: impl Into<String>) -> Self {
        Self { about: about.into(), tries: Vec::new(), at: 0 }
    }

    /// Adds `fires on …`.
    #[must_use]
    pub fn fires(self, fixture: Fixture, text: &str) -> Self {
        self.push(fixture.with(text).map(|fixture| format!("fires on {fixture}")), None)
    }

    /// Adds `fires on … fixed …`.
    #[must_use]
    pub fn fixed(self, fixture: Fixture, text: &str, fixed: &str) -> Self {
        let line = fixture.with(text).map(|fixture| format!("fires on {fixture} fixed {}", quoted(fixed)));
        self.push(line, None)
    }

    /// Adds `fires on …` for a rule whose fix does not give what was expected.
    #[must_use]
    pub fn fires_without_fix(self, fixture: Fixture, text: &str) -> Self {
        let remark = format!("the fix of {} gives other words, or none", self.about);
        self.push(fixture.with(text).map(|fixture| format!("fires on {fixture}")), Some(remark))
    }

    /// Adds `silent on …`.
    #[must_use]
    pub fn silent(self, fixture: Fixture, text: &str) -> Self {
        self.push(fixture.with(text).map(|fixture| format!("silent on {fixture}")), None)
    }

    fn push(mut self, line: Option<String>, remark: Option<String>) -> Self {
        if let Some(line) = line.filter(|line| self.tries.iter().all(|(own, _)| own != line)) {
            self.tries.push((line, remark));
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

    /// Goes on to the next clause; what the report must say of that.
    pub fn fall_back(&mut self) -> Option<String> {
        self.at += 1;
        match self.tries.get(self.at) {
            Some((_, remark)) => remark.clone(),
            None => Some(format!("a test of {} did not hold and was left out", self.about)),
        }
    }
}
