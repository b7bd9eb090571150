//! Colours, by what they mean.

use anstyle::{AnsiColor, Style};
use mktlint_diag::Level;

/// What a stretch of output is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Tone {
    Error,
    Warning,
    Info,
    /// What is wrong.
    Message,
    /// The words `help:`, `why:`, `note:`.
    Help,
    Removed,
    Added,
}

/// The tone of a level.
pub(crate) fn level(level: Level) -> Tone {
    match level {
        Level::Error => Tone::Error,
        Level::Warning => Tone::Warning,
        Level::Info => Tone::Info,
    }
}

impl Tone {
    fn style(self) -> Style {
        match self {
            Self::Error => AnsiColor::Red.on_default().bold(),
            Self::Warning => AnsiColor::Yellow.on_default().bold(),
            Self::Info => AnsiColor::Cyan.on_default().bold(),
            Self::Message => Style::new().bold(),
            Self::Help => AnsiColor::Green.on_default().bold(),
            Self::Removed => AnsiColor::Red.on_default(),
            Self::Added => AnsiColor::Green.on_default(),
        }
    }

    /// `text` in this tone, or as it is without `color`.
    pub(crate) fn on(self, text: &str, color: bool) -> String {
        if !color || text.is_empty() {
            return text.to_owned();
        }
        let style = self.style();
        format!("{style}{text}{style:#}")
    }
}
