//! Ctrl-C as a flag that long work looks at.
use crate::failure::Failure;
use std::process;
use std::sync::atomic::{AtomicBool, Ordering};

static STOP: AtomicBool = AtomicBool::new(false);

/// The exit code after Ctrl-C: 128 and the number of the signal, as shells have it.
const INTERRUPTED: i32 = 130;

/// The flag, which becomes true on Ctrl-C. A second Ctrl-C ends the program at once; results are safe then too, since
/// they get their final name in one step.
///
/// # Errors
/// The system does not allow a handler.
pub fn flag() -> Result<&'static AtomicBool, Failure> {
    ctrlc::set_handler(|| {
        if STOP.swap(true, Ordering::Relaxed) {
            process::exit(INTERRUPTED);
        }
    })
    .map_err(|error| Failure::Machine(format!("Ctrl-C cannot be handled: {error}")))?;
    Ok(&STOP)
}

/// Fails if Ctrl-C was pressed.
pub fn check(stop: &AtomicBool) -> Result<(), Failure> {
    if stop.load(Ordering::Relaxed) {
        Err(Failure::Interrupted)
    } else {
        Ok(())
    }
}
