import type { Mix, StripId } from '../mix';
import { FINDING_KINDS, type Finding } from './finding';
import { withBalance } from './findings/balance';
import { findBoom } from './findings/boom';
import { findDry } from './findings/dry';
import { findJumps } from './findings/jumps';
import { findMasking } from './findings/masking';
import { findMaster, type MasterMeasure } from './findings/master';
import { findMud } from './findings/mud';
import { findNoise } from './findings/noise';
import { findPairs } from './findings/pairs';
import { findResonances } from './findings/resonance';
import { findSections } from './findings/sections';
import { findClipping, findMonoLoss, findSibilance } from './findings/sources';
import { findUneven } from './findings/uneven';
import { foreseen } from './foreseen';
import type { Profile } from './profile';
import { type StripSound, songOf } from './song/song';
import type { LoudnessTarget } from './target';

export interface CheckOptions {
  readonly profile: Profile;
  readonly target: LoudnessTarget;
  /** What leaves the desk; null while it is not known. */
  readonly master: MasterMeasure | null;
}

const rank = ({ kind }: Finding) => FINDING_KINDS.indexOf(kind);

/** Whether the cut that takes away a strip's mud lies where it covers another: one cut is enough. */
function mendedByMud({ strips, frequency = 0 }: Finding, all: readonly Finding[]): boolean {
  return all.some(
    ({ kind, strips: [muddy], frequency: mud = 0 }) => kind === 'mud' && muddy === strips[0] && Math.abs(Math.log2(mud / frequency)) < 0.5,
  );
}

/**
 * All that is wrong with a mix, in the order in which one would mend it, from what was measured of its strips. Touches no sound:
 * after a fader has moved it is called again with the same measures.
 */
export function check(mix: Mix, sounds: ReadonlyMap<StripId, StripSound>, { profile, target, master }: CheckOptions): Finding[] {
  const song = songOf(mix, sounds);
  const first = [
    ...findClipping(song),
    ...findPairs(song),
    ...findNoise(song),
    ...findMud(song, profile),
    ...findBoom(song),
    ...findResonances(song),
    ...findSibilance(song),
    ...findUneven(song),
    ...findJumps(song),
    ...findSections(song),
  ];
  const levelled = withBalance(song, profile, foreseen(song.parts, first), first);
  const last = [...findMasking(song), ...findDry(song), ...findMonoLoss(song), ...(master ? findMaster(song, master, target) : [])];
  const findings = [...levelled, ...last].map((one, _, all) =>
    one.kind === 'masking' && mendedByMud(one, all) ? { ...one, fix: null } : one,
  );
  return findings.sort((a, b) => rank(a) - rank(b));
}
