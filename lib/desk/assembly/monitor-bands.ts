// Lows, mids or highs alone, to hear what happens there: Linkwitz-Riley crossovers of 48 dB per octave at 250 Hz and 4 kHz.

import { butterworthQuality } from '../../dsp/response/butterworth';
import { clearState, runSections } from './biquad';
import { LIST, MONITOR } from './layout';
import { BAND_SECTIONS, BANDS, MONITOR_SECTIONS } from './monitor-record';
import { SECTION_BYTES } from './section-record';
import { SAMPLE_RATE } from './units';

const LOW_CROSSING: f64 = 250.0;
const HIGH_CROSSING: f64 = 4000.0;
const LOWS: i32 = 1;
const MIDS: i32 = 2;
/** Two Butterworths of this order in a row make one Linkwitz-Riley. */
const ORDER: i32 = 4;

@inline
function sectionAt(band: i32, index: i32): usize {
  return MONITOR + MONITOR_SECTIONS + <usize>(band * BAND_SECTIONS + index) * SECTION_BYTES;
}

/** Bilinear sections: with those both sides of a crossing have one phase, and their sum is flat. */
function designEdge(band: i32, first: i32, high: bool, hertz: f64): void {
  const k = Math.tan((Math.PI * hertz) / SAMPLE_RATE);
  for (let i = 0; i < ORDER; i++) {
    const q = butterworthQuality(<f64>ORDER, <f64>(i >> 1));
    const scale = 1.0 / (1.0 + k / q + k * k);
    const edge = high ? scale : k * k * scale;
    const section = sectionAt(band, first + i);
    store<f64>(section, edge);
    store<f64>(section, high ? -2.0 * edge : 2.0 * edge, 8);
    store<f64>(section, edge, 16);
    store<f64>(section, 2.0 * (k * k - 1.0) * scale, 24);
    store<f64>(section, (1.0 - k / q + k * k) * scale, 32);
  }
}

/** Makes the filters; once. */
export function makeBands(): void {
  designEdge(LOWS, 0, false, LOW_CROSSING);
  designEdge(MIDS, 0, true, LOW_CROSSING);
  designEdge(MIDS, ORDER, false, HIGH_CROSSING);
  designEdge(BANDS - 1, 0, true, HIGH_CROSSING);
}

export function clearBand(band: i32): void {
  for (let i = 0; i < BAND_SECTIONS; i++) clearState(sectionAt(band, i));
}

/** Leaves only one band of `buffer`. */
export function runBand(band: i32, buffer: usize, frames: i32): void {
  const count = band == MIDS ? 2 * ORDER : ORDER;
  for (let i = 0; i < count; i++) store<u32>(LIST + (<usize>i << 2), <u32>sectionAt(band, i));
  runSections(LIST, count, buffer, frames);
}
