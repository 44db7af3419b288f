// Made from crates/deck/src/protocol by crates/deck/tests/generated.rs. Do not edit.

export type CellEvent = { "event": "started" } | { "event": "stream", 
/**
 * Where they were written.
 */
fd: Fd, 
/**
 * What was written, as it came.
 */
data: Bytes, } | { "event": "display", 
/**
 * Media type, e.g. `image/svg+xml`; `application/vnd.deck.value+json` and
 * `application/vnd.deck.relation+json` carry named values and asserted relations.
 */
mime: string, 
/**
 * Text of that media type; base64 for binary types.
 */
data: string, } | { "event": "phase", 
/**
 * Which one.
 */
phase: Phase, 
/**
 * How long it took, in seconds.
 */
seconds: number, } | { "event": "error", 
/**
 * How it failed.
 */
error: CellError, } | { "event": "overdue", 
/**
 * For how long it has run, in seconds.
 */
seconds: number, } | { "event": "finished", 
/**
 * How the run ended.
 */
status: Status, 
/**
 * Wall-clock time of the run in seconds.
 */
seconds: number, 
/**
 * The limits that the run met.
 */
limits: Array<Limit>, };

export type Fd = "stdout" | "stderr";

export type Bytes = string | { base64: string };

export type CellError = { "kind": "traceback", 
/**
 * Qualified name of the exception's type, e.g. `ValueError`.
 */
exception: string, 
/**
 * `str()` of the exception.
 */
message: string, 
/**
 * The traceback as Python prints it, without the runner's own frames.
 */
text: string, } | { "kind": "compile", 
/**
 * What the compiler says, errors first.
 */
findings: Array<Finding>, } | { "kind": "crash", 
/**
 * The signal that ended it, by number.
 */
signal: number | null, 
/**
 * Its exit code, where no signal ended it.
 */
code: number | null, 
/**
 * One or two sentences for the audience: what happened and what to do.
 */
explanation: string, };

export type Finding = { 
/**
 * How bad it is.
 */
level: Level, 
/**
 * The compiler's code for it, e.g. `E0499`, or the name of a lint.
 */
code: string | null, 
/**
 * What is wrong, in one sentence.
 */
message: string, 
/**
 * Where, the primary places first; empty if it concerns the build as a whole.
 */
spots: Array<Spot>, 
/**
 * The compiler's own rendering, without colours; paths begin at the project's folder, e.g. `demo_crate/src/lib.rs`.
 */
rendered: string, 
/**
 * Changes that mend it.
 */
fixes: Array<Fix>, };

export type Level = "error" | "warning" | "note" | "help";

export type Spot = { 
/**
 * Where.
 */
at: Spotted, 
/**
 * What is to be said there.
 */
label: string | null, 
/**
 * This is where it is wrong; others explain why.
 */
primary: boolean, };

export type Spotted = { "in": "cell", 
/**
 * The cell that shows it.
 */
cell: string, 
/**
 * Its first character.
 */
from: Point, 
/**
 * After its last character.
 */
to: Point, } | { "in": "file", 
/**
 * Path from the project's folder; one that begins with `/` is outside of it.
 */
file: string, 
/**
 * Line of the file as it is on disk, from 1.
 */
line: number, 
/**
 * Character of that line, from 1.
 */
column: number, };

export type Point = { 
/**
 * Line, from 1.
 */
line: number, 
/**
 * Character of that line, from 1; one more than it has characters is its end.
 */
column: number, };

export type Fix = { 
/**
 * What it does, e.g. `consider borrowing here`.
 */
message: string, 
/**
 * All of them belong together, in one cell; none overlaps another.
 */
edits: Array<FixEdit>, };

export type FixEdit = { 
/**
 * The cell whose text changes.
 */
cell: string, 
/**
 * The first character that goes.
 */
from: Point, 
/**
 * After the last character that goes.
 */
to: Point, 
/**
 * What comes in its place.
 */
text: string, };

export type Phase = "build" | "import" | "replay" | "run";

export type Status = "ok" | "error" | "stopped" | "crashed";

export type Limit = { "limit": "time", 
/**
 * The limit in seconds.
 */
seconds: number, } | { "limit": "output", 
/**
 * The limit in bytes.
 */
bytes: number, } | { "limit": "processes", 
/**
 * The limit.
 */
count: number, } | { "limit": "memory", 
/**
 * The limit in bytes.
 */
bytes: number, };

export type Outcome = { 
/**
 * The events of the run.
 */
events: Array<CellEvent>, };

