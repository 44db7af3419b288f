//! A disk that is soon full.

use std::{
    env,
    fs::{self, File},
    io::Write,
    path::{Path, PathBuf},
    process::Command,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    thread::{self, JoinHandle},
    time::Duration,
};

/// Runs an ignored test of this binary on a disk of 48 MiB, which only it sees: its temporary files are there.
#[track_caller]
pub fn run_on_a_small_disk(test: &str) {
    let disk = tempfile::tempdir().unwrap();
    let script = "mount -t tmpfs -o size=48m small \"$1\" || exit 77; TMPDIR=\"$1\" exec \"$2\" --exact \"$3\" --ignored";
    let mut command = Command::new("unshare");
    command.args(["--user", "--map-root-user", "--mount", "sh", "-c", script, "sh"]);
    let ran = command.arg(disk.path()).arg(env::current_exe().unwrap()).arg(test).output();
    let Some(output) = ran.ok().filter(|output| output.stdout.starts_with(b"\nrunning 1 test")) else {
        assert!(env::var_os("CI").is_none(), "this needs a system that lets users mount");
        eprintln!("skipped: nobody may mount a small disk here");
        return;
    };
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stdout));
}

/// Keeps the disk that a folder is on full, whatever is removed there; dropping it makes room again.
pub struct Filler {
    path: PathBuf,
    is_over: Arc<AtomicBool>,
    thread: Option<JoinHandle<()>>,
}

impl Filler {
    /// Fills the disk.
    pub fn fill(folder: &Path) -> Self {
        let path = folder.join("filler");
        let mut file = File::create(&path).unwrap();
        let fill = move |file: &mut File| while file.write_all(&[1; 4096]).is_ok() {};
        fill(&mut file);
        let is_over = Arc::new(AtomicBool::new(false));
        let thread = thread::spawn({
            let is_over = Arc::clone(&is_over);
            move || {
                while !is_over.load(Ordering::SeqCst) {
                    fill(&mut file);
                    thread::sleep(Duration::from_micros(100));
                }
            }
        });
        Self { path, is_over, thread: Some(thread) }
    }
}

impl Drop for Filler {
    fn drop(&mut self) {
        self.is_over.store(true, Ordering::SeqCst);
        if let Some(thread) = self.thread.take() {
            thread.join().unwrap();
        }
        fs::remove_file(&self.path).unwrap();
    }
}
