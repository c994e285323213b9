import { OggVorbisDecoder } from '@wasm-audio-decoders/ogg-vorbis';
import { OggOpusDecoder } from 'ogg-opus-decoder';
import { startsWith, viewOf } from './bytes';
import { broken, cutOff, refuse } from './refusal';
import type { ByteSource, PcmReader, SourceFormat } from './source';
import { speakersOfVorbis } from './speakers';

const STEP = 65_536;
/** An Ogg page is 65,307 bytes at most (RFC 3533, section 6). */
const PAGE_MAX = 65_307;
const LAST_PAGE = 4;

/** The packet at the head of the file: what tells which codec the Ogg holds. */
function firstPacket(source: ByteSource): Uint8Array {
  const bytes = source.read(0, 512);
  return bytes.subarray(27 + (bytes[26] ?? 0));
}

export type OggCodec = 'vorbis' | 'opus' | 'other';

export function oggCodec(source: ByteSource): OggCodec {
  const packet = firstPacket(source);
  if (startsWith(packet, '\u0001vorbis')) return 'vorbis';
  return startsWith(packet, 'OpusHead') ? 'opus' : 'other';
}

/** The granule position of the last page: the length of the stream in frames. Throws where the stream's end is missing. */
function lastGranule(source: ByteSource, kind: string): number {
  const from = Math.max(0, source.size - 2 * PAGE_MAX);
  const bytes = source.read(from, 2 * PAGE_MAX);
  for (let at = bytes.length - 27; at >= 0; at--) {
    if (!startsWith(bytes, 'OggS', at) || !((bytes[at + 5] ?? 0) & LAST_PAGE)) continue;
    return Number(viewOf(bytes).getBigInt64(at + 6, true));
  }
  throw refuse(`This ${kind} file is not whole: its end is missing.`, 'Export or copy it again.');
}

function vorbisFormat(source: ByteSource): SourceFormat {
  const packet = firstPacket(source);
  if (packet.length < 30) throw broken('Ogg Vorbis');
  const view = viewOf(packet);
  const frames = lastGranule(source, 'Ogg Vorbis');
  return {
    kind: 'Ogg Vorbis',
    rate: view.getUint32(12, true),
    speakers: speakersOfVorbis(view.getUint8(11)),
    exactBits: null,
    frames,
  };
}

/** RFC 7845, section 5.1. Opus always decodes at 48 kHz; the frames before the pre-skip are not part of the sound. */
function opusFormat(source: ByteSource): SourceFormat {
  const packet = firstPacket(source);
  if (packet.length < 19) throw broken('Opus');
  const frames = lastGranule(source, 'Opus') - viewOf(packet).getUint16(10, true);
  const channels = packet[9] ?? 0;
  const family = packet[18] ?? 0;
  return {
    kind: 'Opus',
    rate: 48_000,
    speakers: family <= 1 ? speakersOfVorbis(channels) : new Array(channels).fill('other'),
    exactBits: null,
    frames: Math.max(0, frames),
  };
}

type Decoder = OggVorbisDecoder | OggOpusDecoder;
/** Decoders may begin a little late in streams that were cut; more than this is a loss. */
const TOLERANCE_SECONDS = 0.1;

function openOgg(source: ByteSource, format: SourceFormat, createDecoder: () => Decoder): PcmReader {
  let at = 0;
  let frames = 0;

  async function* blocks(): AsyncGenerator<readonly Float32Array[]> {
    const decoder = createDecoder();
    await decoder.ready;
    try {
      while (at < source.size) {
        const bytes = source.read(at, STEP);
        if (bytes.length === 0) break;
        at += bytes.length;
        yield checked(await decoder.decode(bytes));
      }
      yield checked(await decoder.flush());
    } finally {
      decoder.free();
    }
    const promised = format.frames ?? 0;
    if (frames < promised - TOLERANCE_SECONDS * format.rate) throw cutOff(format.kind, promised / format.rate, frames / format.rate);
  }

  function checked(decoded: Awaited<ReturnType<Decoder['decode']>>): readonly Float32Array[] {
    if (decoded.samplesDecoded <= 0) return [];
    if (decoded.channelData.length !== format.speakers.length || decoded.sampleRate !== format.rate) throw broken(format.kind);
    frames += decoded.samplesDecoded;
    return decoded.channelData;
  }

  return { format, blocks, progress: () => at / Math.max(1, source.size), close: () => {} };
}

export function openVorbis(source: ByteSource): PcmReader {
  return openOgg(source, vorbisFormat(source), () => new OggVorbisDecoder());
}

/** Opus in Ogg; the pre-skip and what lies behind the end are trimmed by the decoder. */
export function openOpus(source: ByteSource): PcmReader {
  return openOgg(source, opusFormat(source), () => new OggOpusDecoder());
}
