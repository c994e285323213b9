import { type Breakpoint, stripValue, type Target, writeRange } from '../../mix';
import type { Finding } from '../finding';
import { loudnessOf } from '../measure/loudness';
import type { Part, Song } from '../song/song';
import { clock, signed } from './words';

/** An effect jumps out that is this much louder than the mix is on the whole, LU, and louder than all else at that moment. */
const OVER_MIX = 1.5;
/** How loud an effect's loudest moment usually is against the mix, LU. */
const USUAL = -4.5;
/** Softer than the part's own loudness by this much, an event is over; it may pause for half a second. */
const EVENT = 12;
const PAUSE = 5;
const EFFECTS = new Set(['effects']);

interface Event {
  /** Steps of 100 ms. */
  readonly from: number;
  readonly until: number;
  /** The loudest moment: LUFS, and the step. */
  readonly peak: number;
  readonly at: number;
}

function eventsOf({ blocks, loudness }: Part): Event[] {
  const levels = Array.from(blocks, loudnessOf);
  const events: Event[] = [];
  let open: { from: number; last: number; peak: number; at: number } | null = null;
  const close = () => {
    if (open) events.push({ from: open.from, until: open.last + 4, peak: open.peak, at: open.at });
    open = null;
  };
  levels.forEach((level, step) => {
    if (level < loudness - EVENT) {
      if (open && step - open.last > PAUSE) close();
      return;
    }
    open ??= { from: step, last: step, peak: level, at: step };
    open.last = step;
    if (level > open.peak) Object.assign(open, { peak: level, at: step });
  });
  close();
  return events;
}

/** Moments of an effect that jump out of the song. */
export function findJumps(song: Song): Finding[] {
  const { mix, blocks, loudness } = song;
  return song.parts.flatMap((part) => {
    if (!EFFECTS.has(part.family)) return [];
    const target: Target = { on: 'strip', id: part.strip.id, parameter: 'fader' };
    const fader = stripValue(part.strip, 'fader');
    return eventsOf(part).flatMap((event) => {
      const others = loudnessOf((blocks[event.at] as number) - (part.blocks[event.at] as number));
      const over = event.peak - loudness;
      if (over < OVER_MIX || event.peak < others) return [];
      const amount = over - USUAL;
      const [at, until] = [Math.max(0, event.from / 10), event.until / 10];
      const points: Breakpoint[] = [
        { at, value: fader - amount, curve: 'linear' },
        { at: until, value: fader - amount, curve: 'linear' },
      ];
      const changes = writeRange(mix, target, points);
      return [
        {
          id: `jump/${part.strip.id}/${Math.round(at)}`,
          kind: 'jump' as const,
          strips: [part.strip.id],
          at,
          until,
          amount,
          measure: `At ${clock(event.at / 10)} ${part.strip.name} is ${signed(over)} LU against the mix as a whole, and louder than all else at that moment.`,
          why: 'A moment that jumps out makes the listener turn the volume down, and what follows seems small.',
          fix: changes.length
            ? {
                words: `${part.strip.name}: ride ${signed(-amount)} dB from ${clock(at)} to ${clock(until)}`,
                changes,
                ride: { at, until, gain: -amount },
              }
            : null,
        },
      ];
    });
  });
}
