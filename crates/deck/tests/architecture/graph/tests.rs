//! The graph of small crates.

use super::{Graph, Sources, circles};

fn graph(files: &[(&str, &str)]) -> Graph {
    let sources: Sources =
        files.iter().map(|(name, text)| ((*name).to_owned(), (*text).to_owned())).collect();
    Graph::new("house", "lib.rs", &sources)
}

/// Holds the edges of a crate to those expected, one `from > to` in each line.
#[track_caller]
fn check(files: &[(&str, &str)], expected: &[&str]) {
    let graph = graph(files);
    assert_eq!(graph.unresolved, Vec::<String>::new());
    let edges: Vec<String> = graph.edges.keys().map(|(from, to)| format!("{from} > {to}")).collect();
    assert_eq!(edges, expected);
}

const ROOM: (&str, &str) = ("room.rs", "pub struct Room; pub const DOORS: u8 = 1; pub fn sweep() {}");

#[test]
fn paths_lead_from_the_root_the_module_and_its_parent() {
    let root = ("lib.rs", "mod room; mod hall; mod cellar;");
    check(&[root, ROOM, ("hall.rs", "use crate::room::Room;"), ("cellar.rs", "")], &["hall.rs > room.rs"]);
    check(&[root, ROOM, ("hall.rs", "use super::room::Room;"), ("cellar.rs", "")], &["hall.rs > room.rs"]);
    check(
        &[
            root,
            ROOM,
            ("hall.rs", "mod door; use self::door::Door;"),
            ("hall/door.rs", "pub struct Door;"),
            ("cellar.rs", ""),
        ],
        &["hall.rs > hall/door.rs"],
    );
    check(
        &[
            root,
            ROOM,
            ("hall.rs", "mod door;"),
            ("hall/door.rs", "use super::super::room;  fn f() { room::sweep() }"),
            ("cellar.rs", ""),
        ],
        &["hall/door.rs > room.rs"],
    );
}

#[test]
fn groups_are_nested() {
    check(
        &[
            ("lib.rs", "mod room; mod hall; mod house;"),
            ROOM,
            ("hall.rs", "pub mod door { pub struct Door; }"),
            ("house.rs", "use {std::fmt, crate::{hall::{self, door::{Door, *}}, room::{DOORS, Room}}};"),
        ],
        &["house.rs > hall.rs", "house.rs > room.rs"],
    );
}

#[test]
fn renames_are_followed() {
    check(
        &[
            ("lib.rs", "mod room; mod hall; mod house;"),
            ROOM,
            ("hall.rs", "pub use crate::room as chamber;"),
            ("house.rs", "use crate::hall::chamber as place; fn f() -> place::Room { todo!() }"),
        ],
        &["house.rs > room.rs"],
    );
}

#[test]
fn re_exports_lead_to_the_file_that_defines_and_a_face_is_no_edge() {
    check(
        &[
            ("lib.rs", "pub mod hall; mod house;"),
            (
                "hall/mod.rs",
                "mod door; mod table; pub use door::Door; pub(super) use table::{Table as Desk};",
            ),
            ("hall/door.rs", "mod lock; pub use lock::Lock; pub struct Door(Lock);"),
            ("hall/door/lock.rs", "pub struct Lock;"),
            ("hall/table.rs", "use super::Door; pub struct Table;"),
            ("house.rs", "use crate::hall::{Desk, Door}; use crate::hall::door::Lock;"),
        ],
        &[
            "hall/door.rs > hall/door/lock.rs",
            "hall/table.rs > hall/door.rs",
            "house.rs > hall/door.rs",
            "house.rs > hall/door/lock.rs",
            "house.rs > hall/table.rs",
        ],
    );
}

#[test]
fn a_re_export_from_elsewhere_is_an_edge() {
    check(
        &[("lib.rs", "mod room; mod hall;"), ROOM, ("hall.rs", "pub use crate::room::Room;")],
        &["hall.rs > room.rs"],
    );
}

#[test]
fn a_face_that_uses_what_it_re_exports_knows_the_child() {
    check(
        &[
            ("lib.rs", "pub mod hall;"),
            ("hall/mod.rs", "mod door; pub use door::{Door, open}; pub fn enter() { open() }"),
            ("hall/door.rs", "pub struct Door; pub fn open() { super::enter() }"),
        ],
        &["hall/door.rs > hall/mod.rs", "hall/mod.rs > hall/door.rs"],
    );
}

#[test]
fn names_of_globs_are_found() {
    let files = [
        ("lib.rs", "mod room; mod hall; mod house;"),
        ("room.rs", "pub struct Room; pub enum Wall { North, South }"),
        ("hall.rs", "pub use crate::room::*;"),
        ("house.rs", "use crate::hall::*; fn f(_: Room) {}"),
    ];
    // Which names of the glob are used, nobody can tell from it; those that are mentioned lead to their file.
    check(&files, &["house.rs > room.rs"]);
    let variants = ("house.rs", "use crate::hall::Wall::*; fn f() -> u8 { match x { North => 1, _ => 2 } }");
    check(&[files[0], files[1], files[2], variants], &["house.rs > room.rs"]);
}

#[test]
fn variants_and_functions_of_a_type_lead_to_its_file() {
    let root = ("lib.rs", "mod room; mod house;");
    let room = ("room.rs", "pub struct Room; pub enum Wall { North } impl Room { pub fn new() {} }");
    check(&[root, room, ("house.rs", "fn f() { crate::room::Wall::North; }")], &["house.rs > room.rs"]);
    check(
        &[root, room, ("house.rs", "use crate::room; fn f() { room::Room::new(); }")],
        &["house.rs > room.rs"],
    );
}

