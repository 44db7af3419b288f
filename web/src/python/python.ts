import type { Cells } from "../cell/cells";
import type { EditBackend } from "../editing/backend";
import { type EditedPage, Editing, type EditorModule } from "../editing/editing";
import { footButton } from "../page/foot-button";
import type { Notices } from "../page/notices";
import type { Runner } from "../run/runner";
import type { StageStore } from "../stage/store";
import { InBrowser, type Loaded, type Preparation } from "./browser-runner";
import { download, type Progress } from "./download";
import { Preparations } from "./preparations";
import { PythonProcess, type WorkerLike } from "./python-process";

/** The page, as cells that run in it use it. */
export type PythonPage = EditedPage & {
  readonly store: StageStore;
  readonly session: { add(runner: Runner): void };
  readonly cells: Pick<Cells, "get" | "mark">;
  readonly footer: { add(button: HTMLButtonElement): void };
  readonly notices: Pick<Notices, "show" | "announce">;
};

/** Lets the deck's cells run in this browser, and be edited. `assets` is the address of a file beside the bundles. */
export function join(page: PythonPage, assets: string, loadEditor: () => Promise<EditorModule>): void {
  const { session, store, cells, footer, notices } = page;
  const preparations = new Preparations(cells, store, (text) => notices.announce(text));
  const restart = () => runner.restart();
  const restartButton = footButton("Restart", "restart", restart);
  restartButton.hidden = true;
  const runner = new InBrowser({
    store,
    cells: () => page.data.cells,
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
  page.listen({ restart });
  new Editing(page, loadEditor, backend);
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
