//! The link that lets a browser in.

use std::sync::Arc;

use axum::{
    extract::{Query, State},
    http::{HeaderMap, Method, StatusCode, header},
    response::{IntoResponse, Response},
};
use serde::Deserialize;

use super::{access::Access, notice::Notice};

/// The query of the link.
#[derive(Debug, Deserialize)]
pub struct Ticket {
    #[serde(default)]
    token: String,
}

/// Headers of browsers of different ages that only look in advance.
const PREFETCHES: [&str; 3] = ["sec-purpose", "purpose", "x-moz"];

/// Exchanges the token for the cookie and goes on to the slides.
pub async fn launch(
    State(access): State<Arc<Access>>,
    method: Method,
    headers: HeaderMap,
    Query(ticket): Query<Ticket>,
) -> Response {
    // A look in advance must not use the token up.
    if method != Method::GET || PREFETCHES.iter().any(|name| headers.contains_key(*name)) {
        return Notice::new(StatusCode::FORBIDDEN, "This link can only be opened.").into_response();
    }
    if !access.redeem(&ticket.token) {
        return Notice::used_link().into_response();
    }
    let answer = [(header::SET_COOKIE, access.cookie()), (header::LOCATION, "/".to_owned())];
    (StatusCode::SEE_OTHER, answer).into_response()
}
