// What a distortion does to a level: the mean of its curve between two successive samples, left and right at once.
//
// The mean instead of the value is a low-pass before sampling: it takes away most of what would fold back (J. Parker,
// V. Zavalishin, E. Le Bivic, "Reducing the aliasing of nonlinear waveshaping using continuous-time convolution", 2016).
// Every curve passes through zero with a slope of 1 and stays within about ±1. lib/dsp/saturation.ts draws the same.

import { sineOfCycles } from './sine';

export const TAPE: i32 = 0;
export const TUBE: i32 = 1;
export const TRANSISTOR: i32 = 2;
export const FOLD: i32 = 3;
export const HARD: i32 = 4;

/** Where on its curve a tube rests, and 1 / its slope there: (1 + bias²)^1.5. */
const BIAS: f64 = 0.35;
const BIAS_SCALE: f64 = 1.1892674281359092;
/** Where the transistor's curve stops rising: x − x³/(3k²). */
const KNEE: f64 = 1.5;
/** Two samples closer than this are one. */
const NEAR: f64 = 1e-5;

@inline
function root(x: v128): v128 {
  return f64x2.sqrt(f64x2.add(f64x2.splat(1.0), f64x2.mul(x, x)));
}

/** x / √(1 + x²), whose integral is √(1 + x²). */
@inline
function tape(a: v128, b: v128): v128 {
  return f64x2.div(f64x2.add(a, b), f64x2.add(root(a), root(b)));
}

/** The same curve around a place beside its middle: one half-wave is pressed sooner than the other. */
@inline
function tube(a: v128, b: v128): v128 {
  const bias = f64x2.splat(BIAS);
  const rest = tape(bias, bias);
  return f64x2.mul(f64x2.sub(tape(f64x2.add(a, bias), f64x2.add(b, bias)), rest), f64x2.splat(BIAS_SCALE));
}

@inline
function within(x: v128, limit: f64): v128 {
  return f64x2.min(f64x2.max(x, f64x2.splat(-limit)), f64x2.splat(limit));
}

/** (F(b) − F(a)) / (b − a), or the value in the middle where they lie too close. */
@inline
function quotient(integral: v128, a: v128, b: v128, middle: v128): v128 {
  const span = f64x2.sub(b, a);
  const close = f64x2.lt(f64x2.abs(span), f64x2.splat(NEAR));
  return v128.bitselect(middle, f64x2.div(integral, v128.bitselect(f64x2.splat(1.0), span, close)), close);
}

@inline
function cubic(x: v128): v128 {
  return f64x2.sub(x, f64x2.mul(f64x2.mul(x, f64x2.mul(x, x)), f64x2.splat(1.0 / (3.0 * KNEE * KNEE))));
}

@inline
function cubicIntegral(inside: v128, x: v128): v128 {
  const t = f64x2.mul(inside, inside);
  const body = f64x2.sub(f64x2.mul(t, f64x2.splat(0.5)), f64x2.mul(f64x2.mul(t, t), f64x2.splat(1.0 / (12.0 * KNEE * KNEE))));
  return f64x2.add(body, f64x2.mul(cubic(inside), f64x2.sub(x, inside)));
}

@inline
function transistor(a: v128, b: v128): v128 {
  const low = within(a, KNEE);
  const high = within(b, KNEE);
  const middle = within(f64x2.mul(f64x2.add(a, b), f64x2.splat(0.5)), KNEE);
  return quotient(f64x2.sub(cubicIntegral(high, b), cubicIntegral(low, a)), a, b, cubic(middle));
}

/** A sine: what rises too far comes down again. It makes few overtones, so the value in the middle will do. */
@inline
function fold(a: v128, b: v128): v128 {
  const middle = f64x2.mul(f64x2.add(a, b), f64x2.splat(0.5));
  return f64x2.mul(sineOfCycles(f64x2.mul(middle, f64x2.splat(0.25))), f64x2.splat(0.6366197723675814));
}

@inline
function clipIntegral(inside: v128, x: v128): v128 {
  return f64x2.sub(f64x2.mul(inside, x), f64x2.mul(f64x2.mul(inside, inside), f64x2.splat(0.5)));
}

@inline
function hard(a: v128, b: v128): v128 {
  const middle = within(f64x2.mul(f64x2.add(a, b), f64x2.splat(0.5)), 1.0);
  return quotient(f64x2.sub(clipIntegral(within(b, 1.0), b), clipIntegral(within(a, 1.0), a)), a, b, middle);
}

/** The mean of a curve from the last sample `a` to the newest `b`. */
@inline
export function bend(curve: i32, a: v128, b: v128): v128 {
  if (curve == TAPE) return tape(a, b);
  if (curve == TUBE) return tube(a, b);
  if (curve == TRANSISTOR) return transistor(a, b);
  if (curve == FOLD) return fold(a, b);
  return hard(a, b);
}
