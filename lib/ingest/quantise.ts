/** Highest magnitude of all samples; NaN and infinities count as silence, as `quantise` writes them. */
export function peakOf(channels: readonly Float32Array[], frames: number): number {
  let peak = 0;
  for (const samples of channels) {
    for (let i = 0; i < frames; i++) {
      const magnitude = Math.abs(samples[i] as number);
      if (magnitude > peak && magnitude !== Number.POSITIVE_INFINITY) peak = magnitude;
    }
  }
  return peak;
}

/**
 * Interleaved integers of `bits` from floats, divided by `gain` (a power of two, so that nothing is lost by it) and rounded;
 * the topmost half step of full scale, which has no integer, becomes the one below it. Null where all are 0.
 */
export function quantise(channels: readonly Float32Array[], frames: number, bits: 16 | 24, gain: number): Int32Array<ArrayBuffer> | null {
  const scale = 2 ** (bits - 1);
  const factor = scale / gain;
  const out = new Int32Array(frames * channels.length);
  let any = 0;
  channels.forEach((samples, channel) => {
    for (let i = 0, to = channel; i < frames; i++, to += channels.length) {
      const value = Math.round((samples[i] as number) * factor);
      const kept = value >= scale ? scale - 1 : value <= -scale ? -scale : value;
      // NaN becomes 0 here.
      out[to] = kept;
      any |= out[to] as number;
    }
  });
  return any === 0 ? null : out;
}
