// From levels to reductions in dB: the static curve, then attack and release as time constants on the reduction (63 % of the way).

import { Compressor } from './compressor-record';
import { gainsToDecibels } from './logarithm';
import { BESIDE_TRACE, fillGroup, GROUP, isEven, trace } from './trace';
import { SAMPLE_RATE } from './units';

const FRAMES_PER_MS: f64 = SAMPLE_RATE / 1000.0;
/** Levels below this (−200 dB) are none. */
const NOTHING: f64 = 1e-10;
/** The peak is held for 3 % of the release, at most 5 ms: too short to be heard as one. */
const HOLD_OF_RELEASE: f64 = 0.03;
const MOST_HOLD_MS: f64 = 5.0;
/** From this ratio (its logarithm, that of 100) on, nothing gets over the threshold. */
const ENDLESS: f64 = 4.605170185988;

/** What is left of a distance after each frame of a group: on the way down, and on the way back. */
const DOWN: usize = BESIDE_TRACE;
const BACK: usize = BESIDE_TRACE + 8 * <usize>GROUP;

@inline
function reductionOf(level: v128, slope: v128, kneeFrom: v128, knee: v128, bend: v128): v128 {
  const decibels = gainsToDecibels(f64x2.pmax(level, f64x2.splat(NOTHING)));
  const into = f64x2.pmax(f64x2.sub(decibels, kneeFrom), f64x2.splat(0.0));
  const within = f64x2.pmin(into, knee);
  return f64x2.mul(slope, f64x2.add(f64x2.mul(f64x2.mul(within, within), bend), f64x2.sub(into, within)));
}

/**
 * Levels become wanted reductions in dB: nothing below the knee, 1 − 1/ratio of the rest above it, a parabola between.
 * After Giannoulis, Massberg, Reiss, "Digital Dynamic Range Compressor Design" (JAES 2012).
 */
export function computeReductions(threshold: f64, ratio: f64, width: f64, frames: i32): void {
  const slope = f64x2.splat(ratio >= ENDLESS ? -1.0 : Math.exp(-ratio) - 1.0);
  // Narrower than this it is none, and its bend no number.
  const soft = width > 1e-9 ? width : 0.0;
  const kneeFrom = f64x2.splat(threshold - 0.5 * soft);
  const knee = f64x2.splat(soft);
  const bend = f64x2.splat(soft > 0.0 ? 0.5 / soft : 0.0);
  let level = -1.0;
  let known = f64x2.splat(0.0);
  for (let i = 0; i < frames; i += GROUP) {
    const group = trace(i);
    if (isEven(group)) {
      if (load<f64>(group) != level) {
        level = load<f64>(group);
        known = reductionOf(f64x2.splat(level), slope, kneeFrom, knee, bend);
      }
      fillGroup(group, known);
      continue;
    }
    for (let at = group; at < group + 8 * <usize>GROUP; at += 16) {
      v128.store(at, reductionOf(v128.load(at), slope, kneeFrom, knee, bend));
    }
  }
}

/** What is left of a distance after one frame, for a time constant in ms. */
@inline
function keepOf(milliseconds: f64): f64 {
  return Math.exp(-1.0 / (milliseconds * FRAMES_PER_MS));
}

function raise(powers: usize, keep: f64): void {
  let power = 1.0;
  for (let i = 0; i < GROUP; i++) {
    power *= keep;
    store<f64>(powers + (<usize>i << 3), power);
  }
}

/** Sets the times, as logarithms of ms; what follows from them is kept, for they seldom change. */
export function setTimes(comp: Compressor, attack: f64, release: f64): void {
  if (comp.keepDown != 0.0 && comp.attack == attack && comp.release == release) return;
  const back = Math.exp(release);
  comp.attack = attack;
  comp.release = release;
  comp.keepDown = keepOf(Math.exp(attack));
  comp.keepBack = keepOf(back);
  comp.hold = Math.min(MOST_HOLD_MS, back * HOLD_OF_RELEASE);
}

/** Wanted reductions become those in force: down with the attack, back with the release. Returns the deepest. */
export function smoothReductions(comp: Compressor, frames: i32): f64 {
  raise(DOWN, comp.keepDown);
  raise(BACK, comp.keepBack);
  // The quicker of both ways is at hand: it wins on the way down where the attack is shorter, else on the way back.
  const turn = comp.keepDown <= comp.keepBack ? 1.0 : -1.0;
  const turned = f64x2.splat(turn);
  const keepDown = f64x2.splat(comp.keepDown);
  const keepBack = f64x2.splat(comp.keepBack);
  const shareDown = f64x2.splat(turn * (1.0 - comp.keepDown));
  const shareBack = f64x2.splat(turn * (1.0 - comp.keepBack));
  // In vectors for the sake of their minimum: a scalar choice is a branch, and what comes cannot be foretold.
  let trail = f64x2.splat(comp.reductionNow);
  let depth = f64x2.splat(0.0);
  for (let i = 0; i < frames; i += GROUP) {
    const group = trace(i);
    const end = min(i + GROUP, frames);
    if (end - i == GROUP && isEven(group)) {
      const goal = v128.load64_splat(group);
      const way = f64x2.sub(trail, goal);
      const powers = f64x2.extract_lane(way, 0) > 0.0 ? DOWN : BACK;
      for (let at: usize = 0; at < 8 * <usize>GROUP; at += 16) {
        trail = f64x2.add(goal, f64x2.mul(way, v128.load(powers + at)));
        v128.store(group + at, trail);
        depth = f64x2.pmin(depth, trail);
      }
      trail = v128.shuffle<f64>(trail, trail, 1, 1);
      continue;
    }
    trail = f64x2.mul(trail, turned);
    for (let at = group; at < trace(end); at += 8) {
      const wanted = v128.load64_splat(at);
      const down = f64x2.add(f64x2.mul(trail, keepDown), f64x2.mul(wanted, shareDown));
      const back = f64x2.add(f64x2.mul(trail, keepBack), f64x2.mul(wanted, shareBack));
      trail = f64x2.pmin(down, back);
      const now = f64x2.mul(trail, turned);
      depth = f64x2.pmin(depth, now);
      v128.store64_lane(at, now, 0);
    }
    trail = f64x2.mul(trail, turned);
  }
  const now = f64x2.extract_lane(trail, 0);
  comp.reductionNow = now > -1e-12 ? 0.0 : now;
  return Math.min(f64x2.extract_lane(depth, 0), f64x2.extract_lane(depth, 1));
}
