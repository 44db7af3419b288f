//! What `deck record` does with a new run: nothing where the old file still says the same, so that a file's
//! history only holds what changed.

use super::{Plan, Recording, Recordings, Take, compare::comparable};
use crate::model::{Cell, Compare};

impl Recordings {
    /// Where a new recording belongs. The interpreter that recorded a cell first keeps its base; another one gets a
    /// variant only where its output differs. Once the code has changed, the new recording is the base, and variants
    /// of the old code go.
    pub fn plan(&self, cell: &Cell, new: Recording) -> Plan<Recording> {
        let variant = new.fingerprint.variant();
        let base = self.base(&cell.id).filter(|base| base.source == new.source);
        let guest = base.is_some_and(|base| base.fingerprint.variant() != variant);
        let standing = base.filter(|base| stands_for(base, &new, cell.compare()));
        let own = self.variants(&cell.id).find(|(name, _)| *name == variant).map(|(_, own)| own);
        let mut plan = Plan { write: None, remove: Vec::new() };
        if guest && standing.is_none() {
            if !own.is_some_and(|own| stands_for(own, &new, cell.compare())) {
                plan.write = Some((Recording::path(&cell.id, Some(&variant)), new));
            }
            return plan;
        }
        plan.remove = self
            .variants(&cell.id)
            .filter(|(name, old)| *name == variant || old.source != new.source)
            .map(|(name, _)| Recording::path(&cell.id, Some(name)))
            .collect();
        if standing.is_none() {
            plan.write = Some((Recording::path(&cell.id, None), new));
        }
        plan
    }

    /// Where a new recording belongs that the deck shall never show: beside the base where it differs, nowhere else.
    /// Nothing, if the base does not hold or is missing.
    pub fn plan_beside(&self, cell: &Cell, new: Recording) -> Option<Plan<Recording>> {
        let base = self.base(&cell.id)?;
        let holds = base.source == new.source && base.fingerprint.variant() != new.fingerprint.variant();
        holds.then(|| self.plan(cell, new))
    }

    /// What becomes of the files of a cell that does not run with this interpreter.
    pub fn plan_without(&self, cell: &Cell, variant: &str) -> Plan<Recording> {
        let own = self.variants(&cell.id).filter(|(name, _)| *name == variant);
        Plan { write: None, remove: own.map(|(name, _)| Recording::path(&cell.id, Some(name))).collect() }
    }
}

/// Whether the old recording says what the new one would. A relation's measurements differ in every run: the old ones
/// stay for as long as they come from the same place.
fn stands_for(old: &Recording, new: &Recording, compare: Compare) -> bool {
    let guest = old.fingerprint.variant() != new.fingerprint.variant();
    let same_place = || guest || old.fingerprint.differences(&new.fingerprint).is_empty();
    let same_text = || comparable(&old.events, compare) == comparable(&new.events, compare);
    old.source == new.source
        && match compare {
            Compare::Text => same_text(),
            Compare::Exact => same_text() && same_place(),
            Compare::Relation => same_place(),
        }
}

#[cfg(test)]
mod tests {
    use std::path::PathBuf;

    use super::*;
    use crate::recording::fixture::{cell, comparing, deck, printed, recorded, shelf};

    /// A recording of the cell `a` with an interpreter, code and output.
    fn take(version: &str, code: &str, output: &str) -> Recording {
        let mut recording = recorded(&deck(code), "a", &[printed(output)]);
        recording.fingerprint.version = version.into();
        recording
    }

    fn renewed(mut recording: Recording) -> Recording {
        recording.fingerprint.date = "2027-01-01".into();
        recording
    }

    /// The names of the files that are written and removed.
    #[track_caller]
    fn check(compare: Compare, old: &[Recording], new: Recording, expected: (&[&str], &[&str])) {
        let deck = deck("x = 1");
        let cell = comparing(&deck, "a", compare);
        let plan = shelf(old.to_vec()).plan(&cell, new.clone());
        let name = |path: &PathBuf| path.file_name().unwrap().to_string_lossy().into_owned();
        let written: Vec<_> = plan.write.iter().map(|(path, _)| name(path)).collect();
        let removed: Vec<_> = plan.remove.iter().map(name).collect();
        assert_eq!(format!("{written:?} {removed:?}"), format!("{:?} {:?}", expected.0, expected.1));
        assert!(plan.write.is_none_or(|(_, recording)| recording == new));
    }

    const BASE: &str = "a.toml";
    const VARIANT: &str = "a.cpython-3.11.toml";

