import { createLoudnessMeter } from '../desk';
import { gatedLoudness } from './gates';
import type { StemMeter } from './pipeline';

const finite = (value: number): number | null => (Number.isFinite(value) ? value : null);

/** The desk's own meter on a stem. */
export function stemMeter(desk: WebAssembly.Module): StemMeter {
  const meter = createLoudnessMeter(desk);
  return {
    segment: (channels, frames) => gatedLoudness(meter.add(channels, frames)),
    finish() {
      const { integrated, truePeak } = meter.report();
      return { loudness: finite(integrated), truePeak: finite(truePeak) };
    },
  };
}
