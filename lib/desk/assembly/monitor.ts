// What goes to this machine's speakers: never part of the mix.
//
// The mix, the strips listened to alone, or a reference; one band of it; sides swapped, turned round or summed; crossfeed; level and dim; and
// the guard once more, for what is listened to alone has passed no limiter. Whatever is off is left out: at rest, at 0 dB, the
// output is the mix, bit for bit.

import { monitorState, referenceState } from './access';
import { addCrossfeed, clearCrossfeed } from './crossfeed';
import { addScaled, applyGain } from './gain';
import { BUFFER_BYTES, LISTEN, MAX_FRAMES, MIX, OUTPUT, REFERENCE_OUT, SCRATCH } from './layout';
import { clearBand, makeBands, runBand } from './monitor-bands';
import { BANDS, CROSSFEEDS, Monitor } from './monitor-record';
import { guardWith } from './safety';
import { CHUNK } from './sizes';
import { decibelsToGain, SAMPLE_RATE, SWITCH_FRAMES, toward } from './units';

/** −20 dB. */
const DIM: f64 = 0.1;
const FOLLOW_FRAMES: f64 = 0.005 * SAMPLE_RATE;
/** Time constants of the dip: down before the first word is over, back without a bump. */
const DIP_DOWN_FRAMES: f64 = 0.04 * SAMPLE_RATE;
const DIP_BACK_FRAMES: f64 = 0.25 * SAMPLE_RATE;
const RIGHT: usize = <usize>MAX_FRAMES << 2;

// Switches of `setMonitor`.
const DIMMED: i32 = 1;
const MONO: i32 = 2;
const SWAPPED: i32 = 4;
const SIDE: i32 = 8;
const TURNED: i32 = 16;

export function initMonitor(): void {
  const state = monitorState();
  state.gain = 1.0;
  state.gainGoal = 1.0;
  state.dim = 1.0;
  state.dimGoal = 1.0;
  state.dip = 1.0;
  state.dipGoal = 1.0;
  state.leftLeft = 1.0;
  state.rightRight = 1.0;
  state.leftLeftGoal = 1.0;
  state.rightRightGoal = 1.0;
  state.band0 = 1.0;
  state.cross0 = 1.0;
  state.safety = 1.0;
  state.listenIdle = i32.MAX_VALUE;
  makeBands();
}

/**
 * `level` in dB, at most 0, silence at −120. Sides are swapped, then the left turned round, then the side or the middle of them
 * given to both ears. `band` 0 all, 1 lows, 2 mids, 3 highs; `crossfeed` 0 none to 3 strong.
 */
export function setMonitor(level: f64, switches: i32, band: i32, crossfeed: i32): void {
  const state = monitorState();
  if (level <= 0.0) state.gainGoal = level <= -120.0 ? 0.0 : decibelsToGain(level);
  state.dimGoal = switches & DIMMED ? DIM : 1.0;
  const left = switches & TURNED ? -1.0 : 1.0;
  const swapped = (switches & SWAPPED) != 0;
  setSides(state, swapped ? 0.0 : left, swapped ? left : 0.0, swapped ? 1.0 : 0.0, swapped ? 0.0 : 1.0);
  if (switches & SIDE) bothEars(state, -1.0);
  if (switches & MONO) bothEars(state, 1.0);
  if (band >= 0 && band < BANDS) state.band = band;
  if (crossfeed >= 0 && crossfeed < CROSSFEEDS) state.crossfeed = crossfeed;
}

/** Turns the mix down by `level` dB, at most 0, for as long as somebody speaks; 0 brings it back. */
export function setDip(level: f64): void {
  if (level <= 0.0) monitorState().dipGoal = decibelsToGain(level);
}

function setSides(state: Monitor, leftLeft: f64, leftRight: f64, rightLeft: f64, rightRight: f64): void {
  state.leftLeftGoal = leftLeft;
  state.leftRightGoal = leftRight;
  state.rightLeftGoal = rightLeft;
  state.rightRightGoal = rightRight;
}

