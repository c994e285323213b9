/** CRC-8 of a frame's header and CRC-16 of the whole frame (RFC 9639, sections 9.1.8 and 9.3): not reflected, from 0. */
const CRC8 = tableOf(0x07, 8);
const CRC16 = tableOf(0x8005, 16);
/** The same of a byte that one more follows, so that two bytes are summed at once. */
const CRC16_BEFORE = CRC16.map((crc) => ((crc << 8) & 0xffff) ^ (CRC16[crc >> 8] as number));

function tableOf(polynomial: number, bits: 8 | 16): Uint16Array {
  const top = 1 << (bits - 1);
  const mask = 2 ** bits - 1;
  return Uint16Array.from({ length: 256 }, (_, byte) => {
    let crc = byte << (bits - 8);
    for (let i = 0; i < 8; i++) crc = ((crc << 1) ^ (crc & top ? polynomial : 0)) & mask;
    return crc;
  });
}

/** The first byte of every frame. */
const SYNC = 0xff;
/** More than the header of a frame ever has. */
const HEADER_MAX = 16;
/** More than any frame has: 65,535 samples of 8 channels and 32 bits, with room. */
const FRAME_MAX = 4_000_000;
const NONE = new Uint8Array(0);

/** Bytes of the frame's number, coded like UTF-8, by its first byte; 0 where that can't be one. */
function numberLength(first: number): number {
  if (first < 0x80) return 1;
  for (let length = 2; length <= 7; length++) if (first >> (7 - length) === (2 << length) - 2) return length;
  return 0;
}

/** Whether a frame's header lies at `at`, its CRC-8 and all. */
function isHeader(bytes: Uint8Array, at: number): boolean {
  const [a = 0, b = 0, c = 0, d = 0, e = 0] = bytes.subarray(at, at + 5);
  const [blockSize, rate] = [c >> 4, c & 15];
  if (a !== 0xff || b >> 1 !== 0x7c || blockSize === 0 || rate === 15 || d & 1 || d >> 4 > 10) return false;
  const number = numberLength(e);
  if (number === 0) return false;
  const blockBytes = blockSize === 6 ? 1 : blockSize === 7 ? 2 : 0;
  const rateBytes = rate === 12 ? 1 : rate > 12 ? 2 : 0;
  const end = at + 4 + number + blockBytes + rateBytes;
  if (end >= bytes.length) return false;
  let crc = 0;
  for (let i = at; i < end; i++) crc = CRC8[crc ^ (bytes[i] as number)] as number;
  return crc === bytes[end];
}

/** Samples of each channel in a frame that `FlacFrames` cut (RFC 9639, section 9.1.1). */
export function flacBlockSize(frame: Uint8Array): number {
  const code = (frame[2] ?? 0) >> 4;
  if (code === 1) return 192;
  if (code <= 5) return 576 << (code - 2);
  if (code >= 8) return 256 << (code - 8);
  const at = 4 + numberLength(frame[4] ?? 0);
  return (code === 6 ? (frame[at] ?? 0) : ((frame[at] ?? 0) << 8) | (frame[at + 1] ?? 0)) + 1;
}

/**
 * Cuts a FLAC file (RFC 9639) into its frames, which the WASM decoder takes one by one. Its own parser loses a file's last frame
 * when something within it looks like the beginning of another. Give it the file in pieces of any size, from "fLaC" on.
 */
export class FlacFrames {
  private pending: Uint8Array = NONE;
  /** Bytes of the metadata still to be passed over; null once the frames have begun. */
  private metadata: { skip: number; last: boolean } | null = { skip: 4, last: false };
  /** How much of `pending` has been looked at for headers. */
  private looked = 0;
  /** How much of it has been summed, and its CRC-16 up to there: 0 behind a whole frame. */
  private summed = 0;
  private crc = 0;

  /** The frames that are whole with this piece. Throws when what comes is no FLAC. */
  push(piece: Uint8Array): Uint8Array[] {
    this.pending = this.pending.length === 0 ? piece : joined(this.pending, piece);
    if (this.metadata && !this.passMetadata(this.metadata)) return [];
    const frames = this.cut(this.pending.length - HEADER_MAX);
    if (this.pending.length > FRAME_MAX) throw new Error('This FLAC file is damaged.');
    return frames;
  }

