//! The seams along which the finished module of the app is taken apart, in the form that `wasm_split_cli_support` looks
//! for: a function is imported under a name, and exported under one that pairs with it. Whatever only the exported side
//! needs becomes a part of its own, which the browser fetches when it is wanted.
//!
//! A crate of its own because this needs `unsafe`, which the app forbids. For the browser only: natively nothing is on the
//! other side.

/// Makes `$name(state, route)`, which calls `$page` across a seam. The names of a part are the first words of its files.
///
/// Whoever calls it has the part loaded: without it the call traps. No two seams have the same number of 32 hex digits.
#[macro_export]
macro_rules! seam {
    ($(#[$about:meta])* $name:ident in $part:literal $id:literal: fn($state:ty, &$route:ty) -> $view:ty = $page:expr) => {
        $(#[$about])*
        fn $name(state: $state, route: &$route) -> $view {
            use ::core::ffi::c_void;

            #[link(wasm_import_module = "__wasm_split_placeholder__")]
            unsafe extern "C" {
                #[link_name = concat!("__wasm_split_00", $part, "00_import_", $id)]
                fn there(view: *mut c_void, state: *const c_void, route: *const c_void);
            }

            #[unsafe(export_name = concat!("__wasm_split_00", $part, "00_export_", $id))]
            extern "C" fn here(view: *mut c_void, state: *const c_void, route: *const c_void) {
                let page: fn($state, &$route) -> $view = $page;
                // SAFETY: only the call below comes here, and its three places outlive it
                unsafe { *view.cast::<Option<$view>>() = Some(page(*state.cast(), &*route.cast())) }
            }

            let mut view: Option<$view> = None;
            let (into, state) = ((&raw mut view).cast(), (&raw const state).cast());
            // SAFETY: `here` takes these three as what they are
            unsafe { there(into, state, ::core::ptr::from_ref(route).cast()) };
            view.expect("a part answers")
        }
    };
}
