//! Stops a run from another thread.

use std::io::Write;
use std::os::unix::net::UnixStream;
use std::sync::Arc;

/// Stops the run that is under way in a session; between runs it does nothing.
#[derive(Debug, Clone)]
pub struct Interrupter {
    wake: Arc<UnixStream>,
}

impl Interrupter {
    pub(super) fn new(wake: UnixStream) -> Self {
        Self { wake: Arc::new(wake) }
    }

    /// Asks the run to end: SIGINT to the process group, and SIGKILL a second later.
    pub fn stop(&self) {
        // The thread of the run does it, since only that thread knows which run is under way. A line that
        // is full holds a wish to stop already, and one that is closed belongs to a session that has ended.
        let _ = (&*self.wake).write(&[1]);
    }
}
