//! Sessions without a wait.

use std::{
    fmt,
    path::PathBuf,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    thread,
};

use crate::kernel::{KernelError, Session, Sessions};

/// Keeps one session ready ahead of need, so that a restart costs nothing.
#[derive(Clone)]
pub struct Supply {
    sessions: Arc<dyn Sessions>,
    spare: Arc<Mutex<Option<Spare>>>,
}

struct Spare {
    imports: Vec<PathBuf>,
    session: Box<dyn Session>,
}

impl Supply {
    /// Takes sessions from here.
    pub fn new(sessions: Arc<dyn Sessions>) -> Self {
        Self { sessions, spare: Arc::default() }
    }

    /// Ends the spare session.
    pub fn clear(&self) {
        drop(self.spare().take());
    }

    /// Without a spare, the next session is made when it is needed, and any error is met and shown there.
    fn make_ready(&self, imports: Vec<PathBuf>) {
        if let Ok(session) = self.sessions.fresh(&imports) {
            *self.spare() = Some(Spare { imports, session });
        }
    }

    fn spare(&self) -> MutexGuard<'_, Option<Spare>> {
        self.spare.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Sessions for Supply {
    /// The next session is made ready in the background.
    fn fresh(&self, imports: &[PathBuf]) -> Result<Box<dyn Session>, KernelError> {
        let spare = self.spare().take().filter(|spare| spare.imports == imports && spare.session.is_alive());
        let session = match spare {
            Some(spare) => spare.session,
            None => self.sessions.fresh(imports)?,
        };
        let (supply, imports) = (self.clone(), imports.to_owned());
        thread::spawn(move || supply.make_ready(imports));
        Ok(session)
    }
}

impl fmt::Debug for Supply {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Supply")
    }
}
