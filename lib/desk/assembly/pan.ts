// Pan and balance. Every law leaves the middle as it is; laws differ in what they do on the way to a side.

/** In the order of the choice `pan.law`. */
const POWER: i32 = 0;
const BETWEEN: i32 = 1;
const AMPLITUDE: i32 = 2;

/** A side's gain when the pan is hard over to it: +3, +4.5, +6 and 0 dB. */
@inline
function hardOver(law: i32): f64 {
  return law == POWER ? Math.SQRT2 : law == BETWEEN ? 1.681792830507429 : law == AMPLITUDE ? 2.0 : 1.0;
}

/** A stereo strip's gain on one side: the side turned away from falls along a cosine, the other stays. */
@inline
function balanced(pan: f64, side: f64): f64 {
  const away = -side * pan;
  return away <= 0.0 ? 1.0 : away >= 1.0 ? 0.0 : Math.cos(away * Math.PI * 0.5);
}

/**
 * A mono signal's gain on one side (`side` −1 left, 1 right): −3 dB keeps the power of both sides together, −6 dB their sum,
 * −4.5 dB lies between (the root of both laws' product), 0 dB only turns the other side down.
 */
function panned(pan: f64, side: f64, law: i32): f64 {
  if (pan == 0.0) return 1.0;
  const away = 1.0 - side * pan;
  if (away >= 2.0) return 0.0;
  if (away <= 0.0) return hardOver(law);
  const power = Math.SQRT2 * Math.cos(away * Math.PI * 0.25);
  if (law == POWER) return power;
  if (law == BETWEEN) return Math.sqrt(power * (2.0 - away));
  return law == AMPLITUDE ? 2.0 - away : balanced(pan, side);
}

/** The gain of one side for a pan of −100…100. */
export function sideGain(percent: f64, side: f64, mono: bool, law: i32): f64 {
  const pan = percent / 100.0;
  return mono ? panned(pan, side, law) : balanced(pan, side);
}

/** What one side of a stereo strip, put to −100…100, gives to a side of the mix: all of it where it is hard over. */
export function dualGain(percent: f64, side: f64, law: i32): f64 {
  return panned(percent / 100.0, side, law) / hardOver(law);
}
