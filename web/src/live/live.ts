import type { Host } from "../plugin";
export function join(_host: Host, _loadEditor: () => Promise<unknown>): void {}
