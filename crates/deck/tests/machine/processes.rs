//! What runs on this machine, as `/proc` tells.

#![allow(dead_code, reason = "each test binary needs a part of it")]

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::Path,
    time::{Duration, Instant},
};

/// How long a very busy machine may take for what happens at once on others.
const PATIENCE: Duration = Duration::from_secs(20);

/// Every process that has not ended, with its parent.
pub fn all() -> BTreeMap<u32, u32> {
    let processes = fs::read_dir("/proc").unwrap().flatten();
    let pids = processes.filter_map(|process| process.file_name().to_str()?.parse().ok());
    pids.filter_map(|pid| Some((pid, parent(pid)?))).collect()
}

/// A process and when it began, in ticks of the system: its number alone is soon another one's.
pub type Life = (u32, u64);

/// The life of a process that has not ended.
pub fn life(pid: u32) -> Option<Life> {
    Some((pid, stat(pid)?.get(19)?.parse().ok()?))
}

/// The children of a process, theirs, and so on.
pub fn descendants(of: u32) -> BTreeSet<u32> {
    let all = all();
    let mut found = BTreeSet::from([of]);
    loop {
        let count = found.len();
        found.extend(
            all.iter().filter(|(_, parent)| found.contains(parent)).map(|(pid, _)| *pid).collect::<Vec<_>>(),
        );
        if found.len() == count {
            found.remove(&of);
            return found;
        }
    }
}

/// The processes that have this file open. A descriptor is passed on to every process that is forked, whatever it does
/// to its environment, its group or its parents.
pub fn holders(file: &Path) -> BTreeSet<u32> {
    let holds = |pid: &u32| {
        let open = fs::read_dir(format!("/proc/{pid}/fd")).into_iter().flatten().flatten();
        open.into_iter().any(|entry| fs::read_link(entry.path()).is_ok_and(|target| target == file))
    };
    all().into_keys().filter(holds).collect()
}

/// The name of a process's program, e.g. `rustc`; empty if there is no such process.
pub fn program(pid: u32) -> String {
    fs::read_to_string(format!("/proc/{pid}/comm")).unwrap_or_default().trim_end().to_owned()
}

/// Whether a process exists; one that has ended and waits to be reaped does not count.
pub fn exists(pid: u32) -> bool {
    parent(pid).is_some()
}

/// A figure of `/proc/<pid>/status`, e.g. `VmHWM`, in KiB where it is one of memory.
pub fn status(pid: u32, name: &str) -> u64 {
    let status = fs::read_to_string(format!("/proc/{pid}/status")).unwrap();
    let line = status.lines().find_map(|line| line.strip_prefix(&format!("{name}:"))).unwrap();
    line.split_whitespace().next().unwrap().parse().unwrap()
}

/// How many processes have wanted to run at once lately.
pub fn load() -> f64 {
    let loads = fs::read_to_string("/proc/loadavg").unwrap();
    loads.split_whitespace().next().unwrap().parse().unwrap()
}

/// Waits until something is so; fails the test if it never is.
#[track_caller]
pub fn eventually(otherwise: &str, is_so: impl Fn() -> bool) {
    let end = Instant::now() + PATIENCE;
    while !is_so() {
        assert!(Instant::now() < end, "{otherwise}");
        std::thread::sleep(Duration::from_millis(5));
    }
}

/// The parent of a process that has not ended.
fn parent(pid: u32) -> Option<u32> {
    stat(pid)?.get(1)?.parse().ok()
}

/// What `/proc/<pid>/stat` tells of a process that has not ended, from its state on.
fn stat(pid: u32) -> Option<Vec<String>> {
    let stat = fs::read_to_string(format!("/proc/{pid}/stat")).ok()?;
    // The name before it may hold anything.
    let fields: Vec<_> = stat.rsplit(')').next()?.split_whitespace().map(str::to_owned).collect();
    (!matches!(fields.first()?.as_str(), "Z" | "X")).then_some(fields)
}
