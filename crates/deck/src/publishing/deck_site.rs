//! The deck and its site, made in memory from the sources and the recordings.

use super::front_end::front_end;
use crate::{
    diagnostic::Diagnostic,
    model::Deck,
    project::{self, Project},
    recorded::DeckRecordings,
    render::{self, Edition, Ingredients},
    site::Site,
};

/// The project's deck and its site in memory. The inner error is what is wrong with the sources.
///
/// # Errors
/// If the front end has not been built.
pub fn deck_site(
    project: &Project,
    edition: &Edition,
) -> anyhow::Result<Result<(Deck, Site), Vec<Diagnostic>>> {
    let files = project.files();
    let assets = front_end(project)?;
    Ok(DeckRecordings::read(&project.root).and_then(|recordings| {
        let deck = project::load(&files, Some(&recordings))?;
        let faults = recordings.check(&deck);
        if !faults.is_empty() && !edition.live {
            return Err(faults);
        }
        let recorded = |cell: &str| recordings.recorded(&deck, cell);
        let traced = |xray: &str| recordings.traced(&deck, xray);
        let (recorded, traced) = (&recorded, &traced);
        let ingredients = Ingredients { files: &files, recorded, traced, assets: &assets, edition };
        let site = render::site(&deck, &ingredients)?;
        Ok((deck, site))
    }))
}
