//! Messages over standard input and output.

use std::io::{self, BufRead, Write};
use std::thread;

use crossbeam_channel::{Receiver, Sender, unbounded};
use lsp_server::{Connection, Message};

/// So many messages in a row that cannot be read end the connection: the other side speaks something else.
const MAX_DAMAGED: u32 = 32;

/// The longest message that is read, in bytes. Room for it is made as soon as a client promises it.
const MAX_LENGTH: u64 = 1 << 30;

/// A connection over `input` and `output`. Its receiver ends with the input.
///
/// Both sides are queues without a bound. The loop must see all edits that wait, to answer for the last of them alone;
/// and it must go on when a client is slow to read.
pub fn connect(
    input: impl BufRead + Send + 'static,
    output: impl Write + Send + 'static,
) -> (Connection, thread::JoinHandle<()>) {
    let (to_server, receiver) = unbounded();
    let (sender, from_server) = unbounded();
    thread::spawn(move || read(input, &to_server));
    let writer = thread::spawn(move || write(output, &from_server));
    (Connection { sender, receiver }, writer)
}

fn read(mut input: impl BufRead, to_server: &Sender<Message>) {
    let mut damaged = 0;
    loop {
        // Nothing behind such a promise can be told from the message itself, so the connection ends.
        if input.fill_buf().is_ok_and(promises_too_much) {
            return;
        }
        match Message::read(&mut input) {
            Ok(Some(message)) => {
                damaged = 0;
                if to_server.send(message).is_err() {
                    return;
                }
            }
            // Whatever was not understood has been read whole, or the next header is looked for.
            Err(error) if error.kind() == io::ErrorKind::InvalidData && damaged < MAX_DAMAGED => damaged += 1,
            Ok(None) | Err(_) => return,
        }
    }
}

/// Whether the header that `waiting` begins with announces more than [`MAX_LENGTH`]. A header that has not come whole is
/// trusted.
fn promises_too_much(waiting: &[u8]) -> bool {
    let header = waiting.split(|byte| *byte == b'\n').take_while(|line| *line != b"\r");
    let mut lines = header.filter_map(|line| std::str::from_utf8(line).ok()?.split_once(": "));
    let length = lines.find(|(name, _)| name.eq_ignore_ascii_case("content-length"));
    length.is_some_and(|(_, length)| match length.trim_end().parse::<u64>() {
        Ok(length) => length > MAX_LENGTH,
        // More digits than any length has.
        Err(error) => *error.kind() == std::num::IntErrorKind::PosOverflow,
    })
}

fn write(mut output: impl Write, from_server: &Receiver<Message>) {
    for message in from_server {
        // A client that has gone needs no answer; the reader ends the loop.
        if message.write(&mut output).is_err() {
            return;
        }
    }
}

#[cfg(test)]
mod tests {
    use std::io::Cursor;

    use super::*;

    #[test]
    fn one_damaged_message_costs_no_other() {
        let bodies = [r#"{"method":"a"}"#, "{", "[7]", r#"{"method":"b"}"#];
        let text: String =
            bodies.iter().map(|body| format!("Content-Length: {}\r\n\r\n{body}", body.len())).collect();
        let (connection, _) = connect(Cursor::new(text.into_bytes()), io::sink());
        let methods: Vec<String> = connection
            .receiver
            .iter()
            .map(|message| match message {
                Message::Notification(own) => own.method,
                other => format!("{other:?}"),
            })
            .collect();
        assert_eq!(methods, ["a", "b"]);
    }

    #[test]
    fn a_promise_that_no_memory_can_hold_ends_the_connection() {
        for length in ["1073741825", "9999999999999", "99999999999999999999999"] {
            let text = format!(
                "Content-Length: 14\r\n\r\n{{\"method\":\"a\"}}Content-Type: x\r\ncontent-length: {length}\r\n\r\n{{"
            );
            let (connection, _) = connect(Cursor::new(text.into_bytes()), io::sink());
            assert_eq!(connection.receiver.iter().count(), 1, "{length}");
        }
        assert!(!promises_too_much(b"Content-Length: 1073741824\r\n\r\n"));
        assert!(!promises_too_much(b"Content-Length: 20\r\n\r\nContent-Length: 9999999999999\r\n"));
    }

    #[test]
    fn noise_ends() {
        let (connection, _) = connect(Cursor::new(b"GET / HTTP/1.1\r\n".repeat(9999)), io::sink());
        assert_eq!(connection.receiver.iter().count(), 0);
    }
}
