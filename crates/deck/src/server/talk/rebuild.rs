//! A rebuild on stage: the compiler, a fresh interpreter that imports what it made, what the next cell builds on, and that
//! cell. Until the new build answers, the old one does.

use std::{sync::Arc, time::Instant};

use super::{
    actor::{Actor, KnownBuild},
    overlay::{edited, overlay},
    refusal::Refusal,
    report::Report,
    session_thread::SessionThread,
};
use crate::{
    extension::{Compiled, LiveBuild},
    model::{Cell, Deck, RustCell},
    player::{Plan, stopped},
    protocol::{CellError, CellEvent, Change, Finding, Phase, Status},
    server::build_queue::BuildRequest,
};

/// A rebuild under way.
pub(super) struct Rebuild {
    /// The cell whose button was pressed.
    cell: String,
    number: u64,
    began: Instant,
    course: Course,
}

/// How far it has come.
enum Course {
    Compiling,
    /// The new build is tried out, while the old one goes on answering.
    Trying {
        thread: SessionThread,
        session: u64,
        live: Box<LiveBuild>,
    },
    /// The new build answers: this cell.
    Answering {
        cell: String,
        began: Instant,
    },
}

impl Actor {
    /// Builds the demo crate with what stands on the stage. A rebuild that is under way is given up for it.
    pub fn rebuild(&mut self, cell: String) -> Result<(), Refusal> {
        self.rust_cell(&cell)?;
        self.give_up_rebuild();
        self.requests += 1;
        let overlay = overlay(
            &self.deck,
            &self.audience.stage().cells,
            &self.audience.stage().build.edited,
            Some(&cell),
        );
        let request = BuildRequest::Rebuild { number: self.requests, edited: edited(&overlay), overlay };
        if !self.build_queue.ask(request) {
            return Err(Refusal::NoCrate);
        }
        self.audience.show(Change::Ran { cell: cell.clone(), event: CellEvent::Started });
        self.rebuilding =
            Some(Rebuild { cell, number: self.requests, began: Instant::now(), course: Course::Compiling });
        Ok(())
    }

    /// The compiler is through. What was overtaken is of no interest to anybody.
    pub fn rebuilt(&mut self, number: u64, result: Result<Compiled, Vec<Finding>>) {
        let Some(rebuild) = self.rebuilding.as_ref().filter(|rebuild| rebuild.number == number) else {
            return;
        };
        let (cell, seconds) = (rebuild.cell.clone(), rebuild.began.elapsed().as_secs_f64());
        match result {
            Err(findings) => {
                self.audience.show(Change::Checked { findings: findings.clone() });
                let error = CellError::Compile { findings };
                self.audience.show(Change::Ran { cell, event: CellEvent::Error { error } });
                self.finish_rebuild(Status::Error);
            }
            Ok(Compiled { live, warnings }) => {
                self.audience
                    .show(Change::Ran { cell, event: CellEvent::Phase { phase: Phase::Build, seconds } });
                if warnings != self.audience.stage().findings {
                    self.audience.show(Change::Checked { findings: warnings });
                }
                self.try_out(live);
            }
        }
    }

    fn try_out(&mut self, live: LiveBuild) {
        let Some(rebuild) = &mut self.rebuilding else { return };
        let next = cell_after(&self.deck, &rebuild.cell);
        let trial = Plan::import(live.module(), &self.deck, next.as_deref(), &self.audience.stage().cells);
        let (session, thread) = self.sessions.try_out(&live, trial);
        rebuild.course = Course::Trying { thread, session, live: Box::new(live) };
    }

    /// The session in which a new build is tried out; none if there is no such session.
    pub fn tried_session(&self) -> Option<u64> {
        match &self.rebuilding.as_ref()?.course {
            Course::Trying { session, .. } => Some(*session),
            _ => None,
        }
    }

    /// A session in which a new build is tried out says something.
    pub fn tried(&mut self, report: Report) {
        let Some(cell) = self.rebuilding.as_ref().map(|rebuild| rebuild.cell.clone()) else { return };
        match report {
            Report::Tried(phase, seconds) => {
                self.audience.show(Change::Ran { cell, event: CellEvent::Phase { phase, seconds } });
            }
            Report::Unusable(events) => {
                let is_end = |event: &CellEvent| matches!(event, CellEvent::Finished { .. });
                for event in events.into_iter().filter(|event| !is_end(event)) {
                    self.audience.show(Change::Ran { cell: cell.clone(), event });
                }
                self.finish_rebuild(Status::Error);
            }
            Report::Ready => self.go_over(),
            Report::Ran(event @ CellEvent::Overdue { .. }) => self.audience.show(Change::Ran { cell, event }),
            Report::Ran(_) | Report::Ended { .. } => {}
        }
    }

