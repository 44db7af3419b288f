//! Finished traces, for whoever follows the talk.

use std::{
    collections::VecDeque,
    sync::{Arc, Mutex, PoisonError},
};

use axum::{
    body::Bytes,
    http::header,
    response::{IntoResponse, Response},
};

use super::notice::Notice;
use crate::protocol::TraceAnswer;

/// Answers that are kept; a client fetches what was just made.
const KEPT: usize = 8;

/// The latest answers, by number.
#[derive(Debug, Clone, Default)]
pub struct Traces(Arc<Mutex<VecDeque<(u32, Bytes)>>>);

impl Traces {
    /// Keeps an answer, and forgets the oldest one.
    pub fn keep(&self, number: u32, answer: &TraceAnswer) {
        // These types have no key or number that JSON cannot hold.
        let text = serde_json::to_vec(answer).unwrap_or_default();
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        kept.push_back((number, text.into()));
        if kept.len() > KEPT {
            kept.pop_front();
        }
    }

    /// The answer with a number, as it stands in an address.
    pub fn answer(&self, number: &str) -> Response {
        let kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let found = kept.iter().find(|(other, _)| number.parse() == Ok(*other));
        match found {
            Some((_, text)) => ([(header::CONTENT_TYPE, "application/json")], text.clone()).into_response(),
            None => Notice::not_found().into_response(),
        }
    }
}
