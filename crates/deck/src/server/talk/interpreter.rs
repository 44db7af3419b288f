//! Where sessions come from: the kernel, or a scripted one in tests.

use std::{
    error::Error,
    path::{Path, PathBuf},
    sync::{Arc, Mutex, PoisonError},
    thread,
};

use super::plan::Step;
use crate::protocol::{CellEvent, Outcome};

/// Why no cell could be run; its text says what to do.
pub type Trouble = Box<dyn Error + Send + Sync>;
/// Stops the run that is under way; between runs it does nothing.
pub type Stopper = Box<dyn Fn() + Send + Sync>;

/// Starts sessions.
pub trait Interpreter: Send + Sync + 'static {
    /// A fresh session whose `sys.path` begins with `imports`.
    ///
    /// # Errors
    /// If no session can be had.
    fn session(&self, imports: &[PathBuf]) -> Result<Box<dyn Session>, Trouble>;
}

/// One namespace in which cells run one after the other. Dropping it ends it.
pub trait Session: Send {
    /// Runs a cell to its end; whatever the cell does is an outcome.
    ///
    /// # Errors
    /// If the cell could not be run at all.
    fn run(&mut self, step: &Step, on_event: &mut dyn FnMut(CellEvent)) -> Result<Outcome, Trouble>;
    /// Stops runs of this session from other threads.
    fn stopper(&self) -> Stopper;
    /// False after a crash or a kill.
    fn is_alive(&self) -> bool;
}

/// Keeps one session ready ahead of need, so that a restart costs nothing.
#[derive(Clone)]
pub struct Supply {
    interpreter: Arc<dyn Interpreter>,
    spare: Arc<Mutex<Option<Spare>>>,
}

struct Spare {
    imports: Vec<PathBuf>,
    session: Box<dyn Session>,
}

impl Supply {
    /// Takes sessions from this interpreter.
    pub fn new(interpreter: Arc<dyn Interpreter>) -> Self {
        Self { interpreter, spare: Arc::default() }
    }

    /// A fresh session; the next one is made ready in the background.
    ///
    /// # Errors
    /// If no session can be had.
    pub fn take(&self, imports: &[PathBuf]) -> Result<Box<dyn Session>, Trouble> {
        let spare = self.spare().take().filter(|spare| spare.imports == imports && spare.session.is_alive());
        let session = match spare {
            Some(spare) => spare.session,
            None => self.interpreter.session(imports)?,
        };
        let (supply, imports) = (self.clone(), imports.to_owned());
        thread::spawn(move || supply.make_ready(imports));
        Ok(session)
    }

    /// Ends the spare session.
    pub fn clear(&self) {
        drop(self.spare().take());
    }

    /// Without a spare, the next session is made when it is needed, and any error is met and shown there.
    fn make_ready(&self, imports: Vec<PathBuf>) {
        if let Ok(session) = self.interpreter.session(&imports) {
            *self.spare() = Some(Spare { imports, session });
        }
    }

    fn spare(&self) -> std::sync::MutexGuard<'_, Option<Spare>> {
        self.spare.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl std::fmt::Debug for Supply {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Supply")
    }
}

/// The folders that a session of a build imports from: the build's own before all others.
pub fn imports_of(build: Option<&Path>, base: &[PathBuf]) -> Vec<PathBuf> {
    build.map(Path::to_owned).into_iter().chain(base.iter().cloned()).collect()
}
