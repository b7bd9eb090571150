//! Why a request gets no result.

use lsp_server::{ErrorCode, ResponseError};

/// Why a request gets no result.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Failure {
    /// Its parameters are not what the protocol says.
    Params(String),
    /// It was understood and cannot be done, for a reason that the user should read: a rename to a word that is taken.
    Refused(String),
    /// The client took it back.
    Cancelled,
    /// The document changed meanwhile.
    Changed,
    /// As [`Failure::Changed`], of a request that the client should then send again.
    Retry,
    /// There is no such method.
    Unknown(String),
    /// A bug, with the words of the panic.
    Bug(String),
}

/// What a request gets.
pub type Answer<T> = Result<T, Failure>;

impl From<Failure> for ResponseError {
    fn from(failure: Failure) -> Self {
        let code = match failure {
            Failure::Params(_) => ErrorCode::InvalidParams,
            Failure::Refused(_) => ErrorCode::RequestFailed,
            Failure::Cancelled => ErrorCode::RequestCanceled,
            Failure::Changed => ErrorCode::ContentModified,
            Failure::Retry => ErrorCode::ServerCancelled,
            Failure::Unknown(_) => ErrorCode::MethodNotFound,
            Failure::Bug(_) => ErrorCode::InternalError,
        };
        let data = (failure == Failure::Retry).then(|| serde_json::json!({ "retriggerRequest": true }));
        let message = match failure {
            Failure::Params(reason) => format!("the parameters cannot be read: {reason}"),
            Failure::Refused(reason) => reason,
            Failure::Cancelled => "cancelled".to_owned(),
            Failure::Changed | Failure::Retry => "the document has changed".to_owned(),
            Failure::Unknown(method) => format!("there is no method `{method}`"),
            Failure::Bug(words) => format!("this is a bug in mktlint: {words}"),
        };
        Self { code: code as i32, message, data }
    }
}
