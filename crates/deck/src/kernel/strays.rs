//! What arrives between two runs belongs to neither.

use std::io::Read;
use std::os::unix::net::UnixStream;

use super::channels::{Channels, PIPE_CAPACITY};
use super::session::Session;
use crate::protocol::Fd;

/// Reads away output, reports and wishes to stop that came since the last run. Returns how many bytes of
/// output it were. A thread that goes on writing waits when its pipe is full, so this has an end.
pub(super) fn drop_strays(session: &mut Session) -> std::io::Result<usize> {
    drop_wishes_to_stop(&session.wake);
    while session.channels.control_ready()? {
        session.read_reports(0);
    }
    while session.reports.pop().is_some() {}
    Ok(drop_output(&mut session.channels, Fd::Stdout)? + drop_output(&mut session.channels, Fd::Stderr)?)
}

fn drop_output(channels: &mut Channels, fd: Fd) -> std::io::Result<usize> {
    let mut dropped = 0;
    while dropped < PIPE_CAPACITY && channels.ready(fd)? {
        match channels.read(fd)?.len() {
            0 => break,
            count => dropped += count,
        }
    }
    Ok(dropped)
}

/// Reads away wishes to stop. The line never blocks: when it is empty, reading is refused.
pub(super) fn drop_wishes_to_stop(mut wake: &UnixStream) {
    while wake.read(&mut [0; 64]).is_ok_and(|count| count > 0) {}
}
