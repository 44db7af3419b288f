//! "About this build": what a site was made from, what is in it, what is not, and what was checked.

use maud::{Markup, html};

use super::{
    ingredients::Offer,
    paper::{Paper, paper},
};
use crate::model::Deck;

/// What is said of a build.
#[derive(Debug, Clone, Default)]
pub struct About {
    /// What it was made from and with: names and versions, in order.
    pub made_from: Vec<(String, String)>,
    /// What it holds besides the slides.
    pub offers: Vec<Offer>,
    /// What it could hold and does not: a name, and the command that makes it.
    pub missing: Vec<(&'static str, &'static str)>,
    /// What was found to hold of exactly these files, one sentence each; empty if nothing was checked.
    pub checked: Vec<String>,
    /// Where the texts of licences lie: a title and an address each.
    pub licences: Vec<(String, String)>,
    /// Where the site will be published.
    pub address: Option<String>,
}

/// The page.
pub fn about(deck: &Deck, about: &About) -> String {
    let head = html! {
        meta name="description" content=(format!("Versions, contents and checks of “{}”.", deck.title));
        @if let Some(address) = &about.address { link rel="canonical" href=(format!("{address}about.html")); }
    };
    let inside = html! {
        (section("Made from", facts(&about.made_from)))
        (section("In it", contents(&about.offers)))
        @if !about.missing.is_empty() { (section("Not in it", missing(&about.missing))) }
        (section("Checked", checks(&about.checked)))
        (section("Licences", licences(&about.licences)))
    };
    paper(deck, &Paper { title: "About this build", root: "", head }, &inside)
}

fn section(title: &str, inside: Markup) -> Markup {
    html! { section { h2 { (title) } (inside) } }
}

fn facts(facts: &[(String, String)]) -> Markup {
    html! {
        dl { @for (name, fact) in facts { div { dt { (name) } dd { (fact) } } } }
    }
}

fn missing(missing: &[(&str, &str)]) -> Markup {
    html! {
        dl { @for (name, command) in missing { div { dt { (name) } dd { code { (command) } " makes it" } } } }
    }
}

fn contents(offers: &[Offer]) -> Markup {
    html! {
        dl {
            div { dt { a href="index.html" { "Slides" } } dd { "the deck, with the recorded outputs of its cells" } }
            @for Offer { title, about, address } in offers {
                div { dt { a href=(address) { (title) } } dd { (about) } }
            }
        }
    }
}

fn checks(checked: &[String]) -> Markup {
    html! {
        @if checked.is_empty() {
            p { "Nothing was checked of these files. " code { "make share-check" } " does it, and lists here what held." }
        } @else {
            ul.checks { @for check in checked { li { (check) } } }
        }
    }
}

fn licences(licences: &[(String, String)]) -> Markup {
    html! {
        p { "Slides, text and code: MIT or Apache-2.0, as you like." }
        ul { @for (title, address) in licences { li { a href=(address) { (title) } } } }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn deck() -> Deck {
        Deck {
            title: "A talk".into(),
            description: String::new(),
            authors: Vec::new(),
            language: "en".into(),
            chapters: Vec::new(),
        }
    }

    #[test]
    fn nothing_is_said_to_be_checked_that_was_not() {
        let page = about(&deck(), &About::default());
        assert!(page.contains("Nothing was checked of these files."), "{page}");
        assert!(!page.contains("Not in it"), "{page}");
    }

    #[test]
    fn what_is_said_is_text() {
        let evil = "<script>";
        let fact = || (evil.to_owned(), evil.to_owned());
        let said = About {
            made_from: vec![fact()],
            offers: vec![Offer { title: evil.into(), about: evil.into(), address: "a.html".into() }],
            missing: vec![(evil, evil)],
            checked: vec![evil.into()],
            licences: vec![fact()],
            address: None,
        };
        assert!(!about(&deck(), &said).contains(evil));
    }
}
