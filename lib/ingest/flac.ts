import { FLACDecoder } from '@wasm-audio-decoders/flac';
import { FlacFrames, flacBlockSize } from '../media';
import { contentStart, viewOf } from './bytes';
import { broken, cutOff } from './refusal';
import type { ByteSource, PcmReader, SourceFormat } from './source';
import { speakersByCount } from './speakers';

const STEP = 262_144;
/** Samples of each channel. */
const DECODED_AT_ONCE = 262_144;

/** STREAMINFO, the first block of every FLAC file (RFC 9639, section 8.2). */
function readStreamInfo(source: ByteSource, start: number): SourceFormat {
  const bytes = source.read(start, 42);
  if (bytes.length < 42 || ((bytes[4] ?? 0) & 0x7f) !== 0) throw broken('FLAC');
  const packed = viewOf(bytes).getBigUint64(18, false);
  const frames = Number(packed & 0xf_ffff_ffffn);
  const bits = Number((packed >> 36n) & 0x1fn) + 1;
  const channels = Number((packed >> 41n) & 0x7n) + 1;
  const rate = Number(packed >> 44n);
  return {
    kind: 'FLAC',
    rate,
    speakers: speakersByCount(channels),
    exactBits: bits > 24 ? null : bits > 16 ? 24 : 16,
    // 0 stands for: not known when it was written.
    frames: frames === 0 ? null : frames,
  };
}

/**
 * The decoder divides by the greatest integer (32,767 for 16 bits) and so makes −32,768 louder than full scale; here full scale
 * is a power of two, as everywhere. Words of up to 24 bits become exactly what they were. In place.
 */
export function fullScale(samples: Float32Array, bits: number): Float32Array {
  const scale = 2 ** (bits - 1);
  for (let i = 0; i < samples.length; i++) samples[i] = Math.round((samples[i] as number) * (scale - 1)) / scale;
  return samples;
}

/** Samples of each channel in the frames of a file that does not say how many, by their headers alone. */
function countFrames(source: ByteSource, start: number): number {
  const cutter = new FlacFrames();
  let samples = 0;
  for (let at = start; at < source.size; at += STEP) {
    for (const frame of framesOf(() => cutter.push(source.read(at, STEP)))) samples += flacBlockSize(frame);
  }
  for (const frame of framesOf(() => cutter.finish())) samples += flacBlockSize(frame);
  return samples;
}

/** Silence is a few bytes a frame: what is decoded at once is bounded by what comes out, not by what goes in. */
function* batches(frames: readonly Uint8Array[]): Generator<Uint8Array[]> {
  let batch: Uint8Array[] = [];
  let samples = 0;
  for (const frame of frames) {
    batch.push(frame);
    samples += flacBlockSize(frame);
    if (samples < DECODED_AT_ONCE) continue;
    yield batch;
    batch = [];
    samples = 0;
  }
  if (batch.length > 0) yield batch;
}

function framesOf(cut: () => Uint8Array[]): Uint8Array[] {
  try {
    return cut();
  } catch {
    throw broken('FLAC');
  }
}

/** FLAC. Ends in a refusal when fewer frames come out than the file promises: a damaged frame is never passed over in silence. */
export function openFlac(source: ByteSource): PcmReader {
  const start = contentStart(source);
  const said = readStreamInfo(source, start);
  const format = said.frames === null ? { ...said, counted: countFrames(source, start) } : said;
  let at = start;
  let frames = 0;

  async function* blocks(): AsyncGenerator<readonly Float32Array[]> {
    const decoder = new FLACDecoder();
    const cutter = new FlacFrames();
    await decoder.ready;
    try {
      while (at < source.size) {
        const bytes = source.read(at, STEP);
        if (bytes.length === 0) break;
        at += bytes.length;
        for (const batch of batches(framesOf(() => cutter.push(bytes)))) yield checked(await decoder.decodeFrames(batch));
      }
      for (const batch of batches(framesOf(() => cutter.finish()))) yield checked(await decoder.decodeFrames(batch));
    } finally {
      decoder.free();
    }
    if (format.frames !== null && frames < format.frames) throw cutOff('FLAC', format.frames / format.rate, frames / format.rate);
  }

  function checked(decoded: Awaited<ReturnType<FLACDecoder['decode']>>): readonly Float32Array[] {
    if (decoded.samplesDecoded === 0) return [];
    if (decoded.channelData.length !== format.speakers.length || decoded.sampleRate !== format.rate) throw broken('FLAC');
    frames += decoded.samplesDecoded;
    // Nobody writes more than is said in the header; who hides hours there is stopped before they are decoded.
    if (format.frames !== null && frames > format.frames) throw broken('FLAC');
    return decoded.channelData.map((samples) => fullScale(samples, decoded.bitDepth));
  }

  return { format, blocks, progress: () => (at - start) / Math.max(1, source.size - start), close: () => {} };
}
