//! What the eye sees of a snippet in each language, and what holds for any text at all.

use proptest::prelude::*;

use super::{Language, Token, highlight, rules};

const GRAMMARS: [Language; 5] =
    [Language::Python, Language::Rust, Language::C, Language::Toml, Language::Shell];

/// The spans as readable text: `[keyword:def] [function:add_one](n)`, with plain text as it is.
fn marked(language: Language, code: &str) -> String {
    let lines = highlight(language, code).into_iter().map(|line| {
        line.into_iter()
            .map(|span| match span.token {
                Token::Plain => span.text.to_owned(),
                token => format!("[{}:{}]", token.class().trim_start_matches("tok-"), span.text),
            })
            .collect::<String>()
    });
    lines.collect::<Vec<_>>().join("\n")
}

#[test]
fn python() {
    insta::assert_snapshot!(marked(Language::Python, include_str!("samples/python.txt")));
}

#[test]
fn rust() {
    insta::assert_snapshot!(marked(Language::Rust, include_str!("samples/rust.txt")));
}

#[test]
fn c() {
    insta::assert_snapshot!(marked(Language::C, include_str!("samples/c.txt")));
}

#[test]
fn toml() {
    insta::assert_snapshot!(marked(Language::Toml, include_str!("samples/toml.txt")));
}

#[test]
fn shell() {
    insta::assert_snapshot!(marked(Language::Shell, include_str!("samples/shell.txt")));
}

#[test]
fn text_stays_plain() {
    assert_eq!(marked(Language::Text, "def f(): # \"no\""), "def f(): # \"no\"");
}

#[test]
fn a_string_over_lines_keeps_its_token() {
    assert_eq!(
        marked(Language::Python, "x = \"\"\"one\n\n  two\"\"\""),
        "x = [string:\"\"\"one]\n\n[string:  two\"\"\"]"
    );
}

#[test]
fn a_comment_over_lines_keeps_its_token() {
    assert_eq!(marked(Language::C, "/* one\r\ntwo */ x;"), "[comment:/* one]\n[comment:two */] x;");
}

#[test]
fn neighbours_of_one_token_are_one_span() {
    assert_eq!(marked(Language::Rust, "'a: loop {}"), "[lifetime:'a]: [keyword:loop] {}");
    assert_eq!(
        marked(Language::Rust, "#[pyo3(get, name = \"n\")]"),
        "[attribute:#[pyo3(get, name = \"n\")]]"
    );
    assert_eq!(marked(Language::Python, "'Zürich\\n'"), "[string:'Zürich\\n']");
}

#[test]
fn soft_keywords_are_names_where_they_are_names() {
    assert_eq!(marked(Language::Python, "match = type(case)"), "match = [function:type](case)");
    assert_eq!(
        marked(Language::Python, "match x:\n    case 1: pass"),
        "[keyword:match] x:\n    [keyword:case] [number:1]: [keyword:pass]"
    );
}

#[test]
fn a_type_and_a_call_differ() {
    assert_eq!(marked(Language::Python, "x: int = int(y)"), "x: [type:int] = [function:int](y)");
    assert_eq!(
        marked(Language::Rust, "let x: Option<T> = T::new(Some(y));"),
        "[keyword:let] x: [type:Option]<[type:T]> = T::[function:new]([function:Some](y));"
    );
}

#[test]
fn broken_code_is_coloured_as_far_as_it_goes() {
    assert_eq!(
        marked(Language::Python, "def f(:\n    return 1"),
        "[keyword:def] [function:f](:\n    [keyword:return] [number:1]"
    );
}

#[test]
fn line_breaks_separate_lines() {
    for language in GRAMMARS.into_iter().chain([Language::Text]) {
        assert_eq!(highlight(language, "").len(), 1, "{language:?}");
        assert_eq!(highlight(language, "a\r\n\n").len(), 3, "{language:?}");
    }
}

#[test]
fn every_rule_names_nodes_and_fields_of_its_grammar() {
    for language in GRAMMARS {
        let painter = rules::painter(language).expect("a grammar");
        tree_sitter::Parser::new().set_language(&painter.grammar).expect("a grammar of this tree-sitter");
        for step in painter.style.steps() {
            let known = [true, false].map(|named| painter.grammar.id_for_node_kind(step.kind, named));
            assert_ne!(known, [0, 0], "{language:?} has no node {:?}", step.kind);
            if let Some(field) = step.field {
                assert!(
                    painter.grammar.field_id_for_name(field).is_some(),
                    "{language:?} has no field {field:?}"
                );
            }
        }
    }
}

/// Pieces that together look like code, cut and joined without sense.
fn code_like() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        prop::sample::select(vec![
            "def ", "f\"{x", "!r:>{w}}", "\"\"\"", "'", "\"", "#[", "]", "r#\"", "/*", "*/", "//", "#",
            "\r\n", "\n", "\r", "    ", "fn f<'a>", "(", ")", "{", "}", "$(", "<<EOF\n", "[[a.b]]", "= ",
            "match", "é", "日本", "🦀", "\0", "\\",
        ])
        .prop_map(str::to_owned),
        "\\PC{0,6}",
    ];
    prop::collection::vec(piece, 0..24).prop_map(|pieces| pieces.concat())
}

#[test]
fn a_shell_snippet_may_hold_any_character() {
    for character in ['é', '🦀', char::MAX] {
        for code in [format!("echo {{{character}..2}}"), format!("echo ${{{character}}} <<{character}")] {
            let lines = highlight(Language::Shell, &code);
            assert_eq!(lines.len(), 1, "{code}");
        }
    }
}

proptest! {
    #[test]
    fn nothing_is_lost_and_nothing_is_added(code in prop_oneof![code_like(), any::<String>()]) {
        for language in GRAMMARS.into_iter().chain([Language::Text]) {
            let lines = highlight(language, &code);
            let joined: Vec<String> =
                lines.iter().map(|line| line.iter().map(|span| span.text).collect()).collect();
            prop_assert_eq!(joined.join("\n"), code.replace("\r\n", "\n"), "{:?}", language);
            for line in &lines {
                prop_assert!(line.iter().all(|span| !span.text.is_empty() && !span.text.contains('\n')));
                prop_assert!(line.windows(2).all(|pair| pair[0].token != pair[1].token));
            }
        }
    }
}
