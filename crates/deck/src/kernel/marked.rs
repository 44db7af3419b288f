//! Finds and kills processes by a mark in their environment, for when a cell has killed the zygote that would
//! otherwise have known them.

use std::path::Path;

use nix::sys::signal::{self, Signal};
use nix::unistd::Pid;

use super::environment::MARK;

/// Rounds before giving up on processes that fork faster than they are killed.
const ROUNDS: usize = 20;

/// Kills every process that carries `mark`. Without `/proc` (macOS) it finds none.
pub(super) fn kill(mark: &str) {
    let entry = format!("{MARK}={mark}");
    for _ in 0..ROUNDS {
        let found = marked(entry.as_bytes());
        if found.is_empty() {
            return;
        }
        for pid in found {
            // It may have ended by itself since.
            let _ = signal::kill(pid, Signal::SIGKILL);
        }
        std::thread::sleep(std::time::Duration::from_millis(1));
    }
}

fn marked(entry: &[u8]) -> Vec<Pid> {
    let Ok(processes) = std::fs::read_dir("/proc") else {
        return Vec::new();
    };
    processes
        .flatten()
        .filter_map(|process| process.file_name().to_str()?.parse().ok().map(Pid::from_raw))
        .filter(|pid| carries(*pid, entry))
        .collect()
}

/// A zombie has no environment any more, so it does not count.
fn carries(pid: Pid, entry: &[u8]) -> bool {
    let environment = std::fs::read(Path::new("/proc").join(pid.to_string()).join("environ"));
    environment.is_ok_and(|bytes| bytes.split(|byte| *byte == 0).any(|variable| variable == entry))
}
