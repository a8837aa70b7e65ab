//! The command `tongket`.

use std::process::ExitCode;

fn main() -> ExitCode {
    match std::env::args().nth(1).as_deref() {
        Some("read-worker") => tongket::intake::worker::serve(),
        _ => ExitCode::FAILURE,
    }
}
