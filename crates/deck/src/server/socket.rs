//! One browser on the socket.

use std::time::{Duration, Instant};

use axum::{
    body::Bytes,
    extract::ws::{Message as Frame, Utf8Bytes, WebSocket, WebSocketUpgrade},
    response::Response,
};
use tokio::time::{interval, timeout};

use super::talk::{Refusal, Talk};
use crate::protocol::{Command, Message};

/// The largest frame and the largest message that a browser may send, in bytes.
pub const LARGEST_MESSAGE: usize = 1 << 20;
/// How long a browser may take to accept one message before it counts as gone.
const PATIENCE: Duration = Duration::from_secs(10);
/// How often a browser is asked whether it is still there; it answers by itself.
const PULSE: Duration = Duration::from_secs(4);
/// A browser that has said nothing for so long has gone without a word. Its place is another one's.
const SILENCE: Duration = Duration::from_secs(10);

/// Goes over from HTTP to the socket.
pub fn upgrade(request: WebSocketUpgrade, talk: Talk) -> Response {
    request
        .max_message_size(LARGEST_MESSAGE)
        .max_frame_size(LARGEST_MESSAGE)
        .on_upgrade(|socket| follow(socket, talk))
}

/// Hands on what the talk says to the browser and what the browser asks for to the talk, until one of them ends it.
async fn follow(mut socket: WebSocket, talk: Talk) {
    let Some(mut line) = talk.connect().await else { return };
    let (mut pulse, mut heard) = (interval(PULSE), Instant::now());
    loop {
        let open = tokio::select! {
            _ = pulse.tick() => heard.elapsed() < SILENCE && write(&mut socket, Frame::Ping(Bytes::new())).await,
            message = line.next() => match message {
                Some(text) => send(&mut socket, text).await,
                None => false,
            },
            frame = socket.recv() => {
                heard = Instant::now();
                match frame {
                    Some(Ok(Frame::Text(text))) => receive(&mut socket, &talk, line.id, &text).await,
                    Some(Ok(Frame::Ping(_) | Frame::Pong(_))) => true,
                    // A binary frame, a frame that is too large, a close, an end.
                    _ => false,
                }
            }
        };
        if !open {
            break;
        }
    }
    talk.disconnect(line.id).await;
    let _ = timeout(PATIENCE, socket.send(Frame::Close(None))).await;
}

async fn receive(socket: &mut WebSocket, talk: &Talk, from: u64, text: &str) -> bool {
    match serde_json::from_str::<Command>(text) {
        Ok(command) => talk.command(from, command).await,
        Err(error) => {
            let reason = Refusal::NotUnderstood(error.to_string()).to_string();
            match serde_json::to_string(&Message::Refused { reason }) {
                Ok(text) => send(socket, text.into()).await,
                Err(_) => false,
            }
        }
    }
}

async fn send(socket: &mut WebSocket, text: Utf8Bytes) -> bool {
    write(socket, Frame::Text(text)).await
}

async fn write(socket: &mut WebSocket, frame: Frame) -> bool {
    matches!(timeout(PATIENCE, socket.send(frame)).await, Ok(Ok(())))
}
