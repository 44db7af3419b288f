//! The one gate in front of everything: what does not pass here reaches no handler.
//!
//! The server runs code, so it answers to its own page only. A page of another site can make the browser send requests
//! here; it cannot make it lie in `Host` and `Origin`, and it has no cookie.

use std::sync::Arc;

use axum::{
    extract::{Request, State},
    http::{HeaderMap, HeaderName, Method, StatusCode, header},
    middleware::Next,
    response::{IntoResponse, Response},
};

use super::{access::Access, headers::secure, notice::Notice, places::Guest};

/// The largest request body in bytes.
pub const LARGEST_BODY: usize = 64 << 10;
/// The only address that answers without the cookie: it hands the cookie out.
pub const LAUNCH: &str = "/launch";

/// Lets a request through, or answers in its place.
pub async fn guard(State(access): State<Arc<Access>>, request: Request, next: Next) -> Response {
    secure(match check(&access, &request) {
        Ok(()) => next.run(request).await,
        Err(notice) => notice.into_response(),
    })
}

fn check(access: &Access, request: &Request) -> Result<(), Notice> {
    let headers = request.headers();
    let host = own_host(access, request)?;
    same_origin(request, host)?;
    let fits = |length: &str| length.parse().is_ok_and(|length: usize| length <= LARGEST_BODY);
    if !header(headers, &header::CONTENT_LENGTH)?.is_none_or(fits) {
        return Err(Notice::new(StatusCode::PAYLOAD_TOO_LARGE, "The request is too large."));
    }
    match access.admits(headers) {
        true => request.extensions().get::<Guest>().into_iter().for_each(Guest::admit),
        false if request.uri().path() == LAUNCH => {}
        false => return Err(Notice::no_cookie()),
    }
    Ok(())
}

/// The name under which the browser called, which must be one of ours: a foreign name that was made to point at this
/// machine (DNS rebinding) would make a foreign page the same origin as the deck.
fn own_host<'a>(access: &Access, request: &'a Request) -> Result<&'a str, Notice> {
    let refused = || Notice::new(StatusCode::FORBIDDEN, "This address does not belong to the deck.");
    let host = header(request.headers(), &header::HOST)?.ok_or_else(refused)?;
    let target = request.uri().authority().map_or(host, |authority| authority.as_str());
    if access.is_own_name(host) && target == host { Ok(host) } else { Err(refused()) }
}

/// What changes something must come from the deck's own page; what only reads may besides be typed or linked.
fn same_origin(request: &Request, host: &str) -> Result<(), Notice> {
    let headers = request.headers();
    let refused = || Notice::new(StatusCode::FORBIDDEN, "Only the deck's own page may ask for this.");
    let reads =
        matches!(*request.method(), Method::GET | Method::HEAD) && !headers.contains_key(header::UPGRADE);
    match header(headers, &header::ORIGIN)? {
        Some(origin) if origin == format!("http://{host}") => {}
        None if reads => {}
        _ => return Err(refused()),
    }
    let fetch = |name| header(headers, &HeaderName::from_static(name));
    // A link on another page may lead here, in a window of its own; a frame or a part of that page may not.
    let is_link =
        fetch("sec-fetch-mode")? == Some("navigate") && fetch("sec-fetch-dest")? == Some("document");
    match fetch("sec-fetch-site")? {
        Some("cross-site" | "same-site") if !is_link => Err(refused()),
        _ => Ok(()),
    }
}

/// The value of a header that may stand once: two of them mean that someone wants two readers to disagree.
fn header<'a>(headers: &'a HeaderMap, name: &HeaderName) -> Result<Option<&'a str>, Notice> {
    let mut values = headers.get_all(name).iter();
    let bad = || Notice::new(StatusCode::BAD_REQUEST, "The request's headers cannot be understood.");
    match (values.next(), values.next()) {
        (None, _) => Ok(None),
        (Some(value), None) => value.to_str().map(Some).map_err(|_| bad()),
        (Some(_), Some(_)) => Err(bad()),
    }
}
