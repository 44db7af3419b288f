//! Presents a deck until the speaker ends it: puts the parts of the server together and takes them apart.

use std::{
    io::{self, BufRead, IsTerminal},
    net::{Ipv4Addr, TcpListener},
    path::PathBuf,
    sync::Arc,
    thread,
    time::Duration,
};

use anyhow::{Context, anyhow};
use tokio::{
    runtime::Runtime,
    signal::unix::{SignalKind, signal},
    time::timeout,
};

use super::{
    access::{Access, secret},
    author::{Load, follow_author},
    build_queue::BuildQueue,
    listen::listen,
    pages::Pages,
    router::Server,
    state_file::{STATE_FILE, State},
    talk::{Loaded, Opening, Talk},
    traces::Traces,
};
use crate::{
    diagnostic::Diagnostic,
    extension::{Extension, SecondBuild},
    kernel::LazyKernel,
    model::Deck,
    project::Project,
    protocol::Build,
    tracer::Tracer,
};

/// Builds of the extension, among what is kept between two runs: one folder for each server's port.
const BUILDS: &str = "builds";
/// Those for tracing, from the folder of the others.
const TRACED: &str = "traced";
/// The one that cells import beside the installed one, from the folder of the others.
const SECOND_BUILD: &str = "beside";
/// Time that the end may take before the processes are left to notice it themselves.
const PATIENCE: Duration = Duration::from_secs(4);

/// A deck and the way to present it.
pub struct Presentation {
    /// The talk, by the absolute path of its folder.
    pub project: Project,
    /// Cargo profile of the installed extension and of its rebuilds.
    pub profile: String,
    /// The port; without one, that of the last time, else a free one.
    pub port: Option<u16>,
    /// Reads the sources and makes the site.
    pub load: Box<Load>,
    /// Shows a link to whoever shall open it; called for the first link and for every further one.
    pub show: Arc<dyn Fn(&str) + Send + Sync>,
}

/// Presents until Ctrl-C, or until the process is asked to end. Errors in the sources are returned at once if there is no
/// deck to begin with; later ones are shown in the browser.
///
/// # Errors
/// If the port is taken, or the system refuses something.
pub fn present(presentation: Presentation) -> anyhow::Result<Result<(), Vec<Diagnostic>>> {
    let listener = bind(&presentation)?;
    match (presentation.load)() {
        Ok(loaded) => Runtime::new()?.block_on(serve(presentation, listener, Ok(loaded))).map(Ok),
        Err(errors) => Ok(Err(errors)),
    }
}

/// Takes the port and remembers it.
fn bind(presentation: &Presentation) -> anyhow::Result<(TcpListener, State)> {
    let path = presentation.project.scratch(STATE_FILE);
    let old = State::read(&path);
    let wanted = presentation.port.or(old.as_ref().map(|state| state.port)).unwrap_or(0);
    let listener =
        TcpListener::bind((Ipv4Addr::LOCALHOST, wanted)).map_err(|error| refused(wanted, error))?;
    listener.set_nonblocking(true)?;
    let key = old.map_or_else(secret, |state| Ok(state.key))?;
    let state = State { port: listener.local_addr()?.port(), key };
    let folder = presentation.project.layout.scratch.display();
    state.write(&path).with_context(|| format!("the server's state cannot be kept in {folder}/"))?;
    Ok((listener, state))
}

fn refused(port: u16, error: io::Error) -> anyhow::Error {
    if error.kind() == io::ErrorKind::AddrInUse {
        anyhow!(
            "port {port} is taken, perhaps by another `deck serve` of this deck. End that one, or choose another port with \
             `--port {}`; `--port 0` takes any that is free",
            port.checked_add(1).unwrap_or(8000)
        )
    } else {
        anyhow!(error).context(format!("port {port} cannot be used; `--port 0` takes any that is free"))
    }
}

