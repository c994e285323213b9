import { addInsert, type Change, createSend, insertsOf, type Mix, type StripId, sendId, setValue, targetValue } from '../../mix';
import type { Finding } from '../finding';
import { remembered } from '../measure/remembered';
import type { StripMeasure } from '../measure/strip-measure';
import type { Song } from '../song/song';
import { percentile } from './numbers';

/** Families that sound as if in no place at all without one. */
const WANT_SPACE = new Set(['vocals', 'backing', 'strings', 'winds']);
const SPACE = new Set(['reverb', 'delay']);
/** A send below this adds no space that is heard, dB. */
const HEARD = -40;
/** After its notes end a part with a room of its own takes longer than this for 60 dB, seconds. */
const DRY = 0.5;
/** A decay counts that falls by so much without rising, dB, and so many are enough. */
const FALL = 25;
const ENOUGH = 4;
const STEP = 0.005;

/** Seconds for 60 dB, of each note's end: from 5 dB below its peak to 25 dB below, times three. */
const decays = remembered(({ envelope }: StripMeasure): number[] => {
  const levels = Array.from(envelope, (value) => 20 * Math.log10(Math.max(1e-6, value)));
  const loud = percentile(levels, 0.9);
  const found: number[] = [];
  let peak = { at: 0, level: -200 };
  let five = -1;
  levels.forEach((level, at) => {
    if (level > peak.level - 3) {
      if (level > peak.level || at - peak.at < 20) peak = { at, level: Math.max(level, peak.level) };
      else peak = { at, level };
      five = -1;
      return;
    }
    if (five < 0 && level < peak.level - 5) five = at;
    if (level < peak.level - FALL) {
      if (peak.level > loud - 15 && five >= 0) found.push(3 * Math.max(1, at - five) * STEP);
      peak = { at, level };
      five = -1;
    } else if (at - peak.at > 400) peak = { at, level };
  });
  return found;
});

const isSpace = (mix: Mix, id: StripId) => insertsOf(mix, id).some(({ type }) => SPACE.has(type));

function hasSpace(mix: Mix, id: StripId): boolean {
  if (isSpace(mix, id)) return true;
  const output = mix.strips.get(id)?.output;
  const sent = [...mix.sends.values()].some(
    (send) => send.from === id && isSpace(mix, send.to) && targetValue(mix, { on: 'send', id: send.id, parameter: 'level' }) > HEARD,
  );
  return sent || (output ? isSpace(mix, output) : false);
}

/** A send to the mix's own room, or a reverb of its own where there is none. */
function space(mix: Mix, id: StripId): readonly Change[] {
  const level = -12;
  const room = [...mix.strips.values()].find(
    ({ id: aux, kind }) => kind === 'aux' && insertsOf(mix, aux).some(({ type }) => type === 'reverb'),
  );
  if (!room) return addInsert(mix, id, 'reverb');
  const created = createSend(mix, id, room.id, level);
  return created.length ? created : setValue(mix, { on: 'send', id: sendId(id, room.id), parameter: 'level' }, level);
}

/** A part in front that has no room around it: its notes end at once, and nothing is sent to a reverb or a delay. */
export function findDry({ parts, mix }: Song): Finding[] {
  return parts.flatMap((part) => {
    const { strip } = part;
    if (!WANT_SPACE.has(part.family) || hasSpace(mix, strip.id)) return [];
    const ends = decays(part.after);
    const time = percentile(ends, 0.75);
    if (ends.length < ENOUGH || !(time < DRY)) return [];
    const changes = space(mix, strip.id);
    return [
      {
        id: `dry/${strip.id}`,
        kind: 'dry' as const,
        strips: [strip.id],
        amount: time,
        measure: `${strip.name} has no room around it: its notes are gone within ${time.toFixed(2)} s (60 dB), and it is sent to no reverb or delay.`,
        why: 'A voice without a place seems glued onto the loudspeaker instead of standing among the others.',
        fix: changes.length ? { words: `${strip.name}: into the room, at −12 dB`, changes } : null,
      },
    ];
  });
}
