//! What a talk starts with.

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
    /// Where a rebuilt site goes.
    pub pages: Pages,
    /// Where sessions come from.
    pub sessions: Arc<dyn Sessions>,
    /// Folders that every session imports from first.
    pub imports: Vec<PathBuf>,
    /// The extension that is installed.
    pub build: Build,
    /// Where traces come from.
    pub tracer: Arc<dyn TraceSource>,
    /// Where finished traces go.
    pub traces: Traces,
    /// Where the compiler's work is asked for.
    pub build_queue: BuildQueue,
}
