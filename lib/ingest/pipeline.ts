import { Resampler, resampledFrames } from '../dsp';
import { encodePeaks, type StemContent } from '../media';
import { SAMPLE_RATE } from '../units';
import { Cutter } from './cutter';
import { type Fold, foldOf } from './fold';
import { encodeFlac, type Libflac, loadLibflac } from './libflac';
import { openSource } from './open';
import { Outline, thumbnail } from './outline';
import { peakOf, quantise } from './quantise';
import { farTooLoud, lostInWords, noNumbers, noSound, tooLong } from './refusal';
import type { ByteSource, IngestLimits, PcmReader, Speaker } from './source';

/** Where what ingest makes goes, and who hears how far it is. */
export interface IngestSink {
  /** The file has been recognised and may be decoded; `frames` at 48 kHz, where the file says them. */
  recognised(what: Recognised): void;
  /** Keeps one FLAC segment under its name; resolves when it is safe to make more. May be told the same name twice. */
  keep(name: string, bytes: Uint8Array<ArrayBuffer>): Promise<void>;
  progress(done: number): void;
}

export interface Recognised {
  readonly kind: string;
  readonly channels: 1 | 2;
  /** Rate of the file. */
  readonly sampleRate: number;
  readonly frames: number | null;
}

export interface Ingested {
  readonly content: StemContent;
  readonly peaks: Uint8Array<ArrayBuffer>;
  /** A small picture of the whole: up to 96 numbers from 0 to 1. */
  readonly wave: readonly number[];
  /** What was done to the sound, as sentences for the user. */
  readonly notes: readonly string[];
}

/** Loudness of a stem, by the desk's own meter (ITU-R BS.1770-5), while its samples go by. */
export interface StemMeter {
  /** One segment, in order; one array per channel at 48 kHz, of which `frames` count. Returns its own loudness, LUFS. */
  segment(channels: readonly Float32Array[], frames: number): number | null;
  /** Integrated loudness (LUFS) and true peak (dBTP) of everything; null for silence. */
  finish(): { readonly loudness: number | null; readonly truePeak: number | null };
}

/** Loudness of a source with more than two speakers, as it came. */
export interface ProgrammeMeter {
  /** One array per channel, at the file's rate. */
  add(block: readonly Float32Array[]): void;
  /** Integrated loudness of everything, LUFS; null for silence. To be asked once, at the end. */
  loudness(): number | null;
}

export interface IngestNeeds {
  readonly limits: IngestLimits;
  readonly createMeter: () => StemMeter;
  /** Absent: what is folded is not measured before. */
  readonly createProgrammeMeter?: (speakers: readonly Speaker[], rate: number) => ProgrammeMeter;
}

const WAVE_POINTS = 96;
/** Times full scale. Nobody mixes with floats beyond it: they are damage, or integers that were taken for floats. */
const MOST_OVER = 1000;

/**
 * Turns a file into a stem: decodes it block by block, folds it to one or two channels, resamples it to 48 kHz where it is not,
 * and keeps it as FLAC segments named by their content. Holds a few seconds of sound at a time, however long the file is.
 * Samples of up to 24 bits at 48 kHz are kept exactly. Throws an `IngestRefusal` with a sentence for the user.
 */
export async function ingest(source: ByteSource, sink: IngestSink, needs: IngestNeeds): Promise<Ingested> {
  const library = await loadLibflac();
  const first = await pass(source, sink, needs, library, 1);
  if (first.peak <= 1) return first.ingested();
  // Floats, lossy codecs and resampling may go over full scale; then everything once more with room for it.
  const gain = 2 ** Math.ceil(Math.log2(first.peak));
  return (await pass(source, sink, needs, library, gain)).ingested();
}

interface Pass {
  readonly peak: number;
  ingested(): Ingested;
}

