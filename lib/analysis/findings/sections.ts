import { type Breakpoint, stripValue, type Target, writeRange } from '../../mix';
import type { Finding } from '../finding';
import { decibels } from '../measure/bands';
import type { Section } from '../song/sections';
import type { Part, Song } from '../song/song';
import { limited, median } from './numbers';
import { clock, signed } from './words';

/** A leading part plays in a section that has it for this share of its time. */
const PLAYS = 0.3;
/** Softer against all others than in its other sections by this much, dB. */
const SOFTER = 3.5;
const LEADS = new Set(['vocals']);
const EDGE = 0.15;

interface SectionLevel {
  readonly section: Section;
  /** Level of the part while it plays against that of all others in the section, dB. */
  readonly against: number;
}

function sectionLevels({ blocks, sections }: Song, part: Part): SectionLevel[] {
  const floor = part.loudness - 15;
  return sections.flatMap((section) => {
    const [from, until] = [Math.round(section.from * 10), Math.min(Math.round(section.until * 10) - 4, part.blocks.length)];
    let [own, count, others] = [0, 0, 0];
    for (let n = from; n < until; n++) {
      const power = part.blocks[n] as number;
      others += (blocks[n] as number) - power;
      if (decibels(power) - 0.691 < floor) continue;
      own += power;
      count += 1;
    }
    const long = until - from;
    return long > 0 && count >= PLAYS * long ? [{ section, against: decibels(own / count) - decibels(others / long) }] : [];
  });
}

/** A leading part that drops back in some sections, as those of the song go. */
export function findSections(song: Song): Finding[] {
  return song.parts.flatMap((part) => {
    const levels = LEADS.has(part.family) ? sectionLevels(song, part) : [];
    if (levels.length < 3) return [];
    const usual = median(levels.map(({ against }) => against));
    const soft = levels.filter(({ against }) => against < usual - SOFTER);
    const target: Target = { on: 'strip', id: part.strip.id, parameter: 'fader' };
    const fader = stripValue(part.strip, 'fader');
    return soft.map(({ section, against }) => {
      const amount = against - usual;
      const up = limited(-amount, 0, 8);
      const at = Math.max(0, section.from - EDGE);
      const points: Breakpoint[] = [
        { at, value: fader + up, curve: 'linear' },
        { at: section.until - EDGE, value: fader + up, curve: 'linear' },
      ];
      const changes = part.strip.values['fader'] !== undefined && fader <= -60 ? [] : writeRange(song.mix, target, points);
      return {
        id: `section/${part.strip.id}/${section.name}/${Math.round(section.from)}`,
        kind: 'section' as const,
        strips: [part.strip.id],
        at: section.from,
        until: section.until,
        amount,
        measure: `In ${section.name} (${clock(section.from)}) ${part.strip.name} is ${signed(amount)} dB against the others, compared with its other sections.`,
        why: 'The part that tells the song must not sink where the song grows.',
        fix: changes.length
          ? {
              words: `${part.strip.name}: ride ${signed(up)} dB in ${section.name}`,
              changes,
              ride: { at, until: section.until - EDGE, gain: up },
            }
          : null,
      };
    });
  });
}
