import { viewOf } from './bytes';
import type { ByteSource, PcmReader, SourceFormat } from './source';

/** How samples lie in a file. */
export interface PcmEncoding {
  readonly type: 'signed' | 'unsigned' | 'float';
  /** Of one sample, as stored: 1 to 4, or 8 for floats. */
  readonly bytes: number;
  readonly littleEndian: boolean;
}

type Sample = (view: DataView, at: number) => number;

/** What is no number, or none that 32 bits can hold, is silence from the start: filters would carry it to all that follows. */
function finite(read: Sample, lost: () => void): Sample {
  return (view, at) => {
    const value = Math.fround(read(view, at));
    if (Number.isFinite(value)) return value;
    lost();
    return 0;
  };
}

/** Reads one sample as ±1. Division is by powers of two: words up to 24 bits come through exactly. */
function sampleOf({ type, bytes, littleEndian: little }: PcmEncoding, lost: () => void): Sample {
  if (type === 'float') {
    return finite(bytes === 8 ? (view, at) => view.getFloat64(at, little) : (view, at) => view.getFloat32(at, little), lost);
  }
  if (bytes === 1) return type === 'unsigned' ? (view, at) => (view.getUint8(at) - 128) / 128 : (view, at) => view.getInt8(at) / 128;
  if (bytes === 2) return (view, at) => view.getInt16(at, little) / 32_768;
  if (bytes === 3) {
    return little
      ? (view, at) => ((view.getInt8(at + 2) << 16) | view.getUint16(at, true)) / 8_388_608
      : (view, at) => ((view.getInt8(at) << 16) | view.getUint16(at + 1, false)) / 8_388_608;
  }
  return (view, at) => view.getInt32(at, little) / 2_147_483_648;
}

/** Interleaved bytes into one array per channel; a rest of less than a frame is left out. `lost` hears of each sample that is no number. */
export function unpack(bytes: Uint8Array, encoding: PcmEncoding, channels: number, lost: () => void): Float32Array[] {
  const read = sampleOf(encoding, lost);
  const view = viewOf(bytes);
  const stride = encoding.bytes * channels;
  const frames = Math.floor(bytes.length / stride);
  return Array.from({ length: channels }, (_, channel) => {
    const samples = new Float32Array(frames);
    for (let frame = 0, at = channel * encoding.bytes; frame < frames; frame++, at += stride) samples[frame] = read(view, at);
    return samples;
  });
}

const BLOCK_FRAMES = 32_768;

/** The samples of `length` bytes from `start`, block by block. */
async function* pcmBlocks(
  source: ByteSource,
  { span, encoding, channels }: PcmLayout,
  { reached, lost }: { readonly reached: (bytes: number) => void; readonly lost: () => void },
): AsyncGenerator<Float32Array[]> {
  const step = BLOCK_FRAMES * encoding.bytes * channels;
  for (let done = 0; done < span.length; done += step) {
    const bytes = source.read(span.start + done, Math.min(step, span.length - done));
    if (bytes.length === 0) return;
    reached(done + bytes.length);
    yield unpack(bytes, encoding, channels, lost);
  }
}

interface PcmLayout {
  /** Bytes of the file. */
  readonly span: { readonly start: number; readonly length: number };
  readonly encoding: PcmEncoding;
  readonly channels: number;
}

/** Reads samples that lie in a file as they are. */
export function pcmReader(source: ByteSource, format: SourceFormat, layout: PcmLayout): PcmReader {
  let done = 0;
  let lost = 0;
  return {
    format,
    blocks: () =>
      pcmBlocks(source, layout, {
        reached: (bytes) => {
          done = bytes;
        },
        lost: () => {
          lost += 1;
        },
      }),
    progress: () => done / Math.max(1, layout.span.length),
    lost: () => lost,
    close: () => {},
  };
}
