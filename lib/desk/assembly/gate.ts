// Turns sound down while it is quieter than a threshold.
//
// As a gate it opens when either side reaches the threshold, and begins to close once both have stayed below threshold −
// hysteresis for the hold time. As an expander it follows the level: ratio − 1 decibels down for each below the threshold.
// The gain goes in straight lines of dB: the whole range in the attack's time upwards, in the release's down.

import { desk } from './access';
import { Gate } from './gate-record';
import { highest, trace, tracePeaks } from './compressor';
import { decibelsToGains, gainsToDecibels } from './logarithm';
import { decibelsToGain, SAMPLE_RATE } from './units';
import { valueOf } from './values';

const FRAMES_PER_MS: f64 = SAMPLE_RATE / 1000.0;
/** From this ratio (its logarithm, that of 100) on it is a gate. */
const ENDLESS: f64 = 4.605170185988;
/** Peaks are held for this long at least, so that an expander does not follow the wave itself. */
const LEAST_HOLD_MS: f64 = 10.0;
const NOTHING: f64 = 1e-10;

// Its parameters, as they follow each other in the tables.
const THRESHOLD: i32 = 0;
const RATIO: i32 = 1;
const RANGE: i32 = 2;
const HYSTERESIS: i32 = 3;
const ATTACK: i32 = 4;
const HOLD: i32 = 5;
const RELEASE: i32 = 6;
/** Where a gate's detector has its own. */
export const GATE_DETECTOR: i32 = 7;

/** At rest a gate is closed, as it is after silence. */
export function resetGate(gate: Gate, values: usize, rows: i32, amount: f64): void {
  memory.fill(changetype<usize>(gate), 0, offsetof<Gate>());
  gate.amount = amount;
  gate.gain = amount == 0.0 ? 1.0 : decibelsToGain(valueOf(values, rows + RANGE));
}

/** The gain wanted at each frame of a chunk: open, closed, or still held. */
function traceGate(gate: Gate, values: usize, rows: i32, key: usize, frames: i32, floor: f64): void {
  const opens = decibelsToGain(valueOf(values, rows + THRESHOLD));
  const closes = opens * decibelsToGain(-valueOf(values, rows + HYSTERESIS));
  const hold = <i32>(valueOf(values, rows + HOLD) * FRAMES_PER_MS);
  let open = gate.open != 0;
  let left = gate.hold;
  let most = gate.detector * desk().peakFall;
  for (let i = 0; i < frames; i++) {
    const size = f64x2.abs(v128.load(key + (<usize>i << 4)));
    const level = Math.max(f64x2.extract_lane(size, 0), f64x2.extract_lane(size, 1));
    most = Math.max(most, level);
    if (level >= opens || (open && level >= closes)) {
      open = true;
      left = hold;
    } else if (open) {
      if (left > 0) left--;
      else open = false;
    }
    store<f64>(trace(i), open ? 1.0 : floor);
  }
  gate.open = open ? 1 : 0;
  gate.hold = left;
  gate.detector = most;
}

/** The gain wanted at each frame of a chunk by the level it has. */
function traceExpander(gate: Gate, values: usize, rows: i32, key: usize, frames: i32, range: f64): void {
  const hold = Math.max(LEAST_HOLD_MS, valueOf(values, rows + HOLD));
  tracePeaks(changetype<usize>(gate) + offsetof<Gate>('peak'), key, frames, hold);
  gate.detector = Math.max(highest(frames), gate.detector * desk().peakFall);
  const slope = f64x2.splat(Math.exp(valueOf(values, rows + RATIO)) - 1.0);
  const threshold = f64x2.splat(valueOf(values, rows + THRESHOLD));
  const zero = f64x2.splat(0.0);
  const most = f64x2.splat(range);
  for (let i = 0; i < frames; i += 2) {
    const level = gainsToDecibels(f64x2.max(v128.load(trace(i)), f64x2.splat(NOTHING)));
    const under = f64x2.min(f64x2.sub(level, threshold), zero);
    v128.store(trace(i), decibelsToGains(f64x2.max(f64x2.mul(slope, under), most)));
  }
}

/** One chunk at `buffer`, turned down by what is heard at `key`; `amount` of it is reached at the end. */
export function runGate(gate: Gate, values: usize, rows: i32, key: usize, buffer: usize, frames: i32, amount: f64): void {
  const range = valueOf(values, rows + RANGE);
  const floor = decibelsToGain(range);
  const rise = decibelsToGain(-range / Math.max(1.0, Math.exp(valueOf(values, rows + ATTACK)) * FRAMES_PER_MS));
  const fall = decibelsToGain(range / Math.max(1.0, Math.exp(valueOf(values, rows + RELEASE)) * FRAMES_PER_MS));
  if (valueOf(values, rows + RATIO) >= ENDLESS) traceGate(gate, values, rows, key, frames, floor);
  else traceExpander(gate, values, rows, key, frames, range);
  let gain = gate.gain;
  let now = gate.amount;
  const step = (amount - now) / <f64>frames;
  let least = 1.0;
  for (let i = 0; i < frames; i++) {
    const wanted = load<f64>(trace(i));
    gain = wanted > gain ? Math.min(wanted, gain * rise) : Math.max(wanted, gain * fall);
    now += step;
    const total = 1.0 + now * (gain - 1.0);
    least = Math.min(least, total);
    const at = buffer + (<usize>i << 4);
    v128.store(at, f64x2.mul(v128.load(at), f64x2.splat(total)));
  }
  gate.gain = gain;
  gate.amount = amount;
  gate.reduction = 20.0 * Math.log10(Math.max(least, 1e-6));
}
