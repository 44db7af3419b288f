//! A browser's end of the socket: it keeps a copy of the stage as the page does.

use std::time::Duration;

use deck::protocol::{Build, CellEvent, Change, Command, Message, Position, Role, Run, Stage, Status};
use futures_util::{SinkExt, StreamExt};
use tokio::{net::TcpStream, time::timeout};
use tokio_tungstenite::{
    MaybeTlsStream, WebSocketStream, connect_async,
    tungstenite::{self, Message as Frame, client::IntoClientRequest},
};

/// Nothing in these tests takes longer.
const PATIENCE: Duration = Duration::from_secs(20);

pub struct Browser {
    pub socket: WebSocketStream<MaybeTlsStream<TcpStream>>,
    pub stage: Stage,
    pub role: Role,
    /// All changes since the snapshot.
    pub changes: Vec<Change>,
}

/// Tries to open the socket with these headers.
pub async fn knock(
    port: u16,
    headers: &[(&'static str, &str)],
) -> Result<WebSocketStream<MaybeTlsStream<TcpStream>>, tungstenite::Error> {
    let mut request = format!("ws://127.0.0.1:{port}/socket").into_client_request().unwrap();
    for (name, value) in headers {
        request.headers_mut().insert(*name, value.parse().unwrap());
    }
    connect_async(request).await.map(|(socket, _)| socket)
}

impl Browser {
    /// Opens the socket with the cookie and waits for the snapshot.
    pub async fn follow(port: u16, cookie: &str) -> Self {
        let origin = format!("http://127.0.0.1:{port}");
        let socket = knock(port, &[("origin", &origin), ("cookie", cookie)]).await.unwrap();
        Self::on(socket).await.expect("the server has closed the socket")
    }

    /// Waits for the snapshot on an open socket; none if the server closes it instead.
    pub async fn on(socket: WebSocketStream<MaybeTlsStream<TcpStream>>) -> Option<Self> {
        let mut browser =
            Self { socket, stage: Stage::default(), role: Role::default(), changes: Vec::new() };
        match serde_json::from_str(&browser.frame().await?).unwrap() {
            Message::Snapshot { stage, role } => (browser.stage, browser.role) = (*stage, role),
            other => panic!("not a snapshot: {other:?}"),
        }
        Some(browser)
    }

    /// The next message; changes are taken in, and none may be missing.
    pub async fn message(&mut self) -> Message {
        let text = self.frame().await.expect("the server has closed the socket");
        let message = serde_json::from_str(&text).unwrap();
        match &message {
            Message::Changed { seq, change } => {
                self.stage.apply(change);
                assert_eq!(*seq, self.stage.seq, "a change is missing or came twice");
                self.changes.push(change.clone());
            }
            Message::Role { role } => self.role = *role,
            _ => {}
        }
        message
    }

    /// The next text frame; none at the end.
    pub async fn frame(&mut self) -> Option<String> {
        let text = async {
            loop {
                match self.socket.next().await? {
                    Ok(Frame::Text(text)) => return Some(text.as_str().to_owned()),
                    Ok(Frame::Close(_)) | Err(_) => return None,
                    // The server asks whether anybody is there.
                    Ok(_) => {}
                }
            }
        };
        timeout(PATIENCE, text).await.expect("the server says nothing")
    }

    /// The next text frame, if one comes within this time.
    pub async fn frame_within(&mut self, time: Duration) -> Option<String> {
        timeout(time, self.frame()).await.ok().flatten()
    }

    pub async fn send(&mut self, command: Command) {
        self.write(&serde_json::to_string(&command).unwrap()).await;
    }

    pub async fn write(&mut self, text: &str) {
        self.socket.send(Frame::text(text)).await.unwrap();
    }

    /// Takes changes in until this holds.
    pub async fn until(&mut self, mut holds: impl FnMut(&Stage) -> bool) {
        while !holds(&self.stage) {
            self.message().await;
        }
    }

    /// Waits for a refusal and returns its reason.
    pub async fn refusal(&mut self) -> String {
        loop {
            if let Message::Refused { reason } = self.message().await {
                return reason;
            }
        }
    }

    pub async fn unlock(&mut self) {
        self.send(Command::Unlock).await;
        while self.role != Role::Presenter {
            self.message().await;
        }
    }

    pub async fn ask(&mut self, cell: &str) {
        self.send(Command::Run { cell: cell.to_owned() }).await;
    }

    /// Runs a cell to its end.
    pub async fn run(&mut self, cell: &str) -> Status {
        self.ask(cell).await;
        self.until_queued(cell).await;
        self.end_of(cell).await
    }

    pub async fn until_queued(&mut self, cell: &str) {
        while self.changes.last() != Some(&Change::Queued { cell: cell.to_owned() }) {
            self.message().await;
        }
    }

    /// Waits for the end of a cell that was asked for.
    pub async fn end_of(&mut self, cell: &str) -> Status {
        self.until(|stage| stage.cells.get(cell).is_some_and(|state| state.run == Run::Done)).await;
        match self.stage.cells[cell].events.last() {
            Some(CellEvent::Finished { status, .. }) => *status,
            other => panic!("not the end of a run: {other:?}"),
        }
    }

    pub async fn edit(&mut self, cell: &str, source: Option<&str>) {
        let (cell, source) = (cell.to_owned(), source.map(str::to_owned));
        self.send(Command::Edit { cell, source }).await;
    }

    pub async fn move_to(&mut self, slide: &str, step: u32) {
        self.send(Command::Move { position: Position { slide: slide.to_owned(), step } }).await;
    }

    pub async fn use_build(&mut self, build: &Build) {
        self.send(Command::UseBuild { build: build.clone() }).await;
    }

    /// What a cell wrote, both streams.
    pub fn output(&self, cell: &str) -> String {
        let events = self.stage.cells.get(cell).map(|state| state.events.as_slice()).unwrap_or_default();
        let text = |event: &CellEvent| match event {
            CellEvent::Stream { data, .. } => Some(data.lossy().into_owned()),
            _ => None,
        };
        events.iter().filter_map(text).collect()
    }

    pub fn is_stale(&self, cell: &str) -> bool {
        self.stage.cells.get(cell).is_some_and(|state| state.stale)
    }
}
