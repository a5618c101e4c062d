//! What browsers are shown at the moment: the last site that had no problems, or the problems while there is none.

use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use anyhow::Result;
use tokio::sync::{RwLock, RwLockReadGuard, watch};

pub struct ShownSite {
    /// The folder of the finished site.
    pub out: PathBuf,
    /// Held while the folder is read, so that no request finds it half replaced.
    now: RwLock<Now>,
    /// Changes whenever what pages show has changed. A program started later at the same port has another version, so
    /// pages that are still open reload then too.
    version: watch::Sender<u128>,
}

/// The site that is shown; until there is one, the problems.
pub enum Now {
    Site {
        /// The path of the site's address, `/` or `/path/`: the page for missing pages has links that start with it.
        top: String,
    },
    Problems(String),
}

impl ShownSite {
    pub fn new(out: PathBuf) -> ShownSite {
        let now = RwLock::new(Now::Problems(String::new()));
        ShownSite { out, now, version: watch::Sender::new(version()) }
    }

    /// Puts another site in place of what is shown.
    ///
    /// # Errors
    /// Those of `build`. What was shown is shown still.
    pub fn replace<T>(&self, top: String, build: impl FnOnce(&Path) -> Result<T>) -> Result<T> {
        let mut now = self.now.blocking_write();
        let built = build(&self.out)?;
        *now = Now::Site { top };
        self.version.send_replace(version());
        Ok(built)
    }

    /// Takes note of problems, and says whether they are shown.
    pub fn refuse(&self, problems: &str) -> bool {
        match &mut *self.now.blocking_write() {
            Now::Site { .. } => false,
            Now::Problems(shown) => {
                problems.clone_into(shown);
                self.version.send_replace(version());
                true
            }
        }
    }

    /// Does some work while nobody reads or writes the folder.
    pub fn hold(&self, work: impl FnOnce()) {
        let _now = self.now.blocking_write();
        work();
    }

    /// What is shown as long as this is held, and its version.
    pub async fn now(&self) -> (RwLockReadGuard<'_, Now>, u128) {
        let now = self.now.read().await;
        let version = *self.version.borrow();
        (now, version)
    }

    /// The version, as soon as it is another one.
    pub async fn after(&self, version: Option<u128>) -> u128 {
        let mut versions = self.version.subscribe();
        match versions.wait_for(|it| Some(*it) != version).await {
            Ok(now) => *now,
            // nobody changes it any more
            Err(_) => version.unwrap_or_default(),
        }
    }
}

/// A new version. It is the time in nanoseconds, so no two are alike, also of two programs.
fn version() -> u128 {
    SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).as_ref().map_or(0, Duration::as_nanos)
}