export type Command = { "command": "run", 
/**
 * Its id.
 */
cell: string, } | { "command": "edit", 
/**
 * Its id.
 */
cell: string, 
/**
 * The new text, or nothing for the deck's own.
 */
source: string | null, } | { "command": "trace", 
/**
 * Its id.
 */
xray: string, } | { "command": "trace-expression", 
/**
 * What runs before it; without it, the module that the expression begins with is imported.
 */
setup: string | null, 
/**
 * One expression or simple statement.
 */
expression: string, } | { "command": "stop" } | { "command": "go-on" } | { "command": "restart" } | { "command": "move", 
/**
 * Where to.
 */
position: Position, } | { "command": "use-build", 
/**
 * The build that was offered.
 */
build: Build, } | { "command": "rebuild", 
/**
 * The cell whose button was pressed.
 */
cell: string, } | { "command": "return-build" } | { "command": "difference", 
/**
 * Its id.
 */
cell: string, } | { "command": "write-back", 
/**
 * Its id.
 */
cell: string, 
/**
 * Digest of the file as the difference was shown for it.
 */
digest: string, } | { "command": "unlock" } | { "command": "lock" };

export type Message = { "message": "snapshot", 
/**
 * The stage as it is.
 */
stage: Stage, 
/**
 * What this connection may do.
 */
role: Role, } | { "message": "changed", 
/**
 * The stage's number after this change; a gap means the client missed one and reconnects.
 */
seq: number, 
/**
 * The change.
 */
change: Change, } | { "message": "role", 
/**
 * The new role.
 */
role: Role, } | { "message": "difference", 
/**
 * The cell's id.
 */
cell: string, 
/**
 * Path of its file, from the project's folder.
 */
file: string, 
/**
 * Both texts compared, as `diff -u` does.
 */
diff: string, 
/**
 * Digest of the file.
 */
digest: string, } | { "message": "written", 
/**
 * The cell's id.
 */
cell: string, 
/**
 * Path of its file, from the project's folder.
 */
file: string, } | { "message": "refused", 
/**
 * Why, in a sentence for the speaker.
 */
reason: string, };

export type Role = "runner" | "presenter";

export type Problem = { 
/**
 * Path from the project's folder.
 */
file: string, 
/**
 * Line in that file, from 1.
 */
line: number, 
/**
 * What is wrong, in one sentence.
 */
message: string, 
/**
 * The message with its excerpt of the source, as the terminal shows it, without colours.
 */
rendered: string, };

export type Stage = { 
/**
 * Number of the last change that is contained.
 */
seq: number, 
/**
 * Digest of the deck that is being shown; it differs after every rebuild of the slides that changed something.
 */
deck: string, 
/**
 * Where the speaker is.
 */
position: Position, 
/**
 * By cell id; a cell that was neither run nor edited has no entry.
 */
cells: { [key in string]: CellState }, 
/**
 * The build of the demo crate that cells import.
 */
build: Build, 
/**
 * A newer build that is ready and waits for the speaker.
 */
offered: Build | null, 
/**
 * The build before this one, which one key returns to.
 */
previous: Build | null, 
/**
 * What the compiler says of the cells of Rust as they stand on the stage.
 */
findings: Array<Finding>, 
/**
 * What is wrong with the sources right now; the deck shown is the last good one.
 */
problems: Array<Problem>, 
/**
 * The latest trace that was asked for.
 */
trace: LiveTrace | null, };

export type Position = { 
/**
 * Id of the slide; empty before the first move.
 */
slide: string, 
/**
 * Number of steps (fragments) shown on it.
 */
step: number, };

export type CellState = { 
/**
 * The text in the editor where it differs from the deck's.
 */
edited: string | null, 
/**
 * Whether and how it runs.
 */
run: Run, 
/**
 * The events of the latest run, each stream capped.
 */
events: Array<CellEvent>, 
/**
 * The result was made with code that has changed since, here or in a cell above.
 */
stale: boolean, 
/**
 * It has run for so many seconds, longer than planned, and nobody has said yet whether it shall go on.
 */
overdue: number | null, };

export type Run = "idle" | "queued" | "running" | "done";

export type Build = { 
/**
 * Counts up from 1 with every build of this session; 0 is the one that `make` installed.
 */
number: number, 
/**
 * Cargo profile, e.g. `release`.
 */
profile: string, 
/**
 * The cells of Rust whose text on the stage is in it.
 */
edited: Array<string>, };

