//! What happens when the author saves: the slides are read again, and the talk hears that the extension can be built again.

use std::thread;

use super::talk::{Loaded, Talk};
use crate::{project::Project, watch::Watch};

/// Reads the sources and makes the site.
pub type Load = dyn Fn() -> Loaded + Send + Sync;

/// Follows what the author saves until the talk ends.
///
/// # Errors
/// If the system cannot watch folders.
pub fn follow_author(project: &Project, load: Box<Load>, talk: &Talk) -> notify::Result<()> {
    let mut watch = Watch::new(project)?;
    let talk = talk.clone();
    thread::spawn(move || {
        while let Some(saved) = watch.next_save() {
            // The build first: it takes longer.
            let listens = (!saved.extension || talk.saved()) && (!saved.slides || talk.loaded(load()));
            if !listens {
                break;
            }
        }
    });
    Ok(())
}
