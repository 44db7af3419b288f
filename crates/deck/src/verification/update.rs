//! What recording a cell comes to.

use super::file_changes::FileChanges;

/// What becomes of a cell's recording.
pub struct Update {
    /// Of its files.
    pub changes: FileChanges,
    /// How long the cell took, if it ran.
    pub seconds: Option<f64>,
    /// Why it does not run with this Python, if its author says so.
    pub refusal: Option<String>,
}
