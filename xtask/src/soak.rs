//! A long day in a real browser, made of random actions from a seed, on the built site; see tests/browser/soak.mjs.

use crate::{
    browser,
    run::{command, path, run},
};
use anyhow::Result;

pub fn soak(seed: &str, actions: &str) -> Result<()> {
    let chrome = browser::ready()?;
    let script = path("tests/browser/soak.mjs");
    let mut node = command("node", [script.as_os_str()]);
    node.args(["--seed", seed, "--actions", actions]).env("CHROME", chrome);
    run(&mut node, "the seed and the number of the action are above: the same seed does the same again")
}
