// Decibels and back, two at a time: good to 1e-6 dB, and the same bits everywhere.

const DB_PER_OCTAVE: f64 = 6.020599913279624;
const LN2: f64 = 0.6931471805599453;
/** 2^52: its mantissa's last bits count ones. */
const COUNTER: f64 = 4503599627370496.0;
/** 1.5 × 2^52: adding it leaves a small whole number, of either sign, in the last bits. */
const WHOLE: f64 = 6755399441055744.0;

@inline
function times(a: v128, b: f64): v128 {
  return f64x2.mul(a, f64x2.splat(b));
}

/** One step of Horner's rule: sum · x + c. */
@inline
function step(sum: v128, x: v128, c: f64): v128 {
  return f64x2.add(f64x2.mul(sum, x), f64x2.splat(c));
}

/** 20·log10 of two positive normal numbers. */
@inline
export function gainsToDecibels(gains: v128): v128 {
  const counted = v128.or(i64x2.shr_u(gains, 52), i64x2.splat(0x4330000000000000));
  const exponent = f64x2.sub(counted, f64x2.splat(COUNTER + 1023.0));
  const mantissa = v128.or(v128.and(gains, i64x2.splat(0x000fffffffffffff)), i64x2.splat(0x3ff0000000000000));
  // Into √½…√2, where the series below is best.
  const high = f64x2.gt(mantissa, f64x2.splat(Math.SQRT2));
  const m = v128.bitselect(times(mantissa, 0.5), mantissa, high);
  const e = v128.bitselect(f64x2.add(exponent, f64x2.splat(1.0)), exponent, high);
  const s = f64x2.div(f64x2.sub(m, f64x2.splat(1.0)), f64x2.add(m, f64x2.splat(1.0)));
  const t = f64x2.mul(s, s);
  let series = f64x2.splat(1.0 / 7.0);
  series = step(series, t, 1.0 / 5.0);
  series = step(series, t, 1.0 / 3.0);
  series = step(series, t, 1.0);
  return f64x2.add(times(e, DB_PER_OCTAVE), f64x2.mul(times(s, (2.0 * DB_PER_OCTAVE) / LN2), series));
}

/** 10^(dB/20) of two numbers between −6000 and 6000 dB; exactly 1 at 0 dB. */
@inline
export function decibelsToGains(decibels: v128): v128 {
  const x = times(decibels, 1.0 / DB_PER_OCTAVE);
  const shifted = f64x2.add(x, f64x2.splat(WHOLE));
  const whole = f64x2.sub(shifted, f64x2.splat(WHOLE));
  const y = times(f64x2.sub(x, whole), LN2);
  let sum = f64x2.splat(1.0 / 720.0);
  sum = step(sum, y, 1.0 / 120.0);
  sum = step(sum, y, 1.0 / 24.0);
  sum = step(sum, y, 1.0 / 6.0);
  sum = step(sum, y, 0.5);
  sum = step(sum, y, 1.0);
  sum = step(sum, y, 1.0);
  // The whole part becomes the exponent.
  return i64x2.add(sum, i64x2.shl(shifted, 52));
}
