//! Which mutant is on. Added to a copy of the library by `cargo xtask mutants`.

use std::sync::atomic::{AtomicU8, AtomicU32, Ordering::Relaxed};

/// Nothing is changed.
pub const NONE: u32 = u32::MAX;
/// Nothing is changed, and every mutant that is come by is noted in [`REACHED`].
pub const RECORD: u32 = u32::MAX - 1;

pub static ACTIVE: AtomicU32 = AtomicU32::new(NONE);
pub static REACHED: [AtomicU8; 1 << 14] = [const { AtomicU8::new(0) }; 1 << 14];

#[inline]
pub fn on(number: u32) -> bool {
    let active = ACTIVE.load(Relaxed);
    if active == RECORD {
        REACHED[number as usize].store(1, Relaxed);
    }
    active == number
}
