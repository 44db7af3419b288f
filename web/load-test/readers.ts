// Many readers at once, each with connections of its own, as browsers have them.
import { createHash } from "node:crypto";
import { Agent, get } from "node:http";

/** What every reader asks for: the page first, then all that it needs; by path, with the digest of the right body as sent. */
export type Files = ReadonlyMap<string, string>;

/** What became of all readers. */
export interface Outcome {
  /** Milliseconds until a reader had everything, for each who got it. */
  readonly times: readonly number[];
  /** Bodies that came, right or wrong. */
  readonly answers: number;
  readonly bytes: number;
  /** What went wrong, with how often. */
  readonly errors: ReadonlyMap<string, number>;
}

/** How many connections a browser opens to one host. */
const connections = 6;

/** Milliseconds after which a reader gives up waiting for a file. */
const patience = 60_000;

/** Lets that many readers load the page at the same moment. */
export async function read(address: string, files: Files, readers: number): Promise<Outcome> {
  const errors = new Map<string, number>();
  const times: number[] = [];
  let [answers, bytes] = [0, 0];

  /** Whether the file came as it is. */
  const load = async (path: string, agent: Agent): Promise<boolean> => {
    const found = await fetchFile(new URL(path, address), agent).catch((error: Error) => error);
    const fault = found instanceof Error ? found.message : faultOf(found, files.get(path));
    if (!(found instanceof Error)) [answers, bytes] = [answers + 1, bytes + found.bytes];
    if (fault !== null) errors.set(`${path}: ${fault}`, (errors.get(`${path}: ${fault}`) ?? 0) + 1);
    return fault === null;
  };
  const [page = "/", ...rest] = files.keys();
  const one = async () => {
    const agent = new Agent({ keepAlive: true, maxSockets: connections });
    const began = performance.now();
    const loaded = (await load(page, agent)) && (await Promise.all(rest.map((path) => load(path, agent)))).every(Boolean);
    if (loaded) times.push(performance.now() - began);
    agent.destroy();
  };
  await Promise.all(Array.from({ length: readers }, one));
  return { times, answers, bytes, errors };
}

interface Answer {
  readonly status: number;
  readonly bytes: number;
  readonly digest: string;
}

function faultOf({ status, digest }: Answer, wanted: string | undefined): string | null {
  if (status !== 200) return `answer ${status}`;
  return digest === wanted ? null : "another body";
}

/** The answer to one request, its body as sent. */
export function fetchFile(url: URL, agent?: Agent): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const request = get(url, { ...(agent ? { agent } : {}), timeout: patience, headers: { "accept-encoding": "gzip" } }, (response) => {
      const digest = createHash("sha256");
      let bytes = 0;
      response.on("data", (chunk: Buffer) => {
        digest.update(chunk);
        bytes += chunk.length;
      });
      response.on("error", reject);
      response.on("end", () => resolve({ status: response.statusCode ?? 0, bytes, digest: digest.digest("hex") }));
    });
    request.on("timeout", () => request.destroy(new Error(`no answer within ${patience / 1000} s`)));
    request.on("error", reject);
  });
}
