//! The binary: hands the arguments to the library and turns its answer into an exit status.

fn main() -> std::process::ExitCode {
    sevline::cli::run(std::env::args_os()).into()
}
