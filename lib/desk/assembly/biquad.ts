// Second-order filters, transposed direct form II, left and right at once in f64.
//
// A section waits for its own last result; several in one loop work while each other waits. However sections are grouped,
// the arithmetic of each is the same, and so is the sound.

import { b0, b1, b2, a1, a2 } from '../../dsp/response/design';
import { SECTION_GOAL, SECTION_STATE } from './section-record';

/** Below this a state is nothing (−600 dB): denormal numbers would be slow. */
const NOTHING: f64 = 1e-30;

@inline
function kept(state: v128): v128 {
  return v128.and(state, f64x2.gt(f64x2.abs(state), f64x2.splat(NOTHING)));
}

@inline
function coefficient(section: usize, index: usize): v128 {
  return v128.load64_splat(section + (index << 3));
}

/** The filter just designed becomes the section's goal. */
export function storeGoal(section: usize): void {
  store<f64>(section, b0, SECTION_GOAL);
  store<f64>(section, b1, SECTION_GOAL + 8);
  store<f64>(section, b2, SECTION_GOAL + 16);
  store<f64>(section, a1, SECTION_GOAL + 24);
  store<f64>(section, a2, SECTION_GOAL + 32);
}

export function takeGoal(section: usize): void {
  memory.copy(section, section + SECTION_GOAL, 40);
}

export function clearState(section: usize): void {
  memory.fill(section + SECTION_STATE, 0, 32);
}

/** The section's next result. */
@inline
function result(s: usize, x: v128, u: v128): v128 {
  return f64x2.add(f64x2.mul(coefficient(s, 0), x), u);
}

/** Its first state after that: what waits for the result comes last. */
@inline
function first(s: usize, x: v128, y: v128, v: v128): v128 {
  return f64x2.sub(f64x2.add(f64x2.mul(coefficient(s, 1), x), v), f64x2.mul(coefficient(s, 3), y));
}

@inline
function second(s: usize, x: v128, y: v128): v128 {
  return f64x2.sub(f64x2.mul(coefficient(s, 2), x), f64x2.mul(coefficient(s, 4), y));
}

@inline
function keep(s: usize, u: v128, v: v128): void {
  v128.store(s, kept(u), SECTION_STATE);
  v128.store(s, kept(v), SECTION_STATE + 16);
}

@inline
function firstOf(s: usize): v128 {
  return v128.load(s, SECTION_STATE);
}

@inline
function secondOf(s: usize): v128 {
  return v128.load(s, SECTION_STATE + 16);
}

function runOne(s: usize, buffer: usize, frames: i32): void {
  let u = firstOf(s);
  let v = secondOf(s);
  const end = buffer + (<usize>frames << 4);
  for (let at = buffer; at < end; at += 16) {
    const x = v128.load(at);
    const y = result(s, x, u);
    u = first(s, x, y, v);
    v = second(s, x, y);
    v128.store(at, y);
  }
  keep(s, u, v);
}

function runTwo(s: usize, t: usize, buffer: usize, frames: i32): void {
  let u = firstOf(s);
  let v = secondOf(s);
  let m = firstOf(t);
  let n = secondOf(t);
  const end = buffer + (<usize>frames << 4);
  for (let at = buffer; at < end; at += 16) {
    const x = v128.load(at);
    const y = result(s, x, u);
    u = first(s, x, y, v);
    v = second(s, x, y);
    const z = result(t, y, m);
    m = first(t, y, z, n);
    n = second(t, y, z);
    v128.store(at, z);
  }
  keep(s, u, v);
  keep(t, m, n);
}

function runThree(s: usize, t: usize, r: usize, buffer: usize, frames: i32): void {
  let u = firstOf(s);
  let v = secondOf(s);
  let m = firstOf(t);
  let n = secondOf(t);
  let j = firstOf(r);
  let k = secondOf(r);
  const end = buffer + (<usize>frames << 4);
  for (let at = buffer; at < end; at += 16) {
    const x = v128.load(at);
    const y = result(s, x, u);
    u = first(s, x, y, v);
    v = second(s, x, y);
    const z = result(t, y, m);
    m = first(t, y, z, n);
    n = second(t, y, z);
    const w = result(r, z, j);
    j = first(r, z, w, k);
    k = second(r, z, w);
    v128.store(at, w);
  }
  keep(s, u, v);
  keep(t, m, n);
  keep(r, j, k);
}

/** Sections in a list of addresses, one after another; all of them settled. */
export function runSections(list: usize, count: i32, buffer: usize, frames: i32): void {
  let at = list;
  let left = count;
  for (; left >= 3; left -= 3) {
    runThree(load<u32>(at), load<u32>(at, 4), load<u32>(at, 8), buffer, frames);
    at += 12;
  }
  if (left == 2) runTwo(load<u32>(at), load<u32>(at, 4), buffer, frames);
  else if (left == 1) runOne(load<u32>(at), buffer, frames);
}

/** One section whose coefficients go in straight lines to their goals over the chunk. Stable filters lie convex, so it stays stable. */
export function runMoving(s: usize, buffer: usize, frames: i32): void {
  const share = f64x2.splat(1.0 / <f64>frames);
  let p0 = coefficient(s, 0);
  let p1 = coefficient(s, 1);
  let p2 = coefficient(s, 2);
  let p3 = coefficient(s, 3);
  let p4 = coefficient(s, 4);
  const goal = s + SECTION_GOAL;
  const d0 = f64x2.mul(f64x2.sub(coefficient(goal, 0), p0), share);
  const d1 = f64x2.mul(f64x2.sub(coefficient(goal, 1), p1), share);
  const d2 = f64x2.mul(f64x2.sub(coefficient(goal, 2), p2), share);
  const d3 = f64x2.mul(f64x2.sub(coefficient(goal, 3), p3), share);
  const d4 = f64x2.mul(f64x2.sub(coefficient(goal, 4), p4), share);
  let u = v128.load(s, SECTION_STATE);
  let v = v128.load(s, SECTION_STATE + 16);
  const end = buffer + (<usize>frames << 4);
  for (let at = buffer; at < end; at += 16) {
    p0 = f64x2.add(p0, d0);
    p1 = f64x2.add(p1, d1);
    p2 = f64x2.add(p2, d2);
    p3 = f64x2.add(p3, d3);
    p4 = f64x2.add(p4, d4);
    const x = v128.load(at);
    const y = f64x2.add(f64x2.mul(p0, x), u);
    u = f64x2.add(f64x2.sub(f64x2.mul(p1, x), f64x2.mul(p3, y)), v);
    v = f64x2.sub(f64x2.mul(p2, x), f64x2.mul(p4, y));
    v128.store(at, y);
  }
  v128.store(s, kept(u), SECTION_STATE);
  v128.store(s, kept(v), SECTION_STATE + 16);
  takeGoal(s);
}

/** |H|² of a section's present coefficients at `w` radians per sample. */
export function energyAt(s: usize, w: f64): f64 {
  const cosine = Math.cos(w);
  const sine = Math.sin(w);
  const cosine2 = Math.cos(2.0 * w);
  const sine2 = Math.sin(2.0 * w);
  const zr = load<f64>(s) + load<f64>(s, 8) * cosine + load<f64>(s, 16) * cosine2;
  const zi = load<f64>(s, 8) * sine + load<f64>(s, 16) * sine2;
  const pr = 1.0 + load<f64>(s, 24) * cosine + load<f64>(s, 32) * cosine2;
  const pi = load<f64>(s, 24) * sine + load<f64>(s, 32) * sine2;
  return (zr * zr + zi * zi) / (pr * pr + pi * pi);
}
