import { WavWriter } from '../../interchange';
import { SAMPLE_RATE } from '../../units';
import type { MixdownFormat } from '../types';
import { MixRender, type RenderMeans, type RenderRequest } from './render-mix';

export interface MixdownLevels {
  /** LUFS. */
  readonly integrated: number;
  /** dBTP. */
  readonly truePeak: number;
}

/** Frames written into one piece: about a second. */
const PIECE_FRAMES = 49_152;

/** Renders a mix into a WAV file, handed over piece by piece. Rejects when a stem cannot be read. */
export async function writeMixdown(
  means: RenderMeans,
  request: RenderRequest,
  format: MixdownFormat,
  take: (bytes: Uint8Array<ArrayBuffer>, done: number) => void,
): Promise<MixdownLevels> {
  const render = new MixRender(means, request);
  const writer = new WavWriter(format, request.frames, SAMPLE_RATE);
  take(writer.header(), 0);
  const left = new Float32Array(PIECE_FRAMES);
  const right = new Float32Array(PIECE_FRAMES);
  let held = 0;
  let written = 0;
  const flush = () => {
    written += held;
    take(writer.encode(left.subarray(0, held), right.subarray(0, held)), written / request.frames);
    held = 0;
  };
  for await (const piece of render.pieces()) {
    if (held + piece.left.length > PIECE_FRAMES) flush();
    left.set(piece.left, held);
    right.set(piece.right, held);
    held += piece.left.length;
  }
  flush();
  const { integrated, truePeak } = render.levels();
  return { integrated, truePeak };
}
