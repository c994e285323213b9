/**
 * Second-order filters that follow their analogue models up to the Nyquist frequency, without the cramping of the bilinear
 * transform: poles by impulse invariance, zeros so that the magnitude meets the model at 0 Hz, at the filter's frequency and
 * at Nyquist. After M. Vicanek, "Matched Second Order Digital Filters" (2016).
 *
 * This file is compiled twice, by TypeScript for the curves that are drawn and by AssemblyScript for the desk that is heard,
 * so that both have one formula. Hence the narrow language: numbers only, and results in module variables.
 *
 * Each design leaves H(z) = (b0 + b1·z⁻¹ + b2·z⁻²) / (1 + a1·z⁻¹ + a2·z⁻²) in `b0` … `a2`; `w` is the angular frequency in
 * radians per sample (2π·f/48000), below π.
 */
export let b0: number = 1.0;
export let b1: number = 0.0;
export let b2: number = 0.0;
export let a1: number = 0.0;
export let a2: number = 0.0;

/** Poles of s² + 2ζω·s + ω², as `exp(s)`. Poles beyond Nyquist come to lie at Nyquist instead of folding back. */
function placePoles(w: number, zeta: number): void {
  const decay: number = Math.exp(-zeta * w);
  if (zeta <= 1.0) {
    a1 = -2.0 * decay * Math.cos(Math.min(w * Math.sqrt(1.0 - zeta * zeta), Math.PI));
  } else {
    const spread: number = Math.sqrt(zeta * zeta - 1.0);
    a1 = -(Math.exp(-w * (zeta - spread)) + Math.exp(-w * (zeta + spread)));
  }
  a2 = decay * decay;
}

/** |denominator|² at a frequency of which `sine` is sin²(w/2). */
function poleEnergy(sine: number): number {
  const atZero: number = 1.0 + a1 + a2;
  const atNyquist: number = 1.0 - a1 + a2;
  return atZero * atZero * (1.0 - sine) + atNyquist * atNyquist * sine - 16.0 * a2 * sine * (1.0 - sine);
}

/** Zeros so that |H|² is `atZero` at 0 Hz, `atW` at `w` and `atNyquist` at Nyquist. */
function matchZeros(w: number, atZero: number, atW: number, atNyquist: number): void {
  const half: number = Math.sin(0.5 * w);
  const sine: number = half * half;
  const rootZero: number = (1.0 + a1 + a2) * Math.sqrt(atZero);
  const rootNyquist: number = (1.0 - a1 + a2) * Math.sqrt(atNyquist);
  const energy: number = atW * poleEnergy(sine) - rootZero * rootZero * (1.0 - sine) - rootNyquist * rootNyquist * sine;
  const cross: number = energy / (4.0 * sine * (1.0 - sine));
  const mean: number = 0.5 * (rootZero + rootNyquist);
  b0 = 0.5 * (mean + Math.sqrt(Math.max(0.0, mean * mean + cross)));
  b1 = 0.5 * (rootZero - rootNyquist);
  b2 = -cross / (4.0 * b0);
}

/** 1/H: what was lifted is cut by as much. Stable, for all zeros made here lie within the circle. */
function invert(): void {
  const scale: number = 1.0 / b0;
  const zero1: number = b1 * scale;
  const zero2: number = b2 * scale;
  b0 = scale;
  b1 = a1 * scale;
  b2 = a2 * scale;
  a1 = zero1;
  a2 = zero2;
}

/** Low-pass with quality `q`; at `q` = √½ a Butterworth. */
export function designLowPass(w: number, q: number): void {
  placePoles(w, 0.5 / q);
  const u: number = (Math.PI / w) * (Math.PI / w);
  matchZeros(w, 1.0, q * q, 1.0 / ((1.0 - u) * (1.0 - u) + u / (q * q)));
}

