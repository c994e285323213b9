// Gains over a chunk: constant or moving in a straight line, left and right at once.

@inline
function pair(left: f64, right: f64): v128 {
  return f64x2.replace_lane(f64x2.splat(left), 1, right);
}

/** Multiplies by a gain going from (left0, right0) to (left1, right1); leaves the samples alone where it stays 1. */
export function applyGain(buffer: usize, frames: i32, left0: f64, right0: f64, left1: f64, right1: f64): void {
  if (left0 == 1.0 && right0 == 1.0 && left1 == 1.0 && right1 == 1.0) return;
  let gain = pair(left0, right0);
  const end = buffer + (<usize>frames << 4);
  if (left0 == left1 && right0 == right1) {
    for (let at = buffer; at < end; at += 16) v128.store(at, f64x2.mul(v128.load(at), gain));
    return;
  }
  const step = pair((left1 - left0) / <f64>frames, (right1 - right0) / <f64>frames);
  for (let at = buffer; at < end; at += 16) {
    gain = f64x2.add(gain, step);
    v128.store(at, f64x2.mul(v128.load(at), gain));
  }
}

/** Adds `from`, with a gain going from `gain0` to `gain1`, onto `to`. */
export function addScaled(from: usize, to: usize, frames: i32, gain0: f64, gain1: f64): void {
  const bytes = <usize>frames << 4;
  let gain = f64x2.splat(gain0);
  if (gain0 == 1.0 && gain1 == 1.0) {
    for (let i: usize = 0; i < bytes; i += 16) v128.store(to + i, f64x2.add(v128.load(to + i), v128.load(from + i)));
    return;
  }
  if (gain0 == gain1) {
    for (let i: usize = 0; i < bytes; i += 16) v128.store(to + i, f64x2.add(v128.load(to + i), f64x2.mul(v128.load(from + i), gain)));
    return;
  }
  const step = f64x2.splat((gain1 - gain0) / <f64>frames);
  for (let i: usize = 0; i < bytes; i += 16) {
    gain = f64x2.add(gain, step);
    v128.store(to + i, f64x2.add(v128.load(to + i), f64x2.mul(v128.load(from + i), gain)));
  }
}

/** `into` becomes `from` × a gain from `gain0` to `gain1`, plus what it was × the rest: a cross-fade. */
export function blend(from: usize, into: usize, frames: i32, gain0: f64, gain1: f64): void {
  const bytes = <usize>frames << 4;
  let gain = f64x2.splat(gain0);
  const step = f64x2.splat((gain1 - gain0) / <f64>frames);
  for (let i: usize = 0; i < bytes; i += 16) {
    gain = f64x2.add(gain, step);
    const rest = v128.load(into + i);
    v128.store(into + i, f64x2.add(rest, f64x2.mul(f64x2.sub(v128.load(from + i), rest), gain)));
  }
}

/**
 * Left and right with a part of each on the other side: gains going from the first four to the last four, in the order left,
 * right, right into left, left into right.
 */
export function applyCross(
  buffer: usize, frames: i32, left0: f64, right0: f64, intoLeft0: f64, intoRight0: f64, left1: f64, right1: f64, intoLeft1: f64, intoRight1: f64,
): void {
  const share = 1.0 / <f64>frames;
  let own = pair(left0, right0);
  let other = pair(intoLeft0, intoRight0);
  const end = buffer + (<usize>frames << 4);
  if (left0 == left1 && right0 == right1 && intoLeft0 == intoLeft1 && intoRight0 == intoRight1) {
    for (let at = buffer; at < end; at += 16) crossed(at, own, other);
    return;
  }
  const ownStep = pair((left1 - left0) * share, (right1 - right0) * share);
  const otherStep = pair((intoLeft1 - intoLeft0) * share, (intoRight1 - intoRight0) * share);
  for (let at = buffer; at < end; at += 16) {
    own = f64x2.add(own, ownStep);
    other = f64x2.add(other, otherStep);
    crossed(at, own, other);
  }
}

/** One frame of it. */
@inline
function crossed(at: usize, own: v128, other: v128): void {
  const now = v128.load(at);
  v128.store(at, f64x2.add(f64x2.mul(now, own), f64x2.mul(v128.shuffle<f64>(now, now, 1, 0), other)));
}

/** Mid and side: the sides' difference × a width from `width0` to `width1`. */
export function applyWidth(buffer: usize, frames: i32, width0: f64, width1: f64): void {
  if (width0 == 1.0 && width1 == 1.0) return;
  let width = width0;
  const step = (width1 - width0) / <f64>frames;
  const end = buffer + (<usize>frames << 4);
  for (let at = buffer; at < end; at += 16) {
    width += step;
    const left = load<f64>(at);
    const right = load<f64>(at, 8);
    const mid = 0.5 * (left + right);
    const side = 0.5 * (left - right) * width;
    store<f64>(at, mid + side);
    store<f64>(at, mid - side, 8);
  }
}
