//! What the attributes of a code fence say.

use super::fence_kind::Kind;
use crate::model::{Limits, PythonCell, Xray};

/// What the attributes of one fence say. Those of a kind of cell are written into the model's own types.
#[derive(Debug, Default)]
pub struct Attributes {
    /// What is made of the fence.
    pub kind: Kind,
    /// The cell's id.
    pub id: Option<String>,
    /// The cells that it needs.
    pub needs: Vec<String>,
    /// It must end with an error.
    pub expect_error: bool,
    /// Bounds of a run.
    pub limits: Limits,
    /// What a cell of Python says.
    pub python: PythonCell,
    /// The region that a cell of Rust stands for, as `file:anchor`.
    pub replaces: Option<String>,
    /// What an X-ray says.
    pub xray: Xray,
    /// The lines lit at each step.
    pub steps: Option<String>,
    /// What hidden lines begin with.
    pub hidelines: Option<String>,
}
