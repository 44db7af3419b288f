//! A statement that is traced: which one, how, and what is claimed about it.

use native_trace::Stage;

use super::location::Location;

/// The execution that is traced by default: by then every interpreter has specialised the bytecode.
pub const WARM: u32 = 16;

/// What an X-ray says of its trace. The last line of its code is the statement that is traced; the lines above prepare it.
#[derive(Debug, Clone)]
pub struct Xray {
    /// Which execution of the same bytecode is traced: 1 is the first, cold one.
    pub execution: u32,
    /// The build of the extension that is traced.
    pub build: TracedBuild,
    /// The X-ray that is drawn below it at the same scale.
    pub comparison: Option<String>,
    /// What must be true of every trace of it.
    pub claims: Claims,
    /// It is not drawn where it stands: it is there for what prose quotes and other drawings compare.
    pub unseen: bool,
}

/// A build of the extension, for tracing.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum TracedBuild {
    /// The one that is installed.
    #[default]
    Installed,
    /// Cargo's profile `dev`.
    Dev,
    /// Cargo's profile `lto`, which the demo crate declares.
    Lto,
}

/// What an X-ray claims about the functions and bytecodes that run. Names are patterns: `*` stands for any characters,
/// and `|` separates alternatives.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Claims {
    /// Functions that are entered in this order, among others.
    pub enters: Vec<String>,
    /// Functions that are never entered.
    pub lacks: Vec<String>,
    /// A bytecode that is executed.
    pub opcode: Option<String>,
    /// Nothing else of a trace is compared: it is never twice the same.
    pub nondeterministic: bool,
}

/// Where in a call a slide is: an X-ray and one of its stages.
#[derive(Debug, Clone)]
pub struct Here {
    /// Id of the X-ray.
    pub xray: String,
    /// The stage.
    pub stage: Stage,
    /// Where it is asked for.
    pub place: Location,
}

/// The stages of a call, with the names that slides use.
pub const STAGES: [(&str, Stage); 8] = [
    ("look-up", Stage::LookUp),
    ("choose", Stage::Choose),
    ("jump", Stage::Jump),
    ("enter", Stage::Enter),
    ("unpack", Stage::Unpack),
    ("work", Stage::Work),
    ("wrap", Stage::Wrap),
    ("return", Stage::Return),
];

impl Here {
    /// The stage's name.
    pub fn stage_name(&self) -> &'static str {
        STAGES.iter().find(|(_, stage)| *stage == self.stage).map_or("", |(name, _)| name)
    }
}

impl Default for Xray {
    fn default() -> Self {
        Self {
            execution: WARM,
            build: TracedBuild::default(),
            comparison: None,
            claims: Claims::default(),
            unseen: false,
        }
    }
}

impl TracedBuild {
    /// Cargo's name of the profile; nothing for the installed build.
    pub fn profile(self) -> Option<&'static str> {
        match self {
            Self::Installed => None,
            Self::Dev => Some("dev"),
            Self::Lto => Some("lto"),
        }
    }
}
