//! A run for commands that go on with what it found.

use mktlint_host::{Checked, Settings};

use crate::console::Console;
use crate::progress::Progress;
use crate::status::{Reason, Status, Stop};

/// What a run found; `Err` with the status when nothing was judged, which is then said.
pub fn judged(settings: &Settings, console: &Console) -> Result<Result<Checked, Status>, Stop> {
    let progress = Progress::start(console, "judging");
    let checked = mktlint_host::check(settings)?;
    drop(progress);
    if !checked.bad_config && !checked.bad_policy {
        return Ok(Ok(checked));
    }
    console.error("nothing was judged; `mktlint check` says why");
    Ok(Err(Status::OK.when(checked.bad_config, Reason::Usage).when(checked.bad_policy, Reason::Policy)))
}
