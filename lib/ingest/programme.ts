import { createLoudnessMeter } from '../desk';
import { Resampler } from '../dsp';
import { SAMPLE_RATE } from '../units';
import { gatedLoudness } from './gates';
import type { ProgrammeMeter } from './pipeline';
import type { Speaker } from './source';

/** What each speaker's energy counts for, ITU-R BS.1770-5 table 4; the low-frequency channel is left out. */
const WEIGHTS: Readonly<Record<Speaker, number>> = {
  left: 1,
  right: 1,
  centre: 1,
  low: 0,
  'surround-left': 1.41,
  'surround-right': 1.41,
  back: 1,
  other: 1,
};

/** 100 ms. */
const STEP = SAMPLE_RATE / 10;

interface Counted {
  readonly channel: number;
  readonly gain: number;
}

/** Loudness of a source with more than two speakers, before it is folded; `rate` in Hz. */
export function programmeMeter(desk: WebAssembly.Module, speakers: readonly Speaker[], rate: number): ProgrammeMeter {
  const counted = speakers
    .map((speaker, channel): Counted => ({ channel, gain: Math.sqrt(WEIGHTS[speaker]) }))
    .filter(({ gain }) => gain > 0);
  const resampler = rate === SAMPLE_RATE ? null : new Resampler(speakers.length, rate, SAMPLE_RATE);
  // The desk's meter takes two channels; energies add up, and so do momentary loudnesses as energies.
  const pairs = Array.from({ length: Math.ceil(counted.length / 2) }, (_, index) => ({
    meter: createLoudnessMeter(desk),
    channels: counted.slice(2 * index, 2 * index + 2).map((one) => ({ ...one, waiting: new Float32Array(STEP) })),
  }));
  const momentary: number[] = [];
  let waiting = 0;
  const measure = () => {
    const blocks = pairs.map(({ meter, channels }) =>
      meter.add(
        channels.map((one) => one.waiting),
        STEP,
      ),
    );
    const sum = blocks.reduce((energy, [loudness]) => energy + (loudness === undefined ? 0 : 10 ** (loudness / 10)), 0);
    momentary.push(10 * Math.log10(sum));
  };
  const take = (block: readonly Float32Array[]) => {
    const frames = block[0]?.length ?? 0;
    for (let from = 0; from < frames; ) {
      const count = Math.min(STEP - waiting, frames - from);
      for (const { channels } of pairs) {
        for (const { channel, gain, waiting: held } of channels) {
          const samples = block[channel];
          for (let n = 0; n < count; n++) held[waiting + n] = gain * (samples?.[from + n] ?? 0);
        }
      }
      from += count;
      waiting += count;
      if (waiting < STEP) return;
      measure();
      waiting = 0;
    }
  };
  return {
    add: (block) => take(resampler ? resampler.push(block) : block),
    loudness() {
      if (resampler) take(resampler.flush());
      return gatedLoudness(momentary);
    },
  };
}
