import writeBackStyle from "../../theme/write-back.css";
import { closeDialog } from "../dom/dialog";
import { button, element } from "../dom/element";
import { adopt } from "../dom/style-sheet";
import type { Message } from "../protocol";
import type { Connection } from "./connection";

type Difference = Extract<Message, { message: "difference" }>;

/** Writing an edited cell of Rust back to its file: the difference is shown first, and written only when it is confirmed. */
export class WriteBack {
  private readonly dialog = element("dialog", "write-back");
  private readonly heading = element("h2");
  private readonly diff = element("pre");
  private shown: Difference | null = null;

  constructor(
    root: HTMLElement,
    private readonly connection: Pick<Connection, "send">,
    private readonly notify: (message: string) => void,
  ) {
    adopt(writeBackStyle);
    this.heading.id = "write-back-heading";
    this.dialog.setAttribute("aria-labelledby", this.heading.id);
    this.diff.tabIndex = 0;
    this.diff.setAttribute("role", "region");
    this.diff.setAttribute("aria-label", "Difference");
    const cancel = button("cancel", "Leave the file as it is", () => this.close());
    const confirm = button("confirm", "Write", () => this.confirm());
    const note = element("p", "", "The file on disk changes. The slide takes its text from there afterwards.");
    this.dialog.append(this.heading, this.diff, note, element("div", "buttons", cancel, confirm));
    root.append(this.dialog);
  }

  /** Asks for the difference of a cell; the answer opens the dialog. */
  ask(cell: string): void {
    this.connection.send({ command: "difference", cell });
  }

  receive(message: Message): void {
    if (message.message === "difference") this.show(message);
    else if (message.message === "written") this.notify(`Written to ${message.file}.`);
  }

  /** Whether there was a dialog to close. */
  close(): boolean {
    return closeDialog(this.dialog);
  }

  private show(difference: Difference): void {
    this.shown = difference;
    this.heading.textContent = `Write to ${difference.file}?`;
    this.diff.replaceChildren(...difference.diff.replace(/\n$/, "").split("\n").map(diffLine));
    if (!this.dialog.open) this.dialog.showModal();
  }

  private confirm(): void {
    this.close();
    if (this.shown) this.connection.send({ command: "write-back", cell: this.shown.cell, digest: this.shown.digest });
  }
}

/** The sign at the beginning of a line of a difference says what became of it. */
const signs: Record<string, string> = { "+": "added", "-": "removed", "@": "place" };

function diffLine(line: string): HTMLElement {
  const part = /^(\+\+\+|---) /.test(line) ? "file" : (signs[line[0] ?? ""] ?? "same");
  return element("span", `diff-${part}`, `${line}\n`);
}