async function pass(source: ByteSource, sink: IngestSink, needs: IngestNeeds, library: Libflac, gain: number): Promise<Pass> {
  const reader = await openSource(source, needs.limits);
  try {
    const { format } = reader;
    const fold = foldOf(format.speakers);
    const frames = format.frames === null ? null : resampledFrames(format.frames, format.rate, SAMPLE_RATE);
    sink.recognised({ kind: format.kind, channels: fold.channels, sampleRate: format.rate, frames });
    const exact = format.rate === SAMPLE_RATE && !fold.changes ? format.exactBits : null;
    const programme = fold.surround ? needs.createProgrammeMeter?.(format.speakers, format.rate) : undefined;
    const folded = (block: readonly Float32Array[]) => {
      programme?.add(block);
      return fold.apply(block);
    };
    const segments = new Segments(sink, library, needs.createMeter(), { channels: fold.channels, bits: exact ?? 24, gain });
    const cutter = new Cutter(fold.channels, (segment, length) => segments.add(segment, length));
    for await (const block of resampled(reader, fold.channels, folded)) {
      await cutter.add(block);
      if (cutter.frames > needs.limits.maxSeconds * SAMPLE_RATE) throw tooLong(null, needs.limits);
      sink.progress(reader.progress());
    }
    await cutter.finish();
    if (cutter.frames === 0) throw noSound(format.kind);
    if (segments.peak > MOST_OVER) throw farTooLoud(format.kind);
    const lost = reader.lost?.() ?? 0;
    if (lost > 0 && segments.peak === 0) throw noNumbers(format.kind);
    const notes = [...foldedInWords(fold, programme?.loudness() ?? null), ...(lost === 0 ? [] : [lostInWords(lost)])];
    return { peak: segments.peak, ingested: () => segments.finish(cutter.frames, notes) };
  } finally {
    reader.close();
  }
}

/** What folding did, and how loud all channels together were before it. */
function foldedInWords(fold: Fold, loudness: number | null): string[] {
  if (fold.note === null) return [];
  const before = `Before that they measured ${loudness?.toFixed(1).replace('-', '−')} LUFS together.`;
  return [loudness === null ? fold.note : `${fold.note} ${before}`];
}

/** The file's blocks, folded and at 48 kHz. */
async function* resampled(
  reader: PcmReader,
  channels: number,
  fold: (block: readonly Float32Array[]) => readonly Float32Array[],
): AsyncGenerator<readonly Float32Array[]> {
  const { rate } = reader.format;
  const resampler = rate === SAMPLE_RATE ? null : new Resampler(channels, rate, SAMPLE_RATE);
  for await (const block of reader.blocks()) {
    if (block.length === 0) continue;
    const folded = fold(block);
    yield resampler ? resampler.push(folded) : folded;
  }
  if (resampler) yield resampler.flush();
}

interface Kept {
  readonly channels: 1 | 2;
  readonly bits: 16 | 24;
  readonly gain: number;
}

/** The segments of one stem, as they come: measured, encoded and handed on. */
class Segments {
  peak = 0;
  private readonly outline: Outline;
  private readonly names: (string | null)[] = [];
  private readonly loudness: (number | null)[] = [];

  constructor(
    private readonly sink: IngestSink,
    private readonly library: Libflac,
    private readonly meter: StemMeter,
    private readonly kept: Kept,
  ) {
    this.outline = new Outline(kept.gain);
  }

  async add(channels: readonly Float32Array[], frames: number): Promise<void> {
    const { bits, gain } = this.kept;
    this.peak = Math.max(this.peak, peakOf(channels, frames));
    // Too loud to be kept so: only the peak is still of interest.
    if (this.peak > gain) return;
    const samples = quantise(channels, frames, bits, gain);
    this.outline.add(channels, frames);
    const loudness = this.meter.segment(channels, frames);
    this.loudness.push(samples === null ? null : loudness);
    if (samples === null) {
      this.names.push(null);
      return;
    }
    const bytes = encodeFlac(this.library, samples, { channels: this.kept.channels, bits, rate: SAMPLE_RATE });
    const name = await segmentName(bytes);
    this.names.push(name);
    await this.sink.keep(name, bytes);
  }

  finish(frames: number, notes: readonly string[]): Ingested {
    const peaks = this.outline.finish();
    const { loudness, truePeak } = this.meter.finish();
    return {
      content: { ...this.kept, frames, segments: this.names, loudness, segmentLoudness: this.loudness, truePeak },
      peaks: encodePeaks(peaks),
      wave: thumbnail(peaks, WAVE_POINTS),
      notes,
    };
  }
}

/** The first half of the content's SHA-256: 128 bits. */
async function segmentName(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
  return `${[...digest.subarray(0, 16)].map((byte) => byte.toString(16).padStart(2, '0')).join('')}.flac`;
}