/** First-order low-pass. */
export function designLowPassOne(w: number): void {
  a1 = -Math.exp(-w);
  a2 = 0.0;
  const u: number = (Math.PI / w) * (Math.PI / w);
  matchZeros(w, 1.0, 0.5, 1.0 / (1.0 + u));
}

/** High-pass with quality `q`. */
export function designHighPass(w: number, q: number): void {
  placePoles(w, 0.5 / q);
  const half: number = Math.sin(0.5 * w);
  b0 = (q * Math.sqrt(poleEnergy(half * half))) / (4.0 * half * half);
  b1 = -2.0 * b0;
  b2 = b0;
}

/** First-order high-pass. */
export function designHighPassOne(w: number): void {
  a1 = -Math.exp(-w);
  a2 = 0.0;
  const half: number = Math.sin(0.5 * w);
  b0 = Math.sqrt(0.5 * poleEnergy(half * half)) / (2.0 * half);
  b1 = -b0;
  b2 = 0.0;
}

/** Bell of `gain` (linear) at `w`: (s² + s·A/Q + 1) / (s² + s/(A·Q) + 1), A = √gain. A cut is a lift turned round. */
export function designBell(w: number, q: number, gain: number): void {
  const lift: number = gain < 1.0 ? 1.0 / gain : gain;
  placePoles(w, 0.5 / (Math.sqrt(lift) * q));
  const u: number = (Math.PI / w) * (Math.PI / w);
  const away: number = (1.0 - u) * (1.0 - u);
  matchZeros(w, 1.0, lift * lift, (away + (u * lift) / (q * q)) / (away + u / (lift * q * q)));
  if (gain < 1.0) invert();
}

/** |H|² of a high shelf of `gain` at (ω/ω₀)² = `u`: A(A·s² + √A·s/Q + 1) / (s² + √A·s/Q + A), A = √gain. */
function shelfEnergy(u: number, q: number, gain: number): number {
  const root: number = Math.sqrt(gain);
  const slope: number = (root * u) / (q * q);
  return (gain * ((1.0 - root * u) * (1.0 - root * u) + slope)) / ((root - u) * (root - u) + slope);
}

/** High shelf: `gain` above, 1 below, √gain at `w`. A lift is a cut turned round: a cut has its poles further down. */
export function designHighShelf(w: number, q: number, gain: number): void {
  const cut: number = gain > 1.0 ? 1.0 / gain : gain;
  placePoles(w * Math.sqrt(Math.sqrt(cut)), 0.5 / q);
  matchZeros(w, 1.0, cut, shelfEnergy((Math.PI / w) * (Math.PI / w), q, cut));
  if (gain > 1.0) invert();
}

/** Low shelf: `gain` below, 1 above: a high shelf of 1/gain, raised by gain. */
export function designLowShelf(w: number, q: number, gain: number): void {
  designHighShelf(w, q, 1.0 / gain);
  b0 *= gain;
  b1 *= gain;
  b2 *= gain;
}

/** Notch: nothing at `w`, 1 far away. Bilinear, with the width of its analogue model kept. */
export function designNotch(w: number, q: number): void {
  const alpha: number = (0.5 * w) / q;
  const cosine: number = Math.cos(w);
  const scale: number = 1.0 / (1.0 + alpha);
  b0 = scale;
  b1 = -2.0 * cosine * scale;
  b2 = scale;
  a1 = b1;
  a2 = (1.0 - alpha) * scale;
}

/** Tilt about `w`: `gain` above, 1/gain below, 1 at `w`: (gain·s + 1) / (s + gain). */
export function designTilt(w: number, gain: number): void {
  const cut: number = gain > 1.0 ? 1.0 / gain : gain;
  a1 = -Math.exp(-w * cut);
  a2 = 0.0;
  const u: number = (Math.PI / w) * (Math.PI / w);
  const square: number = cut * cut;
  matchZeros(w, 1.0 / square, 1.0, (square * u + 1.0) / (u + square));
  if (gain > 1.0) invert();
}
