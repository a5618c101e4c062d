//! The site as somebody who edits the programs looks at it: compiled in a minute, a few times as large, for browsers of
//! today. Never to publish.

use crate::{
    app,
    run::{command, path, run},
    tools, tree,
};
use anyhow::Result;
use std::fs;

/// A target folder of its own: what is compiled with other flags would push the real one out.
const TARGET: &str = "target/draft";
/// In place of `[profile.browser]`: little optimisation, in pieces, and only what changed.
const PROFILE: [(&str, &str); 4] = [
    ("CARGO_PROFILE_BROWSER_LTO", "off"),
    ("CARGO_PROFILE_BROWSER_OPT_LEVEL", "1"),
    ("CARGO_PROFILE_BROWSER_CODEGEN_UNITS", "16"),
    ("CARGO_PROFILE_BROWSER_INCREMENTAL", "true"),
];
/// There is no JavaScript build beside a draft.
const NONE: &str = "throw new Error('a draft has no JavaScript build');\n";

/// Into target/draft/dist.
pub fn site() -> Result<()> {
    tools::ready()?;
    run(&mut command("cargo", ["build", "--quiet", "--locked", "--bin", "ziping"]), "see the error above")?;
    let mut trunk = app::trunk("target/draft/trunk", TARGET)?;
    // the same flags in every checkout, so that what was compiled in one is good in another
    run(trunk.envs(PROFILE).env("CARGO_ENCODED_RUSTFLAGS", app::flags().join("\x1f")), "see the first error above")?;
    let (from, into) = (path("target/draft/trunk"), path("target/draft/app"));
    if into.exists() {
        fs::remove_dir_all(&into)?;
    }
    fs::create_dir_all(&into)?;
    for program in app::PROGRAMS {
        tree::copy(&from.join(format!("{program}_bg.wasm")), &into.join(format!("{program}.wasm")))?;
        let script = app::script_of(program, &from.join(format!("{program}.js")))?;
        tree::write(&into.join(format!("{program}.js")), script)?;
    }
    tree::write(&into.join("reader-fallback.js"), NONE)?;
    for file in tree::files(&path(TARGET).join(app::PARTS))? {
        let name = file.file_name().unwrap_or_default().to_string_lossy().into_owned();
        if let Some(part) = name.strip_prefix("app-only-").and_then(|it| it.strip_suffix("_bg.wasm")) {
            tree::write(&into.join(format!("app-{part}-fallback.js")), NONE)?;
        } else if name.starts_with("app-") && name.ends_with(".wasm") {
            tree::copy(&file, &into.join(name))?;
        }
    }
    for script in app::SCRIPTS {
        tree::copy(&path("assets").join(script), &into.join(script))?;
    }
    let ziping = path("target/debug/ziping").display().to_string();
    run(
        &mut command(&ziping, ["build", "--app", "target/draft/app", "--out", "target/draft/dist", "--keep", "0"]),
        "see the error above",
    )
}
