//! What happens when the author saves: the slides are read again and the extension is built again, each on a thread of
//! its own, so that neither waits for the other.

use std::{
    path::Path,
    sync::mpsc::{Receiver, Sender, channel},
    thread,
    time::Duration,
};

use super::talk::{Loaded, Talk};
use crate::{
    extension::{Cancel, Extension, LiveBuild, Overlay, problem},
    protocol::{Finding, Problem},
    watch::Watch,
};

/// Reads the sources and makes the site.
pub type Load = dyn Fn() -> Loaded + Send + Sync;

/// The first pages and the first session come before the first build.
const FIRST_BUILD_AFTER: Duration = Duration::from_secs(2);

/// Follows what the author saves until the talk ends. Returns what ends the builds of an extension.
///
/// # Errors
/// If the system cannot watch folders.
pub fn follow_author(
    project: &Path,
    load: Box<Load>,
    extension: Option<Extension>,
    talk: &Talk,
) -> notify::Result<Option<Cancel>> {
    let mut watch = Watch::new(project)?;
    let cancel = extension.as_ref().map(Extension::cancel);
    let (rebuild, saves) = channel();
    let (for_slides, for_builds) = (talk.clone(), talk.clone());
    if let Some(extension) = extension {
        thread::spawn(move || build_again(extension, &saves, &for_builds));
    }
    thread::spawn(move || read_again(&mut watch, &*load, &rebuild, &for_slides));
    Ok(cancel)
}

fn read_again(watch: &mut Watch, load: &Load, rebuild: &Sender<()>, talk: &Talk) {
    while let Some(saved) = watch.next_save() {
        if saved.extension {
            // Without an extension, nobody listens.
            let _ = rebuild.send(());
        }
        if saved.slides && !talk.loaded(load()) {
            break;
        }
    }
}

/// Builds once for all that was saved while the last build was under way.
fn build_again(mut extension: Extension, saves: &Receiver<()>, talk: &Talk) {
    let mut built = match saves.recv_timeout(FIRST_BUILD_AFTER) {
        Ok(()) => build(&mut extension),
        Err(_) => match problems(&extension.warm_up().unwrap_or_default()) {
            none if none.is_empty() => Ok(None),
            problems => Err(problems),
        },
    };
    loop {
        // A build that was overtaken is of no use to anybody, and neither are its errors.
        let overtaken = saves.try_iter().count() > 0;
        if !overtaken && (!talk.built(built) || saves.recv().is_err()) {
            break;
        }
        while saves.try_recv().is_ok() {}
        built = build(&mut extension);
    }
}

fn build(extension: &mut Extension) -> Result<Option<LiveBuild>, Vec<Problem>> {
    let built = extension.build(&Overlay::default());
    built.map(|compiled| Some(compiled.live)).map_err(|found| problems(&found))
}

fn problems(found: &[Finding]) -> Vec<Problem> {
    found.iter().filter_map(problem).collect()
}
