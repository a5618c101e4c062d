//! Builds the site and serves it on this machine with `ziping serve`, which also watches the content for changes.

use crate::{
    build,
    run::{command, path, run},
};
use anyhow::{Result, anyhow};
use std::net::TcpListener;

pub fn serve(port: &str, more: &[&str]) -> Result<()> {
    let number: u16 = port.parse().map_err(|_| anyhow!("`--port {port}`: a port is a number up to 65535"))?;
    // checked before the build, which takes longer
    let other = format!("stop the other program or use `cargo xtask serve --port {}`", number ^ 1);
    TcpListener::bind(("127.0.0.1", number)).map_err(|it| anyhow!("port {port} is not to be had ({it}): {other}"))?;
    build::site()?;
    let ziping = path("target/release/ziping").display().to_string();
    run(command(&ziping, ["serve", "--app", "target/app", "--port", port]).args(more), "see above")
}
