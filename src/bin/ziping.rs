//! The command line, `ziping --help`.

// pages are made of many small pieces: a third less time than with the system's allocator
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> std::process::ExitCode {
    ziping::cli::main()
}
