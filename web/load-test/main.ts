// `make load-test`: a thousand readers open the site at the same moment, from this machine, behind one small server. It fails
// where a reader gets an error or a wrong file; how fast it was is for the reader of the report to judge.
import { join, relative } from "node:path";
import { parseArgs } from "node:util";
import { quantile } from "../bench/statistics";
import { chromiumPath } from "../host/chromium";
import { HostProcess } from "../host/host-process";
import { filesOf } from "./files";
import { type Outcome, read } from "./readers";

/** More than this is another kind of test: connections run out before servers do. */
const most = 3000;

export async function main(root: string): Promise<number> {
  const { values } = parseArgs({ options: { readers: { type: "string", default: "1000" }, folder: { type: "string", default: "dist/site" } } });
  const readers = Number(values.readers);
  if (!Number.isInteger(readers) || readers < 1 || readers > most) throw new Error(`--readers is a number from 1 to ${most}, not ${values.readers}.`);
  const folder = join(root, values.folder);
  const host = await HostProcess.start(folder);
  try {
    const files = await filesOf(folder, host.address, chromiumPath());
    console.log(`${relative(root, folder)}: ${readers} readers load ${files.size} files each, all at once …`);
    const began = performance.now();
    const outcome = await read(host.address, files, readers);
    console.log(report(outcome, readers, performance.now() - began));
    return outcome.errors.size ? 1 : 0;
  } finally {
    host.end();
  }
}

function report({ times, answers, bytes, errors }: Outcome, readers: number, took: number): string {
  const sorted = [...times].sort((one, other) => one - other);
  const seconds = (part: number) => (sorted.length ? `${(quantile(sorted, part) / 1000).toFixed(2)} s` : "–");
  return [
    `readers with everything  ${times.length} of ${readers}`,
    `whole page               p50 ${seconds(0.5)}, p95 ${seconds(0.95)}, slowest ${seconds(1)}`,
    `answers                  ${answers}, ${(bytes / 1e6).toFixed(0)} MB, ${Math.round(answers / (took / 1000))} per second`,
    `errors                   ${[...errors.values()].reduce((sum, count) => sum + count, 0)}`,
    ...[...errors].map(([error, count]) => `  ${count} × ${error}`),
  ].join("\n");
}
