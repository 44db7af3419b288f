import type { BrowserContext, Page } from "@playwright/test";

/** Everything that a page does wrong without showing it: errors in the console, exceptions, violations of the security policy,
 *  failed requests, and requests to anybody but its own server. */
export class Faults {
  private readonly found: string[] = [];
  private readonly expected: RegExp[] = [];

  /** Watches all pages of a context, which may only talk to `origin`. */
  async watch(context: BrowserContext, origin: string): Promise<void> {
    await context.addInitScript(() => {
      document.addEventListener("securitypolicyviolation", (event) => {
        console.error(`policy violated: ${event.violatedDirective} by ${event.blockedURI} ${event.sourceFile}:${event.lineNumber}`);
      });
    });
    context.on("console", (message) => {
      if (["error", "warning"].includes(message.type())) this.note(`console ${message.type()}: ${message.text()}`);
    });
    context.on("weberror", (error) => this.note(`exception: ${error.error().stack}`));
    context.on("requestfailed", (request) => {
      const reason = request.failure()?.errorText;
      // That is how a request ends whose page was left.
      if (reason !== "net::ERR_ABORTED") this.note(`request failed: ${request.url()} ${reason}`);
    });
    context.on("response", (response) => {
      if (response.status() >= 400) this.note(`answer ${response.status()}: ${response.url()}`);
    });
    context.on("request", (request) => this.noteForeign(request.url(), origin));
    context.on("page", (page: Page) => page.on("websocket", (socket) => this.noteForeign(socket.url().replace(/^ws/, "http"), origin)));
  }

  /** Faults that belong to the test, such as a socket that breaks when the server is killed. */
  expect(...patterns: RegExp[]): void {
    this.expected.push(...patterns);
  }

  /** What was found and not expected. */
  get unexpected(): string[] {
    return this.found.filter((fault) => !this.expected.some((pattern) => pattern.test(fault)));
  }

  private note(fault: string): void {
    this.found.push(fault);
  }

  private noteForeign(url: string, origin: string): void {
    if (!/^(data|blob):/.test(url) && !url.startsWith(origin)) this.note(`foreign request: ${url}`);
  }
}
