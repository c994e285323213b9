import { MPEGDecoder } from 'mpg123-decoder';
import { contentStart, startsWith, viewOf } from './bytes';
import { broken, cutOff } from './refusal';
import type { ByteSource, PcmReader } from './source';
import { speakersByCount } from './speakers';

/** What the header of one MPEG audio frame says (ISO 11172-3, 2.4.1.3 and 13818-3). */
interface MpegFrame {
  readonly rate: number;
  readonly channels: 1 | 2;
  readonly version: 1 | 2 | 2.5;
  readonly layer: 1 | 2 | 3;
  /** PCM frames that one MPEG frame holds. */
  readonly samples: number;
  /** Bytes, header included. */
  readonly length: number;
}

const RATES = [44_100, 48_000, 32_000] as const;
/** kbit/s by index, for MPEG 1 layers I to III, then MPEG 2 layer I, and MPEG 2 layers II and III. */
const BITRATES = {
  11: [0, 32, 64, 96, 128, 160, 192, 224, 256, 288, 320, 352, 384, 416, 448],
  12: [0, 32, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320, 384],
  13: [0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320],
  21: [0, 32, 48, 56, 64, 80, 96, 112, 128, 144, 160, 176, 192, 224, 256],
  22: [0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160],
} as const;

function tableOf(version: number, layer: number): readonly number[] {
  if (version === 1) return layer === 1 ? BITRATES[11] : layer === 2 ? BITRATES[12] : BITRATES[13];
  return layer === 1 ? BITRATES[21] : BITRATES[22];
}

/** The frame whose header lies at `at`, or null where there is none. Free-format streams are not taken for frames. */
function readMpegFrame(bytes: Uint8Array, at: number): MpegFrame | null {
  const [a = 0, b = 0, c = 0, d = 0] = bytes.subarray(at, at + 4);
  if (a !== 0xff || (b & 0xe0) !== 0xe0) return null;
  const [versionBits, layerBits, rateIndex, bitrateIndex] = [(b >> 3) & 3, (b >> 1) & 3, (c >> 2) & 3, c >> 4];
  if (versionBits === 1 || layerBits === 0 || rateIndex === 3 || bitrateIndex === 0 || bitrateIndex === 15) return null;
  const version = versionBits === 3 ? 1 : versionBits === 2 ? 2 : 2.5;
  const layer = layerBits === 3 ? 1 : layerBits === 2 ? 2 : 3;
  const rate = (RATES[rateIndex] ?? 0) / (version === 1 ? 1 : version === 2 ? 2 : 4);
  const bitrate = (tableOf(version, layer)[bitrateIndex] ?? 0) * 1000;
  const samples = layer === 1 ? 384 : layer === 2 || version === 1 ? 1152 : 576;
  const padding = (c >> 1) & 1;
  const length = layer === 1 ? (Math.floor((12 * bitrate) / rate) + padding) * 4 : Math.floor((samples / 8 / rate) * bitrate) + padding;
  return { rate, channels: d >> 6 === 3 ? 1 : 2, version, layer, samples, length };
}

const SEARCH = 65_536;
/** Frames in a row before noise is believed to be MP3. */
const CERTAIN = 3;

/** Where the first frame lies that is followed by others of its kind; null where there is none near the start. */
function findMpegFrame(bytes: Uint8Array, whole: boolean): { at: number; frame: MpegFrame } | null {
  for (let at = 0; at + 4 <= bytes.length; at++) {
    const frame = readMpegFrame(bytes, at);
    if (frame && followed(bytes, at, frame, whole)) return { at, frame };
  }
  return null;
}

function followed(bytes: Uint8Array, at: number, first: MpegFrame, whole: boolean): boolean {
  let next = at + first.length;
  for (let count = 1; count < CERTAIN; count++) {
    // A very short file may end behind its first frames.
    if (whole && next >= bytes.length - 128 && count > 1) return true;
    const frame = readMpegFrame(bytes, next);
    if (!frame || frame.rate !== first.rate || frame.layer !== first.layer) return false;
    next += frame.length;
  }
  return true;
}

