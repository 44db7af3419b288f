import { execFileSync } from "node:child_process";

/** The one compiled module of a wheel, which is a zip archive: node has nothing to read one with, and Python has. */
export function extensionIn(wheel: string, python: string): Buffer {
  const program = "import sys, zipfile; z = zipfile.ZipFile(sys.argv[1]); (n,) = [n for n in z.namelist() if n.endswith('.so')]; sys.stdout.buffer.write(z.read(n))";
  return execFileSync(python, ["-c", program, wheel], { maxBuffer: 1 << 26 });
}