  /** The last frames. What is behind them, tags or a frame that was cut off, is left out. */
  finish(): Uint8Array[] {
    if (this.metadata) return [];
    this.pending = this.pending.subarray(0, this.pending.length - tagLength(this.pending));
    // Once more from the frame's beginning: a tag may have been looked at already.
    this.looked = 0;
    this.summed = 0;
    this.crc = 0;
    const frames = this.cut(this.pending.length);
    this.sum(this.pending.length);
    const last = this.crc === 0 && this.pending.length > 0 ? [this.pending] : [];
    this.pending = NONE;
    return [...frames, ...last];
  }

  private passMetadata(state: { skip: number; last: boolean }): boolean {
    for (;;) {
      const passed = Math.min(state.skip, this.pending.length);
      this.pending = this.pending.subarray(passed);
      state.skip -= passed;
      if (state.skip > 0) return false;
      if (state.last) break;
      if (this.pending.length < 4) return false;
      const [kind = 0, a = 0, b = 0, c = 0] = this.pending;
      state.skip = 4 + ((a << 16) | (b << 8) | c);
      state.last = kind >> 7 === 1;
    }
    this.metadata = null;
    return true;
  }

  private cut(until: number): Uint8Array[] {
    const frames: Uint8Array[] = [];
    const { pending: bytes } = this;
    let begin = 0;
    let at = bytes.indexOf(SYNC, this.looked);
    for (; at >= 0 && at < until; at = bytes.indexOf(SYNC, at + 1)) {
      if (at === begin || !isHeader(bytes, at)) continue;
      this.sum(at);
      if (this.crc !== 0) continue;
      frames.push(bytes.slice(begin, at));
      begin = at;
    }
    this.pending = bytes.subarray(begin);
    this.looked = Math.max(0, until - begin);
    this.summed -= begin;
    return frames;
  }

  /** Brings the CRC-16 up to a byte of `pending`. */
  private sum(until: number): void {
    const { pending: bytes } = this;
    let { crc, summed: at } = this;
    for (; at + 1 < until; at += 2) {
      const both = crc ^ (((bytes[at] as number) << 8) | (bytes[at + 1] as number));
      crc = (CRC16_BEFORE[both >> 8] as number) ^ (CRC16[both & 0xff] as number);
    }
    if (at < until) crc = ((crc << 8) & 0xffff) ^ (CRC16[(crc >> 8) ^ (bytes[at] as number)] as number);
    this.crc = crc;
    this.summed = Math.max(this.summed, until);
  }
}

const STREAM_INFO_END = 42;

/** Samples of each channel that a FLAC file promises (RFC 9639, section 8.2); 0 where it does not say. Throws when it is no FLAC. */
export function flacLength(file: Uint8Array): number {
  const isFlac = file[0] === 0x66 && file[1] === 0x4c && file[2] === 0x61 && file[3] === 0x43;
  if (!isFlac || file.length < STREAM_INFO_END) throw new Error('This is no FLAC file.');
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength);
  return (view.getUint8(21) & 0x0f) * 2 ** 32 + view.getUint32(22);
}

/** All frames of a whole file. */
export function flacFrames(file: Uint8Array): Uint8Array[] {
  const cutter = new FlacFrames();
  return [...cutter.push(file), ...cutter.finish()];
}

/** Bytes of the ID3v1 tag at the end; 0 where there is none. */
function tagLength(bytes: Uint8Array): number {
  const tag = bytes.length - 128;
  return tag >= 0 && bytes[tag] === 0x54 && bytes[tag + 1] === 0x41 && bytes[tag + 2] === 0x47 ? 128 : 0;
}

function joined(first: Uint8Array, second: Uint8Array): Uint8Array {
  const both = new Uint8Array(first.length + second.length);
  both.set(first);
  both.set(second, first.length);
  return both;
}
