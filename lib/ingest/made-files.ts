import type { IngestSink, StemMeter } from './pipeline';
import type { ByteSource } from './source';

/** Files and sinks that the tests of ingest make for themselves. */

export function memorySource(bytes: Uint8Array, name = 'take.wav'): ByteSource {
  return { name, size: bytes.length, read: (at, length) => new Uint8Array(bytes.subarray(at, at + length)) };
}

/** A file that is `head` and then zeros, as long as it says, without holding it. */
export function vastSource(head: Uint8Array, size: number, name = 'vast.wav'): ByteSource {
  return {
    name,
    size,
    read(at, length) {
      const bytes = new Uint8Array(Math.max(0, Math.min(length, size - at)));
      bytes.set(head.subarray(at, at + bytes.length));
      return bytes;
    },
  };
}

/** A sink that remembers. */
export function rememberingSink(): IngestSink & { readonly segments: Map<string, Uint8Array>; readonly progress: () => void } {
  const segments = new Map<string, Uint8Array>();
  return {
    segments,
    recognised: () => {},
    keep: async (name, bytes) => void segments.set(name, bytes),
    progress: () => {},
  };
}

export const silentMeter: () => StemMeter = () => ({ segment: () => null, finish: () => ({ loudness: null, truePeak: null }) });

/** Whole numbers of `bits`, interleaved: noise that is the same each time, with both extremes in it. */
export function noise(frames: number, channels: number, bits: number, seed = 1): Int32Array {
  const samples = new Int32Array(frames * channels);
  let state = seed;
  for (let i = 0; i < samples.length; i++) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) | 0;
    samples[i] = state >> (32 - bits);
  }
  const top = 2 ** (bits - 1);
  samples.set([top - 1, -top, 0, -1], 4);
  return samples;
}

type Writer = (view: DataView, at: number, value: number) => void;
export interface MadeFormat {
  readonly rate: number;
  readonly channels: number;
  readonly bits: 8 | 16 | 24 | 32 | 64;
  readonly float?: boolean;
}

function writerOf({ bits, float }: MadeFormat, little: boolean, unsigned8: boolean): Writer {
  if (float)
    return bits === 64 ? (view, at, value) => view.setFloat64(at, value, little) : (view, at, value) => view.setFloat32(at, value, little);
  if (bits === 8) return (view, at, value) => view.setUint8(at, unsigned8 ? value + 128 : value & 0xff);
  if (bits === 16) return (view, at, value) => view.setInt16(at, value, little);
  if (bits === 32) return (view, at, value) => view.setInt32(at, value, little);
  return (view, at, value) => {
    view.setUint8(at + (little ? 0 : 2), value & 0xff);
    view.setUint8(at + 1, (value >> 8) & 0xff);
    view.setUint8(at + (little ? 2 : 0), (value >> 16) & 0xff);
  };
}

export function pcmBytes(samples: ArrayLike<number>, format: MadeFormat, little = true, unsigned8 = little): Uint8Array {
  const bytes = new Uint8Array((samples.length * format.bits) / 8);
  const view = new DataView(bytes.buffer);
  const write = writerOf(format, little, unsigned8);
  for (let i = 0; i < samples.length; i++) write(view, (i * format.bits) / 8, samples[i] ?? 0);
  return bytes;
}

function concatenated(...parts: (string | Uint8Array)[]): Uint8Array {
  return new Uint8Array(Buffer.concat(parts.map((part) => (typeof part === 'string' ? Buffer.from(part, 'latin1') : part))));
}

function little(bytes: number, value: number | bigint): Uint8Array {
  const out = new Uint8Array(bytes);
  for (let i = 0, rest = BigInt(value); i < bytes; i++, rest >>= 8n) out[i] = Number(rest & 0xffn);
  return out;
}
const big = (bytes: number, value: number | bigint) => little(bytes, value).reverse();

export interface WavOptions {
  /** With a channel mask, as WAVEFORMATEXTENSIBLE. */
  readonly mask?: number;
  readonly rf64?: boolean;
  /** What the data chunk claims; the truth where absent. */
  readonly claims?: number;
  /** Chunks between `fmt ` and `data`. */
  readonly between?: Uint8Array;
}

export function wavFile(data: Uint8Array, format: MadeFormat, options: WavOptions = {}): Uint8Array {
  const { channels, rate, bits } = format;
  const tag = format.float ? 3 : 1;
  const block = (channels * bits) / 8;
  const basic = [little(2, options.mask === undefined ? tag : 0xfffe), little(2, channels), little(4, rate), little(4, rate * block)];
  const plain = concatenated(...basic, little(2, block), little(2, bits));
  const guid = concatenated(little(2, tag), '\u0000\u0000\u0000\u0000\u0010\u0000\u0080\u0000\u0000\u00aa\u0000\u0038\u009b\u0071');
  const fmt = options.mask === undefined ? plain : concatenated(plain, little(2, 22), little(2, bits), little(4, options.mask), guid);
  const claims = options.claims ?? data.length;
  const ds64 = options.rf64 ? concatenated('ds64', little(4, 28), little(8, 0), little(8, claims), little(8, 0), little(4, 0)) : '';
  const size = options.rf64 ? 0xffff_ffff : claims;
  const head = concatenated(options.rf64 ? 'RF64' : 'RIFF', little(4, 0xffff_ffff), 'WAVE', ds64, 'fmt ', little(4, fmt.length), fmt);
  return concatenated(head, options.between ?? '', 'data', little(4, size), data);
}

/** `compression` as in AIFF-C; plain AIFF where absent. */
export function aiffFile(data: Uint8Array, format: MadeFormat, compression?: string): Uint8Array {
  const { channels, rate, bits } = format;
  const exponent = Math.floor(Math.log2(rate));
  const extended = concatenated(big(2, exponent + 16_383), big(8, BigInt(rate) << BigInt(63 - exponent)));
  const frames = data.length / ((channels * bits) / 8);
  const comm = concatenated(
    big(2, channels),
    big(4, frames),
    big(2, bits),
    extended,
    ...(compression ? [compression, '\u0000\u0000'] : []),
  );
  const sound = concatenated('SSND', big(4, data.length + 8), big(4, 0), big(4, 0), data);
  return concatenated('FORM', big(4, 0), compression ? 'AIFC' : 'AIFF', 'COMM', big(4, comm.length), comm, sound);
}
