//! The page of the wheels: pip reads its links (`--find-links`), people its commands.

use maud::{Markup, PreEscaped, html};
use sha2::{Digest, Sha256};

use super::paper::{Paper, paper};
use crate::model::Deck;

/// Puts the page's own address into the commands where nobody has said it.
const ADDRESS: &str = "for (const here of document.querySelectorAll('.here')) here.textContent = new URL('.', location.href).href;";

/// A file that pip can install.
#[derive(Debug, Clone)]
pub struct Download {
    name: String,
    bytes: usize,
    /// In hexadecimal; pip compares it with what it has fetched.
    sha256: String,
}

impl Download {
    /// A file in the folder of the wheels.
    pub fn new(name: &str, content: &[u8]) -> Self {
        let sha256 = Sha256::digest(content).iter().map(|byte| format!("{byte:02x}")).collect();
        Self { name: name.to_owned(), bytes: content.len(), sha256 }
    }

    /// For whom it is, by what its name says.
    fn meant_for(&self) -> String {
        let tags: Vec<_> = self.name.trim_end_matches(".whl").rsplitn(4, '-').collect();
        match tags[..] {
            _ if self.name.ends_with(".tar.gz") => {
                "every Python from 3.11 on, with Rust to compile it".to_owned()
            }
            [platform, _, _, _] if platform.ends_with("wasm32") => {
                "Pyodide, Python in the browser".to_owned()
            }
            [platform, _, python, _] => format!("{} on {platform}", interpreter(python)),
            _ => String::new(),
        }
    }
}

/// The page. `address` is where the site will be published, `package` what pip installs, `trial` a line of Python to try it
/// with.
pub fn wheels(
    deck: &Deck,
    downloads: &[Download],
    address: Option<&str>,
    package: &str,
    trial: &str,
) -> String {
    let source = downloads.iter().find(|download| download.name.ends_with(".tar.gz"));
    let inside = html! {
        section {
            h2 { "Install" }
            div {
                p { "The extension of the demos, for a Python and a system that a wheel below is for:" }
                (command("python -m pip install --no-index --find-links ", address, &format!(" {package}")))
                p { "It is installed from here alone: a package of the same name elsewhere is another one." }
                @if let Some(source) = source {
                    p { "With any other Python from 3.11 on, and Rust:" }
                    (command("python -m pip install ", address, &source.name))
                }
                p { "Then, in that Python:" }
                pre tabindex="0" { code { (trial) } }
            }
        }
        section { h2 { "Files" } dl.files { @for download in downloads { (row(download)) } } }
        @if address.is_none() { script { (PreEscaped(ADDRESS)) } }
    };
    paper(deck, &Paper { title: "Wheels", root: "../", head: html! {} }, &inside)
}

fn command(before: &str, address: Option<&str>, after: &str) -> Markup {
    let wheels = address.map(|address| format!("{address}wheels/"));
    html! {
        pre tabindex="0" { code {
            (before) span.here { (wheels.as_deref().unwrap_or("ADDRESS-OF-THIS-PAGE/")) } (after)
        } }
    }
}

fn row(download: &Download) -> Markup {
    let Download { name, bytes, sha256 } = download;
    html! {
        div {
            dt { a href=(format!("{name}#sha256={sha256}")) { (name) } }
            dd { (download.meant_for()) ", " (bytes.div_ceil(1000)) " kB" }
        }
    }
}

/// A tag like `cp313` as people say it.
fn interpreter(tag: &str) -> String {
    let version = tag.strip_prefix("cp3").map(|minor| format!("CPython 3.{minor}"));
    version.unwrap_or_else(|| tag.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_says_whom_a_file_is_for() {
        let said = |name: &str| Download::new(name, b"").meant_for();
        assert_eq!(
            said("rusty-0.1.0-cp313-cp313-manylinux_2_34_x86_64.whl"),
            "CPython 3.13 on manylinux_2_34_x86_64"
        );
        assert_eq!(
            said("rusty-0.1.0-cp314-cp314-pyemscripten_2026_0_wasm32.whl"),
            "Pyodide, Python in the browser"
        );
        assert_eq!(said("rusty-0.1.0.tar.gz"), "every Python from 3.11 on, with Rust to compile it");
    }

    #[test]
    fn the_commands_have_the_sites_address_or_are_given_it_by_the_page() {
        let deck = Deck {
            title: "A talk".into(),
            description: String::new(),
            authors: Vec::new(),
            language: "en".into(),
            chapters: Vec::new(),
        };
        let files = [Download::new("rusty-0.1.0.tar.gz", b"source")];
        let page = wheels(&deck, &files, Some("https://a.org/talk/"), "rusty", "import rusty");
        assert!(page.contains("https://a.org/talk/wheels/</span>rusty-0.1.0.tar.gz"), "{page}");
        assert!(!page.contains("<script"), "{page}");
        assert!(wheels(&deck, &files, None, "rusty", "import rusty").contains("<script"));
    }
}
