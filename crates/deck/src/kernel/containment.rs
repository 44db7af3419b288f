//! How far a cell is kept in, which depends on what the system grants.

use std::fmt;

use serde::{Deserialize, Serialize};

/// Ways to keep a session's processes together, the best first. The zygote takes the best one that works.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Level {
    /// In a process namespace of their own: they see nobody else, and end as a whole.
    #[default]
    Namespaces,
    /// Found through their parents: orphans are taken in by the session.
    Subreaper,
    /// Found through the worker's process group only.
    Group,
}

/// How the sessions of one kernel are kept in.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Containment {
    /// The way.
    pub level: Level,
    /// The limit of processes holds.
    pub bounds_processes: bool,
    /// Why a better way was not taken, in the system's words.
    pub refused: Option<String>,
}

impl Level {
    /// As the zygote knows it.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Namespaces => "namespaces",
            Self::Subreaper => "subreaper",
            Self::Group => "group",
        }
    }
}

impl fmt::Display for Containment {
    /// One sentence or more for the speaker: what holds here, and what does not.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(reason) = &self.refused {
            write!(f, "Namespaces are not to be had here ({reason}). ")?;
        }
        f.write_str(match self.level {
            Level::Namespaces => {
                "Cells are contained: each session runs in namespaces of its own, sees only its own processes, and ends \
                 with all of them. Files and the network are open to it."
            }
            Level::Subreaper => {
                "Cells are contained in part: what a cell starts is found through its parents and killed. A cell can \
                 still kill this server and the user's other processes, and a process that kills those it came from and \
                 clears its environment stays."
            }
            Level::Group => {
                "Cells are hardly contained: only the process group of a session is killed with it. A process that leaves \
                 the group stays until the server ends, and a cell can kill this server."
            }
        })?;
        if !self.bounds_processes {
            f.write_str(" The number of processes is not limited here.")?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::{Containment, Level};

    #[test]
    fn the_name_is_that_of_the_message() {
        for level in [Level::Namespaces, Level::Subreaper, Level::Group] {
            assert_eq!(serde_json::to_string(&level).unwrap(), format!("\"{}\"", level.name()));
        }
    }

    #[test]
    fn what_is_not_contained_is_said() {
        let said = |level, bounds_processes| {
            Containment { level, bounds_processes, refused: Some("unshare: no".to_owned()) }.to_string()
        };
        assert!(!said(Level::Namespaces, true).contains("not limited"));
        assert!(said(Level::Namespaces, false).contains("not limited"));
        assert!(
            said(Level::Subreaper, false).starts_with("Namespaces are not to be had here (unshare: no).")
        );
        assert!(said(Level::Group, false).contains("kill this server"));
    }
}
