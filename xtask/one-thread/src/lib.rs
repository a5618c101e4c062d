//! A replacement for the crate send_wrapper. leptos wraps what belongs to one thread, as all of the browser's things do,
//! and the wrapper compares threads whenever it is opened. In a browser the program has a single thread, so it always finds
//! the same; yet std's handle of a thread brings an allocator of its own: 6 KB, and the comparison stands in a hundred
//! places. Here it is left out where there is one thread, and made anywhere else.

use std::fmt::{self, Debug, Formatter};
use std::mem::{ManuallyDrop, needs_drop};
use std::ops::{Deref, DerefMut};

#[cfg(feature = "futures")]
mod futures;

/// The thread that has a value.
#[derive(Clone, Copy)]
struct Home {
    #[cfg(not(all(target_arch = "wasm32", not(target_feature = "atomics"))))]
    thread: std::thread::ThreadId,
}

#[cfg(all(target_arch = "wasm32", not(target_feature = "atomics")))]
impl Home {
    fn here() -> Home {
        Home {}
    }

    fn is_here(self) -> bool {
        true
    }
}

#[cfg(not(all(target_arch = "wasm32", not(target_feature = "atomics"))))]
impl Home {
    fn here() -> Home {
        Home { thread: std::thread::current().id() }
    }

    fn is_here(self) -> bool {
        self.thread == std::thread::current().id()
    }
}

/// A value that may go to another thread, but is only looked at and dropped in its own.
pub struct SendWrapper<T> {
    value: ManuallyDrop<T>,
    home: Home,
}

// SAFETY: in another thread than its own, every way to the value panics, and it is not dropped there either.
unsafe impl<T> Send for SendWrapper<T> {}
// SAFETY: the same.
unsafe impl<T> Sync for SendWrapper<T> {}

impl<T> SendWrapper<T> {
    pub fn new(value: T) -> SendWrapper<T> {
        SendWrapper { value: ManuallyDrop::new(value), home: Home::here() }
    }

    /// May the value be looked at here?
    pub fn valid(&self) -> bool {
        self.home.is_here()
    }

    /// # Panics
    /// In another thread than that of `new`, as all that follows.
    pub fn take(self) -> T {
        self.check();
        let mut this = ManuallyDrop::new(self);
        // SAFETY: this is its thread, and what it is taken from is neither dropped nor used again
        unsafe { ManuallyDrop::take(&mut this.value) }
    }

    fn check(&self) {
        assert!(self.valid(), "a value was used in another thread than its own");
    }
}

impl<T> Deref for SendWrapper<T> {
    type Target = T;

    fn deref(&self) -> &T {
        self.check();
        &self.value
    }
}

impl<T> DerefMut for SendWrapper<T> {
    fn deref_mut(&mut self) -> &mut T {
        self.check();
        &mut self.value
    }
}

impl<T> Drop for SendWrapper<T> {
    fn drop(&mut self) {
        if !needs_drop::<T>() || self.valid() {
            // SAFETY: this is its thread, and it is dropped once
            unsafe { ManuallyDrop::drop(&mut self.value) }
        } else if !std::thread::panicking() {
            panic!("a value was dropped in another thread than its own");
        }
    }
}

impl<T: Debug> Debug for SendWrapper<T> {
    fn fmt(&self, out: &mut Formatter<'_>) -> fmt::Result {
        out.debug_tuple("SendWrapper").field(&**self).finish()
    }
}

impl<T: Clone> Clone for SendWrapper<T> {
    fn clone(&self) -> SendWrapper<T> {
        SendWrapper::new((**self).clone())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::rc::Rc;
    use std::thread;

    #[test]
    fn another_thread_gets_nothing() {
        let one = SendWrapper::new(Rc::new(1));
        let other = one.clone();
        assert_eq!((**one, **other), (1, 1));
        assert!(thread::spawn(move || **other).join().is_err());
        let one = thread::spawn(move || (one.valid(), one)).join().expect("it looks at nothing");
        assert!(!one.0);
        assert_eq!(Rc::strong_count(&one.1), 2, "what another thread had was neither looked at nor dropped");
        assert_eq!(*one.1.take(), 1);
    }
}
