import { createServer, type Server } from "node:http";

/** Another server on this machine, which nobody has a reason to ask for anything. */
export class Canary {
  /** What it was asked for. */
  readonly asked: string[] = [];

  private constructor(
    private readonly server: Server,
    readonly origin: string,
  ) {}

  static async start(): Promise<Canary> {
    const server = createServer((_, response) => response.writeHead(204).end());
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const address = server.address();
    if (address === null || typeof address === "string") throw new Error("the server has no port");
    const canary = new Canary(server, `http://127.0.0.1:${address.port}`);
    server.on("request", ({ method, url }) => canary.asked.push(`${method} ${url}`));
    return canary;
  }

  async end(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }
}
