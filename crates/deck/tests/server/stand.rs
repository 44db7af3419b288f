//! A server on a free port with a small deck.

use std::{collections::BTreeMap, path::Path, sync::Arc};

use deck::{
    diagnostic::Diagnostic,
    extension::Extension,
    kernel::Sessions,
    model::Chapter,
    project,
    project::Project,
    protocol::Build,
    server::{
        Access, BuildQueue, Pages, Server, Traces, listen, secret,
        talk::{Loaded, Opening, Talk},
    },
    site::Site,
    source::Files,
};
use tokio::{net::TcpListener, task::JoinHandle};

use crate::{browser::Browser, script::Script, scripted_tracer::ScriptedTracer};

/// Cells in the scripted language. The chapter's first one sets it up.
pub const CELLS: &[(&str, &str)] = &[
    ("setup,setup", "set a\nprint prepared"),
    ("hello", "print one\nwarn two\nprint three"),
    ("uses-a", "use a\nprint a is there"),
    ("endless", "print before\nloop"),
    ("crashes", "print before\ncrash"),
    ("deaf", "deaf 400"),
    ("flood", "flood 2000"),
    ("fails,expect-error", "raise nothing works"),
    ("defines-b", "set b"),
    ("needs-b,needs=defines-b", "use b\nprint b is there"),
];

/// A running server and what is known of it.
pub struct Stand {
    pub server: Server,
    pub port: u16,
    pub talk: Talk,
    pub script: Arc<Script>,
    pub tracer: Arc<ScriptedTracer>,
    pub task: JoinHandle<()>,
}

impl Stand {
    /// A server with the deck of [`CELLS`].
    pub async fn start() -> Self {
        Self::with(&chapter(CELLS)).await
    }

    /// A server with this chapter.
    pub async fn with(chapter: &str) -> Self {
        let script = Arc::new(Script::default());
        let sessions: Arc<dyn Sessions> = script.clone();
        Self { script, ..Self::on(chapter, sessions).await }
    }

    /// A server with this chapter and these sessions.
    pub async fn on(chapter: &str, sessions: Arc<dyn Sessions>) -> Self {
        let files = files(chapter);
        let texts: BTreeMap<_, _> = files.iter().map(|(path, text)| (*path, text.as_str())).collect();
        Self::building(&texts, sessions, Path::new("project"), None).await
    }

    /// A server with these files and sessions, that builds this extension of a project.
    pub async fn building(
        files: &dyn Files,
        sessions: Arc<dyn Sessions>,
        project: &Path,
        extension: Option<Extension>,
    ) -> Self {
        let project = Project::open(project, Path::new("python3")).unwrap();
        let (deck, site) = load(files).unwrap();
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let port = listener.local_addr().unwrap().port();
        let (digest, pages) = (site.digest.clone(), Pages::new(site));
        let build = Build { number: 0, profile: "release".to_owned(), ..Build::default() };
        let (tracer, traces) = (Arc::new(ScriptedTracer::default()), Traces::default());
        let (build_queue, backlog) = BuildQueue::new(extension.as_ref());
        let opening = Opening {
            imports: project.imports(),
            project,
            deck,
            digest,
            pages: pages.clone(),
            sessions,
            build,
            tracer: tracer.clone(),
            traces: traces.clone(),
            build_queue,
        };
        let (talk, task) = Talk::start(opening);
        if let Some(extension) = extension {
            let talk = talk.clone();
            backlog.work(extension, move |result| talk.built(result));
        }
        let access = Arc::new(Access::new(port, secret().unwrap()));
        let server = Server { access, pages, talk: talk.clone(), traces };
        tokio::spawn(listen(listener, server.router()));
        Self { server, port, talk, script: Arc::default(), tracer, task }
    }

    /// A browser that has been let in and has its snapshot.
    pub async fn browser(&self) -> Browser {
        Browser::follow(self.port, &self.cookie()).await
    }

    /// A browser that may edit.
    pub async fn presenter(&self) -> Browser {
        let mut browser = self.browser().await;
        browser.unlock().await;
        browser
    }

    /// What the cookie of a browser that was let in holds.
    pub fn cookie(&self) -> String {
        self.server.access.cookie().split(';').next().unwrap().to_owned()
    }
}

/// A chapter with one slide of these cells.
pub fn chapter(cells: &[(&str, &str)]) -> String {
    let cell = |(id, source): &(&str, &str)| format!("```python,live,id={id}\n{source}\n```\n\n");
    format!(
        "# One {{#one}}\n\n{}---\n\n## Two {{#two}}\n\nText.\n",
        cells.iter().map(cell).collect::<String>()
    )
}

/// The files of a project with one chapter.
pub fn files(chapter: &str) -> BTreeMap<&'static str, String> {
    BTreeMap::from([
        (
            "slides/book.toml",
            "[book]\ntitle = \"t\"\n[output.html.code.hidelines]\npython = \"~\"\n".to_owned(),
        ),
        ("slides/src/SUMMARY.md", "- [One](one.md)\n".to_owned()),
        ("slides/src/one.md", chapter.to_owned()),
    ])
}

/// Writes the files of a project with one chapter.
pub fn write(project: &Path, chapter: &str) {
    for (path, text) in files(chapter) {
        let path = project.join(path);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    }
}

/// The deck, and a site whose digest is the text of its chapters.
pub fn load(files: &dyn Files) -> Loaded {
    let deck = project::load(files, None)?;
    let text = |chapter: &Chapter| {
        files.read(&chapter.path).map_err(|error| vec![Diagnostic::in_file(&chapter.path, error.to_string())])
    };
    let text = deck.chapters.iter().map(text).collect::<Result<String, _>>()?;
    let files = BTreeMap::from([
        ("index.html".to_owned(), format!("<!doctype html><title>deck</title>{text}").into_bytes()),
        ("assets/deck.css".to_owned(), b"body{}".to_vec()),
    ]);
    Ok((deck, Site { files, digest: text }))
}
