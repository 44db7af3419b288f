//! Cells run one at a time, in the order in which they were asked for.

use std::time::{Duration, Instant};

use super::{
    actor::Actor,
    output::{Allowance, Pending},
};
use crate::{
    model::Cell,
    player::{Plan, stopped},
    protocol::{CellEvent, Change, Status},
    replay,
};

/// Output changes the stage at most once in this time; what comes in between is joined.
const PAUSE: Duration = Duration::from_millis(8);

/// The cell that runs.
pub(super) struct Running {
    pub cell: String,
    began: Instant,
    allowance: Allowance,
    /// It has ended as everybody sees, and its session still tidies up.
    has_ended: bool,
}

impl Running {
    /// Whether there is something left to be stopped or waited for.
    pub fn is_at_work(&self) -> bool {
        !self.has_ended
    }
}

/// Output that waits for its time.
#[derive(Default)]
pub(super) struct Throttle {
    pending: Pending,
    last: Option<Instant>,
}

impl Throttle {
    /// When waiting output is to be handed on; the first output after a pause does not wait.
    pub fn due(&self) -> Option<Instant> {
        let due = self.last.map_or_else(Instant::now, |last| last + PAUSE);
        (!self.pending.is_empty()).then_some(due)
    }
}

impl Actor {
    /// Starts the next cell if none runs.
    pub fn run_next(&mut self) {
        while self.running.is_none()
            && let Some(cell) = self.next_in_queue()
        {
            match Plan::by_id(&self.deck, &cell, &self.audience.stage().cells) {
                Some(plan) => self.run(cell, plan),
                // The slides were rebuilt without it while it waited.
                None => self.audience.show(Change::Ran { cell, event: stopped() }),
            }
        }
    }

    /// Cells that need a build that is still being made are passed by others.
    fn next_in_queue(&mut self) -> Option<String> {
        let position = self
            .queue
            .iter()
            .position(|cell| !(self.awaits_second_build && self.imports_second_build(cell)))?;
        self.queue.remove(position)
    }

    fn imports_second_build(&self, id: &str) -> bool {
        let all = self.deck.cell(id).into_iter().chain(replay::before(&self.deck, id));
        all.filter_map(Cell::python).any(|python| python.second_build.is_some())
    }

    /// Nothing need wait for the build beside the installed one any more.
    pub fn second_build_made(&mut self) {
        self.awaits_second_build = false;
        self.run_next();
    }

    fn run(&mut self, cell: String, plan: Plan) {
        if std::mem::take(&mut self.sessions.is_fresh) {
            self.show_restart(None);
        }
        self.history.note(&cell);
        let (began, allowance) = (Instant::now(), Allowance::default());
        self.running = Some(Running { cell, began, allowance, has_ended: false });
        if let Some(thread) = &mut self.sessions.thread {
            thread.run(plan);
        }
    }

    /// Something happened in the running cell.
    pub fn ran(&mut self, event: CellEvent) {
        let Some(running) = &mut self.running else { return };
        match running.allowance.admit(event) {
            None => {}
            Some(CellEvent::Stream { fd, data }) => self.throttle.pending.add(fd, data),
            Some(event) => {
                self.hand_on();
                self.show(event);
            }
        }
    }

    /// Hands waiting output on.
    pub fn hand_on(&mut self) {
        let events = self.throttle.pending.take();
        if !events.is_empty() {
            self.throttle.last = Some(Instant::now());
        }
        for event in events {
            self.show(event);
        }
    }

    fn show(&mut self, event: CellEvent) {
        if let Some(running) = &mut self.running {
            running.has_ended |= matches!(event, CellEvent::Finished { .. });
            let cell = running.cell.clone();
            self.audience.show(Change::Ran { cell, event });
        }
    }

    /// The plan is through.
    pub fn ended(&mut self, alive: bool) {
        self.hand_on();
        let ended = self.running.take();
        self.sessions.is_fresh = !alive;
        if let Some(ended) = ended {
            self.answered(&ended.cell);
        }
        self.run_next();
    }

    /// Stops the running cell and forgets those that wait.
    pub fn stop(&mut self) {
        for cell in std::mem::take(&mut self.queue) {
            self.audience.show(Change::Ran { cell, event: stopped() });
        }
        if self.running.as_ref().is_some_and(Running::is_at_work)
            && let Some(thread) = &self.sessions.thread
        {
            thread.stop();
        }
    }

    /// Replaces the session by a fresh one at once; a cell that will not end ends behind the scenes.
    pub fn restart(&mut self) {
        self.stop_all();
        self.sessions.replace(&self.builds.current);
        self.show_restart(None);
    }

    /// Every result is stale, but that of the cell whose rebuild it is.
    pub fn show_restart(&mut self, rebuilt: Option<String>) {
        self.history.clear();
        let (build, previous) = self.builds.said();
        self.audience.show(Change::Restarted { build, previous, rebuilt });
        // A restart takes the interpreter back, not the offer.
        if let Some(offered) = &self.builds.offered {
            self.audience.show(Change::Offered { build: Some(offered.build().clone()) });
        }
    }

    /// Stops what runs and waits, and does not wait for the end.
    pub fn stop_all(&mut self) {
        self.stop();
        self.hand_on();
        if let Some(running) = self.running.take() {
            if running.is_at_work() {
                let seconds = running.began.elapsed().as_secs_f64();
                let event = CellEvent::Finished { status: Status::Stopped, seconds, limits: Vec::new() };
                self.audience.show(Change::Ran { cell: running.cell.clone(), event });
            }
            self.answered(&running.cell);
        }
    }
}