/** Both ears get half of left + `sign` × right. */
function bothEars(state: Monitor, sign: f64): void {
  const fromLeft = 0.5 * (state.leftLeftGoal + sign * state.rightLeftGoal);
  const fromRight = 0.5 * (state.leftRightGoal + sign * state.rightRightGoal);
  setSides(state, fromLeft, fromRight, fromLeft, fromRight);
}

/** Copies the mix to the output through the monitor, `count` frames. */
export function monitor(count: i32): void {
  for (let from = 0; from < count; from += CHUNK) monitorChunk(from, min(CHUNK, count - from));
}

function monitorChunk(from: i32, frames: i32): void {
  const state = monitorState();
  const buffer = SCRATCH;
  takeSource(state, buffer, from, frames);
  takeReference(state, buffer, from, frames);
  hearBand(state, buffer, frames);
  hearSides(state, buffer, frames);
  hearCrossfeed(state, buffer, frames);
  hearLevel(state, buffer, frames);
  state.safety = guardWith(state.safety, buffer, frames);
  for (let i = 0; i < frames; i++) {
    const at = buffer + (<usize>i << 4);
    const to = OUTPUT + (<usize>(from + i) << 2);
    store<f32>(to, <f32>load<f64>(at));
    store<f32>(to + RIGHT, <f32>load<f64>(at, 8));
  }
}

/** The mix, or what is listened to alone, or on the way from one to the other. */
function takeSource(state: Monitor, buffer: usize, from: i32, frames: i32): void {
  const before = state.listenAmount;
  const after = toward(before, state.listening ? 1.0 : 0.0, <f64>frames / <f64>SWITCH_FRAMES);
  state.listenAmount = after;
  const step = (after - before) / <f64>frames;
  const alone = before != 0.0 || after != 0.0;
  let share = before;
  for (let i = 0; i < frames; i++) {
    const offset = <usize>(from + i) << 2;
    let left = <f64>load<f32>(MIX + offset);
    let right = <f64>load<f32>(MIX + RIGHT + offset);
    if (alone) {
      share += step;
      left += share * (<f64>load<f32>(LISTEN + offset) - left);
      right += share * (<f64>load<f32>(LISTEN + RIGHT + offset) - right);
    }
    const at = buffer + (<usize>i << 4);
    store<f64>(at, left);
    store<f64>(at, right, 8);
  }
}

/** A reference in the place of all that, or on the way to it. */
function takeReference(state: Monitor, buffer: usize, from: i32, frames: i32): void {
  const before = state.referenceAmount;
  const after = toward(before, referenceState().heard ? 1.0 : 0.0, <f64>frames / <f64>SWITCH_FRAMES);
  state.referenceAmount = after;
  if (before == 0.0 && after == 0.0) return;
  const step = (after - before) / <f64>frames;
  let share = before;
  for (let i = 0; i < frames; i++) {
    share += step;
    const at = buffer + (<usize>i << 4);
    const offset = <usize>(from + i) << 2;
    const left = load<f64>(at);
    const right = load<f64>(at, 8);
    store<f64>(at, left + share * (<f64>load<f32>(REFERENCE_OUT + offset) - left));
    store<f64>(at, right + share * (<f64>load<f32>(REFERENCE_OUT + RIGHT + offset) - right), 8);
  }
}

@inline
function shareAt(state: Monitor, first: usize, index: i32): usize {
  return changetype<usize>(state) + first + (<usize>index << 3);
}

/** Whether only the first of `count` shares counts, now and from now on. */
function isPlain(state: Monitor, first: usize, wanted: i32): bool {
  return wanted == 0 && load<f64>(shareAt(state, first, 0)) == 1.0;
}

function hearBand(state: Monitor, buffer: usize, frames: i32): void {
  const shares = offsetof<Monitor>('band0');
  if (isPlain(state, shares, state.band)) return;
  const whole = buffer + BUFFER_BYTES;
  const part = buffer + 2 * BUFFER_BYTES;
  memory.copy(whole, buffer, <usize>frames << 4);
  memory.fill(buffer, 0, <usize>frames << 4);
  for (let band = 0; band < BANDS; band++) {
    const at = shareAt(state, shares, band);
    const before = load<f64>(at);
    const after = toward(before, band == state.band ? 1.0 : 0.0, <f64>frames / <f64>SWITCH_FRAMES);
    store<f64>(at, after);
    if (before == 0.0 && after == 0.0) continue;
    memory.copy(part, whole, <usize>frames << 4);
    if (band > 0) {
      if (before == 0.0) clearBand(band);
      runBand(band, part, frames);
    }
    addScaled(part, buffer, frames, before, after);
  }
}

