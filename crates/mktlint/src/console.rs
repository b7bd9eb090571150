//! The terminal: colour, width, and the two streams.

use std::io::{self, IsTerminal as _, Write as _};

use anstyle::{AnsiColor, Style};
use mktlint_host::system;

use crate::args::{Global, When};

/// Columns when nothing says how many there are.
const WIDTH: u16 = 100;

/// How to talk to whoever runs the command.
#[derive(Clone, Debug)]
pub struct Console {
    /// Whether standard output is coloured.
    pub color: bool,
    /// Whether standard output is a terminal.
    pub is_terminal: bool,
    /// Columns of the terminal.
    pub width: u16,
    /// Say less.
    pub quiet: bool,
    /// Say more.
    pub verbose: bool,
    colors_errors: bool,
}

impl Console {
    /// The console as the flags and the environment want it.
    pub fn new(global: &Global) -> Self {
        Self {
            color: colors(global.color, io::stdout().is_terminal()),
            colors_errors: colors(global.color, io::stderr().is_terminal()),
            is_terminal: io::stdout().is_terminal(),
            width: terminal_size::terminal_size().map_or(WIDTH, |(width, _)| width.0),
            quiet: global.quiet,
            verbose: global.verbose,
        }
    }

    /// The same console without colours, for what goes into a file.
    pub fn plain(&self) -> Self {
        Self { color: false, ..self.clone() }
    }

    /// Writes `text` to standard output. A reader that has gone is no error: it has seen enough.
    ///
    /// # Errors
    ///
    /// Fails when the output cannot be written for another reason.
    pub fn print(&self, text: &str) -> io::Result<()> {
        self.write(text.as_bytes())
    }

    /// Prints `text` for people: characters of policies and assets that could take over the terminal are made visible.
    ///
    /// # Errors
    ///
    /// Fails when the output cannot be written.
    pub fn show(&self, text: &str) -> io::Result<()> {
        self.print(&mktlint_report::safe_lines(text, self.color))
    }

    /// Writes `bytes` to standard output, as [`Console::print`] does.
    ///
    /// # Errors
    ///
    /// Fails when the output cannot be written.
    pub fn write(&self, bytes: &[u8]) -> io::Result<()> {
        let mut out = io::stdout().lock();
        gone_is_fine(out.write_all(bytes).and_then(|()| out.flush()))
    }

    /// Says why the command cannot go on, on standard error.
    pub fn error(&self, message: &str) {
        self.say("error", AnsiColor::Red.on_default().bold(), message);
    }

    /// A remark on standard error, unless fewer are wanted.
    pub fn note(&self, message: &str) {
        if !self.quiet {
            self.say("note", AnsiColor::Cyan.on_default().bold(), message);
        }
    }

    /// A remark for those who want more of them.
    pub fn detail(&self, message: &str) {
        if self.verbose {
            self.say("note", AnsiColor::Cyan.on_default().bold(), message);
        }
    }

    /// Writes `text` to standard error, since standard output holds something else; nothing when less is wanted.
    pub fn aside(&self, text: &str) {
        if !self.quiet {
            let _ = io::stderr().lock().write_all(mktlint_report::safe_lines(text, false).as_bytes());
        }
    }

    fn say(&self, word: &str, style: Style, message: &str) {
        let style = if self.colors_errors { style } else { Style::new() };
        // A message can quote a name from a repository that nobody trusts yet.
        let message = mktlint_report::safe_lines(message, false);
        // Nobody is left to be told when standard error is gone.
        let _ = writeln!(io::stderr().lock(), "{style}{word}{style:#}: {message}");
    }

    /// `text` in `style` when standard output is coloured.
    pub fn styled(&self, style: Style, text: &str) -> String {
        if self.color { format!("{style}{text}{style:#}") } else { text.to_owned() }
    }

    /// `text` as a heading.
    pub fn bold(&self, text: &str) -> String {
        self.styled(Style::new().bold(), text)
    }
}

/// `result`, where a reader that has gone is no error.
///
/// # Errors
///
/// All others.
pub fn gone_is_fine(result: io::Result<()>) -> io::Result<()> {
    match result {
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(()),
        other => other,
    }
}

/// A flag beats the environment, `NO_COLOR` beats `CLICOLOR_FORCE`, and both beat the terminal.
fn colors(when: When, is_terminal: bool) -> bool {
    match when {
        When::Always => true,
        When::Never => false,
        When::Auto if system::variable("NO_COLOR").is_some() => false,
        When::Auto if system::variable("CLICOLOR_FORCE").is_some_and(|value| value != "0") => true,
        When::Auto => is_terminal && system::variable("TERM").is_none_or(|term| term != "dumb"),
    }
}
