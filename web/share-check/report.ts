import { rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { FullResult, Reporter, TestCase, TestResult } from "@playwright/test/reporter";
import { digest, folder } from "./site";

const file = join(import.meta.dirname, "../../dist/share-check.json");

/** Leaves what held of which files, for `deck share` to list it; nothing if anything failed. */
export default class Report implements Reporter {
  private readonly passed: { title: string; place: string }[] = [];
  private readonly skipped: string[] = [];

  onTestEnd(test: TestCase, result: TestResult): void {
    const place = `${test.location.file}:${String(test.location.line).padStart(5, "0")}`;
    if (result.status === "passed") this.passed.push({ title: test.title, place });
    if (result.status === "skipped") this.skipped.push(`${test.title}: ${test.annotations.find(({ type }) => type === "skip")?.description ?? ""}`);
  }

  async onEnd({ status }: FullResult): Promise<{ status: FullResult["status"] } | undefined> {
    await rm(file, { force: true });
    for (const line of this.skipped) console.error(`not checked: ${line}`);
    if (status !== "passed") return undefined;
    if (this.skipped.length && process.env["CI"]) return { status: "failed" };
    const inOrder = this.passed.toSorted((one, other) => one.place.localeCompare(other.place));
    await writeFile(file, `${JSON.stringify({ site: await digest(folder), checked: inOrder.map(({ title }) => title) }, null, 1)}\n`);
    return undefined;
  }
}
