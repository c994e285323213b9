import { ascii, viewOf } from './bytes';
import { type PcmEncoding, pcmReader } from './pcm';
import { broken, cutOff, noSound, refuse } from './refusal';
import type { ByteSource, PcmReader, SourceFormat } from './source';
import { speakersByCount } from './speakers';

/** An IEEE 754 extended number of 80 bits, as AIFF writes its rate. */
function extendedToNumber(bytes: Uint8Array): number {
  const view = viewOf(bytes);
  const exponent = view.getUint16(0, false) & 0x7fff;
  const mantissa = view.getUint32(2, false) * 2 ** 32 + view.getUint32(6, false);
  return (view.getInt8(0) < 0 ? -1 : 1) * mantissa * 2 ** (exponent - 16_383 - 63);
}

interface Common {
  readonly channels: number;
  readonly frames: number;
  readonly bits: number;
  readonly rate: number;
  readonly encoding: PcmEncoding;
}

const FLOATS: Readonly<Record<string, number>> = { fl32: 4, FL32: 4, fl64: 8, FL64: 8 };
const INTEGERS = ['NONE', 'twos', 'in16', 'in24', 'in32'];

function encodingOf(compression: string, bits: number): PcmEncoding {
  const bytes = Math.ceil(bits / 8);
  const float = FLOATS[compression];
  if (float) return { type: 'float', bytes: float, littleEndian: false };
  if (compression === 'raw ' && bytes === 1) return { type: 'unsigned', bytes, littleEndian: false };
  if ((INTEGERS.includes(compression) || compression === 'sowt') && bytes >= 1 && bytes <= 4) {
    return { type: 'signed', bytes, littleEndian: compression === 'sowt' };
  }
  throw refuse('This AIFF file is compressed in a way that can’t be read here.', 'Export it as plain PCM, or as FLAC.');
}

function readCommon(chunk: Uint8Array, compressed: boolean): Common {
  if (chunk.length < (compressed ? 22 : 18)) throw broken('AIFF');
  const view = viewOf(chunk);
  const bits = view.getUint16(6, false);
  const encoding = encodingOf(compressed ? ascii(chunk, 18, 4) : 'NONE', bits);
  const rate = Math.round(extendedToNumber(chunk.subarray(8, 18)));
  return { channels: view.getUint16(0, false), frames: view.getUint32(2, false), bits, rate, encoding };
}

/** The sound of an AIFF file, and what its `COMM` chunk says; the chunks may come in any order. */
function findSound(source: ByteSource): { common: Common; start: number } {
  const compressed = ascii(source.read(8, 4), 0, 4) === 'AIFC';
  let common: Common | null = null;
  let start: number | null = null;
  for (let at = 12; at + 8 <= source.size && (common === null || start === null); ) {
    const head = source.read(at, 16);
    const [id, size] = [ascii(head, 0, 4), viewOf(head).getUint32(4, false)];
    if (id === 'COMM') common = readCommon(source.read(at + 8, Math.min(size, 64)), compressed);
    if (id === 'SSND' && head.length === 16) start = at + 16 + viewOf(head).getUint32(8, false);
    at += 8 + size + (size % 2);
  }
  if (!common) throw broken('AIFF');
  if (start === null) throw noSound('AIFF');
  return { common, start };
}

/** AIFF and AIFF-C: integers of 8 to 32 bits in either order, floats of 32 and 64. */
export function openAiff(source: ByteSource): PcmReader {
  const { common, start } = findSound(source);
  const { channels, frames, rate, encoding, bits } = common;
  if (channels === 0) throw broken('AIFF');
  const stride = encoding.bytes * channels;
  const held = Math.floor(Math.max(0, source.size - start) / stride);
  if (held < frames) throw cutOff('AIFF', frames / rate, held / rate);
  const length = frames * stride;
  const exactBits = encoding.type === 'float' || bits > 24 ? null : bits > 16 ? 24 : 16;
  const format: SourceFormat = { kind: 'AIFF', rate, speakers: speakersByCount(channels), frames, exactBits };
  return pcmReader(source, format, { span: { start, length }, encoding, channels });
}
