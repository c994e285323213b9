// A strip between left and right: pan law, balance or dual pan, and what silences it.

import { applyCross, applyGain } from './gain';
import { STRIP_PAN, STRIP_PAN_LAW, STRIP_PAN_LEFT, STRIP_PAN_MODE, STRIP_PAN_RIGHT } from './generated/parameters';
import { dualGain, sideGain } from './pan';
import { Strip } from './strip-record';
import { SWITCH_FRAMES, toward } from './units';
import { anyChanged, isOn, targetOf, valueOf } from './values';

/** Moves the pan's gains to these, by at most `step`: another law fades in, a moved pan is never held back that much. */
function approach(strip: Strip, mono: bool, left: f64, right: f64, crossLeft: f64, crossRight: f64, step: f64): void {
  strip.panLeft = toward(strip.panLeft, left, step);
  strip.panRight = toward(strip.panRight, right, step);
  strip.panCrossLeft = toward(strip.panCrossLeft, crossLeft, step);
  strip.panCrossRight = toward(strip.panCrossRight, crossRight, step);
  const sides = strip.panLeft == left && strip.panRight == right;
  strip.panRests = sides && strip.panCrossLeft == crossLeft && strip.panCrossRight == crossRight ? (mono ? 2 : 1) : 0;
}

function movePan(strip: Strip, values: usize, mono: bool, step: f64): void {
  if (strip.panRests == (mono ? 2 : 1) && !anyChanged(values)) return;
  const law = <i32>targetOf(values, STRIP_PAN_LAW);
  if (!mono && isOn(values, STRIP_PAN_MODE)) {
    const left = valueOf(values, STRIP_PAN_LEFT);
    const right = valueOf(values, STRIP_PAN_RIGHT);
    const intoLeft = dualGain(right, -1.0, law);
    const intoRight = dualGain(left, 1.0, law);
    approach(strip, mono, dualGain(left, -1.0, law), dualGain(right, 1.0, law), intoLeft, intoRight, step);
    return;
  }
  const pan = valueOf(values, STRIP_PAN);
  approach(strip, mono, sideGain(pan, -1.0, mono, law), sideGain(pan, 1.0, mono, law), 0.0, 0.0, step);
}

/** At rest, with everything let through by `pass`. */
export function resetPan(strip: Strip, values: usize, mono: bool, pass: f64): void {
  strip.panRests = 0;
  movePan(strip, values, mono, 8.0);
  strip.left = pass * strip.panLeft;
  strip.right = pass * strip.panRight;
  strip.crossLeft = pass * strip.panCrossLeft;
  strip.crossRight = pass * strip.panCrossRight;
}

/** One chunk in place; `pass` is what mutes, solos and changes let through at its end. */
export function applyPan(strip: Strip, values: usize, buffer: usize, frames: i32, mono: bool, pass: f64): void {
  movePan(strip, values, mono, (2.0 * <f64>frames) / <f64>SWITCH_FRAMES);
  const left = pass * strip.panLeft;
  const right = pass * strip.panRight;
  const crossLeft = pass * strip.panCrossLeft;
  const crossRight = pass * strip.panCrossRight;
  if (strip.crossLeft == 0.0 && strip.crossRight == 0.0 && crossLeft == 0.0 && crossRight == 0.0) {
    applyGain(buffer, frames, strip.left, strip.right, left, right);
  } else {
    const before = strip;
    applyCross(buffer, frames, before.left, before.right, before.crossLeft, before.crossRight, left, right, crossLeft, crossRight);
  }
  strip.left = left;
  strip.right = right;
  strip.crossLeft = crossLeft;
  strip.crossRight = crossRight;
}
