import { button } from "../dom/element";
import { keyFor } from "../keys/keymap";
import type { Host } from "../plugin";
import type { Build, Role } from "../protocol";
import { buildName } from "./build-name";
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

/** What the footer says of the build in use, the way back to the one before, and the offer of a newer one. */
export function showBuild({ root, footer, notices, store }: Host, useBuild: () => void): void {
  const { build, previous, offered } = store.stage;
  footer.indicate("build", badge(build), "used");
  const back = root.querySelector<HTMLElement>(".deck-footer button.return-build");
  if (back) {
    back.hidden = !previous || document.documentElement.dataset["role"] !== "presenter";
    back.textContent = previous ? `Back to ${shortName(previous)}` : "";
  }
  const use = button("use-build", "Use it", useBuild);
  const offer = offered && `New build ready (${offered.number}, ${offered.profile}): press ${keyFor("use-build")}`;
  if (offer) notices.show(offer, "build", Infinity, use);
  else notices.clear("build");
}

/** Tells who does not see the footer that another build answers. */
export function announceBuild({ notices, store }: Host): void {
  notices.announce(`Loaded: ${buildName(store.stage.build)}`);
}

/** Which profile is loaded, which build, and what was edited for it; nothing while nobody has said. */
function badge(build: Build): string {
  if (!build.number) return build.profile && buildName(build);
  return [build.profile, `build ${build.number}`, build.edited.join(", ")].filter(Boolean).join(" · ");
}

function shortName({ number }: Build): string {
  return number ? `build ${number}` : "installed";
}
