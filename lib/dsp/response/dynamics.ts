/**
 * What a compressor takes away at a level, in dB (0 or less), once it has settled: nothing below its knee, `slope` × the rest
 * above it, a parabola between. All in dB; `slope` is 1 / ratio − 1. After Giannoulis, Massberg, Reiss, "Digital Dynamic Range
 * Compressor Design" (JAES 2012). Compiled for the desk too, see `design.ts`.
 */
export function compReduction(level: number, threshold: number, slope: number, knee: number): number {
  const over: number = level - threshold;
  const half: number = 0.5 * knee;
  if (over <= -half) return 0.0;
  if (over >= half) return slope * over;
  return (slope * (over + half) * (over + half)) / (2.0 * knee);
}
