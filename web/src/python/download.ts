import type { PythonManifest } from "../protocol";
import type { Downloaded } from "./messages";

/** How far a download is. */
export interface Progress {
  readonly bytes: number;
  readonly total: number;
}

/** Everything that Python needs, and the version that it is. */
export interface Distribution {
  readonly version: string;
  readonly files: Downloaded;
}

/** Fetches all files below `base` at once. They are kept in memory: an interpreter after the first needs no network. */
export async function download(base: URL, report: (progress: Progress) => void): Promise<Distribution> {
  const manifest = JSON.parse(text(await fetched(new URL("manifest.json", base)))) as PythonManifest;
  const total = manifest.files.reduce((sum, file) => sum + file.bytes, 0);
  let bytes = 0;
  const count = (more: number) => report({ bytes: (bytes += more), total });
  count(0);
  // Where one cannot be had, the others are of no use.
  const others = new AbortController();
  const files = manifest.files.map(async ({ role, path }) => [role, await fetched(new URL(path, base), count, others.signal)] as const);
  const all = await Promise.all(files).catch((error) => {
    others.abort();
    throw error;
  });
  const { sources, ...rest } = Object.fromEntries(all) as Record<string, ArrayBuffer>;
  return { version: manifest.python, files: { ...rest, sources: JSON.parse(text(sources)) } as Downloaded };
}

/** The bytes of a file, counted as they come. */
async function fetched(address: URL, count: (bytes: number) => void = () => {}, signal: AbortSignal | null = null): Promise<ArrayBuffer> {
  const response = await fetch(address, { signal });
  if (!response.ok || !response.body) throw new Error(`${address.pathname} could not be fetched: the server answered ${response.status}`);
  const counted = response.body.pipeThrough(
    new TransformStream<Uint8Array, Uint8Array>({
      transform(chunk, controller) {
        count(chunk.length);
        controller.enqueue(chunk);
      },
    }),
  );
  return new Response(counted).arrayBuffer();
}

function text(bytes: ArrayBuffer | undefined): string {
  return new TextDecoder().decode(bytes);
}
