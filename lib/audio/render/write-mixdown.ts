import { createSoundWriter, type SoundFormat } from '../../interchange';
import { SAMPLE_RATE } from '../../units';
import type { Normalisation } from '../types';
import { type MixdownLevels, normalisingGain } from './normalise';
import { MixRender, type RenderMeans, type RenderRequest } from './render-mix';

/** Levels of the file, and the gain in dB that brought it there. */
export interface WrittenLevels extends MixdownLevels {
  readonly gain: number;
}

export interface MixdownOrder {
  readonly request: RenderRequest;
  readonly format: SoundFormat;
  readonly normalise?: Normalisation;
}

/** Frames written into one piece: about a second. */
const PIECE_FRAMES = 49_152;

/** Renders without keeping anything; `progress` is told the share that is done, 0…1, now and then. */
export async function measured(means: RenderMeans, request: RenderRequest, progress: (done: number) => void): Promise<MixdownLevels> {
  const render = new MixRender(means, request);
  let rendered = 0;
  let told = 0;
  for await (const { left } of render.pieces()) {
    rendered += left.length;
    if (rendered - told < PIECE_FRAMES && rendered < request.frames) continue;
    told = rendered;
    progress(rendered / request.frames);
  }
  const { integrated, truePeak } = render.levels();
  return { integrated, truePeak };
}

/** Scales in place, in the precision of the samples. */
function scale(samples: Float32Array, gain: number): Float32Array {
  if (gain !== 1) for (let n = 0; n < samples.length; n++) samples[n] = (samples[n] ?? 0) * gain;
  return samples;
}

/**
 * Renders a mix into a file, handed over piece by piece. Where its level is wanted, it is rendered once before to know it: the
 * desk gives the same samples again. Rejects when a stem cannot be read or the format cannot be written.
 */
export async function writeMixdown(
  means: RenderMeans,
  { request, format, normalise }: MixdownOrder,
  take: (bytes: Uint8Array<ArrayBuffer>) => void,
  progress: (done: number) => void,
): Promise<WrittenLevels> {
  const before = normalise ? await measured(means, request, (done) => progress(done / 2)) : null;
  const gain = normalise && before ? normalisingGain(normalise, before) : 0;
  const factor = 10 ** (gain / 20);
  const share = before ? 0.5 : 1;
  const render = new MixRender(means, request);
  const writer = await createSoundWriter(format, { frames: request.frames, rate: SAMPLE_RATE }, take);
  const left = new Float32Array(PIECE_FRAMES);
  const right = new Float32Array(PIECE_FRAMES);
  let held = 0;
  let written = 0;
  const flush = async () => {
    await writer.add(scale(left.subarray(0, held), factor), scale(right.subarray(0, held), factor));
    written += held;
    held = 0;
    progress(1 - share + (share * written) / request.frames);
  };
  for await (const piece of render.pieces()) {
    if (held + piece.left.length > PIECE_FRAMES) await flush();
    left.set(piece.left, held);
    right.set(piece.right, held);
    held += piece.left.length;
  }
  await flush();
  await writer.end();
  const { integrated, truePeak } = render.levels();
  return { integrated: integrated + gain, truePeak: truePeak + gain, gain };
}
