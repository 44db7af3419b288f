import type { EditBackend } from "../editing/backend";
import { Editing, type EditorModule } from "../editing/editing";
import { footButton } from "../page/foot-button";
import type { Host } from "../plugin";
import { InBrowser, type Loaded, type Preparation } from "./browser-runner";
import { download, type Progress } from "./download";
import { Preparations } from "./preparations";
import { PythonProcess, type WorkerLike } from "./python-process";

/** Lets the deck's cells run in this browser, and be edited. `assets` is the address of a file beside the bundles. */
export function join(host: Host, assets: string, loadEditor: () => Promise<EditorModule>): void {
  const { session, store, cells, footer, listen, notices } = host;
  const preparations = new Preparations(cells, store, (text) => notices.announce(text));
  const restart = () => runner.restart();
  const restartButton = footButton("Restart", "restart", restart);
  restartButton.hidden = true;
  const runner = new InBrowser({
    store,
    cells: () => host.data.cells,
    load: async (report) => {
      const loaded = await load(assets, report);
      restartButton.hidden = false;
      return loaded;
    },
    prepares: (cell: string, what: Preparation | null) => preparations.show(cell, what),
    tell: (message) => notices.show(message, "python"),
  });
  const backend: EditBackend = {
    canEdit: (cell) => runner.may(cell),
    refusal: () => "",
    // A reader who clicks into the code may want to select some of it.
    opensByClick: false,
    submit(cell, edited) {
      store.apply({ change: "edited", cell, edited, stale: runner.staleAfter(cell) });
      return true;
    },
    buttons: () => [],
    opened: () => {},
  };
  session.add(runner);
  footer.add(restartButton);
  listen({ restart });
  new Editing(host, loadEditor, backend);
  cells.mark();
}

/** Everything that a worker needs, the first time that a cell is run. */
async function load(assets: string, report: (progress: Progress) => void): Promise<Loaded> {
  const base = new URL(document.documentElement.dataset["python"] ?? "", document.baseURI);
  const [{ version, files }, script] = await Promise.all([download(base, report), scriptAt(new URL("python-worker.js", assets))]);
  const open = () => new PythonProcess(new Worker(script, { type: "module" }) as WorkerLike, files);
  return { version, open };
}

/** An address in memory for a script, so that it can be started again without a network. */
async function scriptAt(address: URL): Promise<string> {
  const response = await fetch(address);
  if (!response.ok) throw new Error(`${address.pathname} could not be fetched: the server answered ${response.status}`);
  return URL.createObjectURL(new Blob([await response.text()], { type: "text/javascript" }));
}
