//! The authors' guide.

use std::fs;

use crate::sources::workspace;

#[test]
fn the_authors_guide_lists_every_attribute() {
    let guide = fs::read_to_string(workspace().join("CONTRIBUTING.md")).unwrap();
    for attribute in &deck::markdown::ATTRIBUTES {
        let value =
            attribute.value.map(|value| format!("={}", value.replace('|', "\\|"))).unwrap_or_default();
        let row = format!("| `{}{value}` | {} |", attribute.name, attribute.meaning);
        assert!(guide.contains(&row), "CONTRIBUTING.md lacks the row\n{row}");
    }
}
