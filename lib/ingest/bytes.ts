import type { ByteSource } from './source';

/** `text` at `at`, compared byte by byte as ASCII. */
export function startsWith(bytes: Uint8Array, text: string, at = 0): boolean {
  for (let i = 0; i < text.length; i++) if (bytes[at + i] !== text.charCodeAt(i)) return false;
  return true;
}

export function ascii(bytes: Uint8Array, at: number, length: number): string {
  return String.fromCharCode(...bytes.subarray(at, at + length));
}

export function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

/** Length in bytes of an ID3v2 tag at the start of `bytes`, its footer too; 0 where there is none. */
function id3Length(bytes: Uint8Array): number {
  if (bytes.length < 10 || !startsWith(bytes, 'ID3')) return 0;
  const [a = 0, b = 0, c = 0, d = 0] = bytes.subarray(6, 10);
  if ((a | b | c | d) & 0x80) return 0;
  const footer = (bytes[5] ?? 0) & 0x10 ? 10 : 0;
  return 10 + ((a << 21) | (b << 14) | (c << 7) | d) + footer;
}

/** Where the content of a file begins, behind any ID3v2 tags. */
export function contentStart(source: ByteSource): number {
  let at = 0;
  for (;;) {
    const length = id3Length(source.read(at, 10));
    if (length === 0) return at;
    at += length;
  }
}
