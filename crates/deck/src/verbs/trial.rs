//! Cells on trial: each runs in the order of the talk and alone, and both runs are judged by its recording.

use super::{
    Project,
    finding::{Finding, Judged},
    pyodide_parts::PyodideHost,
    rehearsal::{Rehearsal, Sitting},
    report::{Mark, rendered},
};
use crate::{
    model::{Cell, Deck},
    protocol::Outcome,
    recording::{Recordings, compare, next_step},
};

/// Which Python runs the cells.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Runtime {
    /// The project's.
    Python,
    /// That of readers' browsers.
    Pyodide(PyodideHost),
}

/// A deck, what was recorded of it, and where it runs now.
pub struct Trial<'a> {
    /// The deck.
    pub deck: &'a Deck,
    /// What its cells did.
    pub recordings: &'a Recordings,
    /// Where they run.
    pub rehearsal: &'a Rehearsal<'a>,
    /// What that is.
    pub runtime: Runtime,
}

impl Runtime {
    /// Begins a rehearsal of a deck.
    ///
    /// # Errors
    /// Where this Python is missing or does not start.
    pub fn rehearsal<'a>(self, deck: &'a Deck, project: &Project) -> anyhow::Result<Rehearsal<'a>> {
        match self {
            Self::Python => Rehearsal::start(deck, project),
            Self::Pyodide(host) => Rehearsal::in_pyodide(deck, project, host),
        }
    }

    /// Why a cell does not run there, if its author says so.
    pub fn refusal(self, cell: &Cell) -> Option<&str> {
        cell.python()?.browser_refusal.as_deref().filter(|_| self != Self::Python)
    }
}

impl<'a> Trial<'a> {
    /// Runs every cell up to the last of those that are `wanted`, and hands on what is found out about these.
    ///
    /// # Errors
    /// Those of `tell`.
    pub fn hold<E>(
        &self,
        wanted: &[&Cell],
        tell: &mut dyn FnMut(&Cell, Finding) -> Result<(), E>,
    ) -> Result<(), E> {
        for chapter in &self.deck.chapters {
            let mut sitting = self.rehearsal.sitting();
            let all: Vec<_> = chapter.cells().filter(|cell| cell.shares_session()).collect();
            let wanted = |cell: &&Cell| wanted.iter().any(|chosen| chosen.id == cell.id);
            let last = all.iter().rposition(wanted).map_or(0, |position| position + 1);
            for cell in all.into_iter().take(last) {
                if let Some(finding) = self.cell(cell, &mut sitting, wanted(&cell)) {
                    tell(cell, finding)?;
                }
            }
        }
        Ok(())
    }

    /// What one run of a cell means here.
    pub fn judged(&self, cell: &Cell, run: anyhow::Result<Outcome>) -> Judged {
        let here = self.rehearsal.fingerprint();
        let run = run.map_err(|error| format!("{error:#}"));
        let variant = here.variant();
        match (run, self.recordings.expected(&cell.id, &variant)) {
            (Err(error), _) => Judged::Bad(error),
            (_, None) => Judged::Bad("it has no recording".into()),
            (Ok(run), Some((path, recording))) => {
                let verdict = compare(cell, recording, &run.events, here);
                Judged::of(verdict, &path, &next_step(&cell.id, Some(&variant)))
            }
        }
    }

    /// Runs a cell in the sitting and, if it is wanted, judges it.
    fn cell(&self, cell: &'a Cell, sitting: &mut Sitting<'a>, wanted: bool) -> Option<Finding> {
        if let Some(reason) = self.runtime.refusal(cell) {
            return wanted.then(|| self.refused(cell, reason));
        }
        let in_order = sitting.run(cell);
        if !wanted {
            return None;
        }
        let faults = self.recordings.check_cell(self.deck, cell);
        if !faults.is_empty() {
            let note = "no recording that holds".into();
            return Some(Finding { mark: Mark::Bad, seconds: None, note, details: rendered(&faults) });
        }
        let alone = self.rehearsal.alone(cell);
        let seconds = alone.as_ref().ok().map(Outcome::seconds);
        let runs = [("in the order of the talk", in_order), ("alone", alone)];
        let runs = runs.map(|(way, run)| (way, self.judged(cell, run)));
        let mut finding = Finding { seconds, ..Finding::of(cell, runs) };
        if finding.mark == Mark::Bad && self.runtime != Runtime::Python {
            finding.details.push_str("if it cannot run in a browser: say why, with `browser=\"no: …\"`\n");
        }
        Some(finding)
    }

    /// Tries what is said not to run here: whoever reads that it does not shall not be told so without need.
    fn refused(&self, cell: &'a Cell, reason: &str) -> Finding {
        let (mark, note, details) = match self.judged(cell, self.rehearsal.alone(cell)) {
            Judged::Good => {
                let details =
                    format!("it is said not to run in a browser: {reason}\nit does, as it was recorded");
                let step = "take `browser=` away from its fence";
                (Mark::Bad, cell.snippet.place.label(), format!("{details}\n{step}"))
            }
            Judged::Open(_) | Judged::Bad(_) => {
                (Mark::Open, format!("does not run in a browser: {reason}"), String::new())
            }
        };
        Finding { mark, seconds: None, note, details }
    }
}

