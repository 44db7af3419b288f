//! What a run and a session cost. Not a test: `cargo test --release --test kernel -- --ignored --nocapture`.

use std::time::{Duration, Instant};

use deck::kernel::{Kernel, Level};

use crate::fixture::{Probe, contained};

const RUNS: usize = 1000;

#[test]
#[ignore = "a measurement; needs a release build and a quiet machine"]
fn latency() {
    for level in [Level::Namespaces, Level::Subreaper, Level::Group] {
        println!("{level:?}");
        report("zygote start", 10, || drop(contained(level)));
        let kernel = contained(level);
        report("fork of a session", 100, || drop(kernel.session(&[]).map(std::mem::forget)));
        report("fork, first cell and end of a session", 100, || drop(Probe::on(&kernel).run("1")));
        runs(&kernel);
    }
}

fn runs(kernel: &Kernel) {
    let mut probe = Probe::on(kernel);
    report("cell `x = 1`", RUNS, || drop(probe.run("x = 1")));
    report("cell `print(1+1)`", RUNS, || drop(probe.run("print(1+1)")));
    report("cell `1 / 0`", RUNS, || drop(probe.run("1 / 0")));
    report("100 MB of output", 5, || drop(probe.run("for _ in range(100): print('x' * 1_000_000)")));
}

fn report(name: &str, runs: usize, mut run: impl FnMut()) {
    let mut times: Vec<Duration> = (0..runs)
        .map(|_| {
            let began = Instant::now();
            run();
            began.elapsed()
        })
        .collect();
    times.sort();
    println!("{name}: median {:?}, p95 {:?}", times[runs / 2], times[runs * 95 / 100]);
}
