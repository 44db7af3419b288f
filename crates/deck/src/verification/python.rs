//! Runs cells of Python twice: in the order of the talk, and alone.

use std::collections::BTreeSet;

use super::{
    baseline::Baseline,
    check_result::{CheckResult, Judged},
    file_changes::FileChanges,
    interpreters::{CellSession, Interpreters},
    kind_runner::KindRunner,
    report::Mark,
    runtime::Runtime,
    update::Update,
};
use crate::{
    model::{Cell, Deck},
    protocol::Outcome,
};

/// Runs the cells of a deck, chapter by chapter in one interpreter each.
pub struct PythonRunner<'a> {
    deck: &'a Deck,
    interpreters: &'a Interpreters,
    chapter: Option<ChapterRun<'a>>,
}

/// A chapter whose cells run in the order of the talk.
struct ChapterRun<'a> {
    number: u32,
    session: CellSession<'a>,
    /// Ids of those that have run.
    ran: BTreeSet<&'a str>,
}

impl<'a> PythonRunner<'a> {
    /// Takes interpreters for the cells of a deck from these.
    pub fn new(deck: &'a Deck, interpreters: &'a Interpreters) -> Self {
        Self { deck, interpreters, chapter: None }
    }

    /// Runs a cell in an interpreter in which nothing has run but what the cell needs.
    fn alone(&self, cell: &Cell) -> anyhow::Result<Outcome> {
        self.interpreters.session(self.deck).run(cell)
    }

    /// Runs a cell in its chapter's interpreter, when all cells above it have run there, whether they are verified or not.
    fn in_order(&mut self, cell: &Cell, runtime: Runtime) -> anyhow::Result<Outcome> {
        let located = self
            .deck
            .chapters
            .iter()
            .find_map(|chapter| Some((chapter, chapter.cells().find(|own| own.id == cell.id)?)));
        let Some((chapter, own)) = located else { return self.alone(cell) };
        let mut run = match self.chapter.take().filter(|run| run.number == chapter.number) {
            Some(run) => run,
            None => ChapterRun {
                number: chapter.number,
                session: self.interpreters.session(self.deck),
                ran: BTreeSet::new(),
            },
        };
        let above = chapter.cells().take_while(|other| other.id != cell.id);
        for other in above.filter(|other| other.shares_session() && runtime.refusal(other).is_none()) {
            if run.ran.insert(&other.id) {
                // What is wrong with it is said where it is verified itself.
                let _ = run.session.run(other);
            }
        }
        let outcome = run.session.run(own);
        run.ran.insert(&own.id);
        self.chapter = Some(run);
        outcome
    }

    /// Tries what is said not to run here: whoever reads that it does not shall not be told so without need.
    fn refused(&self, cell: &Cell, reason: &str, baseline: &Baseline) -> CheckResult {
        match baseline.judged(cell, self.alone(cell)) {
            Judged::Good => {
                let details =
                    format!("it is said not to run in a browser: {reason}\nit does, as it was recorded");
                let step = "take `browser=` away from its fence";
                CheckResult::new(Mark::Bad, cell.snippet.place.label(), format!("{details}\n{step}"))
            }
            Judged::Open(_) | Judged::Bad(_) => {
                CheckResult::new(Mark::Open, format!("does not run in a browser: {reason}"), "")
            }
        }
    }
}

impl KindRunner for PythonRunner<'_> {
    fn verify(&mut self, cell: &Cell, baseline: &Baseline) -> CheckResult {
        if let Some(reason) = baseline.runtime.refusal(cell) {
            return self.refused(cell, reason, baseline);
        }
        let in_order = self.in_order(cell, baseline.runtime);
        let faults = baseline.recordings.runs.check_cell(baseline.deck, cell);
        if !faults.is_empty() {
            return CheckResult::unrecorded(&faults);
        }
        let alone = self.alone(cell);
        let seconds = alone.as_ref().ok().map(Outcome::seconds);
        let runs = [("in the order of the talk", in_order), ("alone", alone)];
        let runs = runs.map(|(way, run)| (way, baseline.judged(cell, run)));
        let mut result = CheckResult { seconds, ..CheckResult::of(cell, runs) };
        if result.mark == Mark::Bad && baseline.runtime != Runtime::Python {
            result.details.push_str("if it cannot run in a browser: say why, with `browser=\"no: …\"`\n");
        }
        result
    }

    fn record(&mut self, cell: &Cell, baseline: &Baseline) -> anyhow::Result<Update> {
        if let Some(reason) = baseline.runtime.refusal(cell) {
            let variant = baseline.environment.fingerprint.variant();
            let plan = baseline.recordings.runs.plan_without(cell, &variant);
            let refusal = Some(reason.to_owned());
            return Ok(Update { changes: FileChanges::of(plan)?, seconds: None, refusal });
        }
        baseline.recorded(cell, self.alone(cell)?)
    }
}

#[cfg(test)]
mod tests {
    use std::{path::PathBuf, sync::Arc};

    use super::*;
    use crate::verification::runtime::PyodideHost;
    use crate::{
        kernel::{Interpreter, KernelError, Request, Session, Sessions, Stopper},
        model::{Block, CellKind, PythonCell},
        project::Project,
        protocol::{CellEvent, Fd, Status},
        recorded::DeckRecordings,
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
    fn verified(output: &'static str, variant: Option<&str>, refusal: Option<&str>) -> (Mark, String) {
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
        let runs = shelf(base.into_iter().chain(variant));
        let folder = tempfile::tempdir().unwrap();
        let project = Project::open(folder.path(), "no-python".as_ref()).unwrap();
        let sessions = Arc::new(Scripted(output));
        let interpreters = Interpreters::with(sessions, interpreter(), &project).unwrap();
        let baseline = Baseline {
            deck: &deck,
            recordings: &DeckRecordings { runs, ..DeckRecordings::default() },
            environment: &interpreters.environment,
            runtime: Runtime::Pyodide(PyodideHost::Node),
            must_trace: false,
        };
        let mut runner = PythonRunner::new(&deck, &interpreters);
        let CheckResult { mark, note, details, .. } = runner.verify(deck.cell("b").unwrap(), &baseline);
        (mark, format!("{note}\n{details}"))
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
        check(verified("42\n", None, None), Mark::Good, &[]);
        check(verified("43\n", Some("43\n"), None), Mark::Good, &[]);
    }

    #[test]
    fn another_output_is_shown_with_both_ways_to_declare_it() {
        let said = [
            "-42\n+43\n",
            "run `deck record --pyodide --cell b`, then review it with `git diff`",
            "say why, with `browser=\"no: …\"`",
        ];
        check(verified("43\n", None, None), Mark::Bad, &said);
        check(verified("42\n", Some("43\n"), None), Mark::Bad, &["slides/recordings/b.pyodide-3.14.toml"]);
    }

    #[test]
    fn what_is_said_not_to_run_is_listed_unless_it_does() {
        check(verified("43\n", None, Some("It cannot.")), Mark::Open, &["not run in a browser: It cannot."]);
        check(
            verified("42\n", None, Some("It cannot.")),
            Mark::Bad,
            &["take `browser=` away from its fence"],
        );
    }
}
