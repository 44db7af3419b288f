//! What the parts say to each other while a cell runs and while a talk is on: the one definition of each
//! message. The TypeScript types in `web/src/protocol.ts` are generated from this folder.

mod event;
mod finding;
mod message;
mod problem;
mod python;
mod stage;
mod trace;

pub use event::{Bytes, CellError, CellEvent, Fd, Limit, Outcome, Phase, Status};
pub use finding::{Finding, Fix, FixEdit, Level, Point, Spot, Spotted};
pub use message::{Command, Message, Role};
pub use problem::Problem;
pub use python::{PythonFile, PythonManifest, PythonRole, PythonSources};
pub use stage::{Build, CellState, Change, Position, Run, Stage};
pub use trace::{LiveTrace, TraceAnswer, TraceSubject};
