// Decibels and back, fast: good to 1e-7 dB, and the same bits everywhere.

const DB_PER_OCTAVE: f64 = 6.020599913279624;
const LN2: f64 = 0.6931471805599453;

/** Base-2 logarithm of a positive normal number. */
// @ts-ignore: decorator
@inline
function log2(x: f64): f64 {
  const bits = reinterpret<u64>(x);
  let exponent = <f64>(<i32>(bits >> 52) - 1023);
  let mantissa = reinterpret<f64>((bits & 0x000fffffffffffff) | 0x3ff0000000000000);
  if (mantissa > Math.SQRT2) {
    mantissa *= 0.5;
    exponent += 1.0;
  }
  const s = (mantissa - 1.0) / (mantissa + 1.0);
  const t = s * s;
  const series = 1.0 + t * (1.0 / 3.0 + t * (1.0 / 5.0 + t * (1.0 / 7.0 + t * (1.0 / 9.0 + t * (1.0 / 11.0)))));
  return exponent + s * (2.0 / LN2) * series;
}

/** 2^x for −1000 < x < 1000. */
// @ts-ignore: decorator
@inline
function exp2(x: f64): f64 {
  const whole = nearest(x);
  const y = (x - whole) * LN2;
  const part =
    1.0 +
    y * (1.0 + y * (1.0 / 2.0 + y * (1.0 / 6.0 + y * (1.0 / 24.0 + y * (1.0 / 120.0 + y * (1.0 / 720.0 + y * (1.0 / 5040.0 + y / 40320.0)))))));
  return part * reinterpret<f64>((<u64>(<i64>whole + 1023)) << 52);
}

/** 20·log10 of a gain above 1e-300. */
// @ts-ignore: decorator
@inline
export function gainToDecibels(gain: f64): f64 {
  return DB_PER_OCTAVE * log2(gain);
}

/** 10^(dB/20), for more than −6000 dB. */
// @ts-ignore: decorator
@inline
export function decibelsToGainFast(decibels: f64): f64 {
  return exp2(decibels * (1.0 / DB_PER_OCTAVE));
}
