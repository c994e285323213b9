import { type Change, type StripId, setValue, stripValue, type Target } from '../../mix';
import type { Finding } from '../finding';
import { decibels, powerOf } from '../measure/bands';
import type { Profile, UsualLevel } from '../profile';
import type { Part, Song } from '../song/song';
import { limited } from './numbers';
import { signed } from './words';

/** The part is there for at least this much of the song, seconds, or says nothing of its level. */
const SHORTEST = 4;
/** A move smaller than this, dB, is left alone. */
const LEAST = 1;
/** Rounds in which levels settle: each new fader moves the mix that all are measured against. */
const ROUNDS = 12;

/** LU by which other fixes turn each part up or down. */
export type Foreseen = ReadonlyMap<Part, number>;

interface Off {
  readonly part: Part;
  readonly usual: UsualLevel;
  /** LU against the mix, as it is, and once the other fixes are made. */
  readonly now: number;
  readonly then: number;
}

const playsFor = ({ blocks, loudness }: Part) => blocks.reduce((count, power) => count + (decibels(power) > loudness - 10 ? 1 : 0), 0) / 10;

/** The second of two microphones on one source is as loud as it needs to be: only the louder of parts that share words is held to the usual. */
function leads(part: Part, parts: readonly Part[]): boolean {
  const first = (one: Part) => one.strip.name.toLowerCase().split(/\s+/)[0];
  return parts.every(
    (other) => other === part || other.family !== part.family || first(other) !== first(part) || other.loudness <= part.loudness,
  );
}

function offOf({ parts, loudness }: Song, profile: Profile, foreseen: Foreseen): Off[] {
  const mixPower = (of: (part: Part) => number) => decibels(parts.reduce((sum, part) => sum + powerOf(of(part)), 0));
  const plain = mixPower(({ loudness: own }) => own);
  const toned = mixPower((part) => part.loudness + (foreseen.get(part) ?? 0));
  const mix = loudness + toned - plain;
  return parts.flatMap((part) => {
    const usual = profile.levels[part.family];
    if (!usual || playsFor(part) < SHORTEST || !Number.isFinite(part.loudness) || !leads(part, parts)) return [];
    const now = part.loudness - loudness;
    const then = part.loudness + (foreseen.get(part) ?? 0) - mix;
    const off = [now, then].some((level) => Math.abs(level - usual.level) > usual.spread);
    return off ? [{ part, usual, now, then }] : [];
  });
}

/** How far each part that is off has to go, so that all of them stand where they belong once all have moved. */
function moves({ parts, loudness }: Song, off: readonly Off[], foreseen: Foreseen): ReadonlyMap<Part, number> {
  const moved = new Map<Part, number>(off.map(({ part }) => [part, 0]));
  const level = (part: Part) => part.loudness + (foreseen.get(part) ?? 0) + (moved.get(part) ?? 0);
  const sum = (of: (part: Part) => number) => decibels(parts.reduce((total, part) => total + powerOf(of(part)), 0));
  const before = sum(({ loudness: own }) => own);
  for (let round = 0; round < ROUNDS; round++) {
    const mix = loudness + sum(level) - before;
    for (const { part, usual } of off) moved.set(part, usual.level + mix - part.loudness - (foreseen.get(part) ?? 0));
  }
  return moved;
}

/** Turns a strip up or down: by its fader and, where that ends or is ridden, by its trim. */
function turned({ mix }: Song, { strip }: Part, by: number, ridden: boolean): readonly Change[] {
  const at = (parameter: string): Target => ({ on: 'strip', id: strip.id, parameter });
  const fader = stripValue(strip, 'fader');
  const wanted = Math.round(10 * (fader + by)) / 10;
  const reached = ridden ? fader : limited(wanted, -60, 9);
  const changes = ridden ? [] : setValue(mix, at('fader'), reached);
  const rest = wanted - reached;
  return rest !== 0 ? [...changes, ...setValue(mix, at('trim'), stripValue(strip, 'trim') + rest)] : changes;
}

/** What a part's level needs, and whether that is a fault of today or only of the other fixes. */
interface Levelling {
  readonly part: Part;
  readonly changes: readonly Change[];
  readonly by: number;
  readonly finding: Omit<Finding, 'fix'> | null;
}

function findingOf({ part: { strip }, usual, now }: Off, profile: Profile): Omit<Finding, 'fix'> {
  return {
    id: `balance/${strip.id}`,
    kind: 'balance',
    strips: [strip.id],
    amount: now - usual.level,
    measure: `${strip.name} is ${signed(now)} LU against the mix while it plays; parts of its kind usually lie around ${signed(usual.level)} (${profile.name}).`,
    why:
      now > usual.level
        ? 'A part that is too loud hides the ones behind it, and the mix seems to be about it.'
        : 'A part that is too soft is played for nobody: it is there, and yet missing.',
  };
}

/**
 * Levels of parts that are louder or softer than parts of their kind usually are against the whole. What other fixes do to
 * them is reckoned with, so that all fixes together leave the balance right; who is off by these alone has no finding.
 */
function levellings(song: Song, profile: Profile, foreseen: Foreseen, ridden: ReadonlySet<StripId>): Levelling[] {
  const off = offOf(song, profile, foreseen);
  const needed = moves(song, off, foreseen);
  return off.map((one) => {
    const { part, usual, now } = one;
    const by = needed.get(part) ?? 0;
    const rides = ridden.has(part.strip.id) || song.mix.automation.get(`strip/${part.strip.id}/fader`)?.read === true;
    const changes = Math.abs(by) < LEAST ? [] : turned(song, part, by, rides);
    return { part, changes, by, finding: Math.abs(now - usual.level) > usual.spread ? findingOf(one, profile) : null };
  });
}

/** Adds the levels to what was found before: as findings of their own, or to the last fix of the part that makes them necessary. */
export function withBalance(song: Song, profile: Profile, foreseen: Foreseen, found: readonly Finding[]): Finding[] {
  const ridden = new Set(found.flatMap(({ fix, strips }) => (fix?.ride ? strips.slice(0, 1) : [])));
  const all = [...found];
  for (const { part, changes, by, finding } of levellings(song, profile, foreseen, ridden)) {
    const words = `${part.strip.name}: ${signed(by)} dB`;
    if (finding) all.push({ ...finding, fix: changes.length ? { words, changes } : null });
    else {
      const at = all.findLastIndex(({ strips, fix }) => strips[0] === part.strip.id && fix !== null);
      const one = all[at];
      if (one?.fix && changes.length)
        all[at] = {
          ...one,
          fix: { ...one.fix, words: `${one.fix.words}, then ${signed(by)} dB`, changes: [...one.fix.changes, ...changes] },
        };
    }
  }
  return all;
}