    #[test]
    fn an_equal_run_keeps_the_file() {
        let old = take("3.13.0", "x = 1", "took 1 ms");
        let new = renewed(take("3.13.0", "x = 1", "took 2 ms"));
        check(Compare::Text, std::slice::from_ref(&old), new.clone(), (&[], &[]));
        // To the letter it is another one.
        check(Compare::Exact, &[old], new, (&[BASE], &[]));
    }

    #[test]
    fn another_output_or_other_code_is_written() {
        let old = take("3.13.0", "x = 1", "1");
        check(Compare::Text, &[], old.clone(), (&[BASE], &[]));
        check(Compare::Text, std::slice::from_ref(&old), take("3.13.0", "x = 1", "2"), (&[BASE], &[]));
        check(Compare::Text, &[old], take("3.13.0", "x = 2", "1"), (&[BASE], &[]));
    }

    #[test]
    fn measurements_stay_until_the_place_changes() {
        let old = take("3.13.0", "x = 1", "1.0");
        let new = renewed(take("3.13.0", "x = 1", "2.0"));
        check(Compare::Relation, std::slice::from_ref(&old), new, (&[], &[]));
        check(Compare::Relation, std::slice::from_ref(&old), take("3.13.1", "x = 1", "2.0"), (&[BASE], &[]));
        check(Compare::Relation, &[old], take("3.11.7", "x = 1", "2.0"), (&[], &[]));
    }

    #[test]
    fn another_interpreter_gets_a_variant_only_where_it_differs() {
        let base = take("3.13.0", "x = 1", "1");
        check(Compare::Text, std::slice::from_ref(&base), take("3.11.7", "x = 1", "1"), (&[], &[]));
        check(Compare::Text, std::slice::from_ref(&base), take("3.11.7", "x = 1", "2"), (&[VARIANT], &[]));
        let variant = take("3.11.7", "x = 1", "2");
        let both = [base, variant.clone()];
        check(Compare::Text, &both, renewed(variant), (&[], &[]));
        check(Compare::Text, &both, take("3.11.7", "x = 1", "3"), (&[VARIANT], &[]));
        check(Compare::Text, &both, take("3.11.7", "x = 1", "1"), (&[], &[VARIANT]));
        check(Compare::Text, &both, take("3.13.0", "x = 1", "4"), (&[BASE], &[]));
    }

    #[test]
    fn variants_of_old_code_go_with_it() {
        let both = [take("3.13.0", "x = 1", "1"), take("3.11.7", "x = 1", "2")];
        check(Compare::Text, &both, take("3.13.0", "x = 2", "1"), (&[BASE], &[VARIANT]));
        check(Compare::Text, &both, take("3.11.7", "x = 2", "1"), (&[BASE], &[VARIANT]));
        // A variant of old code beside a new base says the same, and yet not of this code.
        let mixed = [take("3.13.0", "x = 1", "1"), take("3.11.7", "x = 2", "2")];
        check(Compare::Text, &mixed, take("3.11.7", "x = 1", "2"), (&[VARIANT], &[]));
    }

    #[test]
    fn what_runs_in_a_browser_is_kept_beside_the_base_or_not_at_all() {
        let in_pyodide = |code, output| {
            let mut recording = take("3.14.2", code, output);
            recording.fingerprint.implementation = "Pyodide".into();
            recording
        };
        let deck = deck("x = 1");
        let cell = cell(&deck, "a");
        let base = take("3.13.0", "x = 1", "1");
        let plan = |shelf: &Recordings, output| {
            let Plan { write, remove } = shelf.plan_beside(cell, in_pyodide("x = 1", output)).unwrap();
            (write.map(|(path, _)| path), remove)
        };
        let own = Recording::path("a", Some("pyodide-3.14"));
        let alone = shelf([base.clone()]);
        assert_eq!(plan(&alone, "1"), (None, Vec::new()));
        assert_eq!(plan(&alone, "2"), (Some(own.clone()), Vec::new()));
        let both = shelf([base, in_pyodide("x = 1", "2")]);
        assert_eq!(plan(&both, "1"), (None, vec![own.clone()]));
        assert_eq!(both.plan_without(cell, "pyodide-3.14").remove, [own]);
        // Without a base that holds, nothing is written.
        assert_eq!(shelf([]).plan_beside(cell, in_pyodide("x = 1", "1")), None);
        let stale = shelf([take("3.13.0", "x = 2", "1")]);
        assert_eq!(stale.plan_beside(cell, in_pyodide("x = 1", "1")), None);
    }
}
