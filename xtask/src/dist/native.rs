//! The generator as a program that needs nothing: for Linux without its libraries, for Windows compiled here.

use crate::{
    app,
    browser::install_packages,
    run::{command, find, path, run},
    tools, tree,
};
use anyhow::{Context, Result, ensure};
use std::{env, ffi::OsString, path::PathBuf, process::Command};

/// A system for which there is a program.
pub struct Platform {
    /// As it stands in the name of the release's file.
    pub name: &'static str,
    pub program: &'static str,
    target: &'static str,
    /// The C compiler, which builds the allocator, and Debian's package of it.
    compiler: &'static str,
    package: &'static str,
    link: &'static [&'static str],
}

pub const LINUX: Platform = Platform {
    name: "x86_64-linux",
    program: "ziping",
    target: "x86_64-unknown-linux-musl",
    compiler: "musl-gcc",
    package: "musl-tools",
    link: &[],
};
pub const WINDOWS: Platform = Platform {
    name: "x86_64-windows",
    program: "ziping.exe",
    target: "x86_64-pc-windows-gnu",
    compiler: "x86_64-w64-mingw32-gcc",
    package: "gcc-mingw-w64-x86-64",
    // the time of linking would stand in the program
    link: &["link-arg=-Wl,--no-insert-timestamp"],
};

/// Installs what compiles both, where that can be.
pub fn ready() -> Result<()> {
    install_packages(&[LINUX.package, WINDOWS.package])?;
    for platform in [&LINUX, &WINDOWS] {
        ensure!(
            find(platform.compiler).is_some(),
            "{} is missing, for {}: on Debian run this as root, or `apt-get install {}`",
            platform.compiler,
            platform.target,
            platform.package
        );
        tools::target(platform.target)?;
    }
    Ok(())
}

impl Platform {
    /// Compiles the program with the profile of a release. Elsewhere the same bytes come out, as no path of this machine
    /// is in it.
    pub fn build(&self) -> Result<Vec<u8>> {
        let mut flags = Vec::new();
        let mut mapped = OsString::new();
        for (from, to) in self.hidden_paths()? {
            flags.push(format!("--remap-path-prefix={}={to}", from.display()));
            // the compiler of C wants no space in it
            if !from.to_string_lossy().contains(' ') {
                mapped.push(format!("-ffile-prefix-map={}={to} ", from.display()));
            }
        }
        let link = ["strip=symbols"].into_iter().chain(self.link.iter().copied());
        flags.extend(link.flat_map(|it| [String::from("-C"), it.to_owned()]));
        let mut cargo =
            command("cargo", ["build", "--release", "--locked", "--bin", "ziping", "--target", self.target]);
        let of_target = self.target.replace('-', "_");
        cargo.env("CARGO_ENCODED_RUSTFLAGS", flags.join("\x1f")).env(format!("CFLAGS_{of_target}"), mapped);
        // the allocator tells when it was compiled, in C: by this it says the same in every folder and on every day
        cargo.env(format!("CC_{of_target}"), self.compiler).env("SOURCE_DATE_EPOCH", "0");
        cargo.env("CARGO_TARGET_DIR", self.folder());
        run(&mut cargo, "see the error above")?;
        let program = tree::read(&self.built())?;
        ensure!(
            !tells_a_day(&program),
            "{} tells when it was compiled: run `cargo clean --release --target {} --package libmimalloc-sys`",
            self.built().display(),
            self.target
        );
        for (from, _) in self.hidden_paths()? {
            let needle = from.to_string_lossy().trim_end_matches('/').to_owned();
            let found = program.windows(needle.len()).any(|it| it == needle.as_bytes());
            ensure!(!found, "{} contains the build path {needle}", self.built().display());
        }
        Ok(program)
    }

    /// Where it is compiled. The tool that makes libraries of Windows cannot call its own assembler where the path has a
    /// space, as in a folder called so by a person.
    fn folder(&self) -> PathBuf {
        let usual = path("target");
        let is_odd = self.target == WINDOWS.target && usual.to_string_lossy().contains(char::is_whitespace);
        if is_odd { env::temp_dir().join("ziping-target") } else { usual }
    }

    /// Paths that are not to stand in the program, and what stands there instead: the same wherever it is compiled.
    fn hidden_paths(&self) -> Result<Vec<(PathBuf, String)>> {
        let mut all = app::hidden_paths()?;
        let (usual, folder) = (path("target"), self.folder());
        if folder != usual {
            let root = all.iter().find(|it| usual.starts_with(&it.0)).map_or("", |it| it.1.as_str());
            all.push((folder, format!("{root}/target")));
        }
        Ok(all)
    }

    pub fn built(&self) -> PathBuf {
        self.folder().join(self.target).join("release").join(self.program)
    }
}

/// Whether a program has the day in it on which C was compiled, as `__DATE__` writes it: Nov 29 2026.
fn tells_a_day(program: &[u8]) -> bool {
    const MONTHS: [&[u8; 3]; 12] =
        [b"Jan", b"Feb", b"Mar", b"Apr", b"May", b"Jun", b"Jul", b"Aug", b"Sep", b"Oct", b"Nov", b"Dec"];
    program.windows("Nov 29 2026".len()).any(|it| {
        MONTHS.iter().any(|month| it.starts_with(*month))
            && it[3] == b' '
            && (it[4] == b' ' || it[4].is_ascii_digit())
            && it[5].is_ascii_digit()
            && it[6..].starts_with(b" 20")
            && it[9..].iter().all(u8::is_ascii_digit)
    })
}

/// The site as the static program makes it from the app in `app`, in a folder of its own, which holds nothing else.
pub fn site(app: &str, out: &str) -> Result<()> {
    let folder = path(out);
    if folder.exists() {
        std::fs::remove_dir_all(&folder).with_context(|| format!("cannot remove {}", folder.display()))?;
    }
    run(&mut ziping(["build", "--app", app, "--out", out, "--keep", "0"]), "see the error above")
}

pub fn ziping<const N: usize>(args: [&str; N]) -> Command {
    command(&LINUX.built().display().to_string(), args)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_day_of_compiling_is_seen_in_a_program() {
        for day in ["Nov 29 2026", "Jan  1 2030"] {
            assert!(tells_a_day(format!("\0mimalloc\0{day}\014:03:22\0").as_bytes()), "{day}");
        }
        for none in ["Jan  1 1970", "Nov 29, 2026", "Nov 2026", "Now 29 2026"] {
            assert!(!tells_a_day(format!("\0{none}\0").as_bytes()), "{none}");
        }
    }
}
