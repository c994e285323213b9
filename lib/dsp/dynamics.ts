/** Level in, level out, both in dB: what the pictures of gate and compressor show, and what the desk is measured against. */

export interface CompressorCurve {
  readonly threshold: number;
  readonly ratio: number;
  readonly knee: number;
  readonly makeup: number;
  /** Percent of the compressed sound. */
  readonly mix: number;
}

/** Gain in dB (0 or less) for a level, with a quadratic knee as the desk has it: Giannoulis et al., JAES 60 (2012), equation 4. */
export function compressorGain(curve: Pick<CompressorCurve, 'threshold' | 'ratio' | 'knee'>, level: number): number {
  const over = level - curve.threshold;
  const slope = curve.ratio >= 100 ? -1 : 1 / curve.ratio - 1;
  if (2 * over <= -curve.knee) return 0;
  if (2 * over >= curve.knee) return slope * over;
  return (slope * (over + curve.knee / 2) ** 2) / (2 * curve.knee);
}

/** The level that leaves the compressor, make-up and mix with the sound before it included. */
export function compressorOut(curve: CompressorCurve, level: number): number {
  return compressorOutBy(curve, level, compressorGain(curve, level));
}

/** The same for a gain in dB that was measured. */
export function compressorOutBy({ makeup, mix }: Pick<CompressorCurve, 'makeup' | 'mix'>, level: number, gain: number): number {
  const wet = 10 ** ((gain + makeup) / 20);
  const part = mix / 100;
  return level + 20 * Math.log10(Math.max(1e-6, wet * part + 1 - part));
}

export interface GateCurve {
  readonly threshold: number;
  readonly range: number;
  /** Decibels down for each below the threshold; from 100 on all of the range at once. */
  readonly ratio: number;
}

/** The level below which a gate or an expander is down by its whole range. */
export function gateFloor({ threshold, range, ratio }: GateCurve): number {
  return ratio >= 100 ? threshold : Math.max(-120, threshold + range / Math.max(1e-3, ratio - 1));
}

/** The level that leaves a gate or an expander which has had time to settle. */
export function gateOut(curve: GateCurve, level: number): number {
  if (level >= curve.threshold) return level;
  return level + (curve.ratio >= 100 ? curve.range : Math.max(curve.range, (curve.ratio - 1) * (level - curve.threshold)));
}
