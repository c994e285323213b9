import { ascii, contentStart, startsWith } from './bytes';
import { looksLikeMp3 } from './mp3';
import { oggCodec } from './ogg';
import { refuse } from './refusal';
import type { ByteSource, FileKind } from './source';

/** Other things that people drop by mistake, by their first bytes. */
const OTHERS: readonly (readonly [string, string])[] = [
  ['PK\u0003\u0004', 'a ZIP archive'],
  ['%PDF', 'a PDF document'],
  ['\u0089PNG', 'a picture'],
  ['\u00ff\u00d8\u00ff', 'a picture'],
  ['GIF8', 'a picture'],
  ['MThd', 'MIDI notes, not sound'],
  ['Rar!', 'a RAR archive'],
  ['\u001f\u008b', 'a compressed archive'],
  ['#EXTM3U', 'a playlist'],
  ['wvpk', 'WavPack audio, which can’t be read here'],
  ['MAC ', 'Monkey’s Audio, which can’t be read here'],
  ['caff', 'Core Audio Format, which can’t be read here'],
  ['.snd', 'Sun audio, which can’t be read here'],
  ['\u0030\u0026\u00b2\u0075', 'Windows Media, which can’t be read here'],
  ['\u001aE\u00df\u00a3', 'Matroska or WebM, which can’t be read here'],
];

const CLAIMS: Readonly<Record<string, string>> = {
  wav: 'WAV',
  wave: 'WAV',
  bwf: 'WAV',
  aif: 'AIFF',
  aiff: 'AIFF',
  aifc: 'AIFF',
  flac: 'FLAC',
  mp3: 'MP3',
  ogg: 'Ogg',
  oga: 'Ogg',
  opus: 'Opus',
  m4a: 'M4A',
  mp4: 'M4A',
};

/**
 * What the file is, by what it holds; its name is only mentioned when it says otherwise. Throws an `IngestRefusal` when it is
 * no sound that can be read here.
 */
export function sniff(source: ByteSource): FileKind {
  if (source.size === 0) throw refuse('This file is empty.', 'Export or copy it again.');
  return recognised(source) ?? refused(source);
}

function recognised(source: ByteSource): FileKind | null {
  const head = source.read(0, 16);
  const form = ascii(head, 8, 4);
  if (['RIFF', 'RF64', 'BW64'].some((id) => startsWith(head, id)) && form === 'WAVE') return 'WAV';
  if (startsWith(head, 'FORM') && (form === 'AIFF' || form === 'AIFC')) return 'AIFF';
  if (startsWith(head, 'OggS')) return oggKind(source);
  if (ascii(head, 4, 4) === 'ftyp') return 'M4A';
  const start = contentStart(source);
  if (startsWith(source.read(start, 4), 'fLaC')) return 'FLAC';
  return looksLikeMp3(source, start) ? 'MP3' : null;
}

function oggKind(source: ByteSource): FileKind {
  const codec = oggCodec(source);
  if (codec === 'other') throw refuse('This Ogg file holds neither Vorbis nor Opus.', 'Export it as FLAC or WAV.');
  return codec === 'vorbis' ? 'Ogg Vorbis' : 'Opus';
}

function refused(source: ByteSource): never {
  const claim = CLAIMS[source.name.split('.').pop()?.toLowerCase() ?? ''];
  const found = contentOf(source.read(0, 4096));
  const remedy = 'WAV, AIFF, FLAC, MP3, Ogg Vorbis, Opus and M4A can be used.';
  if (claim) throw refuse(`This file says it is ${claim} but holds ${found}.`, remedy);
  throw refuse(`This file holds ${found}.`, remedy);
}

function contentOf(bytes: Uint8Array): string {
  const known = OTHERS.find(([magic]) => startsWith(bytes, magic));
  if (known) return known[1];
  if (bytes.every((byte) => byte === 0)) return 'only zeros';
  // UTF-8 and its control characters: tab, line feed, carriage return.
  const text = bytes.every((byte) => byte >= 32 || byte === 9 || byte === 10 || byte === 13);
  return text ? 'text' : 'something that is not sound';
}
