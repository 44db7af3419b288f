//! A session on which a test runs cells, and what came of each.

use std::path::PathBuf;
use std::sync::LazyLock;

use deck::kernel::{Deadline, Kernel, Level, Request, Session, Worker};
use deck::model::Limits;
use deck::protocol::{CellError, CellEvent, Fd, Limit, Outcome, Status};

/// The interpreter under test.
pub fn python() -> PathBuf {
    std::env::var_os("PYTHON").unwrap_or_else(|| "python3".into()).into()
}

/// A kernel of the test's own, for tests that harm it.
pub fn kernel() -> Kernel {
    Kernel::start(&python()).unwrap()
}

/// A kernel that keeps its sessions in like this; the test fails where the system refuses that.
pub fn contained(level: Level) -> Kernel {
    let kernel = Kernel::start_at(&python(), level).unwrap();
    assert_eq!(kernel.containment().level, level, "{}", kernel.containment());
    kernel
}

/// A fresh session of a kernel that the gentle tests share.
pub fn session() -> Probe {
    static SHARED: LazyLock<Kernel> = LazyLock::new(kernel);
    Probe::on(&SHARED)
}

/// Runs a cell in a fresh session.
#[track_caller]
pub fn run(source: &str) -> Ran {
    session().run(source)
}

pub struct Probe {
    pub session: Worker,
    pub limits: Limits,
    pub deadline: Deadline,
}

pub struct Ran {
    pub outcome: Outcome,
    /// As they were handed on while the cell ran, with the time since its start.
    pub live: Vec<CellEvent>,
}

impl Probe {
    pub fn on(kernel: &Kernel) -> Self {
        Self { session: kernel.session(&[]).unwrap(), limits: Limits::default(), deadline: Deadline::Ends }
    }

    pub fn limited(mut self, change: impl FnOnce(&mut Limits)) -> Self {
        change(&mut self.limits);
        self
    }

    #[track_caller]
    pub fn run(&mut self, source: &str) -> Ran {
        self.run_with(source, |_| {})
    }

    /// Presses Stop as soon as the cell has printed `ready`.
    #[track_caller]
    pub fn stop_when_ready(&mut self, source: &str) -> Ran {
        let stopper = self.session.stopper();
        self.run_with(source, move |event| {
            if matches!(event, CellEvent::Stream { data, .. } if data.lossy().contains("ready")) {
                stopper.stop();
            }
        })
    }

    #[track_caller]
    pub fn run_with(&mut self, source: &str, on_event: impl Fn(&CellEvent)) -> Ran {
        let request = Request { cell: "cell", source, limits: self.limits, deadline: self.deadline };
        let mut live = Vec::new();
        let outcome = self
            .session
            .run(&request, &mut |event| {
                on_event(&event);
                live.push(event);
            })
            .unwrap();
        assert_eq!(outcome.events.first(), Some(&CellEvent::Started));
        assert!(matches!(outcome.events.last(), Some(CellEvent::Finished { .. })));
        Ran { outcome, live }
    }
}

impl Ran {
    pub fn bytes(&self, wanted: Fd) -> Vec<u8> {
        let pieces = self.outcome.events.iter().filter_map(|event| match event {
            CellEvent::Stream { fd, data } if *fd == wanted => Some(data.0.as_slice()),
            _ => None,
        });
        pieces.collect::<Vec<_>>().concat()
    }

    pub fn stdout(&self) -> String {
        String::from_utf8_lossy(&self.bytes(Fd::Stdout)).into()
    }

    pub fn stderr(&self) -> String {
        String::from_utf8_lossy(&self.bytes(Fd::Stderr)).into()
    }

    pub fn displays(&self) -> Vec<(&str, &str)> {
        let displays = self.outcome.events.iter().filter_map(|event| match event {
            CellEvent::Display { mime, data } => Some((mime.as_str(), data.as_str())),
            _ => None,
        });
        displays.collect()
    }

    pub fn status(&self) -> Status {
        self.outcome.status()
    }

    pub fn limits(&self) -> &[Limit] {
        match self.outcome.events.last() {
            Some(CellEvent::Finished { limits, .. }) => limits,
            _ => &[],
        }
    }

    pub fn error(&self) -> Option<&CellError> {
        self.outcome.events.iter().find_map(|event| match event {
            CellEvent::Error { error } => Some(error),
            _ => None,
        })
    }

    /// Exception, message and text of the traceback.
    #[track_caller]
    pub fn traceback(&self) -> (&str, &str, &str) {
        match self.error() {
            Some(CellError::Traceback { exception, message, text }) => (exception, message, text),
            other => panic!("expected a traceback, found {other:?}; stderr: {}", self.stderr()),
        }
    }

    /// Signal, exit code and explanation of the crash.
    #[track_caller]
    pub fn crash(&self) -> (Option<i32>, Option<i32>, &str) {
        match self.error() {
            Some(CellError::Crash { signal, code, explanation }) => (*signal, *code, explanation),
            other => panic!("expected a crash, found {other:?}; stderr: {}", self.stderr()),
        }
    }

    /// Asserts that the cell ended well, with this on stdout.
    #[track_caller]
    pub fn prints(&self, expected: &str) -> &Self {
        let found = (self.status(), self.error(), self.stdout());
        assert_eq!(found, (Status::Ok, None, expected.into()), "stderr: {}", self.stderr());
        self
    }
}
