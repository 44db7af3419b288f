import type { Footer } from "../page/footer";
import type { Notices } from "../page/notices";
import type { Role } from "../protocol";
import type { ConnectionState } from "./connection";

const connections: Record<ConnectionState, string> = {
  connecting: "Connecting",
  connected: "Live",
  reconnecting: "Reconnecting",
  gone: "Server gone: recordings",
};

const roles: Record<Role, string> = { runner: "Locked", presenter: "Unlocked" };

/** What the footer says of the connection. */
export function showConnection(footer: Pick<Footer, "indicate">, notices: Pick<Notices, "show" | "clear">, state: ConnectionState): void {
  footer.indicate("connection", connections[state], state);
  if (state === "gone") notices.show("The server does not answer. Recordings are shown until it is back.", "connection");
  else notices.clear("connection");
}

/** What the footer and the style say of the role. */
export function showRole(footer: Pick<Footer, "indicate">, role: Role): void {
  document.documentElement.dataset["role"] = role;
  footer.indicate("role", roles[role], role);
}
