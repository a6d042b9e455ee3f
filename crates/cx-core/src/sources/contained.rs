//! A boundary for readers that may panic on damaged files.

use std::any::Any;
use std::cell::Cell;
use std::panic::{self, AssertUnwindSafe};
use std::sync::Once;

thread_local! {
    /// True while this thread is inside the boundary.
    static INSIDE: Cell<bool> = const { Cell::new(false) };
}

static HOOK: Once = Once::new();

/// Runs a reader that is not ours and turns a panic in it into its message.
///
/// The Parquet decoder checks much, but not all, of what a damaged file can
/// say, and panics on the rest. A damaged file is an everyday fault of data and
/// must end in a message that names it. Whatever the reader was building is
/// dropped with it, so no half-built state is seen afterwards, which is what
/// `AssertUnwindSafe` vouches for.
///
/// The default hook would print each of these panics on stderr. Hooks are
/// global, so one is put in front once: it stays silent on threads that are
/// inside this boundary at that moment and hands every other panic on.
pub(super) fn contained<T>(read: impl FnOnce() -> T) -> Result<T, String> {
    HOOK.call_once(|| {
        let outer = panic::take_hook();
        panic::set_hook(Box::new(move |info| {
            if !INSIDE.get() {
                outer(info);
            }
        }));
    });
    let was = INSIDE.replace(true);
    let result = panic::catch_unwind(AssertUnwindSafe(read));
    INSIDE.set(was);
    result.map_err(|payload| message(&*payload))
}

fn message(payload: &(dyn Any + Send)) -> String {
    let text = payload.downcast_ref::<String>().map(String::as_str);
    let text = text.or_else(|| payload.downcast_ref::<&str>().copied());
    text.unwrap_or("its reader failed").to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn panics_become_messages_and_the_thread_goes_on() {
        let nothing: Vec<u8> = Vec::new();
        let error = contained(|| nothing[3]).unwrap_err();
        assert!(error.contains("index"), "{error}");
        assert_eq!(contained(|| 7), Ok(7));
        assert!(!INSIDE.get());
    }
}