async fn serve(
    presentation: Presentation,
    (listener, state): (TcpListener, State),
    loaded: Loaded,
) -> anyhow::Result<()> {
    let Ok((deck, site)) = loaded else { return Ok(()) };
    let (digest, pages) = (site.digest.clone(), Pages::new(site));
    let access = Arc::new(Access::new(state.port, state.key));
    let build = Build { number: 0, profile: presentation.profile.clone(), ..Build::default() };
    let kernel = Arc::new(LazyKernel::new(presentation.project.python.clone()));
    say_containment(&kernel);
    let mut imports = presentation.project.imports();
    let builds = presentation.project.scratch(BUILDS).join(state.port.to_string());
    let tracer =
        Tracer::new(&presentation.project, builds.join(TRACED)).context("tracing cannot be prepared")?;
    let traces = Traces::default();
    let extension = extension(&presentation, builds.clone());
    let second_build = second_build(&deck, builds.join(SECOND_BUILD));
    imports.extend(second_build.iter().map(|(_, build)| build.folder()));
    let (build_queue, backlog) = BuildQueue::new(extension.as_ref());
    let opening = Opening {
        project: presentation.project.clone(),
        deck,
        digest,
        pages: pages.clone(),
        sessions: kernel,
        imports,
        build,
        tracer: Arc::new(tracer),
        traces: traces.clone(),
        build_queue,
    };
    // Handlers of signals first: whatever starts from here on is ended in order.
    let signals = [SignalKind::interrupt(), SignalKind::terminate(), SignalKind::hangup()].map(signal);
    let (talk, task) = Talk::start(opening);
    let server = Server { access: Arc::clone(&access), pages, talk: talk.clone(), traces };
    tokio::spawn(listen(tokio::net::TcpListener::from_std(listener)?, server.router()));
    show_links(&access, &presentation.show)?;
    if let Some(extension) = extension {
        let talk = talk.clone();
        backlog.work(extension, move |result| talk.built(result));
    }
    let _second_build = make_second_build(second_build, presentation.project.clone(), talk.clone());
    // The talk goes on without it, so what is wrong with it is only said.
    if let Err(error) = follow_author(&presentation.project, presentation.load, &talk) {
        anstream::eprintln!("warning: saved files will not be noticed: {error}");
    }

    one_of(signals).await;
    talk.end().await;
    // If the talk does not end in time, its processes notice that the server is gone, and end themselves.
    let _ = timeout(PATIENCE, task).await;
    // Leftovers are removed at the next start.
    let _ = std::fs::remove_dir_all(builds);
    Ok(())
}

/// Waits for the first of these signals.
async fn one_of([mut first, mut second, mut third]: [io::Result<tokio::signal::unix::Signal>; 3]) {
    tokio::select! {
        () = arrives(&mut first) => {}
        () = arrives(&mut second) => {}
        () = arrives(&mut third) => {}
    }
}

async fn arrives(signal: &mut io::Result<tokio::signal::unix::Signal>) {
    match signal {
        Ok(signal) => drop(signal.recv().await),
        Err(_) => std::future::pending().await,
    }
}

/// Makes the second build, if there is one to be made; cells that wait for it then run. Whoever holds the thread keeps it.
fn make_second_build(
    second_build: Option<(String, SecondBuild)>,
    project: Project,
    talk: Talk,
) -> thread::JoinHandle<Option<(String, SecondBuild)>> {
    thread::spawn(move || {
        if let Some((profile, build)) = &second_build
            && let Err(findings) = build.build(&project, profile)
        {
            let found = findings.first().map(|finding| finding.message.as_str()).unwrap_or_default();
            anstream::eprintln!("warning: there is no build with the profile `{profile}`: {found}");
        }
        talk.second_build_made();
        second_build
    })
}

/// Shows the first link, and another one whenever somebody presses Enter in the terminal.
fn show_links(access: &Arc<Access>, show: &Arc<dyn Fn(&str) + Send + Sync>) -> anyhow::Result<()> {
    show(&access.link().context("there are no random numbers for the link")?);
    let (access, show) = (Arc::clone(access), Arc::clone(show));
    if io::stdin().is_terminal() {
        thread::spawn(move || {
            for line in io::stdin().lock().lines() {
                if line.is_ok()
                    && let Ok(link) = access.link()
                {
                    show(&link);
                }
            }
        });
    }
    Ok(())
}

/// Says how cells are kept in, as soon as Python has started: the server does not wait for that.
fn say_containment(kernel: &Arc<LazyKernel>) {
    let kernel = Arc::clone(kernel);
    thread::spawn(move || match kernel.containment() {
        Ok(containment) => anstream::println!("{containment}"),
        Err(error) => anstream::eprintln!("warning: cells cannot run: {error}"),
    });
}

/// The folder of a second build that cells import beside the installed one, with its profile; nothing if none asks for it.
fn second_build(deck: &Deck, builds: PathBuf) -> Option<(String, SecondBuild)> {
    let profile = SecondBuild::wanted(deck)?;
    match SecondBuild::claim(builds) {
        Ok(build) => Some((profile.to_owned(), build)),
        Err(error) => {
            anstream::eprintln!("warning: there is no build with the profile `{profile}`: {error}");
            None
        }
    }
}

/// The extension that is rebuilt, if there is one. The talk goes on without it, so what is wrong with it is only said.
fn extension(presentation: &Presentation, builds: PathBuf) -> Option<Extension> {
    let Presentation { project, profile, .. } = presentation;
    if !project.root.join(project.layout.extension.manifest()).is_file() {
        return None;
    }
    match Extension::new(project, profile, builds) {
        Ok(extension) => Some(extension),
        Err(error) => {
            anstream::eprintln!("warning: the demo crate will not be rebuilt: {error}");
            None
        }
    }
}
