//! The folders and files of a talk.
//!
//! `slides/` holds `book.toml`, the chapters and the recordings. Where everything else lies, the table
//! `[preprocessor.deck]` of `book.toml` may say, which mdBook leaves to us; paths are from the project's folder:
//!
//! ```toml
//! [preprocessor.deck]
//! crate = "demo_crate"              # the extension on the slides: the folder of its Cargo.toml
//! module = "rusty"                  # what Python imports; the default is the name in pyproject.toml
//! python = "demo_crate/python"      # packages and stubs that are installed with the extension
//! examples = "demo_crate/examples"  # Python that slides show and cells import
//! front-end = "web/dist"            # the built front end
//! output = "dist"                   # what is built
//! scratch = ".deck"                 # what is kept between two runs
//! site = "../"                      # where the deck's site lies, from the handout
//! try = "print(rusty.add_one(41))"  # what the page of the wheels says to try
//! ```

use std::{
    io,
    path::{Path, PathBuf},
};

use serde::Deserialize;

use crate::{diagnostic::Diagnostic, source::Files};

/// The folder of the book.
pub const SLIDES: &str = "slides";
/// The book's settings.
pub const BOOK: &str = "slides/book.toml";
/// The recorded runs.
pub const RECORDINGS: &str = "slides/recordings";
/// The recorded traces.
pub const TRACES: &str = "slides/recordings/xray";
/// Licences that a shared site carries: the file, its address on the site, and its title.
pub const LICENCES: [(&str, &str, &str); 2] = [
    ("LICENSE-MIT", "licences/MIT.txt", "The MIT licence"),
    ("LICENSE-APACHE", "licences/Apache-2.0.txt", "The Apache licence 2.0"),
];

/// The folders and files that a talk may have elsewhere. Paths are from the project's folder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Layout {
    /// The chapters, and the list of them.
    pub chapters: PathBuf,
    /// The crate of the extension.
    pub extension: CrateLayout,
    /// What Python imports; nothing where no name is known.
    pub module: Option<String>,
    /// Python that slides show and cells import.
    pub examples: PathBuf,
    /// The built front end.
    pub front_end: PathBuf,
    /// What is built.
    pub output: PathBuf,
    /// What is kept between two runs, and is nobody's to edit.
    pub scratch: PathBuf,
    /// Address of the folder that the deck's site lies in, from the handout's.
    pub site: String,
    /// A line of Python to try the extension with, after it was imported.
    pub example: Option<String>,
}

/// The crate of the extension. Paths are from the folder that holds it: the project's, or a copy of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CrateLayout {
    /// The folder of its manifest.
    pub folder: PathBuf,
    /// Packages, stubs and texts that are installed with the extension.
    pub python: PathBuf,
}

/// What is read of `book.toml`.
#[derive(Default, Deserialize)]
#[serde(default)]
struct Settings {
    book: BookTable,
    preprocessor: Preprocessors,
}

#[derive(Deserialize)]
#[serde(default)]
struct BookTable {
    src: PathBuf,
}

impl Default for BookTable {
    fn default() -> Self {
        Self { src: "src".into() }
    }
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Preprocessors {
    deck: Table,
}

/// The table `[preprocessor.deck]`. What mdBook itself reads of it stands there, too.
#[derive(Deserialize)]
#[serde(default, rename_all = "kebab-case")]
struct Table {
    #[serde(rename = "crate")]
    folder: PathBuf,
    module: Option<String>,
    python: Option<PathBuf>,
    examples: Option<PathBuf>,
    front_end: PathBuf,
    output: PathBuf,
    scratch: PathBuf,
    site: String,
    #[serde(rename = "try")]
    example: Option<String>,
}

impl Default for Table {
    fn default() -> Self {
        Self {
            folder: "demo_crate".into(),
            module: None,
            python: None,
            examples: None,
            front_end: "web/dist".into(),
            output: "dist".into(),
            scratch: ".deck".into(),
            site: "../".into(),
            example: None,
        }
    }
}

/// The part of `pyproject.toml` that names the extension.
#[derive(Default, Deserialize)]
#[serde(default)]
struct PythonProject {
    project: NamedProject,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct NamedProject {
    name: Option<String>,
}

impl Default for Layout {
    fn default() -> Self {
        Self::new(Settings::default(), None)
    }
}

impl Layout {
    /// Reads what the project says of its layout. A project without settings has the default one.
    ///
    /// # Errors
    /// Where `book.toml` or `pyproject.toml` cannot be read or holds something else.
    pub fn read(files: &dyn Files) -> Result<Self, Diagnostic> {
        let settings = parsed::<Settings>(BOOK, files)?.unwrap_or_default();
        let python = parsed::<PythonProject>("pyproject.toml", files)?.unwrap_or_default();
        Ok(Self::new(settings, python.project.name))
    }