    /// The new build takes the place of the old one, and the next cell runs.
    fn go_over(&mut self) {
        let Some(Rebuild { cell, number, began, course: Course::Trying { thread, session, live } }) =
            self.rebuilding.take()
        else {
            return;
        };
        self.stop_all();
        self.sessions.take_over(thread, session);
        self.builds.go_over(KnownBuild::Made(Arc::new(*live)));
        self.show_restart(Some(cell.clone()));
        let next = cell_after(&self.deck, &cell).filter(|next| self.ask_for(next.clone()).is_ok());
        let rebuild = |course| Some(Rebuild { cell, number, began, course });
        match next {
            Some(next) => {
                self.rebuilding = rebuild(Course::Answering { cell: next, began: Instant::now() });
            }
            None => {
                self.rebuilding = rebuild(Course::Compiling);
                self.finish_rebuild(Status::Ok);
            }
        }
    }

    /// A cell has ended: if it is the answer, the rebuild is through.
    pub fn answered(&mut self, ended: &str) {
        let Some(Rebuild { cell, course: Course::Answering { cell: next, began }, .. }) = &self.rebuilding
        else {
            return;
        };
        if next == ended {
            let event = CellEvent::Phase { phase: Phase::Run, seconds: began.elapsed().as_secs_f64() };
            self.audience.show(Change::Ran { cell: cell.clone(), event });
            self.finish_rebuild(Status::Ok);
        }
    }

    fn finish_rebuild(&mut self, status: Status) {
        if let Some(Rebuild { cell, began, .. }) = self.rebuilding.take() {
            let event =
                CellEvent::Finished { status, seconds: began.elapsed().as_secs_f64(), limits: Vec::new() };
            self.audience.show(Change::Ran { cell, event });
        }
    }

    fn give_up_rebuild(&mut self) {
        if let Some(Rebuild { cell, course, .. }) = self.rebuilding.take() {
            match course {
                Course::Compiling => drop(self.build_queue.ask(BuildRequest::GiveUp)),
                Course::Trying { thread, .. } => thread.stop(),
                Course::Answering { .. } => {}
            }
            self.audience.show(Change::Ran { cell, event: stopped() });
        }
    }

    /// Somebody wants what goes on to stop. A rebuild whose answer runs ends when that does.
    pub fn stop_rebuild(&mut self) {
        if !matches!(&self.rebuilding, Some(Rebuild { course: Course::Answering { .. }, .. })) {
            self.give_up_rebuild();
        }
    }

    /// Goes back to the build before this one; pressed again, it returns.
    pub fn return_build(&mut self) -> Result<(), Refusal> {
        if !self.builds.go_back() {
            return Err(Refusal::NoBuildBefore);
        }
        self.give_up_rebuild();
        self.restart();
        Ok(())
    }

    /// Asks the compiler what it thinks of the text that stands on the stage. `asked` is the cell that was edited.
    pub fn check_rust(&mut self, asked: &str) {
        self.requests += 1;
        let overlay = overlay(
            &self.deck,
            &self.audience.stage().cells,
            &self.audience.stage().build.edited,
            Some(asked),
        );
        // Without a crate there are no findings.
        let _ = self.build_queue.ask(BuildRequest::Check { number: self.requests, overlay });
    }

    /// The compiler has looked at it. Meanwhile somebody may have typed on, or a build may have said the same.
    pub fn checked(&mut self, number: u64, findings: Vec<Finding>) {
        if number == self.requests && findings != self.audience.stage().findings {
            self.audience.show(Change::Checked { findings });
        }
    }

    pub fn rust_cell(&self, id: &str) -> Result<&RustCell, Refusal> {
        let cell = self.deck.cell(id).and_then(Cell::rust);
        cell.ok_or_else(|| Refusal::NoRust(id.to_owned()))
    }
}

/// The cell of a session that stands below a cell of Rust on its slide: the answer to a rebuild.
fn cell_after(deck: &Deck, rust: &str) -> Option<String> {
    deck.slides().find_map(|slide| {
        let below = slide.cells().skip_while(|cell| cell.id != rust).skip(1);
        below.filter(|cell| cell.shares_session()).map(|cell| cell.id.clone()).next()
    })
}
