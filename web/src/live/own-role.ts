import type { Role } from "../protocol";
import type { Connection } from "./connection";

/** The role that the server gives this page. A new connection starts locked; an unlock holds for the page, so it is asked for again. */
export class OwnRole {
  private current: Role = "runner";
  private wanted: Role = "runner";

  constructor(private readonly connection: Pick<Connection, "onMessage" | "onState" | "send">) {
    connection.onMessage((message) => {
      if (message.message === "role") this.wanted = message.role;
      if (message.message === "role" || message.message === "snapshot") this.current = message.role;
    });
    connection.onState((state) => {
      if (state === "connected" && this.isPresenterSoon && !this.isPresenter) connection.send({ command: "unlock" });
    });
  }

  get name(): Role {
    return this.current;
  }

  get isPresenter(): boolean {
    return this.current === "presenter";
  }

  /** It is the presenter's, or will be again once a new connection is unlocked. */
  get isPresenterSoon(): boolean {
    return this.wanted === "presenter";
  }

  /** Asks for the presenter's role, or gives it back. */
  toggle(): void {
    this.connection.send({ command: this.isPresenter ? "lock" : "unlock" });
  }
}
