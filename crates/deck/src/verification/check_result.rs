//! What `deck verify` says of a cell.

use std::{io, path::Path};

use super::report::{Mark, Report, rendered};
use crate::{diagnostic::Diagnostic, model::Cell, recording::Verdict, xray::Judgement};

/// The result of verifying a cell.
pub struct CheckResult {
    /// The worse one of both runs.
    pub mark: Mark,
    /// Of the run alone, if there was one.
    pub seconds: Option<f64>,
    /// SecondBuild the id.
    pub note: String,
    /// What stands below the line.
    pub details: String,
}

/// What is to be said of one run.
#[derive(PartialEq)]
pub enum Judged {
    /// It is as it should be.
    Good,
    /// It cannot be compared here: why.
    Open(String),
    /// What is wrong.
    Bad(String),
}

impl CheckResult {
    /// One result from both runs: the same thing is said once, and the worse mark counts.
    pub fn of(cell: &Cell, [(first, in_order), (second, alone)]: [(&str, Judged); 2]) -> Self {
        let ways = match in_order == alone {
            true => vec![(format!("{first} and {second}"), in_order)],
            false => vec![(first.to_owned(), in_order), (second.to_owned(), alone)],
        };
        let mut result = Self::new(Mark::Good, "", "");
        for (way, judged) in ways {
            match judged {
                Judged::Good => {}
                Judged::Open(why) if result.mark != Mark::Bad => {
                    result.mark = Mark::Open;
                    result.note = format!("not comparable here: {why}");
                }
                Judged::Open(_) => {}
                Judged::Bad(what) => {
                    result.mark = Mark::Bad;
                    result.note = cell.snippet.place.label();
                    result.details.push_str(&format!("{way}:\n{what}\n"));
                }
            }
        }
        result
    }

    /// A result without a duration.
    pub fn new(mark: Mark, note: impl Into<String>, details: impl Into<String>) -> Self {
        Self { mark, seconds: None, note: note.into(), details: details.into() }
    }

    /// A cell that has no recording to compare with.
    pub fn unrecorded(faults: &[Diagnostic]) -> Self {
        Self::new(Mark::Bad, "no recording that holds", rendered(faults))
    }

    /// What a trace of an X-ray means; `recording` is the path of what was compared with.
    pub fn of_trace(judgement: Judgement, cell: &Cell, recording: &Path) -> Self {
        let bad = |details| (Mark::Bad, cell.snippet.place.label(), details);
        let (recording, id) = (recording.display(), &cell.id);
        let other = |what: String, differences: Vec<String>| {
            let step =
                format!("if this is right: run `deck record --cell {id}`, then review it with `git diff`");
            bad([what, differences.join("\n"), step].join("\n"))
        };
        let (mark, note, details) = match judgement {
            Judgement::Passed => (Mark::Good, String::new(), String::new()),
            Judgement::NotComparable(why) => {
                (Mark::Open, format!("not comparable here: {why}"), String::new())
            }
            Judgement::Broken(claims) => bad(claims.join("\n")),
            Judgement::Structure(differences) => {
                other(format!("something else happened than in {recording}:"), differences)
            }
            Judgement::Counts(differences) => other(
                format!("the same happened as in {recording}, in other numbers of instructions:"),
                differences,
            ),
        };
        Self::new(mark, note, details)
    }

    /// Prints the line of the cell or X-ray and what stands below it.
    pub fn print(&self, id: &str, report: &mut Report) -> io::Result<()> {
        report.line(self.mark, id, self.seconds, &self.note)?;
        if self.details.is_empty() { Ok(()) } else { report.details(&self.details) }
    }
}

impl Judged {
    /// A verdict in words; `recording` is the path of what was compared with, `step` what to do if the run is right.
    pub fn of(verdict: Verdict, recording: &Path, step: &str) -> Self {
        match verdict {
            Verdict::Passed => Self::Good,
            Verdict::NotComparable(why) => Self::Open(why),
            Verdict::Faulty(faults) => Self::Bad(faults.join("\n")),
            Verdict::Differs(difference) => Self::Bad(format!(
                "{}if this is right: {step}",
                difference.unified(&recording.to_string_lossy())
            )),
        }
    }
}
