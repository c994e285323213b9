import { bandsResponse, cutResponse } from '../../../lib/dsp';
import { EQ_TYPES } from '../../../lib/mix';
import type { BandSettings, EqSettings } from './settings';

/** Curves in dB over a list of frequencies. */
export interface EqResponse {
  readonly sum: Float64Array;
  /** One for each band; null where it does nothing. */
  readonly bands: readonly (Float64Array | null)[];
}

/** Log-spaced frequencies from 20 Hz to 20 kHz. */
export function logFrequencies(count: number): Float64Array {
  return Float64Array.from({ length: count }, (_, index) => 20 * 1000 ** (index / (count - 1)));
}

/** False for a band that is off or flat. */
export function shapes(band: BandSettings): boolean {
  return band.on && (band.gain !== 0 || EQ_TYPES[band.type] === 'Notch');
}

/** What the strip's filters and equaliser do at each frequency (Hz): the desk's own formulas. */
export function responseOf(settings: EqSettings, frequencies: Float64Array): EqResponse {
  const shaping = settings.on ? settings.bands.filter(shapes) : [];
  const bands = settings.bands.map((band) => (shaping.includes(band) ? bandsResponse([band], frequencies, settings.mix) : null));
  const cuts = [
    settings.hpf.on ? cutResponse('high', settings.hpf, frequencies) : null,
    settings.lpf.on ? cutResponse('low', settings.lpf, frequencies) : null,
  ];
  const sum = bandsResponse(shaping, frequencies, settings.mix);
  for (const curve of cuts) {
    if (curve) for (let index = 0; index < sum.length; index += 1) sum[index] = (sum[index] ?? 0) + (curve[index] ?? 0);
  }
  return { sum, bands };
}
