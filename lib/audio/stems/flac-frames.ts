/** A FLAC file taken apart: what it promises, and its frames in order (RFC 9639). */
export interface FlacFile {
  /** Samples of each channel; 0 where the file does not say. */
  readonly samples: number;
  readonly frames: readonly Uint8Array[];
}

const MARK = [0x66, 0x4c, 0x61, 0x43];
const STREAM_INFO_BYTES = 34;
/** The second byte of a frame whose stream has blocks of one length. */
const FIXED_BLOCKS = 0xf8;

/** CRC-8 with polynomial x⁸ + x² + x + 1, for every byte (RFC 9639, section 9.1.8). */
const CRC8 = Uint8Array.from({ length: 256 }, (_, byte) => {
  let crc = byte;
  for (let bit = 0; bit < 8; bit++) crc = crc & 0x80 ? (crc << 1) ^ 0x07 : crc << 1;
  return crc & 0xff;
});

/** Bytes after the coded number that a block size or a sample rate kept there takes (sections 9.1.1 and 9.1.2). */
function tailBytes(sizeAndRate: number): number {
  const size = sizeAndRate >> 4;
  const rate = sizeAndRate & 0x0f;
  return (size === 6 ? 1 : size === 7 ? 2 : 0) + (rate === 12 ? 1 : rate === 13 || rate === 14 ? 2 : 0);
}

/** The coded number at `at` (section 9.1.5) and its length; null where there is none. */
function codedNumber(file: Uint8Array, at: number): { value: number; bytes: number } | null {
  const first = file[at] ?? 0xff;
  if (first < 0x80) return { value: first, bytes: 1 };
  const bytes = Math.clz32(~(first << 24));
  if (bytes < 2 || bytes > 7) return null;
  let value = first & (0x7f >> bytes);
  for (let n = 1; n < bytes; n++) {
    const next = file[at + n] ?? 0;
    if (next >> 6 !== 2) return null;
    value = value * 64 + (next & 0x3f);
  }
  return { value, bytes };
}

/** Whether frame `number` begins at `at`: a header that continues the stream, with the right check byte (section 9.1). */
function frameBegins(file: Uint8Array, at: number, number: number, first: number): boolean {
  if (file[at] !== 0xff || file[at + 1] !== FIXED_BLOCKS) return false;
  // Rate and sample size are the same in every frame; only the channels' coding and the last block's length change.
  if (((file[at + 2] ?? 0) ^ (file[first + 2] ?? 0)) & 0x0f || ((file[at + 3] ?? 0) ^ (file[first + 3] ?? 0)) & 0x0f) return false;
  const coded = codedNumber(file, at + 4);
  if (coded?.value !== number) return false;
  const end = at + 4 + coded.bytes + tailBytes(file[at + 2] ?? 0);
  let crc = 0;
  for (let n = at; n < end; n++) crc = CRC8[crc ^ (file[n] ?? 0)] ?? 0;
  return crc === file[end];
}

/**
 * Takes a whole file of equally long blocks apart, as every encoder writes them. Throws when it is no FLAC file. Bytes of a frame
 * can look like the next one's header, once in some million files: the decoder then reports an error.
 */
export function splitFlac(file: Uint8Array): FlacFile {
  if (MARK.some((byte, at) => file[at] !== byte) || file.length < 8 + STREAM_INFO_BYTES) throw new Error('This is no FLAC file.');
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength);
  const samples = Number(view.getBigUint64(18) & 0xf_ffff_ffffn);
  let first = MARK.length;
  for (let last = false; !last && first + 4 <= file.length; ) {
    const head = view.getUint32(first);
    last = head >>> 31 === 1;
    first += 4 + (head & 0xff_ffff);
  }
  const starts: number[] = [];
  for (let at = file.indexOf(0xff, first); at >= 0; at = file.indexOf(0xff, at + 1)) {
    if (frameBegins(file, at, starts.length, first)) starts.push(at);
  }
  return { samples, frames: starts.map((start, index) => file.subarray(start, starts[index + 1] ?? file.length)) };
}
