const TWO_PI: f64 = 6.283185307179586;

/** sin(2πx), two at a time, within 1e-7; the same bits everywhere. */
@inline
export function sineOfCycles(x: v128): v128 {
  // Into −½…½, then folded into −¼…¼, where the series is good.
  const r = f64x2.sub(x, f64x2.nearest(x));
  const size = f64x2.abs(r);
  const folded = f64x2.min(size, f64x2.sub(f64x2.splat(0.5), size));
  const y = f64x2.mul(folded, f64x2.splat(TWO_PI));
  const t = f64x2.mul(y, y);
  let sum = f64x2.splat(-1.0 / 39916800.0);
  sum = f64x2.add(f64x2.mul(sum, t), f64x2.splat(1.0 / 362880.0));
  sum = f64x2.add(f64x2.mul(sum, t), f64x2.splat(-1.0 / 5040.0));
  sum = f64x2.add(f64x2.mul(sum, t), f64x2.splat(1.0 / 120.0));
  sum = f64x2.add(f64x2.mul(sum, t), f64x2.splat(-1.0 / 6.0));
  sum = f64x2.add(f64x2.mul(sum, t), f64x2.splat(1.0));
  const positive = f64x2.mul(y, sum);
  return v128.or(v128.andnot(positive, f64x2.splat(-0.0)), v128.and(r, f64x2.splat(-0.0)));
}
