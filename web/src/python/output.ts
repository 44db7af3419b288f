import type { CellEvent } from "../protocol";

/** The bytes of one run's streams as events: cut at character boundaries, and at the limit. */
export class Output {
  /** Something had to be dropped. */
  exceeded = false;
  /** The beginning of a character whose rest has not come yet, by stream: at most three bytes. */
  private readonly tails = { stdout: new Uint8Array(), stderr: new Uint8Array() };
  private left: number;

  constructor(
    /** How many bytes may be shown, over both streams and the displays. */
    bytes: number,
    private readonly emit: (event: CellEvent) => void,
  ) {
    this.left = bytes;
  }

  write(fd: "stdout" | "stderr", bytes: Uint8Array): void {
    const all = joined(this.tails[fd], bytes);
    const whole = all.length - incomplete(all);
    this.tails[fd] = all.slice(whole);
    this.show(fd, all.subarray(0, whole));
  }

  /** Shows a display, unless it is larger than what may still be shown. */
  display(event: CellEvent & { event: "display" }): void {
    const bytes = new TextEncoder().encode(event.data).length;
    if (bytes > this.left) {
      this.exceeded = true;
      return;
    }
    this.left -= bytes;
    this.emit(event);
  }

  /** Shows what was held back as the beginning of a character. */
  end(): void {
    for (const fd of ["stdout", "stderr"] as const) {
      this.show(fd, this.tails[fd]);
      this.tails[fd] = new Uint8Array();
    }
  }

  private show(fd: "stdout" | "stderr", bytes: Uint8Array): void {
    const shown = this.cut(bytes);
    if (shown.length) this.emit({ event: "stream", fd, data: written(shown) });
  }

  /** Cuts bytes down to what is left; once something was cut, nothing more is shown. */
  private cut(bytes: Uint8Array): Uint8Array {
    if (bytes.length <= this.left) {
      this.left -= bytes.length;
      return bytes;
    }
    const kept = bytes.subarray(0, this.left);
    this.exceeded = true;
    this.left = 0;
    return kept.subarray(0, kept.length - incomplete(kept));
  }
}

function joined(one: Uint8Array, other: Uint8Array): Uint8Array {
  const both = new Uint8Array(one.length + other.length);
  both.set(one);
  both.set(other, one.length);
  return both;
}

/** How many bytes at the end begin a character of UTF-8 without finishing it. */
function incomplete(bytes: Uint8Array): number {
  const from = Math.max(0, bytes.length - 3);
  for (let at = bytes.length - 1; at >= from; at--) {
    const byte = bytes[at] ?? 0;
    if ((byte & 0xc0) === 0x80) continue;
    const length = byte >= 0xf0 && byte <= 0xf4 ? 4 : byte >= 0xe0 ? 3 : byte >= 0xc2 ? 2 : 1;
    const present = bytes.length - at;
    return byte <= 0xf4 && present < length ? present : 0;
  }
  return 0;
}

/** Text where it is UTF-8, base64 where it is not, as the protocol has it. */
function written(bytes: Uint8Array): string | { base64: string } {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return { base64: btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join("")) };
  }
}
