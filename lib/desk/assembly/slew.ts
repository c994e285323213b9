// What goes to the device, a little faster or slower than it was rendered, so that this machine keeps time with the others.
//
// The output reads the desk at a place that moves on by 1 + speed with each frame, through a windowed sinc (Kaiser, 64 taps: the
// band up to 21 kHz within 0.01 dB, what it adds below −90 dB). The speed never exceeds 300 millionths, half a hundredth of a
// semitone, and gets there in a second. Every way ends at a whole frame; from then on the output is the desk's again, bit for bit,
// as it is where nothing was ever asked.

import { HALF, PHASES, Slew, SLEW_LINE, SLEW_TAPS } from './slew-record';
import { MAX_FRAMES, OUTPUT, SLEW, SLEW_FRAMES, SLEW_KERNEL } from './layout';
import { bessel } from './oversample';
import { SAMPLE_RATE, toward } from './units';

/** Of the rate. */
const MOST_SPEED: f64 = 300e-6;
/** Per frame: at full speed after a second. */
const ACCELERATION: f64 = MOST_SPEED / SAMPLE_RATE;
/** So near, in frames, the way is over: what is left is heard by nobody (−110 dB at 20 kHz). */
const THERE: f64 = 1e-6;
/** Farther, in frames, nobody is led by a change of speed. */
const FARTHEST: f64 = SAMPLE_RATE;
const BETA: f64 = 10.0;
const RIGHT: usize = <usize>MAX_FRAMES << 2;
const LINE: usize = SLEW + SLEW_LINE;
const LINE_RIGHT: usize = LINE + (<usize>SLEW_FRAMES << 2);

@inline
function slewState(): Slew {
  return changetype<Slew>(SLEW);
}

function windowedSinc(x: f64): f64 {
  if (x == 0.0) return 1.0;
  // At whole distances exactly nothing, so that a place on a sample gives the sample.
  if (x == Math.floor(x) || Math.abs(x) >= <f64>HALF) return 0.0;
  const reach = x / <f64>HALF;
  return (Math.sin(Math.PI * x) / (Math.PI * x)) * (bessel(BETA * Math.sqrt(1.0 - reach * reach)) / bessel(BETA));
}

export function initSlew(): void {
  const state = slewState();
  state.place = <f64>HALF;
  state.length = HALF;
  for (let phase = 0; phase <= PHASES; phase++) {
    const row = SLEW_KERNEL + (<usize>(phase * SLEW_TAPS) << 2);
    const between = <f64>phase / <f64>PHASES;
    let sum = 0.0;
    for (let k = 0; k < SLEW_TAPS; k++) sum += windowedSinc(<f64>(k - HALF + 1) - between);
    for (let k = 0; k < SLEW_TAPS; k++) store<f32>(row + (<usize>k << 2), <f32>(windowedSinc(<f64>(k - HALF + 1) - between) / sum));
  }
}

/** The song at the speakers is to come so many frames (less than a second) further than it is now; 0 stops a way that is under way. */
export function setSlew(frames: f64): void {
  const state = slewState();
  if (Math.abs(frames) < FARTHEST) state.goal = Math.round(state.slip + frames);
}

@inline
function isMoving(state: Slew): bool {
  return state.slip != state.goal || state.speed != 0.0;
}

/** Frames delivered to the device since the memory was made. */
export function delivered(): f64 {
  return slewState().delivered;
}

/** Frames by which the desk has been used up faster than they were delivered. */
export function slipped(): f64 {
  return slewState().slip;
}

/** Frames still to go. */
export function slewing(): f64 {
  return slewState().goal - slewState().slip;
}

/** Frames rendered for the output, but not given to it yet. */
export function slewAhead(): i32 {
  return slewState().length - <i32>slewState().place;
}

/** How many frames the desk has to render for the next `count` of the output. */
export function framesFor(count: i32): i32 {
  const state = slewState();
  const end = state.place + <f64>count;
  const needed = isMoving(state) ? Math.ceil(end + <f64>count * MOST_SPEED) + <f64>(HALF + 1) : end;
  return max(0, <i32>needed - state.length);
}

