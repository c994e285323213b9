import { quantiser, type WholeNumbers } from './quantiser';

/** Whole numbers, or 32 bit floats. */
export type WavFormat = WholeNumbers | { readonly bits: 32 };

const CHANNELS = 2;
/** The greatest size that RIFF's 32-bit fields can say. */
const RIFF_LIMIT = 0xffff_ffff;
const PCM = 1;
const FLOAT = 3;
const EXTENSIBLE = 0xfffe;
/** Appends little-endian fields to a fixed buffer. */
class Fields {
  private readonly view: DataView;
  private at = 0;

  constructor(readonly bytes: Uint8Array<ArrayBuffer>) {
    this.view = new DataView(bytes.buffer);
  }

  text(value: string): this {
    for (const letter of value) this.view.setUint8(this.at++, letter.charCodeAt(0));
    return this;
  }

  u16(value: number): this {
    this.view.setUint16(this.at, value, true);
    this.at += 2;
    return this;
  }

  u32(value: number): this {
    this.view.setUint32(this.at, value, true);
    this.at += 4;
    return this;
  }

  u64(value: number): this {
    this.view.setBigUint64(this.at, BigInt(value), true);
    this.at += 8;
    return this;
  }

  raw(value: readonly number[]): this {
    for (const byte of value) this.view.setUint8(this.at++, byte);
    return this;
  }
}

/** The tail of KSDATAFORMAT_SUBTYPE_PCM; its first two bytes are the format tag. */
const SUBTYPE_TAIL = [0, 0, 0, 0, 0x10, 0, 0x80, 0, 0, 0xaa, 0, 0x38, 0x9b, 0x71];

/**
 * Writes stereo WAV in pieces: `header()` once, then `encode` for each stretch of sound. Over 4 GB it is RF64
 * (EBU Tech 3306). A float's full scale is 1; whole numbers are as `quantiser` makes them.
 */
export class WavWriter {
  private readonly quantise: (sample: number) => number;
  private readonly frameBytes: number;

  /** `frames` is the length of the whole file, at `rate` Hz. */
  constructor(
    private readonly format: WavFormat,
    private readonly frames: number,
    private readonly rate: number,
  ) {
    this.frameBytes = (CHANNELS * format.bits) / 8;
    this.quantise = format.bits === 32 ? (sample) => sample : quantiser(format);
  }

  header(): Uint8Array<ArrayBuffer> {
    const { bits } = this.format;
    const dataBytes = this.frames * this.frameBytes;
    // Whole numbers over 16 bits ask for the extensible form, floats for a fact chunk (Microsoft's WAVEFORMATEX rules).
    const formatBytes = bits === 24 ? 40 : bits === 32 ? 18 : 16;
    const factBytes = bits === 32 ? 12 : 0;
    const large = dataBytes + 128 > RIFF_LIMIT;
    const ds64Bytes = large ? 36 : 0;
    const headerBytes = 12 + ds64Bytes + 8 + formatBytes + factBytes + 8;
    const riffBytes = headerBytes - 8 + dataBytes;

    const fields = new Fields(new Uint8Array(headerBytes));
    fields
      .text(large ? 'RF64' : 'RIFF')
      .u32(large ? RIFF_LIMIT : riffBytes)
      .text('WAVE');
    if (large) fields.text('ds64').u32(28).u64(riffBytes).u64(dataBytes).u64(this.frames).u32(0);
    fields
      .text('fmt ')
      .u32(formatBytes)
      .u16(bits === 24 ? EXTENSIBLE : bits === 32 ? FLOAT : PCM)
      .u16(CHANNELS)
      .u32(this.rate)
      .u32(this.rate * this.frameBytes)
      .u16(this.frameBytes)
      .u16(bits);
    if (bits === 24) fields.u16(22).u16(24).u32(0b11).u16(PCM).raw(SUBTYPE_TAIL);
    if (bits === 32) fields.u16(0).text('fact').u32(4).u32(Math.min(this.frames, RIFF_LIMIT));
    return fields.text('data').u32(large ? RIFF_LIMIT : dataBytes).bytes;
  }

  /** The next stretch; both sides equally long. */
  encode(left: Float32Array, right: Float32Array): Uint8Array<ArrayBuffer> {
    const bytes = new Uint8Array(left.length * this.frameBytes);
    const view = new DataView(bytes.buffer);
    const { format } = this;
    if (format.bits === 32) {
      for (let frame = 0; frame < left.length; frame++) {
        view.setFloat32(frame * 8, left[frame] ?? 0, true);
        view.setFloat32(frame * 8 + 4, right[frame] ?? 0, true);
      }
      return bytes;
    }
    const step = format.bits / 8;
    for (let frame = 0, at = 0; frame < left.length; frame++, at += 2 * step) {
      put(view, at, step, this.quantise(left[frame] ?? 0));
      put(view, at + step, step, this.quantise(right[frame] ?? 0));
    }
    return bytes;
  }
}

function put(view: DataView, at: number, step: number, value: number): void {
  view.setInt16(at, step === 2 ? value : value & 0xffff, true);
  if (step === 3) view.setInt8(at + 2, value >> 16);
}
