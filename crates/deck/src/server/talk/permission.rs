//! The table of permissions: the role that each command needs.

use super::refusal::Refusal;
use crate::protocol::{Command, Role};

/// Whether a role may ask for this.
///
/// # Errors
/// The next step, for the one who asked.
pub fn permit(role: Role, command: &Command) -> Result<(), Refusal> {
    if role >= least_role(command) { Ok(()) } else { Err(Refusal::Locked) }
}

/// Without the presenter's role nobody sends code, nor decides which code the deck's cells import. A command that nobody
/// has thought of here is the presenter's.
fn least_role(command: &Command) -> Role {
    match command {
        // What is named by its id is the deck's own.
        Command::Run { .. } | Command::Trace { .. } | Command::Move { .. } => Role::Runner,
        Command::Stop | Command::GoOn | Command::Restart => Role::Runner,
        // Whoever has the cookie may take the presenter's role: the unlock guards against slips, not against strangers.
        Command::Unlock | Command::Lock => Role::Runner,
        _ => Role::Presenter,
    }
}
