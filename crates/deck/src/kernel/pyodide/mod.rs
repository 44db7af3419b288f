//! Pyodide, the Python of readers' browsers, run by node: the same build of CPython, the same wheel and the same code
//! around them (`web/src/python/interpreter.ts`), without a browser.

mod node;
mod session;

use std::path::PathBuf;
use std::sync::{Mutex, PoisonError};

use serde::Serialize;

use super::error::KernelError;
use super::interpreter::Interpreter;
use super::python_files::INTERPRETER;
use super::request::{Deadline, Request};
use super::session::{Session, Sessions};
use crate::model::Limits;
use crate::protocol::{CellEvent, Outcome, PythonSources};
use node::Node;
use session::PyodideSession;

/// The parts of a session in Pyodide.
#[derive(Debug, Serialize)]
pub struct Parts {
    /// The script that node runs.
    #[serde(skip)]
    pub script: PathBuf,
    /// Pyodide's folder.
    pub pyodide: PathBuf,
    /// The demo crate, built for Pyodide.
    pub wheel: PathBuf,
    /// The text files that cells need.
    pub sources: PythonSources,
}

/// Sessions in Pyodide: each is a process of node, which ends with it.
#[derive(Debug)]
pub struct Pyodide {
    start: node::Start,
    interpreter: Interpreter,
    /// Starts while the session before it is at work: a start takes seconds.
    spare: Mutex<Option<Node>>,
}

impl Pyodide {
    /// Starts Pyodide and asks what it is.
    ///
    /// # Errors
    /// If node is missing, or Pyodide does not start in it.
    pub fn start(parts: &Parts) -> Result<Self, KernelError> {
        let mut line = serde_json::to_vec(parts).map_err(std::io::Error::from)?;
        line.push(b'\n');
        let start = node::Start { script: parts.script.clone(), parts: line };
        let mut first = PyodideSession::new(Node::spawn(&start)?)?;
        let asked = asked(&mut first)?;
        // What stands behind the compiler's version is where its own source came from.
        let compiler = asked.compiler.split(" (").next().unwrap_or_default().into();
        let interpreter = Interpreter { implementation: "Pyodide".into(), compiler, ..asked };
        Ok(Self { start, interpreter, spare: Mutex::default() })
    }

    /// The interpreter, as a recording names it.
    pub fn interpreter(&self) -> Interpreter {
        self.interpreter.clone()
    }
}

impl Sessions for Pyodide {
    /// It finds the modules that are among its parts.
    fn fresh(&self, _: &[PathBuf]) -> Result<Box<dyn Session>, KernelError> {
        let mut spare = self.spare.lock().unwrap_or_else(PoisonError::into_inner);
        let node = spare.take().map_or_else(|| Node::spawn(&self.start), Ok)?;
        *spare = Some(Node::spawn(&self.start)?);
        Ok(Box::new(PyodideSession::new(node)?))
    }
}

/// The interpreter, as it describes itself.
fn asked(session: &mut PyodideSession) -> Result<Interpreter, KernelError> {
    let source = format!("{INTERPRETER}\nimport json\nprint(json.dumps(interpreter()))\n");
    let request =
        Request { cell: "interpreter", source: &source, limits: Limits::default(), deadline: Deadline::Ends };
    let Outcome { events } = session.run(&request, &mut |_| {})?;
    let printed = events.iter().find_map(|event| match event {
        CellEvent::Stream { data, .. } => Some(data.lossy()),
        _ => None,
    });
    serde_json::from_str(&printed.unwrap_or_default()).map_err(|error| KernelError::PyodideNotReady {
        reason: format!("it cannot say what it is ({error})"),
        stderr: format!("{events:?}"),
    })
}
