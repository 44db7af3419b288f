import type { Editing } from "../editing/editing";
import type { Footer } from "../page/footer";
import type { Notices } from "../page/notices";
import type { PageData } from "../page/page-data";
import type { Message, Stage } from "../protocol";
import type { StageStore } from "../stage/store";
import type { Tracer } from "../xray/entry";
import type { Builds } from "./builds";
import type { BuiltTexts } from "./built-texts";
import type { OwnRole } from "./own-role";
import type { PositionSync } from "./position";
import type { Problems } from "./problems";
import { type ReplacedPage, replaceSlides } from "./replace-slides";
import { showRole } from "./status";
import type { WriteBack } from "./write-back";

/** What of the page the server's messages change. */
export type MessagePage = ReplacedPage & {
  readonly data: Pick<PageData, "digest">;
  readonly store: Pick<StageStore, "cell" | "replace" | "apply">;
  readonly cells: { mark(): void };
  readonly xrays: { offer(tracer: Tracer | null): void };
  readonly footer: Pick<Footer, "indicate">;
  readonly notices: Pick<Notices, "show" | "clear">;
};

/** The parts of the talk that follow the messages. */
export interface TalkParts {
  readonly role: OwnRole;
  readonly texts: BuiltTexts;
  readonly editing: Editing;
  readonly position: PositionSync;
  readonly problems: Problems;
  readonly builds: Builds;
  readonly writeBack: WriteBack;
  readonly tracer: Tracer;
}

/** Takes the server's messages into the page. */
export class MessageHandler {
  private replaced = Promise.resolve();

  constructor(
    private readonly page: MessagePage,
    private readonly talk: TalkParts,
  ) {}

  handle(message: Message): void {
    const { page, talk } = this;
    switch (message.message) {
      case "snapshot":
        this.restore(message);
        break;
      case "changed":
        talk.texts.take(message.change);
        page.store.apply(message.change);
        this.follow(message.change);
        break;
      case "role":
        this.showRole();
        break;
      case "refused":
        talk.position.forget();
        page.notices.show(message.reason, "refused");
        break;
      default:
        talk.writeBack.receive(message);
    }
  }

  private restore({ stage }: Extract<Message, { message: "snapshot" }>): void {
    const { page, talk } = this;
    if (talk.role.isPresenterSoon) this.keepEdits(stage);
    talk.texts.restore(stage);
    page.store.replace(stage);
    this.showRole();
    talk.problems.show(stage.problems);
    talk.position.restored(stage.position);
    if (stage.deck && stage.deck !== page.data.digest) this.rebuilt();
  }

  /** A server that was started anew knows nothing of the edits, so whoever made them sends them again once connected. */
  private keepEdits(stage: Stage): void {
    const { page, talk } = this;
    for (const [id] of talk.editing.handles()) {
      if (page.store.cell(id).edited !== null && !stage.cells[id]) talk.editing.unsent.add(id);
    }
  }

  /** Brings everything up to date with what this page may do. */
  private showRole(): void {
    const { page, talk } = this;
    showRole(page.footer, talk.role.name);
    page.notices.clear("locked");
    talk.editing.allow();
    talk.builds.show();
    page.cells.mark();
    page.xrays.offer(talk.role.isPresenter ? talk.tracer : null);
  }

  private follow(change: Extract<Message, { message: "changed" }>["change"]): void {
    const { position, builds, problems } = this.talk;
    switch (change.change) {
      case "moved":
        position.moved(change.position);
        break;
      case "restarted":
        builds.announce();
        builds.show();
        break;
      case "offered":
        builds.show();
        break;
      case "rebuilt":
        this.rebuilt();
        break;
      case "problems":
        problems.show(change.problems);
        break;
    }
  }

  /** One replacement after the other, however fast the builds follow. */
  private rebuilt(): void {
    const { page, talk } = this;
    talk.problems.show([]);
    this.replaced = this.replaced
      .then(() => replaceSlides(page))
      .then(() => talk.editing.reopen())
      .catch((error) => page.notices.show(`${String(error)} Reload the page to try again.`, "rebuilt", 20));
  }
}
