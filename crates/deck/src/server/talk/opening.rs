//! The parts that a talk starts with.

use std::{path::PathBuf, sync::Arc};

use crate::{
    diagnostic::Diagnostic,
    kernel::Sessions,
    model::Deck,
    project::Project,
    protocol::Build,
    server::{build_queue::BuildQueue, pages::Pages, traces::Traces},
    site::Site,
    tracer::TraceSource,
};

/// A deck and its site, or what is wrong with the sources.
pub type Loaded = Result<(Deck, Site), Vec<Diagnostic>>;

/// All that a talk needs.
pub struct Opening {
    /// The talk on disk.
    pub project: Project,
    /// The slides' model.
    pub deck: Deck,
    /// Digest of the site that shows it.
    pub digest: String,
    /// The site, which a rebuilt one replaces.
    pub pages: Pages,
    /// The source of sessions.
    pub sessions: Arc<dyn Sessions>,
    /// Folders that every session imports from first.
    pub imports: Vec<PathBuf>,
    /// The extension that is installed.
    pub build: Build,
    /// The source of traces.
    pub tracer: Arc<dyn TraceSource>,
    /// Finished traces.
    pub traces: Traces,
    /// The line to the compiler.
    pub build_queue: BuildQueue,
}
