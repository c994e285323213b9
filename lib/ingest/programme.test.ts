import { beforeAll, describe, expect, it } from 'vitest';
import { loadDeskModule } from '../desk/node';
import { programmeMeter } from './programme';
import type { Speaker } from './source';

let module: WebAssembly.Module;
beforeAll(async () => {
  module = await loadDeskModule();
});

/** The loudness of tones of 1 kHz in several speakers, with their peaks in dBFS, given in blocks that end anywhere. */
function measured(levels: Partial<Record<Speaker, number>>, rate: number): number | null {
  const meter = programmeMeter(module, Object.keys(levels) as Speaker[], rate);
  const gains = Object.values(levels).map((level) => 10 ** (level / 20));
  const size = 3777;
  for (let from = 0; from < 20 * rate; from += size) {
    const wave = Float32Array.from({ length: Math.min(size, 20 * rate - from) }, (_, n) =>
      Math.sin((2 * Math.PI * 1000 * (from + n)) / rate),
    );
    meter.add(gains.map((gain) => wave.map((sample) => gain * sample)));
  }
  return meter.loudness();
}

/** Of EBU Tech 3341, case 6. */
const CASE_6 = { left: -28, right: -28, centre: -24, 'surround-left': -30, 'surround-right': -30 } as const;

describe('a source with more than two speakers', () => {
  it.each([48_000, 44_100])('is measured with the weights of BS.1770 before it is folded: EBU Tech 3341 case 6 at %i Hz', (rate) => {
    expect(Math.abs((measured(CASE_6, rate) ?? 0) + 23)).toBeLessThanOrEqual(0.1);
    // In 5.1, whatever the low-frequency channel holds, and in whatever order the channels come.
    const { left, right, centre, ...surround } = CASE_6;
    expect(Math.abs((measured({ ...surround, low: -6, centre, right, left }, rate) ?? 0) + 23)).toBeLessThanOrEqual(0.1);
  });

  it('is silent where nothing but the low-frequency channel sounds', () => {
    const silent = Number.NEGATIVE_INFINITY;
    expect(measured({ left: silent, right: silent, low: -6 }, 48_000)).toBeNull();
  });
});
