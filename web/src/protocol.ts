// The messages of crates/deck/src/protocol, in the form in which ts-rs writes them.

export type CellEvent = { "event": "started" } | { "event": "stream", fd: Fd, data: Bytes, } | { "event": "display", mime: string, data: string, } | { "event": "error", error: CellError, } | { "event": "finished", status: Status, seconds: number, limits: Array<Limit>, };

export type Fd = "stdout" | "stderr";

export type Bytes = string | { base64: string };

export type CellError = { "kind": "traceback", exception: string, message: string, text: string, } | { "kind": "crash", signal: number | null, code: number | null, explanation: string, };

export type Status = "ok" | "error" | "stopped" | "crashed";

export type Limit = { "limit": "time", seconds: number, } | { "limit": "output", bytes: number, } | { "limit": "memory", bytes: number, };

export type Outcome = { events: Array<CellEvent>, };

export type Command = { "command": "run", cell: string, } | { "command": "edit", cell: string, source: string | null, } | { "command": "stop" } | { "command": "restart" } | { "command": "move", position: Position, } | { "command": "use-build", build: Build, } | { "command": "unlock" } | { "command": "lock" };

export type Message = { "message": "snapshot", stage: Stage, role: Role, } | { "message": "changed", seq: number, change: Change, } | { "message": "role", role: Role, } | { "message": "refused", reason: string, };

export type Role = "runner" | "presenter";

export type Problem = { file: string, line: number, message: string, rendered: string, };

export type Stage = { seq: number, deck: string, position: Position, cells: { [key in string]: CellState }, build: Build, offered: Build | null, problems: Array<Problem>, };

export type Position = { slide: string, step: number, };

export type CellState = { edited: string | null, run: Run, events: Array<CellEvent>, stale: boolean, };

export type Run = "idle" | "queued" | "running" | "done";

export type Build = { number: number, profile: string, };

export type Change = { "change": "moved", position: Position, } | { "change": "edited", cell: string, edited: string | null, stale: Array<string>, } | { "change": "queued", cell: string, } | { "change": "ran", cell: string, event: CellEvent, } | { "change": "restarted", build: Build, } | { "change": "offered", build: Build | null, } | { "change": "rebuilt", deck: string, } | { "change": "problems", problems: Array<Problem>, };