#[cfg(test)]
mod tests {
    use std::{path::PathBuf, sync::Arc};

    use super::*;
    use crate::{
        kernel::{Interpreter, KernelError, Request, Session, Sessions, Stopper},
        model::{Block, CellKind, PythonCell},
        protocol::{CellEvent, Fd, Status},
        recording::{
            Recording,
            fixture::{deck, ended, printed, recorded, shelf},
        },
    };

    /// Interpreters of readers' browsers in which the cell `b` prints this, and no other cell does anything.
    struct Scripted(&'static str);

    impl Sessions for Scripted {
        fn fresh(&self, _: &[PathBuf]) -> Result<Box<dyn Session>, KernelError> {
            Ok(Box::new(Scripted(self.0)))
        }
    }

    fn interpreter() -> Interpreter {
        Interpreter {
            implementation: "Pyodide".into(),
            version: "3.14.2".into(),
            compiler: "Clang".into(),
            shared_library: false,
            debug: false,
            free_threaded: false,
            optimised: true,
            system: "Emscripten".into(),
            machine: "wasm32".into(),
            executable: String::new(),
        }
    }

    impl Session for Scripted {
        fn run(
            &mut self,
            request: &Request<'_>,
            _: &mut dyn FnMut(CellEvent),
        ) -> Result<Outcome, KernelError> {
            let output = match request.cell {
                "place" => r#"{"folders": {}, "date": "2026-11-27", "extension": null}"#,
                "b" => self.0,
                _ => "",
            };
            Ok(Outcome { events: vec![CellEvent::Started, printed(output), ended(Status::Ok)] })
        }

        fn stopper(&self) -> Stopper {
            Stopper::new(|| {})
        }

        fn is_alive(&self) -> bool {
            true
        }
    }

    fn in_pyodide(mut recording: Recording, output: &str) -> Recording {
        recording.fingerprint.implementation = "Pyodide".into();
        recording.fingerprint.version = "3.14.2".into();
        recording.events.insert(0, CellEvent::Stream { fd: Fd::Stdout, data: output.into() });
        recording
    }

    /// What is found out about the cell `b`, of which `42` is recorded, and for Pyodide perhaps something else.
    fn finding(output: &'static str, variant: Option<&str>, refusal: Option<&str>) -> (Mark, String) {
        let mut deck = deck("x = 1");
        for block in deck.chapters.iter_mut().flat_map(|c| &mut c.slides).flat_map(|s| &mut s.blocks) {
            if let Block::Cell(cell) = block
                && cell.id == "b"
            {
                let browser_refusal = refusal.map(str::to_owned);
                cell.kind = CellKind::Python(PythonCell { browser_refusal, ..PythonCell::default() });
            }
        }
        let base = [recorded(&deck, "a", &[printed("")]), recorded(&deck, "b", &[printed("42\n")])];
        let variant = variant.map(|output| in_pyodide(recorded(&deck, "b", &[]), output));
        let recordings = shelf(base.into_iter().chain(variant));
        let folder = tempfile::tempdir().unwrap();
        let project = Project { root: folder.path().into(), python: "no-python".into() };
        let rehearsal = Rehearsal::with(&deck, Arc::new(Scripted(output)), interpreter(), &project).unwrap();
        let trial = Trial {
            deck: &deck,
            recordings: &recordings,
            rehearsal: &rehearsal,
            runtime: Runtime::Pyodide(PyodideHost::Node),
        };
        let mut found = Vec::new();
        let wanted: Vec<_> = deck.cells().filter(|cell| cell.id == "b").collect();
        let told = trial.hold(&wanted, &mut |_, Finding { mark, note, details, .. }| {
            found.push((mark, format!("{note}\n{details}")));
            Ok::<_, std::convert::Infallible>(())
        });
        assert!(told.is_ok());
        assert_eq!(found.len(), 1);
        found.remove(0)
    }

    #[track_caller]
    fn check(found: (Mark, String), mark: Mark, said: &[&str]) {
        assert_eq!(found.0, mark, "{}", found.1);
        for said in said {
            assert!(found.1.contains(said), "expected: {said}\nfound:\n{}", found.1);
        }
    }

    #[test]
    fn what_is_recorded_passes_and_what_is_declared_too() {
        check(finding("42\n", None, None), Mark::Good, &[]);
        check(finding("43\n", Some("43\n"), None), Mark::Good, &[]);
    }

    #[test]
    fn another_output_is_shown_with_both_ways_to_declare_it() {
        let said = [
            "-42\n+43\n",
            "run `deck record --pyodide --cell b`, then review it with `git diff`",
            "say why, with `browser=\"no: …\"`",
        ];
        check(finding("43\n", None, None), Mark::Bad, &said);
        check(finding("42\n", Some("43\n"), None), Mark::Bad, &["slides/recordings/b.pyodide-3.14.toml"]);
    }

    #[test]
    fn what_is_said_not_to_run_is_listed_unless_it_does() {
        check(finding("43\n", None, Some("It cannot.")), Mark::Open, &["not run in a browser: It cannot."]);
        check(finding("42\n", None, Some("It cannot.")), Mark::Bad, &["take `browser=` away from its fence"]);
    }
}
