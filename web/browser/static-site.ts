import { execFile } from "node:child_process";
import { readFile } from "node:fs/promises";
import { createServer, type Server } from "node:http";
import { extname, join } from "node:path";
import { promisify } from "node:util";
import { prerequisites } from "./prerequisites";
import type { Project } from "./project";

/** Builds the static deck of a project and returns its folder. */
export async function build(project: Project): Promise<string> {
  const folder = project.path("dist/deck");
  await promisify(execFile)(prerequisites().deck, ["build", "--root", project.folder, "--out", folder]);
  return folder;
}

const types: Record<string, string> = {
  ".html": "text/html", ".js": "text/javascript", ".css": "text/css", ".svg": "image/svg+xml", ".woff2": "font/woff2", ".txt": "text/plain",
  ".mjs": "text/javascript", ".json": "application/json", ".wasm": "application/wasm", ".png": "image/png", ".pdf": "application/pdf",
};

/** What the live server allows a page to load. */
export const livePolicy = {
  "content-security-policy":
    "default-src 'self'; script-src 'self'; style-src 'self'; style-src-attr 'unsafe-inline'; img-src 'self' data:; font-src data:",
};

/** A plain web server that has the folder below a path, as a shared host does. It sends no header but the type, and those that
 *  are asked for; for what is not there, it shows the folder's `404.html`. */
export class StaticSite {
  private constructor(
    private readonly server: Server,
    readonly address: string,
  ) {}

  static async serve(folder: string, below = "/talks/deck/", headers: Record<string, string> = {}): Promise<StaticSite> {
    const server = createServer(async (request, response) => {
      const path = new URL(request.url ?? "/", "http://localhost").pathname;
      const file = path.endsWith("/") ? `${path}index.html` : path;
      try {
        if (!path.startsWith(below)) throw new Error("outside");
        const body = await readFile(join(folder, file.slice(below.length)));
        response.writeHead(200, { ...headers, "content-type": types[extname(file)] ?? "application/octet-stream" }).end(body);
      } catch {
        response.writeHead(404, { "content-type": "text/html" }).end(await readFile(join(folder, "404.html")).catch(() => ""));
      }
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const address = server.address();
    if (address === null || typeof address === "string") throw new Error("the server has no port");
    return new StaticSite(server, `http://127.0.0.1:${address.port}${below}`);
  }

  async end(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }
}
