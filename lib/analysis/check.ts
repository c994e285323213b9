import type { Mix, StripId } from '../mix';
import { FINDING_KINDS, type Finding } from './finding';
import { withBalance } from './findings/balance';
import { findBoom } from './findings/boom';
import { findDry } from './findings/dry';
import { findJumps } from './findings/jumps';
import { findMud } from './findings/mud';
import { findNoise } from './findings/noise';
import { findPairs } from './findings/pairs';
import { findResonances } from './findings/resonance';
import { findSections } from './findings/sections';
import { findUneven } from './findings/uneven';
import { foreseen } from './foreseen';
import type { Profile } from './profile';
import { type StripSound, songOf } from './song/song';

export interface CheckOptions {
  readonly profile: Profile;
}

const rank = ({ kind }: Finding) => FINDING_KINDS.indexOf(kind);

/**
 * All that is wrong with a mix, in the order in which one would mend it, from what was measured of its strips. Touches no sound:
 * after a fader has moved it is called again with the same measures.
 */
export function check(mix: Mix, sounds: ReadonlyMap<StripId, StripSound>, { profile }: CheckOptions): Finding[] {
  const song = songOf(mix, sounds);
  const first = [
    ...findPairs(song),
    ...findNoise(song),
    ...findMud(song, profile),
    ...findBoom(song),
    ...findResonances(song),
    ...findUneven(song),
    ...findJumps(song),
    ...findSections(song),
  ];
  const findings = [...withBalance(song, profile, foreseen(song.parts, first), first), ...findDry(song)];
  return findings.sort((a, b) => rank(a) - rank(b));
}
