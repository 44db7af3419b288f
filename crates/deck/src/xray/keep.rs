//! What `deck record` does with a new trace: nothing where the old file still says the same.

use std::path::PathBuf;

use super::{TraceRecording, TraceRecordings, shelf::path};

/// The files to change.
#[derive(Debug, Default, PartialEq)]
pub struct TracePlan {
    /// What to write, and where; paths are from the project's folder.
    pub write: Option<(PathBuf, TraceRecording)>,
    /// What has become wrong.
    pub remove: Vec<PathBuf>,
}

impl TraceRecordings {
    /// Where a new trace belongs. The interpreter that recorded an X-ray first keeps its base, and another one gets a
    /// variant: counts differ between any two. Once the code has changed, the new trace is the base, and variants of the
    /// old code go.
    pub fn plan(&self, new: TraceRecording) -> TracePlan {
        let variant = new.fingerprint.variant();
        let base = self.base(&new.xray).filter(|base| base.source == new.source);
        let guest = base.is_some_and(|base| base.fingerprint.variant() != variant);
        let own = match guest {
            true => self.variants(&new.xray).find(|(name, _)| *name == variant).map(|(_, own)| own),
            false => base,
        };
        let stale = self
            .variants(&new.xray)
            .filter(|(name, old)| old.source != new.source && (!guest || *name != variant));
        let remove = stale.map(|(name, _)| path(&new.xray, Some(name))).collect();
        let write = match own {
            Some(old) if says_the_same(old, &new) => None,
            _ => Some((path(&new.xray, guest.then_some(&variant)), new)),
        };
        TracePlan { write, remove }
    }
}

/// Whether the old file can stay: the same happened, in the same numbers, in the same place.
fn says_the_same(old: &TraceRecording, new: &TraceRecording) -> bool {
    old.source == new.source
        && old.fingerprint.differences(&new.fingerprint).is_empty()
        && old.trace == new.trace
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;
    use crate::xray::fixture::recording;

    fn take(version: &str, source: &str, instructions: u32) -> TraceRecording {
        let mut take = recording();
        take.fingerprint.version = version.into();
        take.source = source.into();
        take.trace.path[0].instructions = instructions;
        take
    }

    #[track_caller]
    fn check(old: &[TraceRecording], new: TraceRecording, write: Option<&str>, remove: &[&str]) {
        let variant = |take: &TraceRecording| {
            Some(take.fingerprint.variant()).filter(|variant| variant != "cpython-3.13")
        };
        let files = old.iter().map(|take| (path("dive", variant(take).as_deref()), take.to_json().unwrap()));
        let plan = TraceRecordings::parse(&files.collect()).unwrap().plan(new);
        let name = |path: &Path| path.file_name().unwrap().to_string_lossy().into_owned();
        assert_eq!(plan.write.map(|(path, _)| name(&path)).as_deref(), write);
        assert_eq!(plan.remove.iter().map(|path| name(path)).collect::<Vec<_>>(), remove);
    }

    const BASE: Option<&str> = Some("dive.trace.json");
    const VARIANT: Option<&str> = Some("dive.cpython-3.11.trace.json");

    #[test]
    fn an_equal_trace_keeps_the_file() {
        let mut tomorrow = take("3.13.0", "x", 5);
        tomorrow.fingerprint.date = "2027-01-01".into();
        check(&[take("3.13.0", "x", 5)], tomorrow, None, &[]);
    }

    #[test]
    fn another_one_is_written() {
        check(&[], take("3.13.0", "x", 5), BASE, &[]);
        check(&[take("3.13.0", "x", 5)], take("3.13.0", "x", 6), BASE, &[]);
        check(&[take("3.13.0", "x", 5)], take("3.13.0", "y", 5), BASE, &[]);
    }

    #[test]
    fn another_interpreter_gets_a_variant_which_goes_with_its_code() {
        let both = [take("3.13.0", "x", 5), take("3.11.7", "x", 4)];
        check(&both[..1], take("3.11.7", "x", 4), VARIANT, &[]);
        check(&both, take("3.11.7", "x", 4), None, &[]);
        check(&both, take("3.11.7", "x", 3), VARIANT, &[]);
        check(&both, take("3.13.0", "y", 5), BASE, &["dive.cpython-3.11.trace.json"]);
        check(&[take("3.13.0", "x", 5), take("3.11.7", "y", 4)], take("3.11.7", "x", 4), VARIANT, &[]);
    }
}
