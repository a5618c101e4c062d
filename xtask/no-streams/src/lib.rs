//! A replacement for the crate wasm-streams. leptos depends on server functions, and these on streams, which this site
//! never opens; yet that crate exports its classes, and exported code stays in the module and in the glue: 4 KB
//! (brotli). This crate has only the names that server functions need to compile.

use std::pin::Pin;
use std::task::{Context, Poll};

use futures_core::Stream;
use wasm_bindgen::JsValue;
use web_sys::ReadableStream as Raw;

/// A stream that is never read.
pub struct ReadableStream(Raw);

/// A stream that ends at once.
pub struct IntoStream;

impl ReadableStream {
    pub fn from_raw(raw: Raw) -> ReadableStream {
        ReadableStream(raw)
    }

    /// # Panics
    /// Always: no server function can be called.
    pub fn from_stream<S: Stream<Item = Result<JsValue, JsValue>> + 'static>(_: S) -> ReadableStream {
        panic!("this site has no server")
    }

    pub fn into_raw(self) -> Raw {
        self.0
    }

    pub fn into_stream(self) -> IntoStream {
        IntoStream
    }
}

impl Stream for IntoStream {
    type Item = Result<JsValue, JsValue>;

    fn poll_next(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        Poll::Ready(None)
    }
}
