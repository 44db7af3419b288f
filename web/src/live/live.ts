import { Editing, type EditedPage, type EditorModule } from "../editing/editing";
import type { Escape } from "../keys/escape";
import { footButton } from "../page/foot-button";
import type { Runner } from "../run/runner";
import type { StageStore } from "../stage/store";
import { Builds, type BuildsPage } from "./builds";
import { BuiltTexts } from "./built-texts";
import { Connection, type Socket } from "./connection";
import { showFindings } from "./findings";
import { Live } from "./live-runner";
import { LiveTracer } from "./live-tracer";
import { MessageHandler, type MessagePage } from "./message-handler";
import { OwnRole } from "./own-role";
import { PositionSync, type SyncedPage } from "./position";
import { Problems } from "./problems";
import { serverEdits } from "./server-edits";
import { showConnection } from "./status";
import { WriteBack } from "./write-back";

/** The page, as its parts that follow the talk use it. */
export type TalkPage = EditedPage & BuildsPage & SyncedPage & MessagePage & {
  readonly root: HTMLElement;
  readonly store: StageStore;
  readonly session: { add(runner: Runner): void };
  readonly escape: Pick<Escape, "add">;
};

/** Joins the deck to the server that sent it. */
export function join(page: TalkPage, loadEditor: () => Promise<EditorModule>): void {
  const { root, data, store, footer, notices } = page;
  const isRust = (cell: string) => data.cells[cell]?.language === "rust";
  const connection = new Connection(openSocket);
  // The first to hear of a role: whoever hears of it next asks here.
  const role = new OwnRole(connection);
  const texts = new BuiltTexts(store, isRust);
  page.session.add(new Live(connection, store, texts, role, isRust));
  const tracer = new LiveTracer(connection);
  const position = new PositionSync(page, connection);
  const problems = new Problems(root);
  const writeBack = new WriteBack(root, connection, (message) => notices.show(message, "written"));
  const edits = serverEdits(connection, store, role, isRust, (cell) => writeBack.ask(cell));
  const editing = new Editing(page, loadEditor, edits);
  showFindings(editing, store, isRust, (text) => notices.announce(text));
  const builds = new Builds(page, connection, role);

  const unlock = () => role.toggle();
  const restart = () => void connection.send({ command: "restart" });
  footer.add(footButton("Unlock or lock", "unlock", unlock), footButton("Restart", "restart", restart));
  page.listen({ unlock, restart });
  page.escape.add(() => writeBack.close(), () => problems.dismiss());

  const handler = new MessageHandler(page, { role, texts, editing, position, problems, builds, writeBack, tracer });
  connection.onMessage((message) => handler.handle(message));
  connection.onState((state) => {
    if (state === "connected") editing.unsent.sendAll();
    showConnection(footer, notices, state);
  });
  showConnection(footer, notices, connection.state);
  connection.connect();
}

function openSocket(): Socket {
  const url = new URL("/socket", location.href);
  url.protocol = url.protocol === "https:" ? "wss:" : "ws:";
  return new WebSocket(url) as unknown as Socket;
}
