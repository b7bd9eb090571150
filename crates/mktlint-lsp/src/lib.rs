//! The language server: the one crate that speaks JSON-RPC.
//!
//! One thread owns the workspaces and the connection ([`server`]); requests are answered on others from a snapshot
//! ([`routes`], [`handlers`]), and an edit ends those that still run. What is shown comes from `mktlint-ide`, in its
//! words; [`convert`] puts it into those of the protocol.

mod client;
mod context;
mod convert;
mod failure;
mod handlers;
mod memory;
mod routes;
mod server;
mod transport;

use std::io::{self, BufReader, Write as _};

pub use server::{Ended, serve};

/// Serves the client on the other side of standard input and output, until it ends.
///
/// A panic is written to standard error, where editors keep the log of a server, and costs one request.
///
/// # Errors
///
/// Fails when no thread can be had.
pub fn run() -> io::Result<Ended> {
    std::panic::set_hook(Box::new(|bug| {
        let version = env!("CARGO_PKG_VERSION");
        let _ = writeln!(io::stderr().lock(), "error: this is a bug in mktlint {version}: {bug}");
    }));
    let (connection, writer) = transport::connect(BufReader::new(io::stdin()), io::stdout());
    let ended = serve(connection)?;
    // What is still on its way, such as the answer to `shutdown`. A client that went without a word may never read it.
    if ended == Ended::Asked {
        let _ = writer.join();
    }
    Ok(ended)
}