function hearCrossfeed(state: Monitor, buffer: usize, frames: i32): void {
  const shares = offsetof<Monitor>('cross0');
  if (isPlain(state, shares, state.crossfeed)) return;
  const dry = buffer + BUFFER_BYTES;
  memory.copy(dry, buffer, <usize>frames << 4);
  memory.fill(buffer, 0, <usize>frames << 4);
  for (let kind = 0; kind < CROSSFEEDS; kind++) {
    const at = shareAt(state, shares, kind);
    const before = load<f64>(at);
    const after = toward(before, kind == state.crossfeed ? 1.0 : 0.0, <f64>frames / <f64>SWITCH_FRAMES);
    store<f64>(at, after);
    if (before == 0.0 && after == 0.0) continue;
    if (kind == 0) addScaled(dry, buffer, frames, before, after);
    else {
      if (before == 0.0) clearCrossfeed(kind);
      addCrossfeed(kind, dry, buffer, frames, before, after);
    }
  }
}

function hearSides(state: Monitor, buffer: usize, frames: i32): void {
  let ll = state.leftLeft;
  let lr = state.leftRight;
  let rl = state.rightLeft;
  let rr = state.rightRight;
  const gll = state.leftLeftGoal;
  const glr = state.leftRightGoal;
  const grl = state.rightLeftGoal;
  const grr = state.rightRightGoal;
  const rests = ll == gll && lr == glr && rl == grl && rr == grr;
  if (rests && ll == 1.0 && lr == 0.0 && rl == 0.0 && rr == 1.0) return;
  const rate = 1.0 - Math.exp(-1.0 / FOLLOW_FRAMES);
  for (let i = 0; i < frames; i++) {
    ll += (gll - ll) * rate;
    lr += (glr - lr) * rate;
    rl += (grl - rl) * rate;
    rr += (grr - rr) * rate;
    const at = buffer + (<usize>i << 4);
    const left = load<f64>(at);
    const right = load<f64>(at, 8);
    store<f64>(at, ll * left + lr * right);
    store<f64>(at, rl * left + rr * right, 8);
  }
  state.leftLeft = settle(ll, gll);
  state.leftRight = settle(lr, glr);
  state.rightLeft = settle(rl, grl);
  state.rightRight = settle(rr, grr);
}

function hearLevel(state: Monitor, buffer: usize, frames: i32): void {
  const rests = state.gain == state.gainGoal && state.dim == state.dimGoal && state.dip == state.dipGoal;
  if (rests) {
    const level = state.gain * state.dim * state.dip;
    return applyGain(buffer, frames, level, level, level, level);
  }
  const rate = 1.0 - Math.exp(-1.0 / FOLLOW_FRAMES);
  let gain = state.gain;
  let dim = state.dim;
  let dip = state.dip;
  const dipRate = 1.0 - Math.exp(-1.0 / (state.dipGoal < dip ? DIP_DOWN_FRAMES : DIP_BACK_FRAMES));
  for (let i = 0; i < frames; i++) {
    gain += (state.gainGoal - gain) * rate;
    dim += (state.dimGoal - dim) * rate;
    dip += (state.dipGoal - dip) * dipRate;
    const at = buffer + (<usize>i << 4);
    v128.store(at, f64x2.mul(v128.load(at), f64x2.splat(gain * dim * dip)));
  }
  state.gain = settle(gain, state.gainGoal);
  state.dim = settle(dim, state.dimGoal);
  state.dip = settle(dip, state.dipGoal);
}

@inline
function settle(value: f64, target: f64): f64 {
  return Math.abs(value - target) < 1e-7 ? target : value;
}
