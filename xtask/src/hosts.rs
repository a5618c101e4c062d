//! nginx, Apache and Caddy, in which the snippets of docs/hosts are tried.

use crate::browser::install_packages;
use crate::run::find;
use anyhow::Result;
use std::fs;
use std::os::unix::fs::PermissionsExt;

/// Names of Debian packages: the programs, brotli for nginx, and the types of files by their endings.
const PACKAGES: [&str; 5] = ["nginx-light", "libnginx-mod-http-brotli-static", "apache2-bin", "caddy", "media-types"];
/// What Debian asks before it starts a service.
const POLICY: &str = "/usr/sbin/policy-rc.d";

/// Installs what is missing. The packages would start their servers on port 80 at once; the tests start their own.
pub fn ready() -> Result<()> {
    let missing = ["/usr/sbin/nginx", "/usr/sbin/apache2", "/usr/bin/caddy"].iter().any(|it| fs::metadata(it).is_err());
    if !missing || find("apt-get").is_none() {
        return Ok(());
    }
    // where it cannot be written, nothing can be installed either
    let quiet = fs::metadata(POLICY).is_err()
        && fs::write(POLICY, "#!/bin/sh\nexit 101\n").is_ok()
        && fs::set_permissions(POLICY, fs::Permissions::from_mode(0o755)).is_ok();
    let installed = install_packages(&PACKAGES);
    if quiet {
        fs::remove_file(POLICY)?;
    }
    installed
}
