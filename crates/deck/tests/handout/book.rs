//! A small book in a folder of its own, and the tools that `make handout-tools` installs.

use std::{
    env, fs,
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

use tempfile::TempDir;

/// Two preprocessors on the way to the page.
pub const PRESENTATION: &str = "[preprocessor.presentation-preprocessor]\nrenderers = [\"html\"]\n";
pub const DECK: &str = "[preprocessor.deck]\ncommand = \"deck preprocess\"\nrenderers = [\"html\"]\nbefore = [\"links\", \"presentation-preprocessor\"]\n";

pub struct Book {
    folder: TempDir,
    tools: Tools,
}

/// Folders of programs.
#[derive(Clone)]
struct Tools {
    mdbook: PathBuf,
    presentation: PathBuf,
}

/// What mdBook made and said.
pub struct Built {
    pub success: bool,
    pub said: String,
    /// The chapter's page; empty if there is none.
    pub page: String,
}

impl Book {
    /// A book of one chapter. Where the tools are not installed there is none, and the test has nothing to look at; in CI that
    /// is a failure.
    pub fn new(chapter: &str) -> Option<Self> {
        let Some(tools) = tools() else {
            assert!(
                env::var_os("CI").is_none(),
                "CI needs mdBook and its preprocessor: `make handout-tools`"
            );
            eprintln!("skipped: `make handout-tools` installs what this needs");
            return None;
        };
        let book = Self { folder: TempDir::new().unwrap(), tools };
        book.write("slides/src/SUMMARY.md", "# Summary\n\n- [One](1.md)\n");
        book.write("slides/src/1.md", chapter);
        Some(book)
    }

    pub fn write(&self, file: &str, text: &str) {
        let path = self.folder.path().join(file);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    /// Builds the book with these preprocessors.
    pub fn build(&self, preprocessors: &str) -> Built {
        let deck = Path::new(env!("CARGO_BIN_EXE_deck")).parent().unwrap();
        self.build_on([deck, &self.tools.presentation], preprocessors)
    }

    /// Builds the book where only these folders have programs.
    pub fn build_on<'a>(&self, path: impl IntoIterator<Item = &'a Path>, preprocessors: &str) -> Built {
        let settings = "[book]\ntitle = \"A talk\"\n[output.html.print]\nenable = false\n";
        self.write("slides/book.toml", &format!("{settings}{preprocessors}"));
        let out = self.folder.path().join("out");
        let output = Command::new(self.tools.mdbook.join("mdbook"))
            .args(["build", "slides", "--dest-dir"])
            .arg(&out)
            .current_dir(self.folder.path())
            .env("PATH", env::join_paths(path).unwrap())
            .env_remove("RUST_LOG")
            .stdin(Stdio::null())
            .output()
            .unwrap();
        let page = if output.status.success() {
            fs::read_to_string(out.join("1.html")).unwrap()
        } else {
            String::new()
        };
        Built {
            success: output.status.success(),
            said: String::from_utf8_lossy(&output.stderr).into_owned(),
            page,
        }
    }
}

impl Built {
    /// The page's `<main>`.
    #[track_caller]
    pub fn main(&self) -> &str {
        assert!(self.success, "{}", self.said);
        self.page.split_once("<main>").unwrap().1.split_once("</main>").unwrap().0
    }

    /// The same without the style and the script that the presentation preprocessor puts around a chapter.
    #[track_caller]
    pub fn text(&self) -> &str {
        let main = self.main();
        let main = main.split_once("</style>").map_or(main, |(_, rest)| rest);
        main.split("<script>").next().unwrap()
    }

    /// The comments of the page: there, but not seen.
    pub fn comments(&self) -> String {
        self.text().split("<!--").skip(1).map(|rest| rest.split("-->").next().unwrap()).collect()
    }
}

/// Where `make handout-tools` puts them: in folders named after them and their versions.
fn tools() -> Option<Tools> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../target/tools");
    let installed = |name: &str, version: &str| {
        let folder = root.join(format!("{name}-{version}/bin"));
        folder.join(name).is_file().then_some(folder)
    };
    Some(Tools {
        mdbook: installed("mdbook", &pinned("MDBOOK_VERSION"))?,
        presentation: installed("mdbook-presentation-preprocessor", &pinned("PRESENTATION_VERSION"))?,
    })
}

/// A version that the Makefile pins.
fn pinned(name: &str) -> String {
    let makefile = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("../../Makefile")).unwrap();
    let line = makefile.lines().find_map(|line| line.strip_prefix(name)?.trim().strip_prefix(":=")).unwrap();
    line.trim().to_owned()
}
