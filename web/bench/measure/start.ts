// From the start of `deck serve` to the whole first page.
import { get, type IncomingHttpHeaders } from "node:http";
import { type Group, pause } from "../bench";
import { serve } from "../deck-process";
import type { Options } from "../options";

export const start: Group = {
  name: "start",
  rows: ["server-start"],
  async measure({ options, plain, times }) {
    const samples: number[] = [];
    // The first round also warms up this process's own HTTP client, and does not count.
    for (let round = 0; round <= times(12); round++) {
      const taken = await untilFirstPage(options, plain);
      if (round > 0) samples.push(taken);
      await pause(100);
    }
    return { "server-start": samples };
  },
};

async function untilFirstPage(options: Options, folder: string): Promise<number> {
  const began = performance.now();
  const served = await serve(options, folder);
  try {
    const launch = await fetched(served.link);
    const [cookie] = launch.headers["set-cookie"] ?? [];
    const page = await fetched(new URL("/", served.link).href, cookie?.split(";")[0]);
    const taken = performance.now() - began;
    if (!page.body.includes("</html>")) throw new Error(`The first page is not whole: ${page.body.slice(0, 200)}`);
    return taken;
  } finally {
    await served.end();
  }
}

function fetched(url: string, cookie?: string): Promise<{ headers: IncomingHttpHeaders; body: string }> {
  return new Promise((resolve, reject) => {
    const request = get(url, { agent: false, headers: cookie ? { cookie } : {} }, (response) => {
      let body = "";
      response.setEncoding("utf8");
      response.on("data", (text: string) => (body += text));
      response.on("end", () => resolve({ headers: response.headers, body }));
    });
    request.on("error", reject);
  });
}
