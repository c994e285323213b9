// Pan and balance.

/** A mono strip's gain on one side (`side` −1 left, 1 right): equal power, 0 dB on both sides in the middle, +3 dB hard over. */
@inline
function panned(pan: f64, side: f64): f64 {
  if (pan == 0.0) return 1.0;
  const away = 1.0 - side * pan;
  return away <= 0.0 ? Math.SQRT2 : away >= 2.0 ? 0.0 : Math.SQRT2 * Math.cos(away * Math.PI * 0.25);
}

/** A stereo strip's gain on one side: the side turned away from falls along a cosine, the other stays. */
@inline
function balanced(pan: f64, side: f64): f64 {
  const away = -side * pan;
  return away <= 0.0 ? 1.0 : away >= 1.0 ? 0.0 : Math.cos(away * Math.PI * 0.5);
}

/** The gain of one side for a pan of −100…100. */
export function sideGain(percent: f64, side: f64, mono: bool): f64 {
  const pan = percent / 100.0;
  return mono ? panned(pan, side) : balanced(pan, side);
}
