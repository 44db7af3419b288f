//! The same talk with a real Python, where the script could be too kind.

use std::{
    path::PathBuf,
    sync::Arc,
    time::{Duration, Instant},
};

use deck::{
    kernel::LazyKernel,
    protocol::{CellError, CellEvent, Command, Status},
};

use crate::stand::{Stand, chapter};

const CELLS: &[(&str, &str)] = &[
    ("setup,setup", "x = 41"),
    ("sum", "print(x + 1)"),
    ("two", "print(1+1)"),
    ("endless", "while True: pass"),
    ("exits", "import os; os._exit(3)"),
    ("flood", "while True: print('x' * 100)"),
];

/// The interpreter under test.
pub fn python() -> PathBuf {
    std::env::var_os("PYTHON").unwrap_or_else(|| "python3".into()).into()
}

async fn stand() -> Stand {
    Stand::on(&chapter(CELLS), Arc::new(LazyKernel::new(python()))).await
}

#[tokio::test]
async fn cells_run_in_python_and_share_names() {
    let stand = stand().await;
    let mut browser = stand.browser().await;
    assert_eq!(browser.run("sum").await, Status::Ok);
    assert_eq!(browser.output("sum"), "42\n");
}

#[tokio::test]
async fn an_endless_loop_is_stopped_and_the_talk_goes_on() {
    let stand = stand().await;
    let mut browser = stand.browser().await;
    for cell in ["endless", "flood"] {
        browser.ask(cell).await;
        browser.until(|stage| stage.cells.get(cell).is_some_and(|state| !state.events.is_empty())).await;
        tokio::time::sleep(Duration::from_millis(100)).await;
        browser.send(Command::Stop).await;
        assert_eq!(browser.end_of(cell).await, Status::Stopped, "{cell}");
        assert_eq!(browser.run("sum").await, Status::Ok);
    }
}

#[tokio::test]
async fn after_a_crash_of_the_worker_the_next_cell_runs() {
    let stand = stand().await;
    let mut browser = stand.browser().await;
    assert_eq!(browser.run("exits").await, Status::Crashed);
    let crash = |event: &CellEvent| {
        matches!(event, CellEvent::Error { error: CellError::Crash { code: Some(3), .. } })
    };
    assert!(browser.stage.cells["exits"].events.iter().any(crash));
    assert_eq!(browser.run("sum").await, Status::Ok);
    assert_eq!(browser.output("sum"), "42\n");
}

#[tokio::test]
async fn restart_gives_a_fresh_python_that_is_prepared() {
    let stand = stand().await;
    let mut presenter = stand.presenter().await;
    presenter.edit("two", Some("x = 0")).await;
    presenter.run("two").await;
    presenter.run("sum").await;
    assert_eq!(presenter.output("sum"), "1\n");
    presenter.send(Command::Restart).await;
    presenter.until(|stage| stage.cells["sum"].stale).await;
    presenter.run("sum").await;
    assert_eq!(presenter.output("sum"), "42\n");
}

#[tokio::test]
async fn without_an_interpreter_the_cell_says_what_to_do() {
    let missing = Arc::new(LazyKernel::new(PathBuf::from("/no/such/python")));
    let stand = Stand::on(&chapter(CELLS), missing).await;
    let mut browser = stand.browser().await;
    assert_eq!(browser.run("two").await, Status::Crashed);
    let explanation = browser.stage.cells["two"].events.iter().find_map(|event| match event {
        CellEvent::Error { error: CellError::Crash { explanation, .. } } => Some(explanation.clone()),
        _ => None,
    });
    assert!(explanation.unwrap().contains("/no/such/python"));
}

/// How long it takes from Run to the first event, to the output and to the end, at the socket.
#[tokio::test]
#[ignore = "a measurement"]
async fn time_from_run_to_output() {
    let stand = stand().await;
    let mut browser = stand.browser().await;
    browser.run("two").await;
    let mut times = [(); 3].map(|()| Vec::new());
    for _ in 0..300 {
        let began = Instant::now();
        let first = browser.changes.len();
        browser.ask("two").await;
        // Queued, Started, the output, Finished.
        for (after, times) in [2, 3, 4].into_iter().zip(&mut times) {
            while browser.changes.len() < first + after {
                browser.message().await;
            }
            times.push(began.elapsed());
        }
        assert_eq!(browser.end_of("two").await, Status::Ok);
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    for (what, times) in ["started", "output", "finished"].iter().zip(&mut times) {
        times.sort();
        println!("run to {what}: median {:?}, p95 {:?}", times[150], times[285]);
    }
}
