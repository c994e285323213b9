import type { StemManifest } from '../../media';
import type { Mix } from '../../mix';
import { MixRender, type RenderMeans } from '../render/render-mix';
import { PRINT_FRAMES, printPlace } from './place';

export interface PrintRequest {
  readonly mix: Mix;
  /** By stem id; what the mix does not use is passed over. */
  readonly stems: ReadonlyMap<string, StemManifest>;
  readonly seed: number;
}

/**
 * SHA-256, in hexadecimal digits, over the samples of two seconds of the mix, left then right, as little-endian floats.
 * Rejects like `MixRender`.
 */
export async function printOf(means: RenderMeans, { mix, stems, seed }: PrintRequest): Promise<string> {
  const used = new Set([...mix.strips.values()].map(({ stem }) => stem));
  const played = new Map([...stems].filter(([id]) => used.has(id)));
  const from = printPlace(played.values(), seed);
  // One segment of each stem is all that is read: a third of the memory that playing takes.
  const render = new MixRender(means, { mix, stems, from, frames: PRINT_FRAMES, depth: 1 });
  const samples = new Float32Array(2 * PRINT_FRAMES);
  let at = 0;
  for await (const { left, right } of render.pieces()) {
    samples.set(left, at);
    samples.set(right, PRINT_FRAMES + at);
    at += left.length;
  }
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', samples));
  return [...digest].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}
