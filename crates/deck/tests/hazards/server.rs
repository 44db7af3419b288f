//! `deck serve` as a process of its own, with a small project.

use std::{
    fs,
    io::{BufRead, BufReader},
    os::unix::process::CommandExt,
    path::{Path, PathBuf},
    process::{Child, ChildStderr, ChildStdout, Command, Stdio},
};

/// The one chapter of a project.
pub const CHAPTER: &str = "slides/src/one.md";

/// The process. Dropping it kills it, which ends what it has started.
pub struct Server {
    pub child: Child,
    /// Nobody reads on; but closed, it would be an error to write there.
    _output: (BufReader<ChildStdout>, ChildStderr),
}

impl Server {
    /// Starts it and waits for what it says at its start: the link, and how cells are contained, which begins like this.
    pub fn start(project: &Path, python: &Path, containment: &str) -> Self {
        let mut command = Command::new(env!("CARGO_BIN_EXE_deck"));
        command.args(["serve", "--no-open", "--root"]).arg(project).arg("--python").arg(python);
        command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped()).process_group(0);
        let mut child = command.spawn().unwrap();
        let mut stdout = BufReader::new(child.stdout.take().unwrap());
        let stderr = child.stderr.take().unwrap();
        let mut said = String::new();
        while !(said.contains("The slides are at http") && said.contains(containment)) {
            assert!(stdout.read_line(&mut said).unwrap() > 0, "the server has ended; it said: {said}");
        }
        Self { child, _output: (stdout, stderr) }
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // Fails only for a process that is gone, which is what is wanted.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// The interpreter under test.
pub fn python() -> PathBuf {
    std::env::var_os("PYTHON").unwrap_or_else(|| "python3".into()).into()
}

/// The folder of a deck with these cells, each a fence's attributes and its source, and one that prints `hello`.
pub fn project(cells: &[(&str, &str)]) -> tempfile::TempDir {
    let project = tempfile::tempdir().unwrap();
    let cell =
        |(attributes, source): &(&str, &str)| format!("```python,live,{attributes}\n{source}\n```\n\n");
    let hello = cell(&("id=hello", "print('hello')"));
    let cells: String = cells.iter().map(cell).collect();
    for (path, text) in [
        ("slides/book.toml", "[book]\ntitle = \"t\"\n"),
        ("slides/src/SUMMARY.md", "- [One](one.md)\n"),
        (CHAPTER, &format!("# One {{#one}}\n\n{hello}{cells}")),
        // No browser looks at this page.
        ("web/dist/deck.js", ""),
    ] {
        write(project.path(), path, text);
    }
    project
}

/// Writes a file of a project.
pub fn write(project: &Path, file: &str, text: &str) {
    let path = project.join(file);
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, text).unwrap();
}
