import { type ProgrammeMeasure, programmeOf, type StripMeasure, StripMeter } from '../../analysis';
import { SEGMENT_FRAMES, type StemManifest } from '../../media';
import type { Mix, StripId } from '../../mix';
import { MixRender, type RenderMeans } from '../render/render-mix';
import type { SegmentDecoder } from '../stems/decode';
import type { SegmentFiles } from '../stems/segment-files';
import { plainMix } from './processing';

/** Measures a stem as it was recorded. Rejects where a piece of it is damaged or the work is called off. */
export async function measureStem(
  { files, decoder }: { readonly files: SegmentFiles; readonly decoder: SegmentDecoder },
  { frames, channels, gain, segments, segmentBase }: StemManifest,
  signal: AbortSignal,
): Promise<StripMeasure> {
  const meter = new StripMeter(channels === 1);
  const silence = new Float32Array(SEGMENT_FRAMES);
  for (const [n, name] of segments.entries()) {
    const count = Math.min(SEGMENT_FRAMES, frames - n * SEGMENT_FRAMES);
    if (name === null) {
      meter.add(silence.subarray(0, count), silence.subarray(0, count));
      continue;
    }
    const { channels: decoded, bits } = await decoder.decode(await files.get(segmentBase + name, signal));
    // The decoder divides by one less than full scale.
    const scale = gain * (1 - 2 ** (1 - bits));
    const [left, right = left] = decoded.map((samples) => samples.map((sample) => sample * scale));
    if (left && right) meter.add(left.subarray(0, count), right.subarray(0, count));
  }
  return meter.finish();
}

/** Measures a strip as it leaves its processing, rendered on a desk: before its fader and its place. Rejects like `MixRender`. */
export async function measureProcessed(
  means: RenderMeans,
  mix: Mix,
  strip: StripId,
  stems: ReadonlyMap<string, StemManifest>,
): Promise<StripMeasure> {
  const stem = stems.get(mix.strips.get(strip)?.stem ?? '');
  if (!stem) throw new Error('That strip plays no stem.');
  const part = { strip, effects: false, master: false };
  const render = new MixRender(means, { mix: plainMix(mix, strip), stems, from: 0, frames: stem.frames, part });
  const stereo = stem.channels === 2 || [...mix.inserts.values()].some((insert) => insert.strip === strip);
  const meter = new StripMeter(!stereo);
  for await (const { left, right } of render.pieces()) meter.add(left, right);
  return meter.finish();
}

/** Measures the mix as a finished song. Rejects like `MixRender`. */
export async function measureMix(
  means: RenderMeans,
  { mix, frames, stems }: { readonly mix: Mix; readonly frames: number; readonly stems: ReadonlyMap<string, StemManifest> },
): Promise<ProgrammeMeasure> {
  const render = new MixRender(means, { mix, stems, from: 0, frames });
  const meter = new StripMeter(false);
  for await (const { left, right } of render.pieces()) meter.add(left, right);
  return programmeOf(meter.finish(), render.levels().truePeak);
}
