import { execFileSync } from "node:child_process";

interface Process {
  readonly pid: number;
  readonly parent: number;
  readonly command: string;
}

/** The process with this number and all that came from it, as they are now. */
export function family(pid: number): number[] {
  const all = processes();
  const members = [pid];
  for (const member of members) members.push(...all.filter(({ parent }) => parent === member).map(({ pid }) => pid));
  return members;
}

/** Those of `pids` that still run, with their commands. */
export function running(pids: readonly number[]): string[] {
  return processes().filter(({ pid }) => pids.includes(pid)).map(({ pid, command }) => `${pid} ${command}`);
}

/** All processes but those that have ended and whose parent has not noticed yet. */
function processes(): Process[] {
  const table = execFileSync("ps", ["-A", "-o", "pid=,ppid=,stat=,comm="], { encoding: "utf8" });
  return table.split("\n").filter(Boolean).flatMap((line) => {
    const [pid, parent, state = "", ...command] = line.trim().split(/\s+/);
    return state.startsWith("Z") ? [] : [{ pid: Number(pid), parent: Number(parent), command: command.join(" ") }];
  });
}
