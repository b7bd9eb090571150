//! What happens when mktlint itself is wrong.

use std::io::Write as _;
use std::panic;

/// Makes a panic say how to report it and end with 101.
pub fn report_bugs() {
    panic::set_hook(Box::new(|bug| {
        // A broken Parquet file, which becomes an error.
        if mktlint_contacts::is_guarded() {
            return;
        }
        let _ = writeln!(
            std::io::stderr().lock(),
            "error: this is a bug in mktlint {}: {bug}\n\
             help: please report it with the command, this message and, if you can, the file that leads here",
            env!("CARGO_PKG_VERSION"),
        );
        // Other threads may still be at work; a result without this file would look like a verdict.
        std::process::exit(101);
    }));
}
