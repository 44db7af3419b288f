//! Ends a process whose time is up, while the tracer waits for it.

use std::{
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
        mpsc::{self, RecvTimeoutError, Sender},
    },
    thread::{self, JoinHandle},
    time::Duration,
};

use nix::{
    sys::signal::{Signal, killpg},
    unistd::Pid,
};

/// Kills a group of processes unless it is dropped in time. It must be dropped before the group's leader is reaped: after
/// that the number may be another's.
pub(super) struct Watchdog {
    leash: Option<Sender<()>>,
    thread: Option<JoinHandle<()>>,
    has_bitten: Arc<AtomicBool>,
}

impl Watchdog {
    pub(super) fn start(group: Pid, patience: Duration) -> Self {
        let (leash, released) = mpsc::channel::<()>();
        let has_bitten = Arc::new(AtomicBool::new(false));
        let bite = Arc::clone(&has_bitten);
        let thread = thread::spawn(move || {
            if released.recv_timeout(patience) == Err(RecvTimeoutError::Timeout) {
                bite.store(true, Ordering::Release);
                // It fails if the group has ended by itself.
                let _ = killpg(group, Signal::SIGKILL);
            }
        });
        Self { leash: Some(leash), thread: Some(thread), has_bitten }
    }

    pub(super) fn has_bitten(&self) -> bool {
        self.has_bitten.load(Ordering::Acquire)
    }
}

impl Drop for Watchdog {
    fn drop(&mut self) {
        self.leash.take();
        if let Some(thread) = self.thread.take() {
            // The thread cannot panic.
            let _ = thread.join();
        }
    }
}
