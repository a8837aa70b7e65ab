//! The command `tongket`.

fn main() -> std::process::ExitCode {
    tongket::cli::run()
}
