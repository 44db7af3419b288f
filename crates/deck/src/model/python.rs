//! Python that runs in a session.

/// What a cell of Python says of its run.
#[derive(Debug, Clone, Default)]
pub struct PythonCell {
    /// It prepares the interpreter for every cell of its chapter.
    pub setup: bool,
    /// `Next` does not run it.
    pub manual: bool,
    /// What `deck verify` compares.
    pub compare: Compare,
    /// The profile of the second build that it imports beside the installed one, under another name: `dev` is `rusty_dev`.
    pub second_build: Option<String>,
    /// Why it cannot run in the reader's browser, as a sentence for the reader; nothing where it can.
    pub browser_refusal: Option<String>,
}

/// What `deck verify` compares of a cell's new run with its recording.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Compare {
    /// The output's text, with one recording for each variant of the interpreter whose text differs.
    #[default]
    Text,
    /// Text and values to the letter, and only where the fingerprint equals the recording's.
    Exact,
    /// Only the relations that the cell asserts: its output holds measurements, which differ from run to run.
    Relation,
}
