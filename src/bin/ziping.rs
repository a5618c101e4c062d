//! The command line, `ziping --help`.

fn main() -> std::process::ExitCode {
    ziping::site::cli::main()
}
