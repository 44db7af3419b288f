//! `deck serve`'s server: a function from what is shown to a [`Router`].
//!
//! It serves a finished site from memory, lets in who has the link, and keeps one [`Talk`]: the state of the stage, which
//! every browser follows over the socket. It runs code, so it listens on this machine only and trusts no page but its
//! own; `guard.rs` is the gate.
//!
//! Who knows whom: `talk/` knows cells, sessions and followers but no HTTP; `socket.rs` joins a browser to it.

mod access;
mod author;
mod guard;
mod headers;
mod launch;
mod listen;
mod notice;
mod pages;
mod places;
mod present;
mod socket;
mod state_file;
pub mod talk;
mod traces;
mod workshop;

use std::sync::Arc;

use axum::{
    Router,
    extract::{DefaultBodyLimit, Path, Request, State, WebSocketUpgrade},
    http::{Method, StatusCode},
    middleware::from_fn_with_state,
    response::{IntoResponse, Response},
    routing::{any, get},
};

pub use access::{Access, secret};
pub use author::{Load, follow_author};
pub use headers::CONTENT_SECURITY_POLICY;
pub use listen::listen;
pub use pages::Pages;
pub use present::{Presentation, present};
pub use state_file::{STATE_FILE, State as ServerState};
pub use traces::Traces;
pub use workshop::Workshop;

use guard::{LARGEST_BODY, LAUNCH, guard};
use notice::Notice;
use talk::Talk;

/// What the handlers share.
#[derive(Debug, Clone)]
pub struct Server {
    /// Who may come in.
    pub access: Arc<Access>,
    /// What is shown.
    pub pages: Pages,
    /// What happens.
    pub talk: Talk,
    /// What was traced.
    pub traces: Traces,
}

impl Server {
    /// Everything that the server answers.
    pub fn router(&self) -> Router {
        Router::new()
            .route(LAUNCH, get(launch::launch))
            .route("/socket", get(socket))
            .route("/trace/{number}", get(trace))
            .fallback(any(page))
            .layer(DefaultBodyLimit::max(LARGEST_BODY))
            .layer(from_fn_with_state(Arc::clone(&self.access), guard))
            .with_state(self.clone())
    }
}

async fn page(State(server): State<Server>, request: Request) -> Response {
    match *request.method() {
        Method::GET | Method::HEAD => server.pages.page(request.uri()),
        _ => Notice::new(StatusCode::METHOD_NOT_ALLOWED, "Pages can only be read.").into_response(),
    }
}

async fn trace(State(server): State<Server>, Path(number): Path<String>) -> Response {
    server.traces.answer(&number)
}

async fn socket(State(server): State<Server>, request: WebSocketUpgrade) -> Response {
    socket::upgrade(request, server.talk)
}
