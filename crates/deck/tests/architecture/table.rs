//! Who may know whom.

/// What holds in a crate. A table has a line for each name, and after its colon those that go with it.
pub struct Rules {
    pub name: &'static str,
    /// The folder of its sources.
    pub folder: &'static str,
    /// Modules, from the ground up, with those that they use: all of them stand above.
    pub modules: &'static str,
    /// Paths of other crates with the modules or files that alone use them.
    pub outside: &'static str,
    /// Modules that use one which stands below, and why they still do.
    pub known_upward: &'static [(&'static str, &'static str, &'static str)],
    /// Files that know each other in a circle, in the order of their names, and why they still do.
    pub known_circles: &'static [(&'static [&'static str], &'static str)],
}

/// The lines of a table.
pub fn rows(table: &str) -> impl Iterator<Item = (&str, Vec<&str>)> {
    let lines = table.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#'));
    lines.map(|line| {
        let (name, others) = line.split_once(": ").unwrap_or((line.trim_end_matches(':'), ""));
        (name, others.split(' ').filter(|other| !other.is_empty()).collect())
    })
}

pub const DECK: Rules = Rules {
    name: "deck",
    folder: "crates/deck/src",
    modules: "
        # What is written, what is run, and what is published, as data
        model:
        protocol:
        site:
        # From text to a deck
        diagnostic: model protocol
        source: diagnostic model
        highlight:
        replay: model
        check: diagnostic model
        markdown: diagnostic highlight model site source xray
        project: check diagnostic markdown model source
        # What was run before
        recording: diagnostic markdown model project protocol replay source
        xray: diagnostic markdown model project recording replay source
        # From a deck to what people look at
        render: diagnostic highlight markdown model project protocol replay site source xray
        terminal: highlight model protocol
        # Processes
        kernel: model protocol
        player: kernel model protocol recording replay
        extension: diagnostic model protocol source
        tracer: extension kernel model protocol
        # The talk
        watch:
        server: diagnostic extension kernel model protocol render replay site source tracer watch xray
        # The command line
        verbs: diagnostic extension kernel markdown model player project protocol recording render replay \
            server site source terminal tracer xray
        cli: verbs
        main: cli verbs
        # Declares the others
        lib:
    ",
    outside: "
        # HTTP
        axum: server
        hyper: server
        hyper_util: server
        tokio: server
        tokio::process:
        # The command line
        clap: cli main verbs
        # What few have to know
        pulldown_cmark: markdown source
        tree_sitter: highlight
        native_trace: model protocol render tracer verbs xray
        # Disk, network, processes and clock. A module that is named nowhere below only computes
        std::env: extension kernel tracer verbs
        std::fs: extension kernel recording server site source/files.rs tracer verbs watch
        std::net: kernel server
        std::process: cli extension kernel main tracer verbs
        std::process::Command: extension kernel tracer
        std::thread: extension kernel server tracer
        std::time: extension kernel server verbs watch
        nix: extension kernel server
    ",
    known_upward: &[(
        "markdown",
        "xray",
        "the execution that is traced by default is defined where traces are recorded",
    )],
    known_circles: &[
        (
            &["kernel/mod.rs", "kernel/zygote.rs"],
            "the module `deck` of cells is defined in `kernel/mod.rs`, which starts the zygote that sends it",
        ),
        (
            &["kernel/run.rs", "kernel/session.rs", "kernel/strays.rs"],
            "a session begins its runs, which read from it and drop what strays into it",
        ),
        (
            &["markdown/chapter.rs", "markdown/code.rs", "markdown/slide.rs"],
            "a chapter is read as slides, which need what the includes of the chapter gave",
        ),
        (
            &["model.rs", "model/rust.rs", "model/xray.rs"],
            "`model.rs` defines the deck, made of all cells, and what all cells are made of",
        ),
        (
            &["server/launch.rs", "server/mod.rs"],
            "`server/mod.rs` routes to all pages and defines what they share",
        ),
        (
            &[
                "server/talk/actor.rs",
                "server/talk/commands.rs",
                "server/talk/mod.rs",
                "server/talk/permission.rs",
                "server/talk/rebuild.rs",
                "server/talk/runs.rs",
                "server/talk/sources.rs",
                "server/talk/tracing.rs",
                "server/talk/write_back.rs",
                "server/workshop.rs",
            ],
            "one type owns the talk, and its functions lie in seven files",
        ),
        (
            &["verbs/project.rs", "verbs/rehearsal.rs", "verbs/trial.rs"],
            "the arguments of a command are the project, which knows in what cells run",
        ),
    ],
};

pub const NATIVE_TRACE: Rules = Rules {
    name: "native_trace",
    folder: "crates/native_trace/src",
    modules: "
        trace:
        request:
        error:
        steps:
        # Processes
        stepper: error request steps
        elsewhere: error request steps
        # The fold
        symbols: steps trace
        tree: steps symbols trace
        window: steps symbols trace
        stages: steps symbols trace tree
        doors: steps trace tree
        fold: doors stages steps symbols trace tree window
        # A trace as text
        figures: trace
        compare: figures trace
        format: trace
        lib: elsewhere error fold request stepper symbols trace
    ",
    outside: "
        addr2line: symbols
        object: stepper symbols
        iced_x86: stepper
        # Processes, and files: the fold reads the binaries that were traced, and nothing else
        nix: stepper
        rustix: stepper
        std::env::var:
        std::fs: stepper symbols/load.rs
        std::net:
        std::process: stepper
        println:
    ",
    known_upward: &[],
    known_circles: &[],
};
