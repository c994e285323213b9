import { openAiff } from './aiff';
import { openFlac } from './flac';
import { openM4a } from './m4a';
import { openMp3 } from './mp3';
import { openOpus, openVorbis } from './ogg';
import { checkFormat, tooLarge } from './refusal';
import { sniff } from './sniff';
import type { ByteSource, FileKind, IngestLimits, PcmReader } from './source';
import { openWav } from './wav';

const OPEN: Readonly<Record<FileKind, (source: ByteSource) => PcmReader | Promise<PcmReader>>> = {
  WAV: openWav,
  AIFF: openAiff,
  FLAC: openFlac,
  MP3: openMp3,
  'Ogg Vorbis': openVorbis,
  Opus: openOpus,
  M4A: openM4a,
};

/** The reader for a file, chosen by its content; throws an `IngestRefusal` before any of its sound is decoded. */
export async function openSource(source: ByteSource, limits: IngestLimits): Promise<PcmReader> {
  if (source.size > limits.maxBytes) throw tooLarge(limits);
  const reader = await OPEN[sniff(source)](source);
  try {
    checkFormat(reader.format, limits);
    return reader;
  } catch (error) {
    reader.close();
    throw error;
  }
}
