import type { EditorModule } from "../editing/editing";
import { footButton } from "../page/foot-button";
import type { Host } from "../plugin";
import type { Message, Role } from "../protocol";
import { BuiltTexts } from "./built-texts";
import { Connection, type Socket } from "./connection";
import { LiveEditing } from "./live-editing";
import { Live } from "./live-runner";
import { LiveTracer } from "./live-tracer";
import { PositionSync } from "./position";
import { Problems } from "./problems";
import { replaceSlides } from "./replace-slides";
import { announceBuild, showBuild, showConnection, showRole } from "./status";
import { WriteBack } from "./write-back";

/** Joins the deck to the server that sent it. */
export function join(host: Host, loadEditor: () => Promise<EditorModule>): void {
  const connection = new Connection(openSocket);
  const position = new PositionSync(host, connection);
  const problems = new Problems(host.root);
  const writeBack = new WriteBack(host, connection);
  const editing = new LiveEditing(host, connection, loadEditor, (cell) => writeBack.ask(cell));
  const isRust = (cell: string) => host.data.cells[cell]?.language === "rust";
  const built = new BuiltTexts(host.store, isRust);

  let replaced = Promise.resolve();

  host.session.add(new Live(connection, host.store, built, isRust));
  const tracer = new LiveTracer(connection);
  const restart = () => connection.send({ command: "restart" });
  const unlock = () => connection.send({ command: editing.role === "presenter" ? "lock" : "unlock" });
  const useBuild = () => {
    const { offered } = host.store.stage;
    if (offered) connection.send({ command: "use-build", build: offered });
  };
  const returnBuild = () => {
    if (host.store.stage.previous) connection.send({ command: "return-build" });
  };
  host.footer.add(
    footButton("Back a build", "return-build", returnBuild),
    footButton("Unlock or lock", "unlock", unlock),
    footButton("Restart", "restart", restart),
  );
  host.escape.add(() => writeBack.close(), () => problems.dismiss());
  host.listen({ restart, unlock, "return-build": returnBuild, "use-build": useBuild });
  connection.onState((state) => showConnection(host, state));
  connection.onMessage((message) => receive(message));
  showConnection(host, connection.state);
  connection.connect();

  function receive(message: Message): void {
    switch (message.message) {
      case "snapshot":
        editing.carryTo(message.stage);
        built.restore(message.stage);
        host.store.replace(message.stage);
        editing.become(message.role);
        assume(message.role);
        problems.show(message.stage.problems);
        position.restored(message.stage.position);
        if (message.stage.deck && message.stage.deck !== host.data.digest) rebuilt();
        break;
      case "changed":
        built.take(message.change);
        host.store.apply(message.change);
        follow(message.change);
        break;
      case "role":
        editing.granted(message.role);
        assume(message.role);
        break;
      case "refused":
        position.forget();
        host.notices.show(message.reason, "refused");
        break;
      default:
        writeBack.receive(message);
    }
  }

  function assume(role: Role): void {
    showRole(host, role);
    showBuild(host, useBuild);
    host.cells.mark();
    host.xrays.offer(role === "presenter" ? tracer : null);
  }

  function follow(change: Extract<Message, { message: "changed" }>["change"]): void {
    switch (change.change) {
      case "moved":
        position.moved(change.position);
        break;
      case "restarted":
        announceBuild(host);
        showBuild(host, useBuild);
        break;
      case "offered":
        showBuild(host, useBuild);
        break;
      case "rebuilt":
        rebuilt();
        break;
      case "problems":
        problems.show(change.problems);
        break;
    }
  }

  /** One replacement after the other, however fast the builds follow. */
  function rebuilt(): void {
    problems.show([]);
    replaced = replaced
      .then(() => replaceSlides(host))
      .then(() => editing.reopen())
      .catch((error) => host.notices.show(`${String(error)} Reload the page to try again.`, "rebuilt", 20));
  }
}

function openSocket(): Socket {
  const url = new URL("/socket", location.href);
  url.protocol = url.protocol === "https:" ? "wss:" : "ws:";
  return new WebSocket(url) as unknown as Socket;
}
