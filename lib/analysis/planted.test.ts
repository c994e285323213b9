import { describe, expect, it } from 'vitest';
import { check, type Finding, LOUDNESS_TARGETS, PROFILES, type StripSound } from '.';
import { type Band, makeBand, measured, mixOfBand, scaled, soundOf } from './made/band.fixture';
import { isOf, PLANTS, type Planted } from './made/faults.fixture';
import { chance } from './made/instruments.fixture';

const SEED = Number(process.env['SEED'] ?? 20);
const BANDS = Number(process.env['BANDS'] ?? 4);

const [profile, target] = [PROFILES[0], LOUDNESS_TARGETS[0]];
if (!profile || !target) throw new Error('There is no profile or target.');

interface Score {
  right: number;
  missed: string[];
  wrong: string[];
}

/** What another finding may say when this one is there: the same strip, heard otherwise. */
const follows = (finding: Finding, strip: string) => finding.strips.includes(strip);

/** How the stem with the fault is heard: as it is, and as it goes into the mix. */
function soundWith({ stem, trim = 0 }: Planted): StripSound {
  const before = measured(stem);
  return trim === 0 ? soundOf(before) : { before, after: measured(scaled(stem, 10 ** (trim / 20))) };
}

function tryBand(band: Band, score: Score): void {
  const mix = mixOfBand(band);
  const clean = new Map<string, StripSound>([...band.stems].map(([id, stem]) => [id, soundOf(measured(stem))]));
  const found = (sounds: ReadonlyMap<string, StripSound>) =>
    check(mix, sounds, { profile: profile as never, target: target as never, master: null });
  const before = found(clean);
  for (const one of before) score.wrong.push(`seed ${band.seed}, clean: ${one.id}, ${one.measure}`);
  const known = new Set(before.map(({ id }) => id));
  const random = chance(band.seed * 7919);
  for (const plant of PLANTS) {
    const planted = plant(band, random);
    const findings = found(new Map([...clean, [planted.stem.name, soundWith(planted)]]));
    if (findings.some((one) => isOf(one, planted))) score.right += 1;
    else
      score.missed.push(`seed ${band.seed}: ${planted.kind} of ${planted.strip}, ${planted.amount.toFixed(1)} ${planted.frequency ?? ''}`);
    for (const one of findings) {
      if (!known.has(one.id) && !isOf(one, planted) && !follows(one, planted.strip))
        score.wrong.push(`seed ${band.seed}, ${planted.kind} of ${planted.strip}: ${one.id}, ${one.measure}`);
    }
  }
}

describe('faults planted by chance in made mixes', () => {
  it('are found, and nothing that is not there', () => {
    const score: Score = { right: 0, missed: [], wrong: [] };
    for (let n = 0; n < BANDS; n++) tryBand(makeBand(SEED + n), score);
    const recall = score.right / (score.right + score.missed.length);
    const precision = score.right / (score.right + score.wrong.length);
    console.log(
      [
        `SEED=${SEED} BANDS=${BANDS}: precision ${precision.toFixed(3)}, recall ${recall.toFixed(3)}`,
        ...score.missed.map((one) => `missed ${one}`),
        ...score.wrong.map((one) => `wrong ${one}`),
      ].join('\n'),
    );
    expect(recall).toBeGreaterThanOrEqual(0.9);
    expect(precision).toBeGreaterThanOrEqual(0.9);
  }, 240_000);
});