/** Makes the next `count` frames of the output out of `rendered` new ones, which lie there. */
export function slew(rendered: i32, count: i32): void {
  const state = slewState();
  state.delivered += <f64>count;
  const plain = !isMoving(state) && slewAhead() == 0;
  append(state, OUTPUT, rendered);
  if (plain) state.place += <f64>count;
  else for (let i = 0; i < count; i++) {
    read(state, OUTPUT + (<usize>i << 2));
    advance(state);
  }
  trim(state);
}

function append(state: Slew, from: usize, frames: i32): void {
  const to = <usize>state.length << 2;
  const bytes = <usize>frames << 2;
  memory.copy(LINE + to, from, bytes);
  memory.copy(LINE_RIGHT + to, from + RIGHT, bytes);
  state.length += frames;
}

/** Forgets what no frame to come needs. */
function trim(state: Slew): void {
  const gone = <i32>state.place - HALF;
  const bytes = <usize>(state.length - gone) << 2;
  memory.copy(LINE, LINE + (<usize>gone << 2), bytes);
  memory.copy(LINE_RIGHT, LINE_RIGHT + (<usize>gone << 2), bytes);
  state.length -= gone;
  state.place -= <f64>gone;
}

/** On by a frame: faster while far, slower in time to arrive without overshooting. */
function advance(state: Slew): void {
  state.place += 1.0;
  const rest = state.goal - state.slip;
  if (rest == 0.0 && state.speed == 0.0) return;
  const most = Math.min(MOST_SPEED, Math.sqrt(2.0 * ACCELERATION * Math.abs(rest)));
  state.speed = toward(state.speed, rest < 0.0 ? -most : most, ACCELERATION);
  if (Math.abs(rest) <= THERE && Math.abs(state.speed) <= THERE) {
    state.place = Math.round(state.place + rest);
    state.slip = state.goal;
    state.speed = 0.0;
    return;
  }
  state.place += state.speed;
  state.slip += state.speed;
}

/** The sound at the present place, to `to` on each side. */
function read(state: Slew, to: usize): void {
  const sample = Math.floor(state.place);
  const between = (state.place - sample) * <f64>PHASES;
  const first = LINE + (<usize>(<i32>sample - HALF + 1) << 2);
  if (between == 0.0) {
    store<f32>(to, load<f32>(first + (<usize>(HALF - 1) << 2)));
    store<f32>(to + RIGHT, load<f32>(first + (LINE_RIGHT - LINE) + (<usize>(HALF - 1) << 2)));
    return;
  }
  const phase = Math.floor(between);
  const part = f32x4.splat(<f32>(between - phase));
  const row = SLEW_KERNEL + (<usize>(<i32>phase * SLEW_TAPS) << 2);
  let left = f32x4.splat(0.0);
  let right = left;
  for (let k: usize = 0; k < <usize>SLEW_TAPS << 2; k += 16) {
    const one = v128.load(row + k);
    const weight = f32x4.add(one, f32x4.mul(part, f32x4.sub(v128.load(row + k + (<usize>SLEW_TAPS << 2)), one)));
    left = f32x4.add(left, f32x4.mul(weight, v128.load(first + k)));
    right = f32x4.add(right, f32x4.mul(weight, v128.load(first + (LINE_RIGHT - LINE) + k)));
  }
  store<f32>(to, within(sum(left)));
  store<f32>(to + RIGHT, within(sum(right)));
}

@inline
function sum(x: v128): f32 {
  return f32x4.extract_lane(x, 0) + f32x4.extract_lane(x, 1) + (f32x4.extract_lane(x, 2) + f32x4.extract_lane(x, 3));
}

/** Between samples at full scale there may lie more than full scale. */
@inline
function within(x: f32): f32 {
  return max<f32>(-1.0, min<f32>(1.0, x));
}
