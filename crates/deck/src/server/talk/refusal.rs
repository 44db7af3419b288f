//! Refusals of commands: one text each, for the one who asked.

use crate::extension::NotWritten;

/// A command that is not carried out.
#[derive(Debug, thiserror::Error)]
pub enum Refusal {
    /// The role does not allow it.
    #[error("Unlock this window first: without it, only the deck's own cells run.")]
    Locked,
    /// It is no command.
    #[error("The message was not understood: {}.", short(.0))]
    NotUnderstood(String),
    /// There is nothing with this id that runs or can be edited.
    #[error("There is no cell `{}`.", short(.0))]
    NoCell(String),
    /// There is nothing with this id that can be rebuilt.
    #[error("There is no cell of Rust `{}`.", short(.0))]
    NoRust(String),
    /// There is nothing with this id that can be traced.
    #[error("There is no X-ray `{}`.", short(.0))]
    NoXray(String),
    /// There is no slide with this id.
    #[error("There is no slide `{}`.", short(.0))]
    NoSlide(String),
    /// The cell need not be asked for twice.
    #[error("The cell `{0}` is already waiting or running.")]
    AlreadyAsked(String),
    /// An edit has more bytes than so many.
    #[error("The text is too long for a slide: {0} bytes are the limit.")]
    TextTooLong(usize),
    /// An expression has more bytes than so many.
    #[error("The expression is too long: {0} bytes are the limit.")]
    ExpressionTooLong(usize),
    /// One trace at a time.
    #[error("Another trace is under way.")]
    AlreadyTracing,
    /// The build with this number was on offer, or never was.
    #[error("Build {0} is not on offer any more.")]
    NotOnOffer(u32),
    /// The current build is the first one.
    #[error("There is no build before this one.")]
    NoBuildBefore,
    /// Nobody builds.
    #[error("There is no demo crate here that could be built.")]
    NoCrate,
    /// The text on the stage is that of the file.
    #[error("The cell `{}` was not changed.", short(.0))]
    NotChanged(String),
    /// The file says no.
    #[error("{0}.")]
    NotWritten(#[from] NotWritten),
}

/// The beginning of what a browser sent, in so far as a person would read it.
fn short(text: &str) -> &str {
    &text[..text.floor_char_boundary(80)]
}

#[cfg(test)]
mod tests {
    use super::Refusal;

    #[track_caller]
    fn check(refusal: impl Fn(String) -> Refusal, expected: &str) {
        assert_eq!(refusal("name".to_owned()).to_string(), expected.replace("{}", "name"));
        let long = refusal("é".repeat(10_000)).to_string();
        assert_eq!(long, expected.replace("{}", &"é".repeat(40)));
    }

    #[test]
    fn what_a_browser_sent_is_repeated_in_part() {
        check(Refusal::NotUnderstood, "The message was not understood: {}.");
        check(Refusal::NoCell, "There is no cell `{}`.");
        check(Refusal::NoRust, "There is no cell of Rust `{}`.");
        check(Refusal::NoXray, "There is no X-ray `{}`.");
        check(Refusal::NoSlide, "There is no slide `{}`.");
        check(Refusal::NotChanged, "The cell `{}` was not changed.");
    }
}
