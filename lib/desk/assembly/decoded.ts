// Samples as a decoder gives them, brought onto the desk's scale where they lie.

/** Up to this many steps beside a whole number, adding and taking away 1.5 × 2^52 rounds to the nearest. */
const WHOLE: f64 = 6755399441055744.0;

/**
 * Makes of `count` samples (f32, an even number of them) that were divided by `full` − 1 the whole numbers they were, divided by
 * `full`, times `gain`. Exact up to 24 bits: the error of an f32 there is at most a quarter of a step.
 */
export function placeDecoded(address: usize, count: i32, full: f64, gain: f64): void {
  const steps = f64x2.splat(full - 1.0);
  const whole = f64x2.splat(WHOLE);
  const step = f64x2.splat(1.0 / full);
  const gains = f64x2.splat(gain);
  const end = address + (<usize>count << 2);
  for (let at = address; at < end; at += 8) {
    const sample = f64x2.promote_low_f32x4(v128.load64_zero(at));
    const number = f64x2.sub(f64x2.add(f64x2.mul(sample, steps), whole), whole);
    v128.store64_lane(at, f32x4.demote_f64x2_zero(f64x2.mul(f64x2.mul(number, step), gains)), 0);
  }
}
