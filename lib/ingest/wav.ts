import { ascii, startsWith, viewOf } from './bytes';
import { type PcmEncoding, pcmReader } from './pcm';
import { broken, cutOff, noSound, refuse } from './refusal';
import type { ByteSource, PcmReader, Speaker } from './source';
import { speakersOfMask } from './speakers';

const PCM = 1;
const FLOAT = 3;
const EXTENSIBLE = 0xfffe;
/** What writers put where they did not know the size: streams, and recorders that lost their power. */
const UNKNOWN_SIZES = [0, 0xffff_ffff];

interface WavFormat {
  readonly rate: number;
  readonly encoding: PcmEncoding;
  readonly speakers: readonly Speaker[];
  /** Bits of the word that carry sound. */
  readonly bits: number;
}

/** The `fmt ` chunk: WAVEFORMATEX and WAVEFORMATEXTENSIBLE. */
function readFormat(chunk: Uint8Array): WavFormat {
  if (chunk.length < 16) throw broken('WAV');
  const view = viewOf(chunk);
  const extensible = view.getUint16(0, true) === EXTENSIBLE && chunk.length >= 40;
  const tag = extensible ? view.getUint16(24, true) : view.getUint16(0, true);
  const [channels, rate] = [view.getUint16(2, true), view.getUint32(4, true)];
  const container = view.getUint16(14, true);
  const bytes = Math.ceil(container / 8);
  const known = tag === PCM ? bytes >= 1 && bytes <= 4 : tag === FLOAT && (bytes === 4 || bytes === 8);
  if (!known) throw refuse('This WAV file is compressed in a way that can’t be read here.', 'Export it as plain PCM, or as FLAC.');
  if (channels === 0 || view.getUint16(12, true) !== bytes * channels) throw broken('WAV');
  const type = tag === FLOAT ? 'float' : bytes === 1 ? 'unsigned' : 'signed';
  const speakers = speakersOfMask(extensible ? view.getUint32(20, true) : 0, channels);
  return { rate, speakers, bits: container, encoding: { type, bytes, littleEndian: true } };
}

interface Chunks {
  readonly format: WavFormat;
  readonly start: number;
  /** Bytes of sound that the file says it holds; null where it does not say. */
  readonly promised: number | null;
}

const NOT_BEFORE_SOUND = 1_000_000;

/** Walks the chunks of RIFF, RF64 and BW64 (EBU Tech 3306, ITU-R BS.2088) as far as the sound. */
function findSound(source: ByteSource): Chunks {
  const large = !startsWith(source.read(0, 4), 'RIFF');
  let format: WavFormat | null = null;
  let largeSize: number | null = null;
  for (let at = 12, seen = 0; at + 8 <= source.size && seen < NOT_BEFORE_SOUND; seen++) {
    const head = source.read(at, 8);
    const [id, size] = [ascii(head, 0, 4), viewOf(head).getUint32(4, true)];
    if (id === 'ds64' && large) largeSize = Number(viewOf(source.read(at + 8, 24)).getBigUint64(8, true));
    if (id === 'fmt ') format = readFormat(source.read(at + 8, Math.min(size, 64)));
    if (id === 'data') {
      if (!format) throw broken('WAV');
      const promised = large && size === 0xffff_ffff ? largeSize : UNKNOWN_SIZES.includes(size) ? null : size;
      return { format, start: at + 8, promised };
    }
    at += 8 + size + (size % 2);
  }
  if (format) throw noSound('WAV');
  throw broken('WAV');
}

/** WAV: integers of 8 to 32 bits, floats of 32 and 64, WAVEFORMATEXTENSIBLE, RF64 and BW64. */
export function openWav(source: ByteSource): PcmReader {
  const { format, start, promised } = findSound(source);
  const { encoding, rate, speakers, bits } = format;
  const stride = encoding.bytes * speakers.length;
  const held = source.size - start;
  const frames = Math.floor((promised ?? held) / stride);
  const heldFrames = Math.floor(held / stride);
  if (heldFrames < frames) throw cutOff('WAV', frames / rate, heldFrames / rate);
  const length = frames * stride;
  const exactBits = encoding.type === 'float' || bits > 24 ? null : bits > 16 ? 24 : 16;
  const layout = { span: { start, length }, encoding, channels: speakers.length };
  return pcmReader(source, { kind: 'WAV', rate, speakers, frames, exactBits }, layout);
}
