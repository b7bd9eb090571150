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
mod space;
mod transport;
