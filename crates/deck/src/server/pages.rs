//! The site, served from memory: no path on the disk is ever made from an address.

use std::sync::{Arc, PoisonError, RwLock};

use axum::{
    body::{Body, Bytes},
    http::{Uri, header},
    response::{IntoResponse, Response},
};

use super::notice::Notice;
use crate::site::{Site, media_type};

/// The site as it is now; a rebuild replaces it while requests are served.
#[derive(Debug, Clone, Default)]
pub struct Pages(Arc<RwLock<Arc<Site>>>);

impl Pages {
    /// Serves this site.
    pub fn new(site: Site) -> Self {
        Self(Arc::new(RwLock::new(Arc::new(site))))
    }

    /// From now on serves this one.
    pub fn replace(&self, site: Site) {
        *self.0.write().unwrap_or_else(PoisonError::into_inner) = Arc::new(site);
    }

    /// The file at an address.
    pub fn page(&self, uri: &Uri) -> Response {
        let site = Arc::clone(&self.0.read().unwrap_or_else(PoisonError::into_inner));
        let path = match uri.path().trim_start_matches('/') {
            "" => "index.html",
            path => path,
        };
        match site.files.get(path) {
            Some(bytes) => {
                let body = Body::from(Bytes::copy_from_slice(bytes));
                ([(header::CONTENT_TYPE, media_type(path))], body).into_response()
            }
            None => Notice::not_found().into_response(),
        }
    }
}
