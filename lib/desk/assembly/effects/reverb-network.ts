// Sixteen delay lines that feed each other through a Hadamard matrix.

import { wanderDepth, wanderRate } from './reverb-characters';
import { SAMPLE_RATE } from '../units';
import {
  DRAWN,
  DRAWN_STEP,
  f32At,
  GAIN,
  i32At,
  INTO_LEFT,
  INTO_RIGHT,
  LENGTH,
  LINE,
  LINE_BYTES,
  LINES_AT,
  OLD_GAIN,
  OLD_LENGTH,
  OLD_POLE,
  POLE,
  QUIET,
  STATE,
} from './reverb-record';

/** Every so many frames four lines get another way to wander: counted from the beginning, so that blocks do not matter. */
const WANDER_FRAMES: i32 = 64;

/** Where the line of `group` that wanders is, in frames from its length, at frame `written`. */
function drawnAt(character: i32, group: i32, written: i32): f64 {
  const rate = wanderRate(character) * (1.0 + 0.17 * <f64>group);
  const turns = (<f64>written * rate) / SAMPLE_RATE + 0.31 * <f64>group;
  return wanderDepth(character) * (1.0 + Math.sin(2.0 * Math.PI * (turns - Math.floor(turns))));
}

/** Lets four lines wander: no two rounds of the network are alike, so that nothing rings at one pitch. */
@inline
export function wander(at: usize, character: i32, written: i32): void {
  if ((written & (WANDER_FRAMES - 1)) == 0) {
    for (let group = 0; group < 4; group++) {
      const from = drawnAt(character, group, written);
      const step = (drawnAt(character, group, written + WANDER_FRAMES) - from) / <f64>WANDER_FRAMES;
      store<f32>(at + DRAWN + (<usize>group << 2), <f32>from);
      store<f32>(at + DRAWN_STEP + (<usize>group << 2), <f32>step);
    }
  } else {
    v128.store(at + DRAWN, f32x4.add(v128.load(at + DRAWN), v128.load(at + DRAWN_STEP)));
  }
}

/** The 4 × 4 Hadamard matrix within a vector, unscaled. */
@inline
function mixWithin(v: v128): v128 {
  const first = f32x4.add(v128.shuffle<f32>(v, v, 0, 0, 2, 2), f32x4.mul(v128.shuffle<f32>(v, v, 1, 1, 3, 3), f32x4(1.0, -1.0, 1.0, -1.0)));
  return f32x4.add(
    v128.shuffle<f32>(first, first, 0, 1, 0, 1),
    f32x4.mul(v128.shuffle<f32>(first, first, 2, 3, 2, 3), f32x4(1.0, 1.0, -1.0, -1.0)),
  );
}

/** Where the value lies that a line got `time` frames ago. */
@inline
function back(at: usize, line: i32, written: i32, time: i32): usize {
  return at + LINES_AT + <usize>line * LINE_BYTES + (<usize>((written - time) & (LINE - 1)) << 2);
}

/** What a line held `time` and a fraction of a frame ago. */
@inline
function backBetween(at: usize, line: i32, written: i32, time: i32, more: f32): f32 {
  const whole = <i32>more;
  const near = load<f32>(back(at, line, written, time + whole));
  return near + (more - <f32>whole) * (load<f32>(back(at, line, written, time + whole + 1)) - near);
}

/** What comes out of four lines by their lengths, the last of which wanders by `more`. */
@inline
function fourBack(at: usize, written: i32, group: i32, lengths: usize, more: f32): v128 {
  const line = group << 2;
  let four = v128.load32_zero(back(at, line, written, i32At(lengths, line)));
  four = v128.load32_lane(back(at, line + 1, written, i32At(lengths, line + 1)), four, 1);
  four = v128.load32_lane(back(at, line + 2, written, i32At(lengths, line + 2)), four, 2);
  return f32x4.replace_lane(four, 3, backBetween(at, line + 3, written, i32At(lengths, line + 3), more));
}

/** What comes out of four lines that all wander. */
@inline
export function fourWandering(at: usize, written: i32, lengths: usize): v128 {
  let four = f32x4.splat(backBetween(at, 0, written, i32At(lengths, 0), f32At(at + DRAWN, 0)));
  four = f32x4.replace_lane(four, 1, backBetween(at, 1, written, i32At(lengths, 1), f32At(at + DRAWN, 1)));
  four = f32x4.replace_lane(four, 2, backBetween(at, 2, written, i32At(lengths, 2), f32At(at + DRAWN, 2)));
  return f32x4.replace_lane(four, 3, backBetween(at, 3, written, i32At(lengths, 3), f32At(at + DRAWN, 3)));
}