#[test]
fn functions_of_a_type_lead_to_the_file_that_holds_them() {
    check(
        &[
            ("lib.rs", "mod room; mod sweeping; mod house;"),
            (
                "room.rs",
                "pub struct Room; impl Room { fn tidy(&self) { self.sweep(); println!(\"{}\", self.sweep()); } }",
            ),
            ("sweeping.rs", "use crate::room::Room; impl Room { pub fn sweep(&self) {} pub fn broom() {} }"),
            ("house.rs", "use crate::room::Room; fn f() { Room::broom() }"),
        ],
        &["house.rs > room.rs", "house.rs > sweeping.rs", "room.rs > sweeping.rs", "sweeping.rs > room.rs"],
    );
}

#[test]
fn paths_within_macros_are_seen() {
    let root = ("lib.rs", "mod room; mod house;");
    for body in [
        "format!(\"{}\", crate::room::DOORS)",
        "assert!({ let x: super::room::Room = 1; x })",
        "html! { p { (crate::room::sweep()) } }",
        "vec![0..crate::room::DOORS]",
    ] {
        check(&[root, ROOM, ("house.rs", &format!("fn f() {{ {body}; }}"))], &["house.rs > room.rs"]);
    }
    check(&[root, ROOM, ("house.rs", "#[derive(crate::room::Room)] struct House;")], &["house.rs > room.rs"]);
}

#[test]
fn fields_and_methods_within_macros_are_no_paths() {
    check(
        &[
            ("lib.rs", "mod hall;"),
            (
                "hall/mod.rs",
                "mod door; pub use door::open; fn f() { vec![x.open(), y.open, Vec::<u8>::open()] }",
            ),
            ("hall/door.rs", "pub fn open() {}"),
        ],
        &[],
    );
}

#[test]
fn tests_make_no_edges() {
    check(
        &[
            ("lib.rs", "mod room; mod house; #[cfg(test)] mod fixture;"),
            ROOM,
            ("fixture.rs", "use crate::room::Room;"),
            (
                "house.rs",
                "#[cfg(test)] use crate::room::DOORS;
                struct House;
                impl House { #[cfg(test)] fn f() { crate::room::sweep() } }
                #[cfg(test)] mod tests { use super::*; use crate::room::Room; }
                mod more { #[test] #[cfg(test)] fn f() { crate::room::sweep() } }",
            ),
        ],
        &[],
    );
}

#[test]
fn a_name_of_a_module_and_a_function_leads_to_the_function() {
    check(
        &[
            ("lib.rs", "mod fold; mod house; pub use fold::fold;"),
            ("fold.rs", "pub fn fold() {} pub struct Folded;"),
            ("house.rs", "fn f() -> crate::fold::Folded { crate::fold() }"),
        ],
        &["house.rs > fold.rs"],
    );
}

#[test]
fn a_binary_knows_the_library_by_its_name() {
    check(
        &[("lib.rs", "pub mod room;"), ROOM, ("main.rs", "use house::room; fn main() { room::sweep() }")],
        &["main.rs > room.rs"],
    );
}

#[test]
fn each_platform_has_its_file() {
    check(
        &[
            (
                "lib.rs",
                "#[cfg(unix)] mod door; #[cfg(not(unix))] #[path = \"elsewhere.rs\"] mod door; mod room; mod house;",
            ),
            ROOM,
            ("door.rs", "pub fn open() {}"),
            ("elsewhere.rs", "use crate::room::Room; pub fn open() {}"),
            ("house.rs", "use crate::door::open;"),
        ],
        &["elsewhere.rs > room.rs", "house.rs > door.rs", "house.rs > elsewhere.rs"],
    );
}

#[test]
fn a_path_that_leads_nowhere_is_reported() {
    let graph =
        graph(&[("lib.rs", "mod house;"), ("house.rs", "use crate::room::Room;\nfn f() { super::sweep() }")]);
    assert_eq!(graph.unresolved, ["house.rs:1: use crate::room::Room", "house.rs:2: super::sweep"]);
}

#[test]
fn paths_of_other_crates_are_written_out() {
    let house = "use std::{fs as files, time::Instant};
        fn f() { files::read(); Instant::now(); tokio::spawn(); println!(\"{:?}\", std::env::var()) }";
    let graph = graph(&[("lib.rs", "mod house;"), ("house.rs", house)]);
    let outside: Vec<&str> = graph.outside.iter().map(|outside| outside.path.as_str()).collect();
    for path in
        ["std::fs", "std::fs::read", "std::time::Instant::now", "tokio::spawn", "println", "std::env::var"]
    {
        assert!(outside.contains(&path), "{path} is not in {outside:?}");
    }
}

#[test]
fn circles_are_the_largest_sets_that_know_each_other() {
    let edges =
        [("a", "b"), ("b", "c"), ("c", "b"), ("c", "d"), ("d", "e"), ("e", "f"), ("f", "d"), ("g", "a")];
    assert_eq!(circles(edges), [vec!["b", "c"], vec!["d", "e", "f"]]);
    assert_eq!(circles([("a", "b"), ("b", "c"), ("a", "c")]), Vec::<Vec<&str>>::new());
}
