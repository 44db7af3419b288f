//! Names of functions, short enough for a line.

/// Without the folders of paths: two parts of the function's own path stay, one of every path inside of brackets.
///
/// `pyo3::impl_::trampoline::trampoline` is `trampoline::trampoline`.
pub(super) fn short(name: &str) -> String {
    let mut out = String::new();
    let mut word = String::new();
    let mut depth = 0_usize;
    for character in name.chars() {
        if character.is_alphanumeric() || matches!(character, '_' | ':' | '@' | '+' | '.') {
            word.push(character);
            continue;
        }
        out.push_str(last_parts(&word, if depth == 0 { 2 } else { 1 }));
        word.clear();
        out.push(character);
        match character {
            '<' | '(' | '[' | '{' => depth += 1,
            '>' | ')' | ']' | '}' => depth = depth.saturating_sub(1),
            _ => {}
        }
    }
    out.push_str(last_parts(&word, if depth == 0 { 2 } else { 1 }));
    out
}

/// Cut to a width, with a sign that it was cut.
pub(super) fn cut(text: &str, width: usize) -> String {
    if text.chars().count() <= width {
        return text.to_owned();
    }
    text.chars().take(width.saturating_sub(1)).chain(['…']).collect()
}

fn last_parts(path: &str, count: usize) -> &str {
    // A path that goes on after a bracket, `<…>::extract`, begins with the separator and stays whole.
    let Some((at, _)) = path.rmatch_indices("::").filter(|(at, _)| at + 2 < path.len()).nth(count - 1) else {
        return path;
    };
    if at == 0 { path } else { &path[at + 2..] }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(name: &str, expected: &str) {
        assert_eq!(short(name), expected);
    }

    #[test]
    fn two_parts_of_a_path_stay() {
        check(
            "pyo3::impl_::trampoline::fastcall_cfunction_with_keywords",
            "trampoline::fastcall_cfunction_with_keywords",
        );
        check("PyLong_FromLong", "PyLong_FromLong");
        check("rusty::add_one::__pyfunction_add_one", "add_one::__pyfunction_add_one");
    }

    #[test]
    fn types_keep_their_own_names_only() {
        check(
            "<pyo3::internal::state::AttachGuard as core::ops::drop::Drop>::drop",
            "<AttachGuard as Drop>::drop",
        );
        check("core::ptr::drop_in_place<pyo3::err::PyErr>", "ptr::drop_in_place<PyErr>");
    }

    #[test]
    fn a_cut_name_says_so() {
        assert_eq!(cut("PyLong_FromLong", 8), "PyLong_…");
        assert_eq!(cut("abs", 8), "abs");
    }
}
