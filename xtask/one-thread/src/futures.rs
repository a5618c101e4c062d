//! What is wrapped may come later.

use std::ops::{Deref, DerefMut};
use std::pin::Pin;
use std::task::{Context, Poll};

use futures_core::Stream;

use crate::SendWrapper;

impl<F: Future> Future for SendWrapper<F> {
    type Output = F::Output;

    fn poll(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<F::Output> {
        // SAFETY: nothing moves the value, so it is pinned as the wrapper is
        unsafe { self.map_unchecked_mut(Self::deref_mut) }.poll(context)
    }
}

impl<S: Stream> Stream for SendWrapper<S> {
    type Item = S::Item;

    fn poll_next(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<S::Item>> {
        // SAFETY: nothing moves the value, so it is pinned as the wrapper is
        unsafe { self.map_unchecked_mut(Self::deref_mut) }.poll_next(context)
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        self.deref().size_hint()
    }
}
