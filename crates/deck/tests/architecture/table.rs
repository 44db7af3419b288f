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
        layout: diagnostic source
        highlight:
        replay: model
        check: diagnostic model
        markdown: diagnostic highlight layout model site source
        project: check diagnostic layout markdown model source
        # What was run before
        recording: diagnostic layout markdown model protocol replay source
        xray: diagnostic layout markdown model recording replay source
        # From a deck to what people look at
        render: diagnostic highlight markdown model protocol replay site source xray
        terminal: highlight model protocol
        recorded: diagnostic markdown model recording render xray
        # Processes
        kernel: model protocol
        player: kernel model protocol recording replay
        extension: diagnostic layout model project protocol source
        tracer: extension kernel model project protocol
        # The talk
        watch: layout project
        server: diagnostic extension kernel model player project protocol render replay site source tracer watch xray
        # What is published, and what is verified
        not_written:
        publishing: diagnostic kernel layout model project protocol recorded recording render site source
        verification: diagnostic extension kernel model not_written player project protocol publishing recorded recording \
            replay tracer xray
        # The command line
        commands: diagnostic kernel layout model not_written player project publishing recorded recording \
            render replay server source terminal tracer verification xray
        cli: commands
        main: cli commands
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
        clap: cli main commands
        # What few have to know
        pulldown_cmark: markdown source
        tree_sitter: highlight
        native_trace: commands model protocol render tracer verification xray
        # Disk, network, processes and clock. A module that is named nowhere below only computes
        std::env: commands extension kernel tracer verification
        std::fs: commands extension kernel publishing recording server site source/files.rs tracer verification watch
        std::net: kernel server
        std::process: cli extension kernel main tracer commands
        std::process::Command: extension kernel tracer
        std::thread: extension kernel server tracer
        std::time: commands extension kernel server verification watch
        nix: extension kernel server
    ",
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
};
