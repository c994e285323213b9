import { bandsResponse } from '../dsp';
import type { Finding } from './finding';
import type { Foreseen } from './findings/balance';
import { BIN_HERTZ, BINS, decibels, powerOf } from './measure/bands';
import { gatedLoudness, momentary, weightAt } from './measure/loudness';
import type { Part } from './song/song';

const FREQUENCIES = Float64Array.from({ length: BINS }, (_, bin) => Math.max(1, bin) * BIN_HERTZ);
const WEIGHTS = FREQUENCIES.map(weightAt);

/** How much softer bells make a part, LU. */
function byBells({ after }: Part, fixes: readonly Finding[]): number {
  const bells = fixes.flatMap(({ fix }) => fix?.bells ?? []).map((bell) => ({ type: 0, ...bell }));
  if (bells.length === 0) return 0;
  const response = bandsResponse(bells, FREQUENCIES);
  let [before, then] = [0, 0];
  after.spectrum.forEach((power, bin) => {
    const weighted = power * (WEIGHTS[bin] as number);
    before += weighted;
    then += weighted * powerOf(response[bin] as number);
  });
  return before > 0 ? decibels(then) - decibels(before) : 0;
}

/** How much louder or softer rides make a part as a whole, LU. */
function byRides({ steps, loudness }: Part, fixes: readonly Finding[]): number {
  const rides = fixes.flatMap(({ fix }) => fix?.ride ?? []);
  if (rides.length === 0 || !Number.isFinite(loudness)) return 0;
  const ridden = steps.map((power, step) =>
    rides.reduce((sum, { at, until, gain }) => (step >= 10 * at && step < 10 * until ? sum * powerOf(gain) : sum), power),
  );
  return gatedLoudness(momentary(ridden)) - loudness;
}

/** By how much the fixes of findings will turn each part up or down. */
export function foreseen(parts: readonly Part[], findings: readonly Finding[]): Foreseen {
  return new Map(
    parts.flatMap((part) => {
      const own = findings.filter(({ strips }) => strips[0] === part.strip.id);
      return own.length ? [[part, byBells(part, own) + byRides(part, own)] as const] : [];
    }),
  );
}
