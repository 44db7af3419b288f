import { button } from "../element";
import type { Host } from "../plugin";
import { keyFor } from "../keymap";
import type { Build, Role } from "../protocol";
import type { ConnectionState } from "./connection";

const connections: Record<ConnectionState, string> = {
  connecting: "Connecting",
  connected: "Live",
  reconnecting: "Reconnecting",
  gone: "Server gone: recordings",
};

const roles: Record<Role, string> = { runner: "Locked", presenter: "Unlocked" };

/** What the footer says of the connection. */
export function showConnection({ footer, notices }: Host, state: ConnectionState): void {
  footer.indicate("connection", connections[state], state);
  if (state === "gone") notices.show("The server does not answer. Recordings are shown until it is back.", "connection");
  else notices.clear("connection");
}

export function showRole({ footer }: Host, role: Role): void {
  footer.indicate("role", roles[role], role);
}

/** What the footer says of the build in use, and the offer of a newer one. */
export function showBuild({ footer, notices, store, handlers }: Host): void {
  const { build, offered } = store.stage;
  footer.indicate("build", build.number ? `Build ${named(build)}` : "", "used");
  const use = button("use-build", "Use it", () => handlers["use-build"]?.());
  const offer = offered && `New build ready (${named(offered)}): press ${keyFor("use-build")}`;
  if (offer) notices.show(offer, "build", Infinity, use);
  else notices.clear("build");
}

function named({ number, profile }: Build): string {
  return `${number}, ${profile}`;
}
