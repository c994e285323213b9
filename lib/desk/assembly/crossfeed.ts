// Crossfeed for headphones: each ear also hears the other side, low-passed and quieter, as from a loudspeaker.
//
// After B. Bauer, "Stereophonic Earphones and Binaural Loudspeakers" (JAES 9, 1961), in the form of first-order filters that
// bs2b made common: the other side through a low-pass, the own side through a high shelf that makes room for it, so that what
// is the same on both sides keeps its level at low frequencies. At 0 Hz the other side lies `feed` dB below the own one.

import { CROSS_STATE_BYTES, MONITOR_CROSS } from './monitor-record';
import { MONITOR } from './layout';
import { SAMPLE_RATE } from './units';

/** Corner in Hz and feed in dB of light (J. Meier's), medium (C. Moy's) and strong (bs2b's own). */
const CORNERS: usize = memory.data<f64>([0.0, 650.0, 700.0, 700.0]);
const FEEDS: usize = memory.data<f64>([0.0, 9.5, 6.0, 4.5]);

@inline
function stateOf(kind: i32): usize {
  return MONITOR + MONITOR_CROSS + <usize>kind * CROSS_STATE_BYTES;
}

/** Nothing rings. */
export function clearCrossfeed(kind: i32): void {
  memory.fill(stateOf(kind), 0, CROSS_STATE_BYTES);
}

/** Adds `into` what one kind of crossfeed makes of `from`, with a gain from `gain0` to `gain1`. */
export function addCrossfeed(kind: i32, from: usize, into: usize, frames: i32, gain0: f64, gain1: f64): void {
  const feed = load<f64>(FEEDS + (<usize>kind << 3));
  const lowDecibels = -feed * (5.0 / 6.0) - 3.0;
  const low = Math.pow(10.0, lowDecibels / 20.0);
  const high = 1.0 - Math.pow(10.0, (feed / 6.0 - 3.0) / 20.0);
  const corner = load<f64>(CORNERS + (<usize>kind << 3));
  const shelf = corner * Math.pow(2.0, (lowDecibels - 20.0 * Math.log10(high)) / 12.0);
  const lowPole = f64x2.splat(Math.exp((-2.0 * Math.PI * corner) / SAMPLE_RATE));
  const highPole = Math.exp((-2.0 * Math.PI * shelf) / SAMPLE_RATE);
  const scale = 1.0 / (1.0 - high + low);
  const lowIn = f64x2.splat(scale * low * (1.0 - f64x2.extract_lane(lowPole, 0)));
  const highIn = f64x2.splat(scale * (1.0 - high * (1.0 - highPole)));
  const highBefore = f64x2.splat(-scale * highPole);
  const pole = f64x2.splat(highPole);
  const states = stateOf(kind);
  let lows = v128.load(states);
  let highs = v128.load(states, 16);
  let last = v128.load(states, 32);
  let gain = f64x2.splat(gain0);
  const step = f64x2.splat((gain1 - gain0) / <f64>frames);
  for (let i: usize = 0; i < <usize>frames << 4; i += 16) {
    const x = v128.load(from + i);
    lows = f64x2.add(f64x2.mul(lowIn, x), f64x2.mul(lowPole, lows));
    highs = f64x2.add(f64x2.add(f64x2.mul(highIn, x), f64x2.mul(highBefore, last)), f64x2.mul(pole, highs));
    last = x;
    gain = f64x2.add(gain, step);
    const other = v128.shuffle<f64>(lows, lows, 1, 0);
    v128.store(into + i, f64x2.add(v128.load(into + i), f64x2.mul(gain, f64x2.add(highs, other))));
  }
  v128.store(states, kept(lows));
  v128.store(states, kept(highs), 16);
  v128.store(states, last, 32);
}

@inline
function kept(state: v128): v128 {
  return v128.and(state, f64x2.gt(f64x2.abs(state), f64x2.splat(1e-30)));
}
