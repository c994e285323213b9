// Turns a strip down while it is quieter than a threshold.
//
// It opens when either side reaches the threshold, and begins to close once both have stayed below threshold − hysteresis for
// the hold time. The gain goes in straight lines of dB: the whole range in the attack's time upwards, in the release's down.

import { desk } from './access';
import {
  STRIP_GATE_ATTACK,
  STRIP_GATE_HOLD,
  STRIP_GATE_HYSTERESIS,
  STRIP_GATE_ON,
  STRIP_GATE_RANGE,
  STRIP_GATE_RELEASE,
  STRIP_GATE_THRESHOLD,
} from './generated/parameters';
import { Strip } from './strip-record';
import { decibelsToGain, SAMPLE_RATE, SWITCH_FRAMES, toward } from './units';
import { isOn, valueOf } from './values';

const FRAMES_PER_MS: f64 = SAMPLE_RATE / 1000.0;

/** At rest a gate is closed, as it is after silence. */
export function resetGate(strip: Strip, values: usize): void {
  strip.gateAmount = isOn(values, STRIP_GATE_ON) ? 1.0 : 0.0;
  strip.gateGain = strip.gateAmount == 0.0 ? 1.0 : decibelsToGain(valueOf(values, STRIP_GATE_RANGE));
  strip.gateOpen = 0;
  strip.gateHold = 0;
  strip.gateReduction = 0.0;
  strip.gateDetector = 0.0;
}

export function processGate(strip: Strip, values: usize, buffer: usize, frames: i32): void {
  const before = strip.gateAmount;
  const after = toward(before, isOn(values, STRIP_GATE_ON) ? 1.0 : 0.0, <f64>frames / <f64>SWITCH_FRAMES);
  if (before == 0.0 && after == 0.0) {
    strip.gateReduction = 0.0;
    strip.gateDetector = 0.0;
    return;
  }
  const range = valueOf(values, STRIP_GATE_RANGE);
  const floor = decibelsToGain(range);
  const opens = decibelsToGain(valueOf(values, STRIP_GATE_THRESHOLD));
  const closes = opens * decibelsToGain(-valueOf(values, STRIP_GATE_HYSTERESIS));
  const rise = decibelsToGain(-range / Math.max(1.0, Math.exp(valueOf(values, STRIP_GATE_ATTACK)) * FRAMES_PER_MS));
  const fall = decibelsToGain(range / Math.max(1.0, Math.exp(valueOf(values, STRIP_GATE_RELEASE)) * FRAMES_PER_MS));
  const hold = <i32>(valueOf(values, STRIP_GATE_HOLD) * FRAMES_PER_MS);
  let gain = strip.gateGain;
  let open = strip.gateOpen != 0;
  let left = strip.gateHold;
  let amount = before;
  const step = (after - before) / <f64>frames;
  let least = 1.0;
  let most = strip.gateDetector * desk().peakFall;
  const end = buffer + (<usize>frames << 4);
  for (let at = buffer; at < end; at += 16) {
    const x = v128.load(at);
    const size = f64x2.abs(x);
    const level = Math.max(f64x2.extract_lane(size, 0), f64x2.extract_lane(size, 1));
    most = Math.max(most, level);
    if (level >= opens || (open && level >= closes)) {
      open = true;
      left = hold;
    } else if (open) {
      if (left > 0) left--;
      else open = false;
    }
    gain = open ? Math.min(1.0, gain * rise) : Math.max(floor, gain * fall);
    amount += step;
    const total = 1.0 + amount * (gain - 1.0);
    least = Math.min(least, total);
    v128.store(at, f64x2.mul(x, f64x2.splat(total)));
  }
  strip.gateGain = gain;
  strip.gateOpen = open ? 1 : 0;
  strip.gateHold = left;
  strip.gateAmount = after;
  strip.gateDetector = most;
  strip.gateReduction = 20.0 * Math.log10(Math.max(least, 1e-6));
}
