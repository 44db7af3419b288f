//! Builds that do not come to their end.

use std::{
    env, fs,
    io::Write,
    path::Path,
    process::Command,
    sync::mpsc::channel,
    thread,
    time::{Duration, Instant},
};

use deck::extension::{Cancel, Extension, Overlay, Work};

use crate::project::{ONE, Project, errors, extension, overlay, value, with_value};

/// A text that the compiler cannot finish reading: it includes a pipe that nobody writes to.
fn endless(project: &Path) -> String {
    let pipe = project.join("pipe");
    if !pipe.exists() {
        assert!(Command::new("mkfifo").arg(&pipe).status().unwrap().success());
    }
    format!("{ONE}pub const PIPE: &str = include_str!({pipe:?});\n")
}

/// The processes that have something to do with a project.
fn processes(project: &Path) -> Vec<String> {
    let listed = Command::new("ps").args(["-A", "-ww", "-o", "command"]).output().unwrap();
    let listed = String::from_utf8_lossy(&listed.stdout).into_owned();
    listed.lines().filter(|line| line.contains(project.to_str().unwrap())).map(str::to_owned).collect()
}

/// Asks for what would take for ever, and ends it when the compiler runs.
fn check_ended<T: Send>(
    ask: impl FnOnce(&mut Extension, &Overlay) -> T + Send,
    end: impl FnOnce(&Cancel),
) -> (T, Project) {
    let mut project = Project::new();
    project.build(ONE).unwrap();
    let folder = project.path().to_owned();
    let endless = overlay(&endless(&folder));
    let (done, is_done) = channel();
    let answer = thread::scope(|scope| {
        let (cancel, extension) = (project.extension.cancel(), &mut project.extension);
        scope.spawn(move || done.send(ask(extension, &endless)).unwrap());
        while processes(&folder).is_empty() {
            thread::sleep(Duration::from_millis(5));
        }
        end(&cancel);
        is_done.recv_timeout(Duration::from_secs(20)).expect("it has ended")
    });
    let began = Instant::now();
    while !processes(&folder).is_empty() && began.elapsed() < Duration::from_secs(5) {
        thread::sleep(Duration::from_millis(5));
    }
    assert_eq!(processes(&folder), [""; 0], "nothing is left");
    (answer, project)
}

#[test]
fn a_check_makes_way_and_the_build_works() {
    for work in [Work::Check, Work::Build] {
        let (found, mut project) = check_ended(Extension::check, |cancel| cancel.make_way(work));
        assert_eq!(found, None);
        assert_eq!(value(&project.build(&with_value("2")).unwrap().live), "2");
    }
}

#[test]
fn a_build_that_is_ended_leaves_nothing_and_nothing_comes_after_it() {
    let (built, mut project) = check_ended(Extension::build, Cancel::end);
    assert_eq!(errors(built).len(), 1);
    let found = errors(project.build(ONE));
    assert_eq!(found[0].message, "the compiler could not be run: the server is ending");
    let folder = project.path().join(".deck/builds");
    assert_eq!(fs::read_dir(folder).unwrap().count(), 0, "no half build is kept");
    let next = extension(project.path(), "next").build(&overlay(&with_value("2"))).unwrap();
    assert_eq!(value(&next.live), "2");
}

#[test]
fn a_place_that_cannot_be_written_is_said_and_the_last_build_stays() {
    let mut project = Project::new();
    let good = project.build(ONE).unwrap().live;
    let in_the_way = project.path().join(".deck/builds/2");
    fs::write(&in_the_way, "").unwrap();
    let found = errors(project.build(&with_value("2")));
    assert!(found[0].message.starts_with("the build could not be laid out in "), "{found:?}");
    assert_eq!(value(&good), "1");
    fs::remove_file(in_the_way).unwrap();
    assert_eq!(value(&project.build(&with_value("2")).unwrap().live), "2");
}

/// Runs the test below on a disk of 48 MiB, which only it sees.
#[test]
fn a_full_disk_is_said_and_the_last_build_stays() {
    let disk = tempfile::tempdir().unwrap();
    let script = "mount -t tmpfs -o size=48m small \"$1\" || exit 77; TMPDIR=\"$1\" exec \"$2\" --exact ending::on_a_small_disk \
                  --ignored";
    let mut command = Command::new("unshare");
    command.args(["--user", "--map-root-user", "--mount", "sh", "-c", script, "sh"]);
    let ran = command.arg(disk.path()).arg(env::current_exe().unwrap()).output();
    let Some(output) =
        ran.ok().filter(|output| output.status.success() || output.stdout.starts_with(b"\nrunning 1"))
    else {
        assert!(env::var_os("CI").is_none(), "this needs a system that lets users mount");
        eprintln!("skipped: nobody may mount a small disk here");
        return;
    };
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stdout));
}

#[test]
#[ignore = "needs a small disk, which the test above makes"]
fn on_a_small_disk() {
    let mut project = Project::new();
    let good = project.build(ONE).unwrap().live;
    let filler = project.path().join("filler");
    let mut file = fs::File::create(&filler).unwrap();
    while file.write_all(&[1; 4096]).is_ok() {}
    drop(file);
    let found = errors(project.build(&with_value("2")));
    assert!(found[0].message.starts_with("the disk is full: "), "{found:?}");
    assert!(found[0].message.contains("free some space and build again"), "{found:?}");
    assert_eq!(value(&good), "1");
    fs::remove_file(filler).unwrap();
    assert_eq!(value(&project.build(&with_value("2")).unwrap().live), "2");
}
