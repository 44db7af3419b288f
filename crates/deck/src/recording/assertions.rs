//! What a cell tells the deck with the module `deck`: numbers for the prose and relations that must hold.

use serde::Deserialize;

use crate::protocol::CellEvent;

/// Media type of a named number.
pub const VALUE: &str = "application/vnd.deck.value+json";
/// Media type of an asserted relation.
pub const RELATION: &str = "application/vnd.deck.relation+json";

/// A number that a cell named with `deck.value`.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub struct NamedValue {
    /// Unique within the cell.
    pub name: String,
    /// The number, as it was written.
    pub number: serde_json::Number,
    /// What it counts.
    pub unit: String,
}

/// A relation that a cell asserted with `deck.relation`.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Relation {
    /// What must hold, as a sentence.
    pub text: String,
    /// Whether it did.
    pub holds: bool,
}

/// The numbers that a run named, in order; for what is malformed, why.
pub fn values(events: &[CellEvent]) -> Vec<Result<NamedValue, String>> {
    told(events, VALUE).collect()
}

/// The relations that a run asserted, in order; for what is malformed, why.
pub fn relations(events: &[CellEvent]) -> Vec<Result<Relation, String>> {
    told(events, RELATION).collect()
}

fn told<'a, T: serde::de::DeserializeOwned>(
    events: &'a [CellEvent],
    kind: &'static str,
) -> impl Iterator<Item = Result<T, String>> + 'a {
    events.iter().filter_map(move |event| match event {
        CellEvent::Display { mime, data } if mime == kind => Some(
            serde_json::from_str(data).map_err(|error| format!("{kind} cannot be read: {error} in {data}")),
        ),
        _ => None,
    })
}
