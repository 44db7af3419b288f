//! What a fresh interpreter must have run before a cell can run or a statement can be traced in it.

use std::collections::BTreeSet;

use sha2::{Digest, Sha256};

use crate::model::{Cell, Chapter, Deck, Xray};

/// The cells to run before `id`, in the order of the talk: the set-up cells of its chapter that stand above it, what it
/// needs, and what those need. Empty for an unknown cell.
pub fn before<'a>(deck: &'a Deck, id: &str) -> Vec<&'a Cell> {
    let mut wanted = BTreeSet::new();
    want(deck, id, &mut wanted);
    wanted.remove(id);
    deck.cells().filter(|cell| wanted.contains(cell.id.as_str())).collect()
}

/// All code that runs before an X-ray's statement.
pub fn xray_setup(deck: &Deck, cell: &Cell) -> String {
    let before = before(deck, &cell.id).into_iter().map(|cell| cell.snippet.source());
    before.chain([cell.snippet.before_statement()]).collect()
}

/// Digest of all that decides a cell's result, in hexadecimal: a recording is only good for the code it came from. Of an
/// X-ray's, its claims aside.
pub fn source_hash(deck: &Deck, cell: &Cell) -> String {
    let parts = match cell.xray() {
        None => {
            let run = before(deck, &cell.id).into_iter().chain([cell]);
            run.flat_map(|part| [part.id.clone(), part.snippet.source()]).collect()
        }
        Some(Xray { execution, build, .. }) => vec![
            xray_setup(deck, cell),
            cell.snippet.statement().to_owned(),
            execution.to_string(),
            build.profile().unwrap_or_default().to_owned(),
        ],
    };
    hexadecimal(parts.iter().fold(Sha256::new(), |digest, part| digest.chain_update(part).chain_update([0])))
}

fn hexadecimal(digest: Sha256) -> String {
    digest.finalize().iter().map(|byte| format!("{byte:02x}")).collect()
}

fn want<'a>(deck: &'a Deck, id: &'a str, wanted: &mut BTreeSet<&'a str>) {
    let Some((chapter, cell)) = find(deck, id) else { return };
    if !cell.needs_interpreter() || !wanted.insert(&cell.id) {
        return;
    }
    for setup in chapter.cells().take_while(|other| other.id != cell.id).filter(|other| other.is_setup()) {
        want(deck, &setup.id, wanted);
    }
    for need in &cell.needs {
        want(deck, need, wanted);
    }
}

fn find<'a>(deck: &'a Deck, id: &str) -> Option<(&'a Chapter, &'a Cell)> {
    deck.chapters.iter().find_map(|chapter| Some((chapter, chapter.cells().find(|cell| cell.id == id)?)))
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;
    use crate::project::load;

    const CHAPTER: &str = r#"# One

```python,live,id=a,setup
1
```

```python,live,id=b
2
```

---

## Two

```python,live,id=c,needs=b
3
```

```python,live,id=d,setup,needs=c
4
```
"#;

    fn deck() -> Deck {
        let second = CHAPTER.replace("id=", "id=z").replace("## Two", "## Four");
        let second = second.replace("# One", "# Three").replace("needs=b", "needs=zb");
        let files = BTreeMap::from([
            ("slides/book.toml", "[book]\ntitle = \"t\"\n"),
            ("slides/src/SUMMARY.md", "- [One](1.md)\n- [Two](2.md)\n"),
            ("slides/src/1.md", CHAPTER),
            ("slides/src/2.md", second.as_str()),
        ]);
        load(&files, None).unwrap_or_else(|errors| panic!("{errors:#?}"))
    }

    #[track_caller]
    fn check(id: &str, expected: &[&str]) {
        let deck = deck();
        let ids: Vec<_> = before(&deck, id).into_iter().map(|cell| cell.id.as_str()).collect();
        assert_eq!(ids, expected);
    }

    #[test]
    fn a_cell_comes_after_its_chapters_setup_and_what_it_needs() {
        check("a", &[]);
        check("b", &["a"]);
        check("c", &["a", "b"]);
        check("zb", &["za"]);
        check("zd", &["a", "b", "c", "za"]);
        check("unknown", &[]);
    }

    #[test]
    fn the_hash_changes_with_the_code_of_any_cell_before() {
        let deck = deck();
        let mut changed = deck.clone();
        let blocks = &mut changed.chapters[0].slides[0].blocks;
        for block in blocks.iter_mut() {
            if let crate::model::Block::Cell(cell) = block {
                cell.snippet.lines[0].text.push('0');
            }
        }
        let hash = |deck: &Deck, id: &str| source_hash(deck, deck.cell(id).unwrap());
        assert_ne!(hash(&deck, "c"), hash(&changed, "c"));
        assert_eq!(hash(&deck, "za"), hash(&changed, "za"));
    }

    #[test]
    fn an_xray_has_the_setup_above_it_what_it_needs_and_its_own_lines() {
        let xray = "\n```python,xray,id=x,needs=b\nimport y\ny.call()\n\n```\n\n```python,live,id=late,setup\n5\n```\n";
        let chapter = format!("{CHAPTER}{xray}");
        let files = BTreeMap::from([
            ("slides/book.toml", "[book]\ntitle = \"t\"\n"),
            ("slides/src/SUMMARY.md", "- [One](1.md)\n"),
            ("slides/src/1.md", chapter.as_str()),
        ]);
        let deck = load(&files, None).unwrap_or_else(|errors| panic!("{errors:#?}"));
        let xray = deck.cell("x").unwrap();
        assert_eq!(xray_setup(&deck, xray), "1\n2\n3\n4\nimport y\n");
        assert_eq!(xray.snippet.statement(), "y.call()");
    }
}
