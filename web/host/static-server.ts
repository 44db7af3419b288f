// A static host as small as can be: text compressed, everything else as it is, and a count of what was asked for.
import { readFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { extname, join, normalize } from "node:path";
import { gzipSync } from "node:zlib";

/** By ending; those that are text are sent compressed. */
const types: Record<string, { readonly type: string; readonly isText: boolean }> = {
  ".html": { type: "text/html; charset=utf-8", isText: true },
  ".js": { type: "text/javascript; charset=utf-8", isText: true },
  ".css": { type: "text/css; charset=utf-8", isText: true },
  ".svg": { type: "image/svg+xml", isText: true },
  ".mjs": { type: "text/javascript; charset=utf-8", isText: true },
  ".json": { type: "application/json", isText: true },
  ".png": { type: "image/png", isText: false },
  ".wasm": { type: "application/wasm", isText: false },
  ".woff2": { type: "font/woff2", isText: false },
};

/** One answered request. */
export interface Sent {
  readonly path: string;
  readonly status: number;
  /** Bytes of the body as sent. */
  readonly bytes: number;
}

export class StaticServer {
  /** Everything that was answered since the start. */
  readonly sent: Sent[] = [];
  private readonly compressed = new Map<string, Buffer>();
  private readonly server: Server;

  private constructor(private readonly folder: string) {
    this.server = createServer((request, response) => {
      const { pathname } = new URL(request.url ?? "/", "http://host");
      const path = normalize(pathname === "/" ? "/index.html" : pathname);
      const { status, headers, body } = pathname === "/blank" ? blank : this.answer(path);
      this.sent.push({ path, status, bytes: body.length });
      response.writeHead(status, { ...headers, "content-length": body.length }).end(body);
    });
  }

  static async start(folder: string): Promise<StaticServer> {
    const made = new StaticServer(folder);
    await new Promise<void>((resolve) => made.server.listen({ port: 0, host: "127.0.0.1", backlog: 4096 }, resolve));
    return made;
  }

  get address(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  end(): void {
    this.server.closeAllConnections();
    this.server.close();
  }

  private answer(path: string): Answer {
    const { type, isText } = types[extname(path)] ?? { type: "application/octet-stream", isText: false };
    try {
      const body = this.compressed.get(path) ?? compress(readFileSync(join(this.folder, path)), isText);
      this.compressed.set(path, body);
      return { status: 200, headers: { "content-type": type, ...(isText ? { "content-encoding": "gzip" } : {}) }, body };
    } catch {
      return { status: 404, headers: {}, body: Buffer.alloc(0) };
    }
  }
}

interface Answer {
  readonly status: number;
  readonly headers: Record<string, string>;
  readonly body: Buffer;
}

const blank: Answer = {
  status: 200,
  headers: { "content-type": "text/html; charset=utf-8" },
  body: Buffer.from("<!doctype html><html lang=en><title>Blank</title>"),
};

function compress(body: Buffer, isText: boolean): Buffer {
  return isText ? gzipSync(body) : body;
}
