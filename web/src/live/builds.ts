import { button } from "../dom/element";
import { keyFor } from "../keys/keymap";
import type { Handlers } from "../keys/listen";
import { footButton } from "../page/foot-button";
import type { Footer } from "../page/footer";
import type { Notices } from "../page/notices";
import type { Build } from "../protocol";
import type { StageStore } from "../stage/store";
import { buildName } from "./build-name";
import type { Connection } from "./connection";
import type { OwnRole } from "./own-role";

/** What of the page tells of builds. */
export interface BuildsPage {
  readonly footer: Pick<Footer, "indicate" | "add">;
  readonly notices: Pick<Notices, "show" | "clear" | "announce">;
  readonly store: Pick<StageStore, "stage">;
  listen(handlers: Handlers): void;
}

/** The build in use, the way back to the one before, and the offer of a newer one. */
export class Builds {
  private readonly back = footButton("Back a build", "return-build", () => this.goBack());

  constructor(
    private readonly page: BuildsPage,
    private readonly connection: Pick<Connection, "send">,
    private readonly role: Pick<OwnRole, "isPresenter">,
  ) {
    page.footer.add(this.back);
    page.listen({ "return-build": () => this.goBack(), "use-build": () => this.use() });
  }

  show(): void {
    const { footer, notices, store } = this.page;
    const { build, previous, offered } = store.stage;
    footer.indicate("build", badge(build), "used");
    this.back.hidden = !previous || !this.role.isPresenter;
    this.back.textContent = previous ? `Back to ${shortName(previous)}` : "";
    const offer = offered && `New build ready (${offered.number}, ${offered.profile}): press ${keyFor("use-build")}`;
    if (offer) notices.show(offer, "build", Infinity, button("use-build", "Use it", () => this.use()));
    else notices.clear("build");
  }

  /** Tells who does not see the footer that another build answers. */
  announce(): void {
    this.page.notices.announce(`Loaded: ${buildName(this.page.store.stage.build)}`);
  }

  private use(): void {
    const { offered } = this.page.store.stage;
    if (offered) this.connection.send({ command: "use-build", build: offered });
  }

  private goBack(): void {
    if (this.page.store.stage.previous) this.connection.send({ command: "return-build" });
  }
}

/** Which profile is loaded, which build, and what was edited for it; nothing while nobody has said. */
function badge(build: Build): string {
  if (!build.number) return build.profile && buildName(build);
  return [build.profile, `build ${build.number}`, build.edited.join(", ")].filter(Boolean).join(" · ");
}

function shortName({ number }: Build): string {
  return number ? `build ${number}` : "installed";
}
