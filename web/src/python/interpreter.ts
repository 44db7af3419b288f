// The one place that starts Pyodide and runs cells in it: in a Web Worker for readers, in node for `deck verify`.
import type { loadPyodide, PyodideAPI } from "pyodide";
import type { CellEvent, PythonSources } from "../protocol";
import { crash } from "./crash";
import { Output } from "./output";

/** What an interpreter is made of. */
export interface Parts {
  /** Pyodide's own loader, and where it finds its files. */
  readonly loadPyodide: typeof loadPyodide;
  readonly settings: NonNullable<Parameters<typeof loadPyodide>[0]>;
  /** The demo crate, built for Pyodide. */
  readonly wheel: Uint8Array;
  readonly sources: PythonSources;
}

/** One cell to run. */
export interface PythonRun {
  readonly cell: string;
  readonly source: string;
  /** How many bytes it may show. */
  readonly output: number;
}

/** The last report of browser.py. */
interface Finished {
  readonly event: "finished";
  readonly failed: boolean;
  readonly memory: boolean;
}

/** Where the project's files lie; it stands in tracebacks. */
const project = "/project";
const kernel = "/kernel";
/** What 32-bit WebAssembly can address at all. */
const memory = 2 ** 32;

/** A Python interpreter that runs cells one after the other. */
export class Interpreter {
  /** Its state is gone after a crash: only a new one can go on. */
  alive = true;
  private readonly runCell: (cell: string, source: string) => void;
  private output: Output;
  private report: (report: CellEvent | Finished) => void = () => {};

  /** Starts Python and makes the demo crate and the project's modules importable. */
  static async start({ loadPyodide, settings, wheel, sources }: Parts): Promise<Interpreter> {
    const { info, environment: env } = sources;
    const pyodide = await loadPyodide({ ...settings, lockFileContents: lockFile(info), env: { ...env } });
    pyodide.unpackArchive(wheel, "wheel", { extractDir: pyodide.runPython("import site; site.getsitepackages()[0]") });
    throwCrashes(pyodide);
    return new Interpreter(pyodide, sources);
  }

  private constructor(
    private readonly pyodide: PyodideAPI,
    sources: PythonSources,
  ) {
    this.output = new Output(0, () => {});
    this.connectStreams();
    this.install(kernel, sources.kernel);
    const folders = this.install(project, sources.imports);
    const start = pyodide.runPython(`import sys; sys.path.insert(0, "${kernel}"); import browser; browser.start`);
    this.runCell = start(pyodide.toPy([...folders]), (line: string) => this.report(JSON.parse(line)));
  }

  /** Runs a cell, whose events are handed to `emit`: `started` first and `finished` last. */
  run({ cell, source, output }: PythonRun, emit: (event: CellEvent) => void): void {
    const began = performance.now();
    let finished: Finished | undefined;
    this.output = new Output(output, emit);
    this.report = (report) => {
      if (report.event === "finished" && "failed" in report) finished = report;
      else if (report.event === "display") this.output.display(report);
      else if (report.event === "error") this.end(emit, report);
    };
    emit({ event: "started" });
    try {
      this.runCell(cell, source);
    } catch (error) {
      this.alive = false;
      this.end(emit, { event: "error", error: crash(error) });
    }
    this.output.end();
    const limits: (CellEvent & { event: "finished" })["limits"] = [];
    if (this.output.exceeded) limits.push({ limit: "output", bytes: output });
    if (finished?.memory) limits.push({ limit: "memory", bytes: memory });
    const status = !finished ? "crashed" : finished.failed ? "error" : "ok";
    emit({ event: "finished", status, seconds: (performance.now() - began) / 1000, limits });
  }

  /** An error comes after all output. */
  private end(emit: (event: CellEvent) => void, error: CellEvent): void {
    this.output.end();
    emit(error);
  }

  /** Takes bytes where they are written, so that a panic's message from Rust comes along, and gives no input. */
  private connectStreams(): void {
    const writing = (fd: "stdout" | "stderr") => ({
      isatty: false,
      write: (bytes: Uint8Array) => {
        this.output.write(fd, bytes);
        return bytes.length;
      },
    });
    this.pyodide.setStdin({ stdin: () => null });
    this.pyodide.setStdout(writing("stdout"));
    this.pyodide.setStderr(writing("stderr"));
  }

  /** Writes files below a folder, and says which folders they are in. */
  private install(root: string, files: Readonly<Record<string, string>>): Set<string> {
    const folders = new Set<string>();
    for (const [path, text] of Object.entries(files)) {
      const folder = `${root}/${path}`.replace(/\/[^/]*$/, "");
      folders.add(folder);
      this.pyodide.FS.mkdirTree(folder);
      this.pyodide.FS.writeFile(`${root}/${path}`, text);
    }
    return folders;
  }
}

/** No package but the demo crate can be loaded: nothing is fetched from anywhere else. */
function lockFile(info: PythonSources["info"]): string {
  return JSON.stringify({ info, packages: {} });
}

/** Lets a crash through to `run`: Pyodide itself would write a report of it into the cell's output and to the console. */
function throwCrashes(pyodide: PyodideAPI): void {
  const { _api } = pyodide as PyodideAPI & { _api: { fatal_error(error: unknown): never } };
  _api.fatal_error = (error) => {
    throw error;
  };
}
