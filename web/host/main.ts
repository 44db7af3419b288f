// `node tool.mjs host FOLDER`: serves a folder on this machine until it is ended, and says where.
import { resolve } from "node:path";
import { StaticServer } from "./static-server";

export async function main(): Promise<number> {
  const [folder] = process.argv.slice(2);
  if (folder === undefined) throw new Error("Name the folder to serve: node tool.mjs host ../dist/site");
  const server = await StaticServer.start(resolve(folder));
  console.log(server.address);
  await new Promise<void>((resolve) => ["SIGINT", "SIGTERM"].forEach((signal) => process.once(signal, () => resolve())));
  server.end();
  return 0;
}
