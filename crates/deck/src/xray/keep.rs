//! What `deck record` does with a new trace: nothing where the old file still says the same.

use native_trace::compare;

use super::{TraceRecording, TraceRecordings, broken};
use crate::{
    model::Claims,
    recording::{Plan, Take},
};

impl TraceRecordings {
    /// Where a new trace belongs. The interpreter that recorded an X-ray first keeps its base, and another one gets a
    /// variant: counts differ between any two. Once the code has changed, the new trace is the base, and variants of the
    /// old code go. Of what is never twice the same, one trace is as good as another from the same place.
    pub fn plan(&self, claims: &Claims, new: TraceRecording) -> Plan<TraceRecording> {
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
        let remove = stale.map(|(name, _)| TraceRecording::path(&new.xray, Some(name))).collect();
        let write = match own {
            Some(old) if stands_for(old, &new, claims) => None,
            _ => Some((TraceRecording::path(&new.xray, guest.then_some(&variant)), new)),
        };
        Plan { write, remove }
    }
}

/// Whether the old file can stay: the same happened in the same place, in the same numbers wherever those are steady.
fn stands_for(old: &TraceRecording, new: &TraceRecording, claims: &Claims) -> bool {
    let same_place = || old.fingerprint.differences(&new.fingerprint).is_empty();
    let same_numbers = || old.trace.steady_instructions() == new.trace.steady_instructions();
    let same_course = || compare(&old.trace, &new.trace).is_empty() && same_numbers();
    old.source == new.source
        && same_place()
        && broken(claims, &old.trace).is_empty()
        && (claims.nondeterministic || same_course())
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
        let files = old
            .iter()
            .map(|take| (TraceRecording::path("dive", variant(take).as_deref()), take.to_json().unwrap()));
        let plan = TraceRecordings::parse(&files.collect()).unwrap().plan(&Claims::default(), new);
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
    fn of_what_is_never_twice_the_same_the_old_one_stays() {
        let files = [(TraceRecording::path("dive", None), take("3.13.0", "x", 5).to_json().unwrap())];
        let shelf = TraceRecordings::parse(&files.into()).unwrap();
        let mut claims = Claims { nondeterministic: true, ..Claims::default() };
        assert_eq!(shelf.plan(&claims, take("3.13.0", "x", 6)).write, None);
        claims.lacks = vec!["PyLong_*".into()];
        assert!(shelf.plan(&claims, take("3.13.0", "x", 6)).write.is_some());
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
