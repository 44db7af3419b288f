//! Short plain pages: what the server has to say where there is no slide to show.

use axum::{
    http::{StatusCode, header},
    response::{IntoResponse, Response},
};

/// One sentence or two, with a status.
#[derive(Debug, Clone, Copy)]
pub struct Notice {
    status: StatusCode,
    text: &'static str,
}

impl Notice {
    /// A page that says only this.
    pub fn new(status: StatusCode, text: &'static str) -> Self {
        Self { status, text }
    }

    /// For a browser that was not let in yet.
    pub fn no_cookie() -> Self {
        let text = "This browser has not been let in. Open the link that `deck serve` printed; for a new one, press Enter \
                    in the terminal where it runs.";
        Self::new(StatusCode::FORBIDDEN, text)
    }

    /// For a link that was opened before.
    pub fn used_link() -> Self {
        let text = "This link is not valid, or was used already: each one lets one browser in, once. For a new one, press \
                    Enter in the terminal where `deck serve` runs.";
        Self::new(StatusCode::FORBIDDEN, text)
    }

    /// For an address that leads nowhere.
    pub fn not_found() -> Self {
        Self::new(StatusCode::NOT_FOUND, "There is nothing here. The slides are at /.")
    }
}

impl IntoResponse for Notice {
    fn into_response(self) -> Response {
        let page = maud::html! {
            (maud::DOCTYPE)
            html lang="en" {
                head { meta charset="utf-8"; meta name="color-scheme" content="light dark"; title { "deck" } }
                body { main { h1 { (self.status.canonical_reason().unwrap_or("deck")) } p { (self.text) } } }
            }
        };
        (self.status, [(header::CONTENT_TYPE, "text/html; charset=utf-8")], page.into_string())
            .into_response()
    }
}
