//! When to stop: SIGINT or SIGTERM.

use cx_core::analysis::{Error, ErrorKind};
use signal_hook::consts::{SIGINT, SIGTERM};
use signal_hook::iterator::Signals;
use tokio::sync::oneshot;

/// Ends when the process is told to stop.
///
/// # Errors
/// Where the system lets no handler be set.
pub(super) fn stop() -> Result<oneshot::Receiver<i32>, Error> {
    let io =
        |error: std::io::Error| Error::new(ErrorKind::Io, format!("signals cannot be received ({error})"));
    let mut signals = Signals::new([SIGINT, SIGTERM]).map_err(io)?;
    let (tell, told) = oneshot::channel();
    std::thread::Builder::new()
        .name("signals".to_owned())
        .spawn(move || {
            if let Some(signal) = signals.forever().next() {
                // Whoever listened may have stopped already.
                let _ = tell.send(signal);
            }
        })
        .map_err(io)?;
    Ok(told)
}
