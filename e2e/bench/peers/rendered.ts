export const SAMPLE_RATE = 48_000;

/** A console of `strips` full strips, rendered for `seconds`; the milliseconds that took, and the level of what came out. */
export interface Rendering {
  readonly milliseconds: number;
  /** Root of the mean square, so that a console that renders nothing is not the fastest. */
  readonly level: number;
}

/** White noise of both sides, the same for every console. */
export function noiseBuffer(context: BaseAudioContext, seconds: number): AudioBuffer {
  const buffer = context.createBuffer(2, Math.ceil(seconds * SAMPLE_RATE), SAMPLE_RATE);
  let state = 1;
  for (const side of [0, 1]) {
    const samples = buffer.getChannelData(side);
    for (let n = 0; n < samples.length; n++) {
      state = (Math.imul(state, 1_664_525) + 1_013_904_223) | 0;
      samples[n] = (0.5 * state) / 2_147_483_648;
    }
  }
  return buffer;
}

/** Renders a prepared context by the clock. */
export async function byTheClock(render: () => Promise<AudioBuffer>): Promise<Rendering> {
  const begun = performance.now();
  const buffer = await render();
  const milliseconds = performance.now() - begun;
  const samples = buffer.getChannelData(0);
  let sum = 0;
  for (const sample of samples) sum += sample * sample;
  return { milliseconds, level: Math.sqrt(sum / samples.length) };
}