@inline
export function leaving(now: v128, before: v128, old: f32): v128 {
  return old > 0.0 ? f32x4.add(now, f32x4.mul(f32x4.splat(old), f32x4.sub(before, now))) : now;
}

/** What was fetched of four lines, damped; also kept as their filters' state. */
@inline
export function damped(at: usize, group: i32, fetched: v128, old: f32): v128 {
  const offset = <usize>group << 4;
  const gain = leaving(v128.load(at + GAIN + offset), v128.load(at + OLD_GAIN + offset), old);
  const pole = leaving(v128.load(at + POLE + offset), v128.load(at + OLD_POLE + offset), old);
  const state = f32x4.add(f32x4.mul(fetched, gain), f32x4.mul(v128.load(at + STATE + offset), pole));
  const heard = v128.and(state, f32x4.gt(f32x4.abs(state), f32x4.splat(QUIET)));
  v128.store(at + STATE + offset, heard);
  return heard;
}

/** What comes out of four lines. */
@inline
export function readLines(at: usize, written: i32, group: i32, old: f32): v128 {
  const more = f32At(at + DRAWN, group);
  let fetched = fourBack(at, written, group, at + LENGTH, more);
  if (old > 0.0) fetched = leaving(fetched, fourBack(at, written, group, at + OLD_LENGTH, more), old);
  return damped(at, group, fetched, old);
}

/** Writes four lines. */
@inline
export function keepLines(at: usize, written: i32, group: i32, value: v128): void {
  const kept = v128.and(value, f32x4.gt(f32x4.abs(value), f32x4.splat(QUIET)));
  const to = back(at, group << 2, written, 0);
  v128.store32_lane(to, kept, 0);
  v128.store32_lane(to + LINE_BYTES, kept, 1);
  v128.store32_lane(to + 2 * LINE_BYTES, kept, 2);
  v128.store32_lane(to + 3 * LINE_BYTES, kept, 3);
}

/** Four lines get a quarter of what the matrix gives, and their share of the input. */
@inline
function writeLines(at: usize, written: i32, group: i32, mixed: v128, left: v128, right: v128): void {
  const offset = <usize>group << 4;
  const input = f32x4.add(f32x4.mul(left, v128.load(at + INTO_LEFT + offset)), f32x4.mul(right, v128.load(at + INTO_RIGHT + offset)));
  keepLines(at, written, group, f32x4.add(f32x4.mul(mixed, f32x4.splat(0.25)), input));
}

/** What the lines give is mixed by the 16 × 16 matrix and written again, with the input. */
@inline
export function mixLines(at: usize, written: i32, a: v128, b: v128, c: v128, d: v128, left: v128, right: v128): void {
  const ab = f32x4.add(a, b);
  const cd = f32x4.add(c, d);
  const amb = f32x4.sub(a, b);
  const cmd = f32x4.sub(c, d);
  writeLines(at, written, 0, mixWithin(f32x4.add(ab, cd)), left, right);
  writeLines(at, written, 1, mixWithin(f32x4.add(amb, cmd)), left, right);
  writeLines(at, written, 2, mixWithin(f32x4.sub(ab, cd)), left, right);
  writeLines(at, written, 3, mixWithin(f32x4.sub(amb, cmd)), left, right);
}

@inline
function across(v: v128): f32 {
  return (f32x4.extract_lane(v, 0) + f32x4.extract_lane(v, 1) + (f32x4.extract_lane(v, 2) + f32x4.extract_lane(v, 3)));
}

/** The sum of the lines by a pattern of signs. */
@inline
export function hear(at: usize, pattern: usize, a: v128, b: v128, c: v128, d: v128): f32 {
  const ab = f32x4.add(f32x4.mul(a, v128.load(at + pattern)), f32x4.mul(b, v128.load(at + pattern + 16)));
  const cd = f32x4.add(f32x4.mul(c, v128.load(at + pattern + 32)), f32x4.mul(d, v128.load(at + pattern + 48)));
  return across(f32x4.add(ab, cd));
}
