import { inflateRawSync } from "node:zlib";

/** The contents of the one file in a zip archive whose name fits. */
export function fromZip(archive: Uint8Array<ArrayBuffer>, name: RegExp): Uint8Array<ArrayBuffer> {
  const view = new DataView(archive.buffer, archive.byteOffset, archive.byteLength);
  // The directory is found from its end, which has no comment here.
  const end = archive.length - 22;
  if (view.getUint32(end, true) !== 0x06054b50) throw new Error("the archive has no directory at its end");
  let at = view.getUint32(end + 16, true);
  for (let count = view.getUint16(end + 10, true); count > 0; count--) {
    const [nameLength, extra, comment] = [28, 30, 32].map((offset) => view.getUint16(at + offset, true)) as [number, number, number];
    const file = new TextDecoder().decode(archive.subarray(at + 46, at + 46 + nameLength));
    if (name.test(file)) return contents(archive, view, at);
    at += 46 + nameLength + extra + comment;
  }
  throw new Error(`the archive has no file like ${name}`);
}

function contents(archive: Uint8Array<ArrayBuffer>, view: DataView, entry: number): Uint8Array<ArrayBuffer> {
  const isDeflated = view.getUint16(entry + 10, true) === 8;
  const length = view.getUint32(entry + 20, true);
  const header = view.getUint32(entry + 42, true);
  const start = header + 30 + view.getUint16(header + 26, true) + view.getUint16(header + 28, true);
  const bytes = archive.subarray(start, start + length);
  return isDeflated ? new Uint8Array(inflateRawSync(bytes)) : bytes;
}