    fn new(Settings { book, preprocessor }: Settings, name: Option<String>) -> Self {
        let table = preprocessor.deck;
        let in_crate = |path: Option<PathBuf>, name: &str| path.unwrap_or_else(|| table.folder.join(name));
        Self {
            chapters: Path::new(SLIDES).join(book.src),
            extension: CrateLayout { python: in_crate(table.python, "python"), folder: table.folder.clone() },
            module: table.module.or_else(|| name.map(|name| name.replace('-', "_"))),
            examples: in_crate(table.examples, "examples"),
            front_end: table.front_end,
            output: table.output,
            scratch: table.scratch,
            site: table.site,
            example: table.example,
        }
    }

    /// The list of chapters.
    pub fn summary(&self) -> PathBuf {
        self.chapters.join("SUMMARY.md")
    }

    /// How the path of a file of the project begins in a chapter: `../../`.
    pub fn from_chapter(&self, file: &Path) -> String {
        format!("{}{}", "../".repeat(self.chapters.components().count()), file.display())
    }

    /// The packages of the front end.
    pub fn front_end_packages(&self) -> PathBuf {
        self.front_end.parent().unwrap_or(Path::new("")).join("node_modules")
    }

    /// Notices of third parties' work that go wherever Pyodide goes.
    pub fn pyodide_notices(&self) -> PathBuf {
        self.extension.folder.join("pyodide/third-party-notices.txt")
    }
}

impl CrateLayout {
    /// The manifest.
    pub fn manifest(&self) -> PathBuf {
        self.folder.join("Cargo.toml")
    }

    /// The lock file.
    pub fn lock(&self) -> PathBuf {
        self.folder.join("Cargo.lock")
    }

    /// The build script, which need not be there.
    pub fn build_script(&self) -> PathBuf {
        self.folder.join("build.rs")
    }

    /// The folders that hold all of it: its own, and that of the packages where they lie elsewhere.
    pub fn roots(&self) -> impl Iterator<Item = &Path> {
        let elsewhere = !self.python.starts_with(&self.folder);
        [Some(self.folder.as_path()), elsewhere.then_some(self.python.as_path())].into_iter().flatten()
    }

    /// The folder of its code.
    pub fn sources(&self) -> PathBuf {
        self.folder.join("src")
    }
}

/// A TOML file of the project; nothing where it is missing.
fn parsed<T: for<'de> Deserialize<'de>>(path: &str, files: &dyn Files) -> Result<Option<T>, Diagnostic> {
    let path = Path::new(path);
    match files.read(path) {
        Ok(text) => toml::from_str(&text).map(Some).map_err(|error| Diagnostic::of_toml(path, &text, &error)),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(Diagnostic::in_file(path, format!("{} cannot be read: {error}", path.display()))),
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;

    fn layout(book: &str, python: &str) -> Result<Layout, String> {
        let files = BTreeMap::from([(BOOK, book), ("pyproject.toml", python)]);
        Layout::read(&files).map_err(|error| format!("{}: {}", error.place.label(), error.message))
    }

    #[test]
    fn a_project_without_settings_has_the_layout_of_this_talk() {
        let layout = Layout::read(&BTreeMap::<&str, &str>::new()).unwrap();
        assert_eq!(layout, Layout::default());
        assert_eq!(layout.extension.manifest(), Path::new("demo_crate/Cargo.toml"));
        assert_eq!(layout.extension.python, Path::new("demo_crate/python"));
        assert_eq!(layout.summary(), Path::new("slides/src/SUMMARY.md"));
        assert_eq!(layout.extension.roots().collect::<Vec<_>>(), [Path::new("demo_crate")]);
        assert_eq!(layout.from_chapter(Path::new("a.rs")), "../../a.rs");
        assert_eq!(layout.module, None);
    }

    #[test]
    fn what_lies_elsewhere_is_said_beside_what_mdbook_reads() {
        let book = "[book]\ntitle = \"t\"\nsrc = \"text\"\n[preprocessor.deck]\ncommand = \"deck preprocess\"\n\
                    crate = \"native/tiny\"\npython = \"stubs\"\nmodule = \"tiny\"\nfront-end = \"ui/built\"\n";
        let layout = layout(book, "[project]\nname = \"tiny-talk\"\n").unwrap();
        assert_eq!(layout.chapters, Path::new("slides/text"));
        assert_eq!(layout.extension.sources(), Path::new("native/tiny/src"));
        assert_eq!(layout.extension.roots().collect::<Vec<_>>(), ["native/tiny", "stubs"].map(Path::new));
        assert_eq!(layout.examples, Path::new("native/tiny/examples"));
        assert_eq!(layout.module.as_deref(), Some("tiny"));
        assert_eq!(layout.front_end_packages(), Path::new("ui/node_modules"));
    }

    #[test]
    fn the_module_has_the_name_of_the_package_by_default() {
        assert_eq!(layout("", "[project]\nname = \"tiny-talk\"\n").unwrap().module.unwrap(), "tiny_talk");
    }

    #[test]
    fn what_is_no_path_is_an_error_where_it_stands() {
        let found = layout("[preprocessor.deck]\nmodule = \"a\"\ncrate = 3\n", "").unwrap_err();
        assert_eq!(found, "slides/book.toml:3: invalid type: integer `3`, expected path string");
    }
}