/** Whether MPEG audio frames begin within the first bytes of what follows the tags. */
export function looksLikeMp3(source: ByteSource, start: number): boolean {
  return findMpegFrame(source.read(start, SEARCH), source.size - start <= SEARCH) !== null;
}

/** Frames of sound by the Xing or Info tag, less what its LAME part tells of delay and padding; null without such a tag. */
function framesByTag(bytes: Uint8Array, at: number, frame: MpegFrame): number | null {
  const side = frame.version === 1 ? (frame.channels === 1 ? 17 : 32) : frame.channels === 1 ? 9 : 17;
  const tag = at + 4 + side;
  if (!startsWith(bytes, 'Xing', tag) && !startsWith(bytes, 'Info', tag)) return null;
  const view = viewOf(bytes);
  if (tag + 12 > bytes.length || (view.getUint32(tag + 4, false) & 1) === 0) return null;
  const frames = view.getUint32(tag + 8, false) * frame.samples;
  const lame = tag + 120;
  const named = startsWith(bytes, 'LAME', lame) || startsWith(bytes, 'Lav', lame);
  if (!named || lame + 24 > bytes.length) return frames;
  const [x = 0, y = 0, z = 0] = bytes.subarray(lame + 21, lame + 24);
  return Math.max(0, frames - ((x << 4) | (y >> 4)) - (((y & 15) << 8) | z));
}

const STEP = 65_536;

/** PCM frames of the MPEG frames from `at` on, by their headers alone, passing over what lies between: far faster than decoding. */
function countFrames(source: ByteSource, at: number, { rate, layer }: MpegFrame): number {
  let frames = 0;
  for (let from = at; from + 4 <= source.size; ) {
    const bytes = source.read(from, STEP);
    let next = 0;
    while (next >= 0 && next + 4 <= bytes.length) {
      const frame = readMpegFrame(bytes, next);
      if (frame?.rate === rate && frame.layer === layer) {
        frames += frame.samples;
        next += frame.length;
      } else next = bytes.indexOf(0xff, next + 1);
    }
    // Where nothing more looked like a header, the last bytes may still begin one.
    from += next >= 0 ? Math.max(1, next) : Math.max(1, bytes.length - 3);
  }
  return frames;
}

/** MP3, with the encoder's delay and padding trimmed where the LAME tag tells them (mpg123's gapless decoding). */
export function openMp3(source: ByteSource): PcmReader {
  const start = contentStart(source);
  const head = source.read(start, SEARCH);
  const found = findMpegFrame(head, source.size - start <= SEARCH);
  if (!found) throw broken('MP3');
  const { rate, channels, samples } = found.frame;
  const promised = framesByTag(head, found.at, found.frame);
  let at = start + found.at;
  let frames = 0;

  async function* blocks(): AsyncGenerator<readonly Float32Array[]> {
    const decoder = new MPEGDecoder();
    await decoder.ready;
    try {
      while (at < source.size) {
        const bytes = source.read(at, STEP);
        if (bytes.length === 0) break;
        at += bytes.length;
        const { channelData, samplesDecoded, sampleRate } = decoder.decode(bytes);
        if (samplesDecoded === 0) continue;
        if (sampleRate !== rate) throw broken('MP3');
        frames += samplesDecoded;
        yield channelData.slice(0, channels);
      }
    } finally {
      decoder.free();
    }
    if (frames === 0) throw broken('MP3');
    if (promised !== null && frames < promised - 2 * samples) throw cutOff('MP3', promised / rate, frames / rate);
  }

  return {
    format: {
      kind: 'MP3',
      rate,
      speakers: speakersByCount(channels),
      exactBits: null,
      frames: promised,
      counted: countFrames(source, at, found.frame),
    },
    blocks,
    progress: () => (at - start) / Math.max(1, source.size - start),
    close: () => {},
  };
}
