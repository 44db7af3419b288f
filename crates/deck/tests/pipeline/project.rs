//! A small project in memory.

use std::{collections::BTreeMap, path::Path};

use deck::{
    diagnostic::Diagnostic,
    markdown::{ShownValue, Values},
    model::Deck,
    project,
    protocol::{CellEvent, Fd, Status},
    render::{
        self, Edition, Ingredients, Recorded, Traced,
        handout::{self, Handout},
    },
    site::Site,
    source::Files,
};

/// A project with one chapter.
pub struct Project {
    files: BTreeMap<&'static str, String>,
}

/// One chapter with this text.
pub fn chapter(text: &str) -> Project {
    Project {
        files: BTreeMap::from([
            (
                "slides/book.toml",
                "[book]\ntitle = \"A talk\"\n[output.html.code.hidelines]\npython = \"~\"\n".into(),
            ),
            ("slides/src/SUMMARY.md", "- [One](one.md)\n".into()),
            ("slides/src/one.md", text.into()),
        ]),
    }
}

impl Project {
    /// Adds a file.
    pub fn file(mut self, path: &'static str, text: &str) -> Self {
        self.files.insert(path, text.into());
        self
    }

    /// The deck.
    pub fn load(&self) -> Result<Deck, Vec<Diagnostic>> {
        project::load(self, Some(&Answer))
    }

    /// All errors, as a terminal without colours shows them.
    pub fn errors(&self) -> String {
        let errors = self.load().expect_err("the project should have errors");
        errors.iter().map(|error| error.render(false)).collect::<Vec<_>>().join("\n\n")
    }

    /// The site; every cell has a recording that says `42`.
    pub fn site(&self) -> Site {
        self.made(&Edition { notes: true, ..Edition::default() })
    }

    fn made(&self, edition: &Edition) -> Site {
        let deck = self.load().unwrap_or_else(|_| panic!("{}", self.errors()));
        let assets = ["deck.js"];
        let assets = assets.into_iter().map(|name| (name.to_owned(), name.into())).collect();
        let (recorded, traced) = (&recorded, &traced);
        let ingredients = Ingredients { files: self, recorded, traced, assets: &assets, edition };
        render::site(&deck, &ingredients).expect("the site should be made")
    }

    /// The chapter as mdBook gets it.
    pub fn handout(&self) -> String {
        self.try_handout().unwrap_or_else(|_| panic!("{}", self.errors()))
    }

    /// The chapter as mdBook gets it, or what is wrong with it.
    pub fn try_handout(&self) -> Result<String, Vec<Diagnostic>> {
        let deck = self.load()?;
        let chapters = project::sections(self, &Answer)?;
        let sections = &chapters[Path::new("slides/src/one.md")];
        let handout = Handout { deck: &deck, recorded: &recorded, traced: &traced, site: "../" };
        Ok(handout::chapter(sections, &handout))
    }

    /// The text of one page.
    pub fn page(&self, path: &str) -> String {
        let site = self.site();
        let bytes = site.files.get(path).unwrap_or_else(|| panic!("no {path} among {:?}", site.files.keys()));
        String::from_utf8(bytes.clone()).expect("pages are text")
    }

    /// The page of an edition.
    pub fn index(&self, edition: &Edition) -> String {
        String::from_utf8(self.made(edition).files["index.html"].clone()).expect("pages are text")
    }

    /// The sections of the page, without what surrounds them.
    pub fn sections(&self) -> String {
        let page = self.page("index.html");
        let start = page.find("<section").expect("a section");
        let end = page.rfind("</section>").expect("a section") + "</section>".len();
        page[start..end].to_owned()
    }
}

impl Files for Project {
    fn read(&self, path: &Path) -> std::io::Result<String> {
        let text = path.to_str().and_then(|path| self.files.get(path));
        text.cloned().ok_or_else(|| std::io::ErrorKind::NotFound.into())
    }

    fn bytes(&self, path: &Path) -> std::io::Result<Vec<u8>> {
        self.read(path).map(String::into_bytes)
    }

    fn exists(&self, path: &Path) -> bool {
        self.read(path).is_ok()
    }
}

/// The run of every cell.
fn recorded(_: &str) -> Option<Recorded> {
    Some(Recorded {
        label: "Recorded: long ago".to_owned(),
        events: vec![
            CellEvent::Started,
            CellEvent::Stream { fd: Fd::Stdout, data: "42\n".into() },
            CellEvent::Finished { status: Status::Ok, seconds: 0.001, limits: vec![] },
        ],
    })
}

/// The trace of every X-ray.
fn traced(_: &str) -> Option<Traced> {
    let trace = serde_json::from_str(include_str!("../fixtures/trace.json")).expect("a trace");
    Some(Traced { label: "Recorded: long ago".to_owned(), trace, stale: false })
}

/// The recorded values: only `first.answer`.
struct Answer;

impl Values for Answer {
    fn value(&self, cell: &str, name: &str) -> Result<ShownValue, (String, Vec<String>)> {
        match (cell, name) {
            ("first", "answer") => {
                Ok(ShownValue { number: 42.4, unit: "ms".into(), badge: "Recorded: long ago".into() })
            }
            _ => Err((format!("there is no value `{cell}.{name}`"), vec!["first.answer".into()])),
        }
    }
}
