//! Exit statuses.

use std::io;
use std::process::ExitCode;

use mktlint_host::StartError;

/// What `--help` says about exit statuses.
pub const HELP: &str = "\
Exit status (the first reason in the order 101, 2, 3, 4, 7, 6, 1, 5 wins):
  0    judged, and nothing at or above the fail level (default: error)
  1    findings at or above the fail level
  2    wrong usage or configuration
  3    a policy does not compile
  4    something could not be judged: a file could not be read, or a rule lacks an input
  5    nothing was checked: no asset matches
  6    the gate is closed: an approval is missing, or does not count; or decisions cannot be trusted
  7    a proof is refuted
  101  a bug in mktlint";

/// Why a run does not end with 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reason {
    /// Findings at or above the fail level.
    Findings,
    /// Wrong usage or configuration.
    Usage,
    /// A policy does not compile.
    Policy,
    /// Something could not be judged.
    Undecided,
    /// No asset matches.
    NothingChecked,
    /// A proof is refuted.
    Refuted,
    /// The gate is closed, or the ledger cannot be trusted.
    Closed,
}

impl Reason {
    const fn number(self) -> u8 {
        match self {
            Self::Findings => 1,
            Self::Usage => 2,
            Self::Policy => 3,
            Self::Undecided => 4,
            Self::NothingChecked => 5,
            Self::Closed => 6,
            Self::Refuted => 7,
        }
    }

    /// Lower wins.
    const fn rank(self) -> u8 {
        match self {
            Self::Usage => 0,
            Self::Policy => 1,
            Self::Undecided => 2,
            Self::Refuted => 3,
            Self::Closed => 4,
            Self::Findings => 5,
            Self::NothingChecked => 6,
        }
    }
}

/// How a run ends. Reasons add up; the one that matters most counts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Status(Option<Reason>);

impl Status {
    /// Nothing to report.
    pub const OK: Self = Self(None);

    /// With `reason` besides, when `holds`.
    #[must_use]
    pub fn when(self, holds: bool, reason: Reason) -> Self {
        let is_first = self.0.is_none_or(|own| reason.rank() < own.rank());
        if holds && is_first { Self(Some(reason)) } else { self }
    }
}

impl From<Reason> for Status {
    fn from(reason: Reason) -> Self {
        Self(Some(reason))
    }
}

impl From<Status> for ExitCode {
    fn from(status: Status) -> Self {
        Self::from(status.0.map_or(0, Reason::number))
    }
}

/// Why a command ends before it has a verdict.
#[derive(Debug)]
pub enum Stop {
    /// Wrong usage or configuration, in words; ends with 2.
    Usage(String),
    /// A file could not be read or written, in words; ends with 4.
    File(String),
    /// Output could not be written.
    Output(io::Error),
}

impl From<StartError> for Stop {
    fn from(error: StartError) -> Self {
        Self::Usage(error.to_string())
    }
}

impl From<io::Error> for Stop {
    fn from(error: io::Error) -> Self {
        Self::Output(error)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_reason_that_matters_most_wins() {
        let findings = Status::OK.when(true, Reason::NothingChecked).when(true, Reason::Findings);
        assert_eq!(findings, Reason::Findings.into());
        let order = [
            Reason::Findings,
            Reason::Closed,
            Reason::Refuted,
            Reason::Undecided,
            Reason::Policy,
            Reason::Usage,
        ];
        let mut status = findings;
        for reason in order {
            status = status.when(true, reason);
            assert_eq!(status, reason.into());
        }
        assert_eq!(status.when(true, Reason::Findings), Reason::Usage.into());
        assert_eq!(Status::OK.when(false, Reason::Usage), Status::OK);
    }
}
