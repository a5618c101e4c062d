//! Where the pages of each edition lie in a site that has several: those of the newest in force at the root, those of another
//! one in a folder of its name.

use std::slice;

use crate::app::Address;
use crate::app::address::files_of;
use crate::rubric::Edition;

/// The folder of an edition below the root, with a slash at its end; `n` says where it stands among those of the site.
pub fn folder_of(n: usize, edition: &Edition) -> String {
    if n == 0 { String::new() } else { format!("{}/", edition.id) }
}

/// Every address that is a file of its own in the folder of an edition. What is the same for all editions is not there.
pub fn files_in_folder(edition: &Edition) -> Vec<Address> {
    let mut addresses = files_of(slice::from_ref(edition), &[]);
    addresses.retain(Address::is_of_edition);
    addresses
}