export type Change = { "change": "moved", 
/**
 * Where to.
 */
position: Position, } | { "change": "edited", 
/**
 * The cell.
 */
cell: string, 
/**
 * Its new text.
 */
edited: string | null, 
/**
 * The cells whose shown result came from other code.
 */
stale: Array<string>, } | { "change": "queued", 
/**
 * The cell.
 */
cell: string, } | { "change": "ran", 
/**
 * The cell.
 */
cell: string, 
/**
 * What.
 */
event: CellEvent, } | { "change": "went-on", 
/**
 * The cell.
 */
cell: string, } | { "change": "restarted", 
/**
 * What the fresh one imports.
 */
build: Build, 
/**
 * The build before it, if it is still there.
 */
previous: Build | null, 
/**
 * The cell whose rebuild this is: its result is not stale.
 */
rebuilt: string | null, } | { "change": "checked", 
/**
 * What it says.
 */
findings: Array<Finding>, } | { "change": "offered", 
/**
 * The build, or nothing if the offer is withdrawn.
 */
build: Build | null, } | { "change": "rebuilt", 
/**
 * Digest of the new deck.
 */
deck: string, } | { "change": "tracing", 
/**
 * The number under which its trace will be found.
 */
number: number, 
/**
 * What is traced.
 */
subject: TraceSubject, 
/**
 * The build of the extension that is compiled for it first, if it is not the installed one.
 */
build: string | null, } | { "change": "traced", 
/**
 * Its number.
 */
number: number, } | { "change": "problems", 
/**
 * All of them.
 */
problems: Array<Problem>, };

export type LiveTrace = { 
/**
 * Counts up from 1.
 */
number: number, 
/**
 * What is traced.
 */
subject: TraceSubject, 
/**
 * The build of the extension that is compiled for it first, if it is not the installed one.
 */
build: string | null, 
/**
 * The answer can be fetched.
 */
done: boolean, };

export type TraceSubject = { "kind": "xray", 
/**
 * Its id.
 */
id: string, } | { "kind": "expression", 
/**
 * Its text.
 */
text: string, };

export type PythonManifest = { 
/**
 * Python's version, e.g. `3.14.2`.
 */
python: string, 
/**
 * Every file below `python/` that has to be loaded.
 */
files: Array<PythonFile>, };

export type PythonFile = { 
/**
 * What it is for.
 */
role: PythonRole, 
/**
 * Its path below `python/`.
 */
path: string, 
/**
 * Its size, as it is on the disk: servers that compress send less, and do not say how much of this it is.
 */
bytes: number, };

export type PythonRole = "loader" | "glue" | "interpreter" | "library" | "wheel" | "sources";

export type PythonSources = { 
/**
 * Python's version and the interface for extensions, as Pyodide's lock file has them.
 */
info: { [key in string]: string }, 
/**
 * The environment of every cell.
 */
environment: { [key in string]: string }, 
/**
 * The kernel's files, by name.
 */
kernel: { [key in string]: string }, 
/**
 * What cells import, by path from the project's folder.
 */
imports: { [key in string]: string }, };

export type DeckData = { 
/**
 * Title of the talk.
 */
title: string, 
/**
 * Digest of the slides.
 */
digest: string, 
/**
 * By id.
 */
cells: { [key in string]: CellData }, 
/**
 * What lies beside the deck on its site.
 */
offers: Array<Offer>, };

export type CellData = { 
/**
 * Number of its chapter.
 */
chapter: number, 
/**
 * Language of its code.
 */
language: string, 
/**
 * The text that is shown and edited.
 */
source: string, 
/**
 * It prepares its chapter.
 */
setup: boolean, 
/**
 * Ids of the cells that it needs.
 */
needs: Array<string>, 
/**
 * `Next` does not run it.
 */
manual: boolean, 
/**
 * Its recorded run.
 */
recording: RecordingData | null, 
/**
 * How it runs in the reader's browser, where the site has what that takes.
 */
browser: BrowserRun | null, };

export type BrowserRun = { 
/**
 * Why it does not, as a sentence for the reader; all else is of no use then.
 */
refusal: string | null, 
/**
 * The hidden lines that run before its text.
 */
before: string, 
/**
 * The hidden lines that run after it.
 */
after: string, 
/**
 * Ids of the cells that a fresh interpreter runs before it, in this order.
 */
replay: Array<string>, 
/**
 * It must end with an error.
 */
expect_error: boolean, 
/**
 * After how long the deck asks whether it shall go on, in seconds.
 */
seconds: number, 
/**
 * How many bytes it may show.
 */
output: number, };

export type RecordingData = { 
/**
 * Where and when it was recorded.
 */
label: string, 
/**
 * What happened.
 */
events: Array<CellEvent>, };

export type Offer = { 
/**
 * What it is called, e.g. `Handout`.
 */
title: string, 
/**
 * What it is, in a few words.
 */
about: string, 
/**
 * Where it lies, from the site's root.
 */
address: string, };
