//! The addresses of the server, and their answers.

use std::sync::Arc;

use axum::{
    Router,
    extract::{DefaultBodyLimit, Path, Request, State, WebSocketUpgrade},
    http::{Method, StatusCode},
    middleware::from_fn_with_state,
    response::{IntoResponse, Response},
    routing::{any, get},
};

use super::{
    access::Access,
    guard::{LARGEST_BODY, LAUNCH, guard},
    launch::launch,
    notice::Notice,
    pages::Pages,
    socket::upgrade,
    talk::Talk,
    traces::Traces,
};

/// The state that the handlers share.
#[derive(Debug, Clone)]
pub struct Server {
    /// The keys of those who may come in.
    pub access: Arc<Access>,
    /// The site.
    pub pages: Pages,
    /// The talk that is on.
    pub talk: Talk,
    /// Finished traces.
    pub traces: Traces,
}

impl Server {
    /// Everything that the server answers.
    pub fn router(&self) -> Router {
        Router::new()
            .route(LAUNCH, get(launch).with_state(Arc::clone(&self.access)))
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
    upgrade(request, server.talk)
}
